"""The updates of a run: real articles in their order, parted among the faults, and probes: one a partition a fault."""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

from schemas.updates import ArticleUpdate
from streams.backtest import as_replay
from streams.kafka import partition_of
from tests.benchmarks.uk_travel import data_file, load_updates
from tests.integration.stories import PLACES

BEGIN = datetime(2026, 3, 2, 9, tzinfo=UTC)

MakeBody = Callable[[int, int], str]  # of a probe: from the fault's number and the partition


@dataclass(frozen=True)
class Feed:
    """``chunks[n]`` goes in before fault n is done, ``probes[n]``, one for each partition, right after it."""

    chunks: Sequence[Sequence[ArticleUpdate]]
    probes: Sequence[Sequence[ArticleUpdate]]

    @property
    def updates(self) -> list[ArticleUpdate]:
        return [*(update for chunk in self.chunks for update in chunk), *self.all_probes]

    @property
    def all_probes(self) -> list[ArticleUpdate]:
        return [probe for probes in self.probes for probe in probes]


def real_updates(stories: Path) -> list[ArticleUpdate]:
    """The UK's travel advice, and the stories of a folder woven in: every version of every page and article."""
    uk = load_updates(data_file())
    told = [_update_of(line) for path in sorted(stories.glob("*.jsonl")) for line in path.read_text().splitlines()]
    every = len(uk) // len(told)
    woven: list[ArticleUpdate] = []
    for number, update in enumerate(told):
        woven += [*uk[number * every : (number + 1) * every], update]
    return [as_replay(update) for update in [*woven, *uk[len(told) * every :]]]


def _update_of(line: str) -> ArticleUpdate:
    return ArticleUpdate.model_validate(json.loads(line)["update"])


def feed(updates: Sequence[ArticleUpdate], faults: int, partitions: int, body: MakeBody) -> Feed:
    size = -(-len(updates) // faults)
    chunks = [updates[first : first + size] for first in range(0, faults * size, size)]
    return Feed(chunks, [probes(fault, partitions, body) for fault in range(faults)])


def probes(fault: int, partitions: int, body: MakeBody) -> list[ArticleUpdate]:
    """An update on each partition, of stories of their own."""
    return [_probe(fault, partition, partitions, body) for partition in range(partitions)]


def _probe(fault: int, partition: int, partitions: int, body: MakeBody) -> ArticleUpdate:
    return ArticleUpdate(
        article_id=f"probe-{fault}-{partition}",
        story_id=_story_on(partition, partitions, (f"probe-{fault}-{number}" for number in count())),
        version=1,
        source="example.org",
        headline="Dam bursts",
        body=body(fault, partition),
        published_at=BEGIN,
        updated_at=BEGIN + timedelta(minutes=fault),
        mode="replay",
    )


def _story_on(partition: int, partitions: int, names: Iterable[str]) -> str:
    return next(name for name in names if partition_of(name.encode(), partitions) == partition)


def english(fault: int, partition: int) -> str:
    """One sentence with a figure, which the real tracker alerts of."""
    return f"{12 + fault} people were killed when a dam burst near {PLACES[partition % len(PLACES)]}, police said."


def lines(fault: int, partition: int) -> str:
    """A fact of the fake tracker's."""
    return f"dead = {fault}"
