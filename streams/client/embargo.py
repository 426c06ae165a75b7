"""Alerts that may not be shown yet."""

import heapq
from collections.abc import Iterator
from datetime import datetime
from itertools import count
from typing import Generic, TypeVar

Item = TypeVar("Item")


class Embargo(Generic[Item]):
    """Items with the time from which they may be shown; those of the same time come out as they went in."""

    def __init__(self) -> None:
        self._held: list[tuple[datetime, int, Item]] = []
        self._order = count()

    def __len__(self) -> int:
        return len(self._held)

    def hold(self, until: datetime, item: Item) -> None:
        heapq.heappush(self._held, (until, next(self._order), item))

    def free(self, now: datetime) -> Iterator[Item]:
        """Give out those whose time has come, the earliest first."""
        while self._held and self._held[0][0] <= now:
            yield heapq.heappop(self._held)[2]

    def seconds_left(self, now: datetime) -> float | None:
        """Until the next one may be shown; None if none is held."""
        return (self._held[0][0] - now).total_seconds() if self._held else None
