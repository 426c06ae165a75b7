"""Dropping what was seen before: a worker that is killed sends its last messages again, with the same ids."""

from collections import OrderedDict
from uuid import UUID

REMEMBERED = 50_000  # ids, some 10 MB; repeats come within a batch or two of the first


class RepeatMemory:
    """The latest ids that were seen."""

    def __init__(self, size: int = REMEMBERED) -> None:
        self._size = size
        self._seen: OrderedDict[UUID, None] = OrderedDict()

    def is_repeat(self, identity: UUID) -> bool:
        """Whether the id was seen before; from now on it was."""
        repeated = identity in self._seen
        self._seen[identity] = None
        self._seen.move_to_end(identity)
        if len(self._seen) > self._size:
            self._seen.popitem(last=False)
        return repeated
