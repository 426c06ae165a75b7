"""Updates through the pure code, many at a time so that the parser's batches are full."""

import json
import multiprocessing
import os
import traceback
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from schemas.changes import FactChange
from schemas.updates import ArticleUpdate
from streams.backtest import MemoryRows, backtest
from streams.facts.tracker import StoryChangedError

CHUNK = 16  # groups that a process reads together


@dataclass(frozen=True)
class Outcome:
    """What came of one delivery: the changes considered, or how the code failed on its group."""

    update: ArticleUpdate
    changes: tuple[FactChange, ...]
    failure: str | None = None

    @property
    def alerts(self) -> list[dict[str, Any]]:
        """As their readers get them."""
        return [json.loads(change.alert.model_dump_json()) for change in self.changes if change.alert]

    @property
    def raised(self) -> int:
        return sum(change.alert is not None for change in self.changes)


def run_apart(groups: Sequence[Sequence[ArticleUpdate]]) -> list[list[Outcome]]:
    """Groups that share no story, each in order; spread over the machine's cores where there are many."""
    chunks = [groups[start : start + CHUNK] for start in range(0, len(groups), CHUNK)]
    if len(chunks) < 2:
        return [one for chunk in chunks for one in _run_chunk(chunk)]
    with ProcessPoolExecutor(os.cpu_count(), multiprocessing.get_context("spawn")) as pool:
        return [one for chunk in pool.map(_run_chunk, chunks) for one in chunk]


def _run_chunk(groups: Sequence[Sequence[ArticleUpdate]]) -> list[list[Outcome]]:
    """All in one state. Where the code fails, the groups are run one by one, so that the others' outcomes are known."""
    try:
        outcomes = iter(_run([update for group in groups for update in group]))
        return [[next(outcomes) for _ in group] for group in groups]
    except Exception as error:  # whatever is wrong with the code is a finding, told with the figures
        if len(groups) > 1:
            return [one for group in groups for one in _run_chunk([group])]
        return [[Outcome(update, (), failure=_failure(update, error)) for update in groups[0]]]


def _run(updates: Sequence[ArticleUpdate]) -> list[Outcome]:
    outcomes = []
    for update, outcome in backtest(updates, MemoryRows()):
        if isinstance(outcome, StoryChangedError):
            raise outcome
        changes = tuple(change for change in outcome.changes if isinstance(change, FactChange))
        outcomes.append(Outcome(update, changes))
    return outcomes


def _failure(update: ArticleUpdate, error: Exception) -> str:
    """The story, and where in the code."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    return (
        f"{update.story_key}: {type(error).__name__} {error} ({Path(frame.filename).name}:{frame.lineno} {frame.line})"
    )


def failures(outcomes: Iterable[Outcome]) -> list[str]:
    """Each group's once."""
    return list(dict.fromkeys(outcome.failure for outcome in outcomes if outcome.failure))
