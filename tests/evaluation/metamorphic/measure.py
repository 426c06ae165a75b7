"""Cases run and counted: how many stay silent that should, how many alert that should, and with the right kind."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tests.evaluation.errors import describe
from tests.evaluation.metamorphic.cases import Case, updates
from tests.evaluation.metamorphic.passage import Passage
from tests.evaluation.metamorphic.registry import CHANGED, KEPT
from tests.evaluation.run import Outcome, run_apart
from tests.evaluation.scoring import share

KINDS = {change.__name__: kinds for change, kinds in CHANGED.items()}
SHOWN = 12  # wrong cases of a transformation in the report


@dataclass(frozen=True)
class Seen:
    """``outcome``: of the case's second update."""

    case: Case
    outcome: Outcome

    @property
    def alerted(self) -> bool:
        return self.outcome.raised > 0

    @property
    def right_kind(self) -> bool:
        told = {change.alert.kind for change in self.outcome.changes if change.alert}
        return bool(told & KINDS[self.case.transformation])

    @property
    def wrong(self) -> bool:
        return not self.right_kind if self.case.transformation in KINDS else self.alerted


@dataclass(frozen=True)
class Rates:
    """Of a transformation, or of all of a sort; ``silent`` of those that keep the meaning, the others of the rest."""

    cases: int
    silent: float | None = None
    alerted: float | None = None
    right_kind: float | None = None


def measure(cases: Sequence[Case]) -> list[Seen]:
    outcomes = run_apart([updates(case, number) for number, case in enumerate(cases)])
    return [Seen(case, came[-1]) for case, came in zip(cases, outcomes, strict=True)]


def rates(seen: Iterable[Seen]) -> dict[str, Rates]:
    """By transformation, in their order, after the totals of both sorts."""
    by_name: dict[str, list[Seen]] = {}
    for one in seen:
        by_name.setdefault(one.case.transformation, []).append(one)
    kept = [change.__name__ for change in KEPT if change.__name__ in by_name]
    changed = [name for name in KINDS if name in by_name]
    return (
        {"meaning kept": _kept([one for name in kept for one in by_name[name]])}
        | {"meaning changed": _changed([one for name in changed for one in by_name[name]])}
        | {name: _kept(by_name[name]) for name in kept}
        | {name: _changed(by_name[name]) for name in changed}
    )


def _kept(seen: list[Seen]) -> Rates:
    return Rates(len(seen), silent=share(sum(not one.alerted for one in seen), len(seen)))


def _changed(seen: list[Seen]) -> Rates:
    return Rates(
        len(seen),
        alerted=share(sum(one.alerted for one in seen), len(seen)),
        right_kind=share(sum(one.right_kind for one in seen), len(seen)),
    )


def report(seen: Iterable[Seen]) -> str:
    """Markdown: of each transformation some of the cases that went wrong, with the facts considered."""
    lines = ["# Metamorphic cases that went wrong", ""]
    shown: dict[str, int] = {}
    for one in seen:
        name = one.case.transformation
        if one.wrong and shown.get(name, 0) < SHOWN:
            lines += [] if name in shown else [f"## {name}", ""]
            shown[name] = shown.get(name, 0) + 1
            lines += [*_difference(one.case.before, one.case.after), *_considered(one.outcome), ""]
    return "\n".join(lines) + "\n"


def _difference(before: Passage, after: Passage) -> list[str]:
    old, new = ([passage.headline, *passage.paragraphs] for passage in (before, after))
    return [f"- − {p}" for p in old if p not in new] + [f"- + {p}" for p in new if p not in old] or ["- (order alone)"]


def _considered(outcome: Outcome) -> list[str]:
    return [f"  - {describe(change)}" for change in outcome.changes] or ["  - no fact considered"]
