"""When which source is due: a heap, in which a later word on a source replaces the earlier one."""

import heapq
import random
from dataclasses import dataclass, field

JITTER = 0.05  # of the wait, either way: sources with the same interval drift apart


@dataclass
class Timetable:
    """Times are seconds on one clock of the caller's."""

    chance: random.Random = field(default_factory=random.Random)
    _heap: list[tuple[float, int, str]] = field(default_factory=list)
    _latest: dict[str, int] = field(default_factory=dict)
    _count: int = 0

    def put(self, source: str, now: float, wait: float) -> None:
        """The source is due after about ``wait`` seconds, whatever was said before."""
        self._count += 1
        self._latest[source] = self._count
        due = now + max(0.0, wait) * (1 + self.chance.uniform(-JITTER, JITTER))
        heapq.heappush(self._heap, (due, self._count, source))

    def take_due(self, now: float) -> list[str]:
        """Those that are due; they are off the table."""
        due = []
        while self._heap and self._heap[0][0] <= now:
            _, count, source = heapq.heappop(self._heap)
            if self._latest.get(source) == count:
                del self._latest[source]
                due.append(source)
        return due

    def drop(self, source: str) -> None:
        self._latest.pop(source, None)

    def __contains__(self, source: str) -> bool:
        return source in self._latest
