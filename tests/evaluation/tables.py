"""The figures as Markdown tables, for the terminal and for docs/evaluation.md."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from tests.evaluation.agreement import agreement
from tests.evaluation.data import ROOT
from tests.evaluation.figures import Figures
from tests.evaluation.metamorphic.measure import Rates
from tests.evaluation.scoring import Judged, share, tally_by, tally_by_trap

DOCUMENT = ROOT / "docs" / "evaluation.md"
BEGIN, END = "<!-- written by make evaluate: begin -->", "<!-- end -->"


def table(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join("| " + " | ".join("" if cell is None else str(cell) for cell in line) + " |" for line in lines)


def compared(now: Figures, before: Figures, floors: Figures, prefix: str) -> str:
    """Figures of one sort with those of the version before and their floors."""
    names = [name for name in now if name.startswith(prefix)]
    rows = [(name.removeprefix(prefix), now[name], before.get(name), floors.get(name)) for name in names]
    return table(("figure", "now", "before", "floor"), rows)


def story_sets(now: Figures, before: Figures) -> str:
    """A row a measure, a column a set; before in brackets."""
    sets = list(dict.fromkeys(name.split("/")[1] for name in now if name.startswith("stories/")))
    measures = list(dict.fromkeys(name.split("/")[2] for name in now if name.startswith("stories/")))
    return table(("", *sets), [(m, *(_both(f"stories/{s}/{m}", now, before) for s in sets)) for m in measures])


def _both(name: str, now: Figures, before: Figures) -> str:
    was = f" ({before[name]})" if name in before else ""
    return f"{now.get(name, '')}{was}"


def by_kind(judged: Sequence[Judged]) -> str:
    return _precision_recall("kind", tally_by(judged, lambda one: one.kind))


def by_change(judged: Sequence[Judged]) -> str:
    return _precision_recall("change", tally_by(judged, lambda one: one.change))


def _precision_recall(name: str, groups: Mapping[str, Counter[str]]) -> str:
    rows = []
    for group, t in sorted(groups.items()):
        emitted = t["right"] + t["duplicate"] + t["near"] + t["false"]
        shares = (share(t["right"], emitted), share(t["right"], t["expected"]))
        rows.append((group, t["expected"], emitted, t["right"], t["near"] + t["duplicate"], t["false"], *shares))
    return table((name, "asked for", "told", "right", "near or twice", "false", "precision", "recall"), rows)


def by_trap(judged: Sequence[Judged]) -> str:
    rows = [
        (
            trap,
            t["versions"],
            t["expected"],
            share(t["right"], t["expected"]),
            t["false"],
            share(t["quiet_kept"], t["quiet"]),
        )
        for trap, t in sorted(tally_by_trap(judged).items())
    ]
    return table(("trap", "versions", "asked for", "met", "false", "kept quiet"), rows)


def metamorphic(rates: Mapping[str, Rates]) -> str:
    rows = [(name.replace("_", " "), r.cases, r.silent, r.alerted, r.right_kind) for name, r in rates.items()]
    return table(("transformation", "cases", "silent", "alerted", "right kind"), rows)


def two_readers() -> str:
    found = agreement()
    if found is None:
        return "No second reading is there yet."
    count, shares = found
    return table((f"{count} stories read twice", ""), list(shares.items()))


def write(text: str, document: Path = DOCUMENT) -> None:
    """Replaces what stands between the markers."""
    old = document.read_text(encoding="utf-8")
    head, found, rest = old.partition(BEGIN)
    _, closed, tail = rest.partition(END)
    if not (found and closed):
        raise ValueError(f"{document}: the lines {BEGIN!r} and {END!r} should be there, around the tables")
    document.write_text(f"{head}{BEGIN}\n\n{text.strip()}\n\n{END}{tail}", encoding="utf-8")
