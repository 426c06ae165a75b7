"""What of a partition has been dealt with, so that an offset is committed only when all before it has been."""

from collections import defaultdict

from aiokafka import TopicPartition


class Progress:
    """Records are received in order and done in any order: an alert under embargo is done after later ones."""

    def __init__(self) -> None:
        self._open: dict[TopicPartition, dict[int, None]] = defaultdict(dict)
        self._next: dict[TopicPartition, int] = {}

    def receive(self, partition: TopicPartition, offset: int) -> None:
        self._open[partition][offset] = None
        self._next[partition] = offset + 1

    def done(self, partition: TopicPartition, offset: int) -> int | None:
        """The offset to commit: of the first record not done, or after the last. None where it is not held any more."""
        if offset not in self._open[partition]:
            return None
        del self._open[partition][offset]
        return next(iter(self._open[partition]), self._next[partition])

    def forget(self, partition: TopicPartition) -> None:
        """The partition went to another member of the group."""
        self._open.pop(partition, None)
        self._next.pop(partition, None)
