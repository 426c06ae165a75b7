"""Updates through the pure code, many at a time so that the parser's batches are full."""

import json
import multiprocessing
import os
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import islice
from typing import Any

from schemas.changes import FactChange
from schemas.updates import ArticleUpdate
from streams.backtest import MemoryRows, backtest
from streams.facts.tracker import StoryChangedError

WINDOW = 512  # updates read together
CHUNK = 64  # groups that a process runs together


@dataclass(frozen=True)
class Outcome:
    """What came of one delivery: the changes considered, and the alerts among them as their readers get them."""

    update: ArticleUpdate
    changes: tuple[FactChange, ...]

    @property
    def alerts(self) -> list[dict[str, Any]]:
        return [json.loads(change.alert.model_dump_json()) for change in self.changes if change.alert]

    @property
    def raised(self) -> int:
        return sum(change.alert is not None for change in self.changes)


def run(updates: Iterable[ArticleUpdate]) -> Iterator[Outcome]:
    """In the order given, with one state for all."""
    rows = MemoryRows()
    waiting = iter(updates)
    while window := list(islice(waiting, WINDOW)):
        yield from _run(window, rows)


def _run(updates: Sequence[ArticleUpdate], rows: MemoryRows) -> Iterator[Outcome]:
    for update, outcome in backtest(updates, rows):
        if isinstance(outcome, StoryChangedError):
            raise outcome
        yield Outcome(update, tuple(change for change in outcome.changes if isinstance(change, FactChange)))


def run_apart(groups: Sequence[Sequence[ArticleUpdate]]) -> list[list[Outcome]]:
    """Groups that share no story, each in order; spread over the machine's cores where there are many."""
    chunks = [groups[start : start + CHUNK] for start in range(0, len(groups), CHUNK)]
    if len(chunks) < 2:
        return [one for chunk in chunks for one in _run_chunk(chunk)]
    with ProcessPoolExecutor(os.cpu_count(), multiprocessing.get_context("spawn")) as pool:
        return [one for chunk in pool.map(_run_chunk, chunks) for one in chunk]


def _run_chunk(groups: Sequence[Sequence[ArticleUpdate]]) -> list[list[Outcome]]:
    outcomes = iter(list(run(update for group in groups for update in group)))
    return [[next(outcomes) for _ in group] for group in groups]
