"""Records of one or many topics, from a start point, to the end or for ever, with a group or without."""

import asyncio
import logging
import math
from collections.abc import AsyncGenerator, Collection, Iterable, Sequence
from contextlib import AsyncExitStack
from datetime import datetime
from types import TracebackType
from typing import Literal, Self

from aiokafka import ConsumerRebalanceListener, ConsumerRecord, TopicPartition
from aiokafka.errors import CommitFailedError, IllegalStateError, KafkaError

from streams.client.merge import Merge
from streams.client.progress import Progress
from streams.kafka import BrokerUnavailable, make_consumer, started
from streams.settings import Settings
from streams.topics import require_topics

log = logging.getLogger(__name__)

StartAt = Literal["earliest", "latest"] | datetime

POLL_MS = 200  # how long a fetch waits; only until the positions are looked at again
MAX_RECORDS = 500  # that one fetch gives
JOIN_WITHIN = 90.0  # seconds; a group waits for its other members, dead ones included


class Reader:
    """``async with Reader(settings, topics) as reader: async for record in reader: …; await reader.done(record)``.

    Once entered, nothing that is published from then on is missed. Without a group it reads all partitions, from
    ``start_at``. With a group it shares them with the group's other members, and goes on where the group was: after the
    last record of which it was told that it is ``done``; ``start_at`` counts where the group has no offset yet.
    ``until_eos``: stops at the end as it was when entered. ``partitions``: reads only these of each topic (no group).
    Records of several partitions are merged by time, for what was there when entered exactly, later as they arrive.

    Entering raises `BrokerUnavailable`, `UnknownTopic`, `KafkaRefused`; reading `KafkaRefused`, on leaving the block.
    """

    def __init__(
        self,
        settings: Settings,
        topics: Sequence[str],
        *,
        start_at: StartAt = "earliest",
        until_eos: bool = False,
        group_id: str | None = None,
        partitions: Collection[int] | None = None,
    ) -> None:
        self._settings = settings
        self._topics = topics
        self._start_at = start_at
        self._until_eos = until_eos
        self._group_id = group_id
        self._partitions = partitions
        self._merge = Merge()
        self._progress = Progress()
        self._ends: dict[TopicPartition, int] = {}
        self._stack = AsyncExitStack()
        self.caught_up = False  # whether all that was there when entered has been given out

    async def __aenter__(self) -> Self:
        everything = await self._all_partitions()
        async with AsyncExitStack() as stack:
            self._consumer = make_consumer(self._settings, self._group_id)
            await stack.enter_async_context(started(self._consumer, self._settings))
            self._ends = await self._consumer.end_offsets(everything)
            await (self._join() if self._group_id else self._assign(everything))
            self._stack = stack.pop_all()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._stack.__aexit__(kind, error, trace)

    async def __aiter__(self) -> AsyncGenerator[ConsumerRecord, None]:
        lagging = await self._lagging()
        while True:
            while record := self._merge.pop(lagging):
                self._progress.receive(_partition_of(record), record.offset)
                yield record
            self.caught_up = not lagging
            if self._until_eos and self.caught_up:
                return
            wanted = self._merge.wanted(lagging)
            self._merge.add(await self._consumer.getmany(*wanted, timeout_ms=POLL_MS, max_records=MAX_RECORDS))
            lagging = await self._lagging()

    async def done(self, record: ConsumerRecord) -> None:
        """Tell that a record has been dealt with: its group will not be given it again."""
        partition = _partition_of(record)
        offset = self._progress.done(partition, record.offset)
        if self._group_id is None or offset is None:
            return
        try:
            await self._consumer.commit({partition: offset})
        except (CommitFailedError, IllegalStateError) as error:  # it went to another member, who reads it again
            log.info("offset %d of %s is not committed: %s", offset, partition, error)

    async def _all_partitions(self) -> list[TopicPartition]:
        counts = await require_topics(self._settings, self._topics)
        every = [TopicPartition(topic, partition) for topic, count in counts.items() for partition in range(count)]
        return [one for one in every if self._partitions is None or one.partition in self._partitions]

    async def _assign(self, partitions: Sequence[TopicPartition]) -> None:
        self._consumer.assign(partitions)
        for partition, offset in (await self._start_offsets(partitions)).items():
            self._consumer.seek(partition, offset)

    async def _join(self) -> None:
        await self._consumer.committed(next(iter(self._ends)))  # tells who may not: to join is tried again for ever
        rebalances = _Rebalances(self)
        self._consumer.subscribe(list(self._topics), listener=rebalances)
        try:
            await asyncio.wait_for(rebalances.joined, JOIN_WITHIN)
        except TimeoutError:
            group = f"the group {self._group_id} at {self._settings.broker}"
            raise BrokerUnavailable(f"{group} could not be joined within {JOIN_WITHIN:.0f} s") from None

    async def _start_offsets(self, partitions: Sequence[TopicPartition]) -> dict[TopicPartition, int]:
        if not partitions or self._start_at == "latest":
            return {partition: self._ends[partition] for partition in partitions}
        if self._start_at == "earliest":
            return dict(await self._consumer.beginning_offsets(partitions))
        since = int(self._start_at.timestamp() * 1000)
        found = await self._consumer.offsets_for_times(dict.fromkeys(partitions, since))
        return {one: found[one].offset if found.get(one) else self._ends[one] for one in partitions}

    async def _lagging(self) -> list[TopicPartition]:
        """The partitions that are not yet fetched to where they ended when the reader was entered."""
        return [one for one in self._consumer.assignment() if await self._position(one) < self._ends.get(one, 0)]

    async def _position(self, partition: TopicPartition) -> float:
        try:
            return float(await self._consumer.position(partition))
        except IllegalStateError:  # it has just gone to another member: nothing is awaited of it
            return math.inf

    async def take_over(self, partitions: Sequence[TopicPartition]) -> None:
        """Partitions came to this member: the group's start offsets are set and kept where it has none."""
        new = [one for one in partitions if await self._consumer.committed(one) is None]
        starts = await self._start_offsets(new)
        for partition, offset in starts.items():
            self._consumer.seek(partition, offset)
        if starts:
            await self._consumer.commit(starts)

    def give_up(self, partitions: Iterable[TopicPartition]) -> None:
        """Partitions go to another member."""
        for partition in partitions:
            self._merge.drop(partition)
            self._progress.forget(partition)


class _Rebalances(ConsumerRebalanceListener):  # type: ignore[misc]  # aiokafka is not typed
    """aiokafka logs what a listener raises and goes on, so the first failure is handed to whoever waits to join."""

    def __init__(self, reader: Reader) -> None:
        self.joined: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._reader = reader

    async def on_partitions_revoked(self, revoked: Iterable[TopicPartition]) -> None:
        self._reader.give_up(revoked)

    async def on_partitions_assigned(self, assigned: Iterable[TopicPartition]) -> None:
        try:
            await self._reader.take_over(list(assigned))
        except KafkaError as error:
            if self.joined.done():
                raise
            self.joined.set_exception(error)
        else:
            if not self.joined.done():
                self.joined.set_result(None)


def _partition_of(record: ConsumerRecord) -> TopicPartition:
    return TopicPartition(record.topic, record.partition)
