"""Everybody who is looking: matched, encoded once, cut off where too slow."""

import asyncio
from uuid import UUID

from streams.board.hub import QUEUED, Hub, Looking, event
from streams.board.view.alerts import AlertQuery, ShownAlert
from streams.client.filters import AlertFilter
from tests.unit.cli.samples import alert

FIGURES = AlertQuery(frozenset({"figure"}))
FLASH = AlertQuery(conditions=AlertFilter(min_priority="flash"))


class Encoder:
    def __init__(self) -> None:
        self.calls = 0

    def __call__(self, shown: ShownAlert, shape: str) -> str:
        self.calls += 1
        return f"{shape} {shown.alert.id.int}"


def told(number: int, **more: object) -> ShownAlert:
    return ShownAlert(alert(id=UUID(int=number), **more), None, None)


async def next_chunk(looking: Looking) -> bytes:
    async with asyncio.timeout(5):
        return await anext(aiter(looking.chunks()))


async def test_each_is_told_what_it_wants_encoded_once() -> None:
    encode = Encoder()
    hub = Hub(encode)
    flashes = [hub.join(FLASH, "json") for _ in range(3)]
    page, figures, status = hub.join(FLASH, "html"), hub.join(FIGURES, "json"), hub.join(FLASH, "none")
    hub.tell_alerts([told(1), told(2, priority="routine"), told(3)])
    hub.tell_all(event("silent", "{}"))
    silent = b"event: silent\ndata: {}\n\n"
    events = [event("alert", f"json {number}", str(UUID(int=number))) for number in (1, 3)]
    for looking in flashes:
        assert await next_chunk(looking) == b"".join(events) + silent
    assert b"data: html 1\n" in await next_chunk(page)
    assert await next_chunk(figures) == silent
    assert await next_chunk(status) == silent
    assert encode.calls == 4  # two alerts in two shapes


async def test_a_reader_that_is_too_slow_is_cut_off_and_the_others_are_not() -> None:
    hub = Hub(Encoder())
    slow, quick = hub.join(AlertQuery(), "json"), hub.join(AlertQuery(), "json")
    for number in range(QUEUED + 1):
        hub.tell_alerts([told(number)])
        if number == QUEUED // 2:
            await next_chunk(quick)
    assert [chunk async for chunk in slow.chunks()] == []
    assert str(UUID(int=QUEUED)).encode() in await next_chunk(quick)


async def test_who_leaves_is_told_nothing_more() -> None:
    hub = Hub(Encoder())
    looking = hub.join(AlertQuery(), "json")
    hub.leave(looking)
    assert len(hub) == 0
    hub.tell_alerts([told(1)])
    hub.end()


async def test_all_are_let_go_at_the_end_and_late_comers_at_once() -> None:
    hub = Hub(Encoder())
    before = hub.join(AlertQuery(), "json")
    hub.end()
    after = hub.join(AlertQuery(), "json")
    async with asyncio.timeout(5):
        assert [chunk async for chunk in before.chunks()] == []
        assert [chunk async for chunk in after.chunks()] == []


def test_an_event_of_several_lines_stays_one() -> None:
    assert event("alert", "a\nb\r\n\nc", "7") == b"id: 7\nevent: alert\ndata: a\ndata: b\ndata: \ndata: c\n\n"
