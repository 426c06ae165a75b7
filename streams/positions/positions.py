"""Where a source topic is read, partition by partition: kept in the table, beside the rows that its messages made."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

from faust.types import EventT

from streams.positions.ending import Exit, die
from streams.positions.table import Table
from streams.positions.undo import Rows, Undo, Write, plan, position_of, read_through, unfinished

if TYPE_CHECKING:
    from streams.positions.app import App

SLICE_SECONDS = 0.005  # the event loop writes rows at most so long before it turns to others
MAX_UNSENT = 20_000  # changelog records on their way when a batch may be written


class Outcome(Protocol):
    """What came of a batch whose outputs the broker has acknowledged: the rows to write, by partition."""

    @property
    def rows(self) -> Mapping[int, Rows]: ...


Done = TypeVar("Done", bound=Outcome)
Work = Callable[[Sequence[EventT[Any]]], Awaitable[Done]]


class Positions(Generic[Done]):
    """Applies the batches of one source topic, each exactly once to the table, in the order of the offsets."""

    def __init__(self, app: "App", topic: str, table: Table) -> None:
        self.app, self.topic, self.table = app, topic, table
        self.admitted: dict[int, int] = {}  # the next offset to let in, by partition held
        self.applied: dict[int, int] = {}  # the next offset to write
        self.undo: dict[int, Undo] = {}  # of batches that a crash or a rebalance has left unfinished
        self.at_work: asyncio.Task[Done | None] | None = None
        app.positions[topic] = self

    def stored(self, partition: int) -> int:
        """The position to read on from after a rebalance."""
        return position_of(self._get(partition), partition)

    def open(self, partition: int, position: int) -> None:
        """Messages from this position on are due."""
        self.admitted[partition] = self.applied[partition] = position
        undo = unfinished(self._get(partition), partition)
        if undo is not None:
            self.undo[partition] = undo

    def close(self) -> None:
        """The partitions are no longer held: work on them is given up, and will be done again by whoever has them."""
        self.admitted, self.applied, self.undo = {}, {}, {}
        if self.at_work is not None:
            self.at_work.cancel()

    def row(self, partition: int, key: bytes) -> bytes | None:
        """A row, as it was before any unfinished batch. Raises NotHeld. May be called from any thread."""
        return read_through(self._get(partition), self.undo.get(partition), key)

    def keys(self, partition: int, prefix: bytes) -> Iterator[bytes]:
        """Of rows, as far as they are written, whose keys begin so. Raises NotHeld. May be called from any thread."""
        return (key for key, _ in self.table.scan(partition, prefix))

    async def process(self, events: Sequence[EventT[Any]], work: Work[Done]) -> Done | None:
        """Do the work on those of these messages that are due, and write its rows; None where nothing was applied."""
        due = [event for event in events if self._due(event)]
        if not due:
            return None
        self.at_work = asyncio.ensure_future(self._process(due, work))
        try:
            return await self.at_work
        except asyncio.CancelledError:
            this = asyncio.current_task()
            if this is not None and this.cancelling():
                raise
            return None  # given up
        finally:
            self.at_work = None

    async def _process(self, due: Sequence[EventT[Any]], work: Work[Done]) -> Done | None:
        done = await work(due)
        return done if await self._apply(due, done.rows) else None

    def _get(self, partition: int) -> Callable[[bytes], bytes | None]:
        return lambda key: self.table.read(partition, key)

    def _is_open(self, events: Sequence[EventT[Any]]) -> bool:
        return all(event.message.generation_id == self.app.open_generation for event in events)

    def _due(self, event: EventT[Any]) -> bool:
        """Not one of an earlier assignment, nor one already applied."""
        partition, offset = event.message.partition, event.message.offset
        if not self._is_open([event]) or offset < self.admitted[partition]:
            return False
        if offset > self.admitted[partition]:
            die(
                Exit.HOLE,
                f"{self.topic}-{partition}: offset {offset} came where {self.admitted[partition]} was due "
                "(a topic that is compacted, or written in transactions, cannot be read)",
            )
        self.admitted[partition] = offset + 1
        return True

    async def _apply(self, events: Sequence[EventT[Any]], rows: Mapping[int, Rows]) -> bool:
        """False: the partitions went to another worker meanwhile, and the messages will be read again there."""
        while self.table.unsent > MAX_UNSENT:  # noqa: ASYNC110 - an event set for each record costs more
            await asyncio.sleep(0.01)
        ranges = _ranges(events)
        for partition, (first, _) in ranges.items():
            if self._is_open(events) and first != self.applied[partition]:
                die(Exit.HOLE, f"{self.topic}-{partition}: offset {first} done where {self.applied[partition]} was due")
        plans = await asyncio.to_thread(self._plan, rows, {at: position for at, (_, position) in ranges.items()})
        for partition, writes in plans.items():
            if not await self._write(events, partition, writes):
                return False
            self.undo.pop(partition, None)
            self.applied[partition] = ranges[partition][1]
        return True

    def _plan(self, rows: Mapping[int, Rows], positions: Mapping[int, int]) -> dict[int, list[Write]]:
        return {
            at: plan(self._get(at), at, self.undo.get(at), rows.get(at, {}), position)
            for at, position in positions.items()
        }

    async def _write(self, events: Sequence[EventT[Any]], partition: int, writes: Sequence[Write]) -> bool:
        until = 0.0
        for key, row in writes:
            if time.perf_counter() > until:
                await asyncio.sleep(0)
                if not self._is_open(events):
                    return False
                until = time.perf_counter() + SLICE_SECONDS
            self.table.write(partition, key, row)
        return True


def _ranges(events: Sequence[EventT[Any]]) -> dict[int, tuple[int, int]]:
    """By partition: the first offset, and the one after the last."""
    ranges: dict[int, tuple[int, int]] = {}
    for event in events:
        partition, offset = event.message.partition, event.message.offset
        ranges[partition] = (ranges.get(partition, (offset, 0))[0], offset + 1)
    return ranges
