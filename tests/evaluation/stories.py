"""Sets of stories: read, run and judged."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from schemas.changes import FactChange
from schemas.updates import ArticleUpdate
from tests.evaluation.run import Outcome, failures, run_apart
from tests.evaluation.scoring import Judged, judge_story

Lines = list[dict[str, Any]]


@dataclass(frozen=True)
class Story:
    name: str
    lines: Lines


@dataclass(frozen=True)
class Result:
    """Of a set: its versions judged, the changes considered by article and version, and where the code failed."""

    judged: list[Judged] = field(default_factory=list)
    changes: dict[tuple[str, int], list[FactChange]] = field(default_factory=dict)
    failures: list[str] = field(default_factory=list)


def load(folder: Path) -> list[Story]:
    return [Story(path.stem, read_lines(path)) for path in sorted(folder.glob("*.jsonl"))]


def read_lines(path: Path) -> Lines:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def evaluate(stories: Sequence[Story]) -> Result:
    result = Result()
    for story, came in zip(stories, run_apart([_updates(story) for story in stories]), strict=True):
        result.failures.extend(failures(came))
        result.judged.extend(judge_story(story.name, story.lines, (a for outcome in came for a in outcome.alerts)))
        _keep_changes(came, result.changes)
    return result


def _updates(story: Story) -> list[ArticleUpdate]:
    return [ArticleUpdate.model_validate_json(json.dumps(line["update"])) for line in story.lines]


def _keep_changes(outcomes: Iterable[Outcome], changes: dict[tuple[str, int], list[FactChange]]) -> None:
    for outcome in outcomes:
        changes.setdefault((outcome.update.article_id, outcome.update.version), []).extend(outcome.changes)
