"""Measures how well wiredelta understands: stories, real revisions and metamorphic cases.

Reports with every error go to build/evaluation; a run that is not short writes its tables of docs/evaluation.md.
"""

import argparse
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

from tests.evaluation import errors, figures, floors, real, stories, tables
from tests.evaluation.data import REPORTS, STORIES, Shared, shared
from tests.evaluation.metamorphic import measure
from tests.evaluation.metamorphic.cases import cases, passages
from tests.evaluation.run import failures
from tests.evaluation.scoring import Judged, tally


@dataclass(frozen=True)
class Sizes:
    pairs: int  # of each real set
    cases: int  # of each transformation


SIZES = {"full": Sizes(pairs=400, cases=60), "short": Sizes(pairs=40, cases=8)}


@dataclass
class Run:
    """What has been measured so far, and its tables by title."""

    shared: Shared
    sizes: Sizes
    now: figures.Figures = field(default_factory=dict)
    judged: list[Judged] = field(default_factory=list)
    tables: dict[str, str] = field(default_factory=dict)
    failures: list[str] = field(default_factory=list)
    began: float = field(default_factory=time.monotonic)

    def say(self, text: str) -> None:
        print(f"[{time.monotonic() - self.began:4.0f} s] {text}", flush=True)


def main() -> int:
    args = _arguments()
    size = "short" if args.short else "full"
    run = Run(shared(), SIZES[size])
    profile = size if run.shared.whole else f"{size}, without the real data"
    REPORTS.mkdir(parents=True, exist_ok=True)
    if not run.shared.whole:
        print(f"Real data is not at {run.shared.looked_in} (EVALUATION_DATA names another place): less is measured.")
    if args.only in (None, "stories"):
        _stories(run, release=args.release)
    if args.only in (None, "real"):
        _real_sets(run)
    if args.only in (None, "metamorphic"):
        _metamorphic(run)
    held = floors.load(profile)
    if args.raise_floors:
        held = floors.raised(run.now, held)
        floors.save(profile, held)
    if not args.short and run.shared.whole:
        _publish(run, held)
    missed = floors.misses(run.now, held)
    told = [*(f"the code failed: {line}" for line in run.failures), *(f"under its floor: {line}" for line in missed)]
    print("\n".join(["", *told, f"Every error: {REPORTS}"]))
    return 1 if run.failures or (args.check and missed) else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make evaluate", description=__doc__)
    parser.add_argument("--short", action="store_true", help="all stories, small samples of the rest")
    parser.add_argument("--only", choices=("stories", "real", "metamorphic"), help="a part, in less time")
    parser.add_argument("--check", action="store_true", help="fail if a figure is under its floor")
    parser.add_argument("--raise-floors", action="store_true", help="move each floor up to just under its figure")
    parser.add_argument("--release", action="store_true", help="score the blind stories as well, totals only")
    return parser.parse_args()


def _stories(run: Run, release: bool) -> None:
    for name, folder in (("dev", run.shared.stories), ("open", STORIES)):
        if folder:
            result = stories.evaluate(stories.load(folder))
            (REPORTS / f"stories-{name}.md").write_text(errors.report(f"Stories, {name}", result), encoding="utf-8")
            run.now |= figures.of_stories(name, tally(result.judged))
            run.judged += result.judged
            run.failures += result.failures
    run.tables["By kind"] = tables.by_kind(run.judged)
    run.tables["By change"] = tables.by_change(run.judged)
    run.tables["By trap"] = tables.by_trap(run.judged)
    if release:
        blind = stories.evaluate(stories.load(STORIES / "blind"))
        run.now |= figures.of_stories("blind", tally(blind.judged))
        run.tables["Blind stories by kind"] = tables.by_kind(blind.judged)
        run.failures += blind.failures
    run.say(f"stories\n\n{tables.story_sets(run.now, {})}\n")
    for title in ("By kind", "By change", "By trap"):
        print(f"{title}\n\n{run.tables[title]}\n", flush=True)


def _real_sets(run: Run) -> None:
    if not (run.shared.tools and run.shared.data):
        return
    for name in real.SETS:
        found = real.evaluate(name, run.shared.tools, run.shared.data, run.sizes.pairs)
        (REPORTS / f"real-{name}.md").write_text(found.wrong, encoding="utf-8")
        run.now |= figures.of_real_set(name, found.by_label)
        run.failures += found.failures
        rows = [(label, *counts.values()) for label, counts in found.by_label.items()]
        run.tables[f"Real revisions: {name}"] = tables.table(("note", "pairs", "alerted", "alerts each"), rows)
        run.say(f"{name}\n\n{run.tables[f'Real revisions: {name}']}\n")


def _metamorphic(run: Run) -> None:
    made = cases(passages(run.shared), run.sizes.cases)
    seen = measure.measure(made)
    rates = measure.rates(seen)
    run.failures += failures(one.outcome for one in seen)
    (REPORTS / "metamorphic.md").write_text(measure.report(seen), encoding="utf-8")
    run.now |= figures.of_metamorphic(rates)
    run.tables["Metamorphic"] = tables.metamorphic(rates)
    run.say(f"metamorphic: {len(made)} cases\n\n{run.tables['Metamorphic']}\n")


def _publish(run: Run, held: figures.Figures) -> None:
    tables.write("\n\n".join(_document(figures.publish(run.now, run.tables), held)))


def _document(published: figures.Published, held: figures.Figures) -> Iterator[str]:
    now, before = published.now, published.before
    yield f"wiredelta {published.version}; before, in brackets: {published.version_before or 'not measured'}."
    yield f"### Stories\n\n{tables.story_sets(now, before)}"
    yield f"### Two readers\n\n{tables.two_readers()}"
    for title, text in published.tables.items():
        yield f"### {title}\n\n{text}"
    yield f"### Real sets against their floors\n\n{tables.compared(now, before, held, 'real/')}"
    totals = {name: value for name, value in now.items() if name.startswith("metamorphic/meaning")}
    yield f"### Metamorphic totals\n\n{tables.compared(totals, before, held, 'metamorphic/')}"


if __name__ == "__main__":
    sys.exit(main())
