"""Alerts as subscribers get them: each once, and none before its embargo ends."""

import asyncio
import logging
from collections.abc import AsyncGenerator, Callable, Collection
from datetime import UTC, datetime

from aiokafka import ConsumerRecord

from schemas.alerts import Alert
from schemas.base import Kind
from schemas.topics import ALERT_TOPICS
from streams.client.embargo import Embargo
from streams.client.reader import Reader
from streams.client.repeats import RepeatMemory
from streams.wire import NotOurMessage, decode_alert

log = logging.getLogger(__name__)

NO_EMBARGO = datetime.min.replace(tzinfo=UTC)
LOOK_AGAIN = 30.0  # seconds: the wall clock may be set, or stand still while the machine sleeps

Held = tuple[ConsumerRecord, Alert]


def alert_topics(kinds: Collection[Kind] = ()) -> list[str]:
    """The topics of these kinds' alerts, or of all."""
    return [topic.name for kind, topic in ALERT_TOPICS.items() if not kinds or kind in kinds]


def utc_now() -> datetime:
    return datetime.now(UTC)


async def read_alerts(
    reader: Reader, matches: Callable[[Alert], bool] = lambda alert: True, now: Callable[[], datetime] = utc_now
) -> AsyncGenerator[Alert, None]:
    """The reader's alerts that match; repeats are dropped, others' messages are logged and passed over.

    A group's offset is committed when the next alert is asked for, and never past one that is held back. Where the
    reader ends, alerts still under embargo are not waited for.
    """
    embargo: Embargo[Held] = Embargo()
    repeats = RepeatMemory()
    records = _Records(reader)
    try:
        while not records.ended:
            record = await records.next_within(embargo.seconds_left(now()))
            if record is not None:
                alert = _alert_in(record)
                if alert is not None and not repeats.is_repeat(alert.id) and matches(alert):
                    embargo.hold(alert.embargo_until or NO_EMBARGO, (record, alert))
                else:
                    await reader.done(record)
            for shown, alert in embargo.free(now()):
                yield alert
                await reader.done(shown)
    finally:
        await records.close()
    if embargo:
        log.warning("alerts still under embargo and not shown: %d", len(embargo))


class _Records:
    """A reader's records, waited for no longer than one likes: the wait goes on at the next call."""

    def __init__(self, reader: Reader) -> None:
        self._records = aiter(reader)
        self._pending: asyncio.Task[ConsumerRecord | None] | None = None
        self.ended = False

    async def next_within(self, seconds: float | None) -> ConsumerRecord | None:
        """The next record, or None if it is not there in time, or if there is none any more (``ended``)."""
        self._pending = pending = self._pending or asyncio.create_task(self._next())  # kept for `close`, if cancelled
        await asyncio.wait([pending], timeout=LOOK_AGAIN if seconds is None else min(seconds, LOOK_AGAIN))
        if not pending.done():
            return None
        self._pending = None
        return pending.result()

    async def _next(self) -> ConsumerRecord | None:
        record = await anext(self._records, None)
        self.ended = record is None
        return record

    async def close(self) -> None:
        if self._pending is not None:
            self._pending.cancel()
            await asyncio.wait([self._pending])
        await self._records.aclose()


def _alert_in(record: ConsumerRecord) -> Alert | None:
    try:
        return decode_alert(record.value, record.headers)
    except NotOurMessage as error:
        log.warning("%s, partition %d, offset %d: %s", record.topic, record.partition, record.offset, error)
        return None
