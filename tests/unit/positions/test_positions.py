"""Which messages are due, what is given up in a rebalance, and that a hole ends the process. No Faust runs here."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import pytest

from streams.positions import positions as positions_module
from streams.positions.ending import Exit
from streams.positions.positions import Positions
from streams.positions.undo import Rows, plan, undo_key


class Died(BaseException):
    pass


@dataclass
class Outcome:
    rows: Mapping[int, Rows] = field(default_factory=dict)


class Table:
    """Of `streams.positions.table.Table` what positions need, in one dict, with a hook on each write."""

    unsent = 0

    def __init__(self) -> None:
        self.stored: dict[bytes, bytes] = {}
        self.on_write = lambda key: None

    def read(self, partition: int, key: bytes) -> bytes | None:
        return self.stored.get(key)

    def write(self, partition: int, key: bytes, row: bytes | None) -> None:
        if row is None:
            self.stored.pop(key, None)
        else:
            self.stored[key] = row
        self.on_write(key)

    def rows(self) -> dict[bytes, bytes]:
        return {key: row for key, row in self.stored.items() if not key.startswith(b"\0")}


class Harness:
    def __init__(self) -> None:
        self.app = SimpleNamespace(open_generation=None, positions={})
        self.table = Table()
        self.positions: Positions[Any] = Positions(self.app, "updates", self.table)  # type: ignore[arg-type]

    def open(self, *partitions: int, generation: int = 1) -> None:
        self.app.open_generation = generation
        for partition in partitions:
            self.positions.open(partition, self.positions.stored(partition))

    def close(self) -> None:
        self.app.open_generation = None
        self.positions.close()

    async def process(self, events: Sequence[Any], rows: Mapping[int, Rows] | None = None) -> list[int] | None:
        """The offsets that were worked on; None where nothing was applied."""
        worked: list[int] = []

        async def work(due: Sequence[Any]) -> Outcome:
            worked.extend(event.message.offset for event in due)
            return Outcome(rows or {})

        return worked if await self.positions.process(events, work) is not None else None


def event(offset: int, partition: int = 0, generation: int = 1) -> Any:
    return SimpleNamespace(message=SimpleNamespace(offset=offset, partition=partition, generation_id=generation))


@pytest.fixture
def harness(monkeypatch: pytest.MonkeyPatch) -> Harness:
    def die(code: Exit, line: str) -> None:
        raise Died(code, line)

    monkeypatch.setattr(positions_module, "die", die)
    return Harness()


async def test_rows_and_position_are_written(harness: Harness) -> None:
    harness.open(0, 1)
    events = [event(0), event(1), event(0, partition=1)]
    assert await harness.process(events, {0: {b"a": b"1"}, 1: {b"b": b"2"}}) == [0, 1, 0]
    assert harness.table.rows() == {b"a": b"1", b"b": b"2"}
    assert (harness.positions.stored(0), harness.positions.stored(1)) == (2, 1)


async def test_what_was_applied_is_not_due_again(harness: Harness) -> None:
    harness.open(0)
    await harness.process([event(0), event(1)])
    assert await harness.process([event(0), event(1)]) is None
    assert await harness.process([event(1), event(2)]) == [2]


async def test_a_worker_goes_on_where_the_last_one_stopped(harness: Harness) -> None:
    harness.open(0)
    await harness.process([event(0), event(1)])
    harness.close()
    harness.open(0, generation=2)
    assert await harness.process([event(1, generation=2), event(2, generation=2)]) == [2]


async def test_messages_of_an_earlier_assignment_are_not_due(harness: Harness) -> None:
    harness.open(0, generation=2)
    assert await harness.process([event(0, generation=1)]) is None
    harness.close()
    assert await harness.process([event(0, generation=2)]) is None


async def test_a_hole_ends_the_process(harness: Harness) -> None:
    harness.open(0)
    with pytest.raises(Died, match="offset 1 came where 0 was due"):
        await harness.process([event(1)])


async def test_work_that_was_lost_ends_the_process_when_the_next_is_done(harness: Harness) -> None:
    harness.open(0)

    async def fails(due: Sequence[Any]) -> Outcome:
        raise RuntimeError("a bug")

    with pytest.raises(RuntimeError, match="a bug"):
        await harness.positions.process([event(0)], fails)
    with pytest.raises(Died, match="offset 1 done where 0 was due"):
        await harness.process([event(1)])


async def test_a_rebalance_gives_up_work_under_way(harness: Harness) -> None:
    harness.open(0)
    started, never = asyncio.Event(), asyncio.Event()

    async def work(due: Sequence[Any]) -> Outcome:
        started.set()
        await never.wait()
        return Outcome({0: {b"a": b"1"}})

    processing = asyncio.create_task(harness.positions.process([event(0)], work))
    await started.wait()
    harness.close()
    assert await processing is None
    assert harness.table.stored == {}


async def test_a_cancelled_agent_is_not_taken_for_a_rebalance(harness: Harness) -> None:
    harness.open(0)
    started, never = asyncio.Event(), asyncio.Event()

    async def work(due: Sequence[Any]) -> Outcome:
        started.set()
        await never.wait()
        return Outcome()

    processing = asyncio.create_task(harness.positions.process([event(0)], work))
    await started.wait()
    processing.cancel()
    with pytest.raises(asyncio.CancelledError):
        await processing


async def test_a_rebalance_amid_the_rows_leaves_a_batch_that_is_undone(
    harness: Harness, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(positions_module, "SLICE_SECONDS", 0.0)
    harness.open(0)
    await harness.process([event(0)], {0: {b"a": b"old", b"b": b"old"}})
    harness.table.on_write = lambda key: harness.close() if key == b"a" else None
    assert await harness.process([event(1)], {0: {b"a": b"new", b"b": b"new", b"c": b"new"}}) is None
    assert harness.table.rows() == {b"a": b"new", b"b": b"old"}

    harness.table.on_write = lambda key: None
    harness.open(0, generation=2)
    assert [harness.positions.row(0, key) for key in (b"a", b"b", b"c")] == [b"old", b"old", None]
    assert await harness.process([event(1, generation=2)], {0: {b"b": b"other"}}) == [1]
    assert harness.table.rows() == {b"a": b"old", b"b": b"other"}
    assert harness.positions.row(0, b"a") == b"old"


async def test_an_unfinished_batch_of_another_worker_is_read_through(harness: Harness) -> None:
    writes = plan(lambda key: None, 0, None, {b"a": b"new"}, 1)
    for key, row in writes[:-1]:
        harness.table.write(0, key, row)
    assert undo_key(0, 0, 0) in harness.table.stored
    harness.open(0)
    assert harness.positions.row(0, b"a") is None
    assert await harness.process([event(0)], {}) == [0]
    assert harness.table.rows() == {}
