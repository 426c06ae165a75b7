"""The topics into the view, for as long as the board runs, whatever becomes of Kafka meanwhile."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from aiokafka import ConsumerRecord

from streams.board.link import Link
from streams.board.view.received import TOPICS, received
from streams.board.view.schema import View
from streams.board.view.writer import Writer, Written
from streams.client.lag import worker_lags
from streams.client.reader import Reader
from streams.kafka import BrokerUnavailable, KafkaRefused
from streams.settings import Settings
from streams.topics import TopicError

log = logging.getLogger(__name__)

BATCH = 500  # records of one transaction
RETRY_SECONDS = 2.0
LOOK_AT_EMBARGOES = 1.0  # seconds
PROBE_SECONDS = 3.0  # between two looks at whether the broker answers, and at the lag

Told = Callable[[Written], None]
LinkTold = Callable[[Link], None]


class Follower:
    """``told`` hears what each batch brought, ``link_told`` each change of the link.

    Until all that Kafka had kept is read, ``link.state`` is `reading`.
    """

    def __init__(self, settings: Settings, view: View, told: Told, link_told: LinkTold) -> None:
        self.link = Link()
        self._caught_up = False
        self._settings = settings
        self._kept = timedelta(days=settings.board_days)
        self._writer = Writer(view, self._kept)
        self._told, self._link_told = told, link_told

    async def run(self) -> None:
        while True:
            try:
                await self._follow()
            except (BrokerUnavailable, KafkaRefused, TopicError) as error:
                log.warning("%s", error)
                self._set(Link("away", str(error)))
                await asyncio.sleep(RETRY_SECONDS)

    async def _follow(self) -> None:
        """What is read a second time, after a new start, is in the view already, and is passed over there."""
        since = datetime.now(UTC) - self._kept
        async with Reader(self._settings, TOPICS, start_at=since) as reader, self._probing(), _queue(reader) as records:
            self._caught_up = False
            self._set(Link("reading"))
            while True:
                batch = await records.next_batch()
                written = await asyncio.to_thread(self._write, batch)
                self._told(written)
                if not self._caught_up and reader.caught_up and records.empty:
                    self._caught_up = True
                    self._set(replace(self.link, state="live"))

    def _write(self, batch: list[ConsumerRecord]) -> Written:
        decoded = [one for record in batch if (one := received(record)) is not None]
        return self._writer.write(decoded, datetime.now(UTC))

    @asynccontextmanager
    async def _probing(self) -> AsyncIterator[None]:
        """A consumer waits in silence for a broker that is gone, so somebody else has to ask."""
        task = asyncio.create_task(self._probe())
        try:
            yield
        finally:
            task.cancel()
            await asyncio.wait([task])

    async def _probe(self) -> None:
        while True:
            try:
                lags = await worker_lags(self._settings)
            except BrokerUnavailable as error:
                self._set(replace(self.link, state="away", detail=str(error)))
            except KafkaRefused as error:
                log.info("the workers' lag is not known: %s", error)
                self._set(replace(self.link, lags=None))
            else:
                self._set(Link("live" if self._caught_up else "reading", "", lags))
            await asyncio.sleep(PROBE_SECONDS)

    def _set(self, link: Link) -> None:
        if link != self.link:
            self.link = link
            self._link_told(link)


class _Queue:
    """A reader's records in batches: what has come, and no waiting for more."""

    def __init__(self) -> None:
        self.records: asyncio.Queue[ConsumerRecord] = asyncio.Queue(2 * BATCH)
        self.pump: asyncio.Task[None]

    @property
    def empty(self) -> bool:
        return self.records.empty()

    async def next_batch(self) -> list[ConsumerRecord]:
        """Empty where nothing comes for a while: an embargo may have ended. Raises what the reader raises."""
        first = asyncio.ensure_future(self.records.get())
        await asyncio.wait([first, self.pump], timeout=LOOK_AT_EMBARGOES, return_when=asyncio.FIRST_COMPLETED)
        if not first.done():
            first.cancel()
            if self.pump.done():
                await self.pump
            return []
        batch = [first.result()]
        while len(batch) < BATCH and not self.records.empty():
            batch.append(self.records.get_nowait())
        return batch

    async def fill(self, reader: Reader) -> None:
        async for record in reader:
            await self.records.put(record)


@asynccontextmanager
async def _queue(reader: Reader) -> AsyncIterator[_Queue]:
    queue = _Queue()
    queue.pump = asyncio.create_task(queue.fill(reader))
    try:
        yield queue
    finally:
        queue.pump.cancel()
        await asyncio.wait([queue.pump])
