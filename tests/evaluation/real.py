"""Real revisions, built and counted by the tool that ships with the data, and run without a command between."""

import json
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from schemas.changes import FactChange
from schemas.updates import ArticleUpdate
from tests.evaluation.data import load_tool
from tests.evaluation.errors import describe
from tests.evaluation.run import failures, run_apart

SETS = ("uk", "canada", "vitaminc", "calfire", "calfire-bulletins")
LONG = {"calfire-bulletins": 4}  # texts so long that one in so many pairs takes as long as another set
Pair = tuple[list[dict[str, Any]], str]


@dataclass(frozen=True)
class RealSet:
    """``by_label``: pairs, share alerted, alerts a pair; ``wrong``: the pairs that were not as they should, listed."""

    by_label: dict[str, dict[str, float]]
    wrong: str
    failures: list[str]


def evaluate(name: str, tools: Path, data: Path, limit: int) -> RealSet:
    """A random sample of at most ``limit`` pairs, the same each time."""
    tool = load_tool(tools / "real_sets.py")
    items: list[Pair] = tool.sample(tool.SETS[name](data), limit // LONG.get(name, 1))
    outcomes = [outcome for came in run_apart([_updates(pair) for pair in items]) for outcome in came]
    changes = {(o.update.article_id, o.update.version): o.changes for o in outcomes}
    return RealSet(_tally(tool, items, changes), _report(name, items, changes), failures(outcomes))


def _updates(pair: Pair) -> list[ArticleUpdate]:
    return [ArticleUpdate.model_validate_json(json.dumps(update)) for update in pair[0]]


def _tally(
    tool: ModuleType, items: list[Pair], changes: dict[tuple[str, int], tuple[FactChange, ...]]
) -> dict[str, dict[str, float]]:
    """The tool's own count; in place of its command, what this process found."""
    alerts: dict[tuple[str, int], list[Any]] = defaultdict(list)
    for key, considered in changes.items():
        alerts[key] = [change.alert for change in considered if change.alert]
    tool.run = lambda _command, _updates: (alerts, 1.0)  # type: ignore[attr-defined]
    by_label: dict[str, dict[str, float]] = tool.tally(items, [])["by_label"]
    return by_label


def should_be_silent(label: str) -> bool:
    return label in ("silent", "editorial", "same") or label.endswith("/reorder")


def _report(name: str, items: list[Pair], changes: dict[tuple[str, int], tuple[FactChange, ...]]) -> str:
    lines = [f"# {name}: pairs that alerted and should not, or did not and should", ""]
    for (before, after), label in items:
        considered = changes[after["article_id"], 2]
        if any(change.alert for change in considered) == should_be_silent(label):
            lines += [f"## {label}: {after['article_id']}", ""]
            lines += _difference(before, after) + [f"  - {describe(c)}" for c in considered] + [""]
    return "\n".join(lines) + "\n"


def _difference(before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    old, new = (update["body"].split("\n\n") for update in (before, after))
    gone = [f"- − {paragraph}" for paragraph in old if paragraph not in new]
    come = [f"- + {paragraph}" for paragraph in new if paragraph not in old]
    return gone + come
