"""What is looked at while a worker runs, and when it ends for it."""

import asyncio
import time
from collections.abc import Coroutine, Mapping
from typing import Any

from aiokafka.errors import KafkaError
from faust.types import TP

from schemas.topics import ARTICLE_UPDATES
from streams.metrics import show_lag
from streams.positions import App, Exit, Lease, die
from streams.reading import Readers
from streams.settings import Settings
from streams.supervision.contact import LOOK_EVERY, Contact
from streams.supervision.loop_watch import LoopWatch
from streams.supervision.progress import Progress

LOOP_SECONDS = 60.0  # that the event loop may stand still; it turns every few milliseconds
MEASURE_EVERY = 5.0  # seconds between looks at the ends of the topics


class Supervisor:
    """Of one worker. ``can_read``: whether the processes that read texts have begun."""

    def __init__(self, app: App, readers: Readers[Any, Any], settings: Settings) -> None:
        self.app, self.readers, self.seconds = app, readers, settings.stall_timeout
        self.contact = Contact(settings)
        self.can_read = False
        self._every = min(MEASURE_EVERY, self.seconds / 4)
        self._progress: dict[str, Progress] = {}
        self._measuring: asyncio.Task[Mapping[TP, int]] | None = None
        self._unanswered = 0.0

    def tasks(self) -> list[Coroutine[Any, Any, None]]:
        """To run on the app's event loop for as long as it runs."""
        return [
            LoopWatch(min(LOOP_SECONDS, self.seconds)).beat(),
            self._watch_broker_and_agents(),
            self._watch_progress(),
        ]

    def waiting_for(self) -> list[str]:
        """What keeps the worker from its work just now, in words; nothing: it is assigned, recovered and may send."""
        found = [self.contact.lost] if self.contact.lost else []
        if self.app.open_generation is None:
            found.append("partitions are being " + ("recovered" if self.app.in_recovery else "shared out"))
        elif not Lease.runs():
            found.append(f"the group has not confirmed this worker for {Lease.age():.0f} s")
        if not self.can_read:
            found.append("the processes that read texts are starting")
        return found

    async def _watch_broker_and_agents(self) -> None:
        while not self.app.should_stop:
            await asyncio.sleep(LOOK_EVERY)
            await self.contact.look()
            ended = self.app.ended_agents()
            if ended and not self.app.should_stop:
                die(Exit.STALLED, f"the agent {ended[0]} has ended")

    async def _watch_progress(self) -> None:
        answered_at = self.readers.answered_at
        while not self.app.should_stop:
            await asyncio.sleep(self._every)
            if self.app.open_generation is None or self.contact.lost:
                continue  # both have limits of their own
            ends = await self._ends()
            read = self.readers.at_work or self.readers.answered_at > answered_at  # and that has a limit of its own
            answered_at = self.readers.answered_at
            stall = self._stall(ends, read) if ends is not None else self._no_answer()
            if stall and not self.app.should_stop:
                die(Exit.STALLED, stall)

    def _stall(self, ends: Mapping[TP, int], read: bool) -> str | None:
        self._unanswered = 0.0
        for topic, positions in self.app.positions.items():
            progress = self._progress.setdefault(topic, Progress(topic, self.seconds, longest=2 * self._every))
            of_topic = {tp.partition: end for tp, end in ends.items() if tp.topic == topic}
            applied = positions.applied
            show_lag(topic, {at: max(0, end - applied[at]) for at, end in of_topic.items() if at in applied})
            at_work = read and topic == ARTICLE_UPDATES.name
            stall = progress.stall(positions.applied, of_topic, time.monotonic(), at_work)
            if stall:
                return stall
        return None

    def _no_answer(self) -> str | None:
        self._unanswered += 2 * self._every  # it was waited for as well
        over = self._unanswered >= self.seconds
        return f"the consumer's thread did not answer for {self._unanswered:.0f} s" if over else None

    async def _ends(self) -> Mapping[TP, int] | None:
        """The ends of the partitions held; None where they could not be had in time. What is asked is asked once."""
        if self._measuring is None:
            held = [TP(topic, at) for topic, positions in self.app.positions.items() for at in positions.applied]
            self._measuring = asyncio.ensure_future(self.app.consumer.highwaters(*held)) if held else None
        if self._measuring is None:
            return {}
        done, _ = await asyncio.wait([self._measuring], timeout=self._every)
        if not done:
            return None
        [measured], self._measuring = done, None
        try:
            return measured.result()
        except KafkaError:
            return None
