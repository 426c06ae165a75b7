"""Alerts as subscribers get them: each once, none before its embargo ends, offsets committed accordingly."""

import asyncio
from collections.abc import AsyncGenerator
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from aiokafka import ConsumerRecord

from schemas.alerts import Alert
from schemas.topics import ALERT_TOPICS, TOPICS
from streams.client.alerts import alert_topics, read_alerts
from streams.client.embargo import Embargo
from streams.client.repeats import RepeatMemory
from streams.wire import encode_alert
from tests.unit.cli.samples import NOON, alert


class Records:
    """Stands for a `Reader`: gives these records, and notes which offsets are done."""

    def __init__(self, *values: ConsumerRecord) -> None:
        self.values = values
        self.finished: list[int] = []
        self.released = asyncio.Event()
        self.did = asyncio.Event()

    async def __aiter__(self) -> AsyncGenerator[ConsumerRecord, None]:
        for value in self.values:
            yield value
        await self.released.wait()

    async def done(self, record: ConsumerRecord) -> None:
        self.finished.append(record.offset)
        self.did.set()


def record(offset: int, value: bytes, headers: list[tuple[str, bytes]]) -> ConsumerRecord:
    topic = ALERT_TOPICS["event-status"].name
    return ConsumerRecord(topic, 0, offset, 0, 0, b"call", value, None, 4, len(value), tuple(headers))


def sent(*alerts: Alert) -> Records:
    encoded = [encode_alert(one) for one in alerts]
    return Records(*(record(offset, value, headers) for offset, (_, value, headers) in enumerate(encoded)))


def numbered(number: int, **more: object) -> Alert:
    return alert(id=UUID(int=number), **more)


async def collect(records: Records, **options: object) -> list[int]:
    records.released.set()
    return [one.id.int async for one in read_alerts(records, **options)]  # type: ignore[arg-type]


async def test_repeats_are_dropped_and_everything_is_done() -> None:
    records = sent(numbered(1), numbered(2), numbered(1), numbered(3), numbered(2))
    assert await collect(records) == [1, 2, 3]
    assert sorted(records.finished) == [0, 1, 2, 3, 4]


async def test_what_does_not_match_is_done_and_not_given() -> None:
    records = sent(numbered(1), numbered(2, priority="routine"))
    assert await collect(records, matches=lambda one: one.priority == "flash") == [1]
    assert sorted(records.finished) == [0, 1]


async def test_others_messages_are_logged_and_passed_over(caplog: pytest.LogCaptureFixture) -> None:
    _, value, headers = encode_alert(numbered(1))
    records = Records(record(0, b"{}", []), record(1, b"\xff", headers), record(2, value, headers))
    assert await collect(records) == [1]
    assert [message.split(":")[0] for message in caplog.messages] == [
        "news.alerts.event-status, partition 0, offset 0",
        "news.alerts.event-status, partition 0, offset 1",
    ]


async def test_an_embargo_holds_back_its_alert_alone_until_it_ends() -> None:
    embargoed = numbered(1, embargo_until=NOON)
    records = sent(embargoed, numbered(2))
    clock = [NOON - timedelta(microseconds=50_000)]

    def now() -> datetime:
        """Once the second alert was given, the embargo is over."""
        return clock[0]

    alerts = read_alerts(records, now=now)  # type: ignore[arg-type]
    assert (await anext(alerts)).id.int == 2
    waiting = asyncio.ensure_future(anext(alerts))
    await records.did.wait()
    assert (records.finished, waiting.done()) == ([1], False)
    clock[0] = NOON
    assert (await waiting).id.int == 1
    assert records.finished == [1]  # done only when the next is asked for
    await alerts.aclose()


async def test_an_alert_whose_embargo_is_over_is_given_at_once_and_in_order() -> None:
    records = sent(numbered(1, embargo_until=NOON), numbered(2))
    assert await collect(records, now=lambda: NOON) == [1, 2]


async def test_an_embargo_does_not_keep_the_end_waiting_and_is_told(caplog: pytest.LogCaptureFixture) -> None:
    records = sent(numbered(1, embargo_until=datetime(2999, 1, 1, tzinfo=UTC)), numbered(2))
    assert await collect(records) == [2]
    assert records.finished == [1]  # the first comes again to whoever goes on
    assert caplog.messages == ["alerts still under embargo and not shown: 1"]


def test_held_items_come_out_by_time_then_by_order() -> None:
    embargo: Embargo[str] = Embargo()
    later = NOON + timedelta(seconds=5)
    for until, name in [(later, "late"), (NOON, "first"), (NOON, "second")]:
        embargo.hold(until, name)
    assert embargo.seconds_left(NOON - timedelta(seconds=2)) == 2
    assert list(embargo.free(NOON)) == ["first", "second"]
    assert (len(embargo), embargo.seconds_left(NOON)) == (1, 5)
    assert list(embargo.free(later)) == ["late"]
    assert embargo.seconds_left(later) is None


def test_the_memory_of_repeats_is_bounded_and_keeps_the_latest() -> None:
    memory = RepeatMemory(size=3)
    seen = [memory.is_repeat(UUID(int=number)) for number in (1, 2, 1, 3, 4, 1, 2)]
    assert seen == [False, False, True, False, False, True, False]


def test_kinds_choose_topics() -> None:
    assert alert_topics(["figure", "quote"]) == ["news.alerts.figure", "news.alerts.quote"]
    assert set(alert_topics()) == {topic.name for topic in TOPICS if topic.name.startswith("news.alerts.")}
