"""Sets of stories: read, run and judged."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from schemas.changes import FactChange
from schemas.updates import ArticleUpdate
from tests.evaluation.run import Outcome, run
from tests.evaluation.scoring import Judged, judge_story

Lines = list[dict[str, Any]]


@dataclass(frozen=True)
class Story:
    name: str
    lines: Lines


@dataclass(frozen=True)
class Result:
    """Of a set: its versions judged, and the changes considered, by article and version."""

    judged: list[Judged]
    changes: dict[tuple[str, int], list[FactChange]]


def load(folder: Path) -> list[Story]:
    return [Story(path.stem, read_lines(path)) for path in sorted(folder.glob("*.jsonl"))]


def read_lines(path: Path) -> Lines:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def evaluate(stories: Sequence[Story]) -> Result:
    """All in one run. Stories of one set have keys and articles of their own, so that none can know of another."""
    updates = [ArticleUpdate.model_validate_json(json.dumps(line["update"])) for s in stories for line in s.lines]
    outcomes = iter(list(run(updates)))
    result = Result([], {})
    for story in stories:
        came = [next(outcomes) for _ in story.lines]
        result.judged.extend(judge_story(story.name, story.lines, (a for outcome in came for a in outcome.alerts)))
        _keep_changes(came, result.changes)
    return result


def _keep_changes(outcomes: Iterable[Outcome], changes: dict[tuple[str, int], list[FactChange]]) -> None:
    for outcome in outcomes:
        changes.setdefault((outcome.update.article_id, outcome.update.version), []).extend(outcome.changes)
