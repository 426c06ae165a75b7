"""The ingester: shares the sources with its like, asks each when it is due, and publishes what it saw.

It keeps nothing: what it must know of a source stands on ``news.source-state``. Killed at any time, it skips nothing: a
look that was not published is made again by whoever takes over.
"""

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime

from aiokafka.errors import KafkaError

from schemas.polls import Poll
from schemas.topics import SOURCE_POLLS
from streams.ingest.fetch import Fetcher
from streams.ingest.hosts import Hosts
from streams.ingest.looking import Looking
from streams.ingest.push.app import Send
from streams.ingest.push.serve import serve
from streams.ingest.robots import Robots
from streams.ingest.sharing import Sharing
from streams.ingest.timetable import Timetable
from streams.kafka import make_producer, started
from streams.settings import Settings
from streams.sources.kinds.push import Push
from streams.sources.settings import Polled

log = logging.getLogger("wiredelta")

AT_ONCE = 100  # sources
TICK = 0.1  # seconds between looks at the timetable
FIRST_SPREAD = 5.0  # seconds over which sources are first asked, for a process that gets many at once


async def run(settings: Settings, polled: Sequence[Polled], pushes: Sequence[Push]) -> None:
    """Until cancelled. Raises `BrokerUnavailable`, `KafkaRefused`, `PushAddressTaken`, alone or in a group."""
    async with _equipped(settings) as (looking, send), asyncio.TaskGroup() as tasks:
        if polled:
            tasks.create_task(Ingester(settings, polled, looking, send).run())
        if pushes:
            tasks.create_task(serve(settings, pushes, send))
        log.info("Ingester ready: %s sources to ask, %s that push", len(polled), len(pushes))


@asynccontextmanager
async def _equipped(settings: Settings) -> AsyncIterator[tuple[Looking, Send]]:
    """Eyes for the sources, and a way to Kafka."""
    producer = make_producer(settings)

    async def send(topic: str, key: bytes, value: bytes) -> None:
        await producer.send_and_wait(topic, value, key=key)

    async with started(producer, settings), Fetcher() as fetcher:
        yield Looking(fetcher, Hosts(), Robots(fetcher)), send


async def _publish(polls: Sequence[Poll], send: Send) -> None:
    for poll in polls:
        await send(SOURCE_POLLS.name, poll.source.encode(), poll.model_dump_json().encode())


class Ingester:
    """Asks the sources that are this process's, each when it is due."""

    def __init__(self, settings: Settings, sources: Sequence[Polled], looking: Looking, send: Send) -> None:
        self.looking, self.send = looking, send
        self.sources: Mapping[str, Polled] = {source.name: source for source in sources}
        self.timetable = Timetable()
        self.sharing = Sharing(settings, self._state_came, self._lost)
        self._looks: dict[str, asyncio.Task[None]] = {}
        self._polled_at: dict[str, datetime] = {}
        self._slots = asyncio.Semaphore(AT_ONCE)

    async def run(self) -> None:
        """Until cancelled."""
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self.sharing.follow())
            tasks.create_task(self._work())

    async def _work(self) -> None:
        while True:
            now = time.monotonic()
            self._seat_the_new(now)
            for name in self.timetable.take_due(now):
                self._looks[name] = asyncio.create_task(self._look(self.sources[name]))
            await asyncio.sleep(TICK)

    def _seat_the_new(self, now: float) -> None:
        for name in self.sources:
            if name not in self.timetable and name not in self._looks and self.sharing.holds(name):
                self.timetable.put(name, now, self._first_wait(name))

    def _first_wait(self, name: str) -> float:
        state = self.sharing.states.get(name)
        spread = FIRST_SPREAD * min(1.0, len(self.sources) / 1000)
        wait = (state.next_poll - datetime.now(UTC)).total_seconds() if state and state.next_poll else 0.0
        return max(wait, self.timetable.chance.uniform(0, spread))

    async def _look(self, source: Polled) -> None:
        try:
            async with self._slots:
                polls = await self.looking.look(source, self.sharing.states.get(source.name))
                await _publish(polls, self.send)
                self._polled_at[source.name] = polls[-1].polled_at
        except KafkaError as error:
            self.looking.forget(source.name)  # what was not published must be seen again
            log.warning("%s: Kafka did not take what was seen: %s", source.name, error)
        except Exception:
            log.exception("%s: the look failed", source.name)
        finally:
            self._looks.pop(source.name, None)
            if self.sharing.holds(source.name):
                self.timetable.put(source.name, time.monotonic(), source.interval)  # until its state tells better
                self._state_came(source.name)

    def _state_came(self, name: str) -> None:
        """The state after the last look says when the next is due."""
        state, polled_at = self.sharing.states.get(name), self._polled_at.get(name)
        if state is None or state.next_poll is None or name not in self.sources or name in self._looks:
            return
        if polled_at is not None and state.last_poll >= polled_at:
            self.timetable.put(name, time.monotonic(), (state.next_poll - datetime.now(UTC)).total_seconds())

    def _lost(self, name: str) -> None:
        self.timetable.drop(name)
        if name in self.sources:
            self.looking.forget(name)


async def look_once(settings: Settings, sources: Sequence[Polled]) -> list[Poll]:
    """Ask each source once, whoever else does, and publish what it shows. Raises as `Ingester` does."""
    async with _equipped(settings) as (looking, send):
        slots = asyncio.Semaphore(AT_ONCE)

        async def look(source: Polled) -> list[Poll]:
            async with slots:
                polls = await looking.look(source, None)
            await _publish(polls, send)
            return polls

        found = await asyncio.gather(*(look(source) for source in sources))
        return [poll for polls in found for poll in polls]
