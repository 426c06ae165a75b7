"""Which sources are this process's, and how each does: a consumer group on the compacted ``news.source-state``.

A source belongs to the partition of its name. Whoever is assigned the partition first reads all that is in it, and only
then asks its sources: so nothing is asked of a source whose state is not known.
"""

from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

from aiokafka import ConsumerRebalanceListener, TopicPartition
from pydantic import ValidationError

from schemas.sources import SourceState
from schemas.topics import SOURCE_STATE
from streams.kafka import make_consumer, partition_of, started
from streams.settings import Settings

POLL_MS = 200
Told = Callable[[str], None]  # is told the name of a source: its state has come, or it is another's now


class Sharing:
    """Of one process: `follow` runs beside whoever asks what it `holds`."""

    def __init__(self, settings: Settings, on_state: Told, on_lost: Told) -> None:
        self.settings, self.on_state, self.on_lost = settings, on_state, on_lost
        self.states: dict[str, SourceState] = {}
        self.consumer = make_consumer(settings, f"{settings.app_id}-ingest")
        self._ends: dict[int, int] = {}  # where a partition's end was when it was assigned
        self._held: set[int] = set()  # read to there
        self._partition = cache(lambda source: partition_of(source.encode(), settings.partitions))  # asked at each tick

    def holds(self, source: str) -> bool:
        """Whether the source is this process's, and its state is known."""
        return self._partition(source) in self._held

    async def follow(self) -> None:
        """Until cancelled."""
        async with started(self.consumer, self.settings):
            self.consumer.subscribe([SOURCE_STATE.name], listener=_Listener(self))
            while True:
                found = await self.consumer.getmany(timeout_ms=POLL_MS)
                for records in found.values():
                    for record in records:
                        self._take(record)
                await self._look_whether_caught_up()

    def _take(self, record: Any) -> None:
        name = (record.key or b"").decode(errors="replace")
        try:
            self.states[name] = SourceState.model_validate_json(record.value or b"")
        except ValidationError:
            self.states.pop(name, None)  # a tombstone, or not ours
        self.on_state(name)

    async def _look_whether_caught_up(self) -> None:
        for partition in self.consumer.assignment():
            if partition.partition in self._held or partition.partition not in self._ends:
                continue
            if await self.consumer.position(partition) >= self._ends[partition.partition]:
                self._held.add(partition.partition)

    async def assigned(self, partitions: Iterable[TopicPartition]) -> None:
        new = list(partitions)
        ends = await self.consumer.end_offsets(new)
        await self.consumer.seek_to_beginning(*new)
        self._ends |= {partition.partition: end for partition, end in ends.items()}

    def revoked(self) -> None:
        """All of them, until they are assigned again."""
        self._held.clear()
        self._ends.clear()
        for name in list(self.states):
            self.on_lost(name)
        self.states.clear()


class _Listener(ConsumerRebalanceListener):  # type: ignore[misc]  # aiokafka is not typed
    def __init__(self, sharing: Sharing) -> None:
        self._sharing = sharing

    async def on_partitions_revoked(self, revoked: Iterable[TopicPartition]) -> None:
        self._sharing.revoked()

    async def on_partitions_assigned(self, assigned: Iterable[TopicPartition]) -> None:
        await self._sharing.assigned(assigned)
