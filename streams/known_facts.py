"""The table ``known-facts``: the rows of stories as the tracker sees them, and which stories have long been idle."""

import asyncio
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from streams.facts.rows import StoryRow, decode, home_key, is_story_row, last_active
from streams.positions import NotHeld, Positions, Rows, Table

NAME = "known-facts"
FORGET_AT_ONCE = 8  # idle stories that a batch takes along, on each of its partitions
LOAD_AT_ONCE = 500  # stories put in order before the event loop turns to others


def story_prefix_of(story_row_key: bytes) -> bytes:
    """What the keys of all rows of a story begin with: its story row's key less the one letter that says what it is."""
    return story_row_key[:-1]


class IdleStories:
    """When each story of the partitions held was last active, in that order; built from the story rows once."""

    def __init__(self, positions: Positions[Any], idle_seconds: float, clock: Callable[[], float] = time.time) -> None:
        self.positions, self.idle_seconds, self.clock = positions, idle_seconds, clock
        self._order: dict[int, OrderedDict[bytes, float]] = {}
        self._generation: int | None = None
        self._loading: set[asyncio.Task[None]] = set()

    def candidates(self, partition: int) -> list[bytes]:
        """The keys of a few story rows that have long been idle."""
        order, until = self._order.get(partition, OrderedDict()), self.clock() - self.idle_seconds
        oldest = [key for key, active in islice(order.items(), FORGET_AT_ONCE) if active < until]
        return [key for key in oldest if self._still_idle(partition, key, until)]

    def deletions(self, partition: int, candidates: Sequence[bytes], written: Rows) -> dict[bytes, bytes | None]:
        """The rows to delete of the candidates that a batch does not write. May be called from any thread."""
        if partition in self.positions.undo:
            return {}  # what is stored is not what to go by; a later batch will do
        idle = [key for key in candidates if key not in written]
        return {row_key: None for key in idle for row_key in self._keys_of_story(partition, key)}

    def applied(self, rows: Mapping[int, Rows]) -> int:
        """Note which stories a written batch has changed, and return how many it has deleted."""
        if self._generation != self.positions.app.open_generation:
            self._generation = self.positions.app.open_generation
            self._order.clear()
        return sum(self._applied(partition, written) for partition, written in rows.items())

    def _applied(self, partition: int, written: Rows) -> int:
        if partition not in self._order:
            self._order[partition] = OrderedDict()
            task = asyncio.create_task(self._load(partition, self._order[partition]))
            self._loading.add(task)
            task.add_done_callback(self._loading.discard)
        order, keys = self._order[partition], [key for key in written if is_story_row(key)]
        for key in keys:
            order.pop(key, None)
            if written[key] is not None:
                order[key] = self.clock()
        return sum(written[key] is None for key in keys)

    async def _load(self, partition: int, order: OrderedDict[bytes, float]) -> None:
        try:
            found = await asyncio.to_thread(_activity, self.positions.table, partition)
        except NotHeld:
            return
        for number, (key, active) in enumerate(found):
            if key not in order:
                order[key] = active
                order.move_to_end(key, last=False)
            if number % LOAD_AT_ONCE == 0:
                await asyncio.sleep(0)

    def _keys_of_story(self, partition: int, story_row_key: bytes) -> Iterator[bytes]:
        """All that begin with the story's prefix, and those that tell its articles' story."""
        row = self.positions.row(partition, story_row_key)
        yield from (key for key, _ in self.positions.table.scan(partition, story_prefix_of(story_row_key)))
        yield from (home_key(article) for article in (decode(StoryRow, row).articles if row else ()))

    def _still_idle(self, partition: int, key: bytes, until: float) -> bool:
        """The row decides: the order is but a memory of it."""
        order, row = self._order[partition], self.positions.row(partition, key)
        if row is None:
            del order[key]
            return False
        order[key] = last_active(row).timestamp()
        if order[key] >= until:
            order.move_to_end(key)
        return order[key] < until


def _activity(table: Table, partition: int) -> list[tuple[bytes, float]]:
    """Story rows with their last activity, the latest first."""
    rows = [(key, last_active(row).timestamp()) for key, row in table.scan(partition) if is_story_row(key)]
    return sorted(rows, key=lambda row: -row[1])
