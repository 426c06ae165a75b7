"""Several partitions as one stream: in order of time, and each partition in its own order."""

from collections import deque
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from aiokafka import ConsumerRecord, TopicPartition


def moment(record: ConsumerRecord) -> float:
    """Milliseconds since 1970 by which a record is merged: the detection of an alert, else its time on Kafka."""
    for name, value in record.headers:
        if name == "ce_time":
            return datetime.fromisoformat(value.decode()).timestamp() * 1000
    return float(record.timestamp)


class Merge:
    """Holds fetched records by partition and gives the earliest head."""

    def __init__(self) -> None:
        self._fetched: dict[TopicPartition, deque[tuple[float, ConsumerRecord]]] = {}

    def add(self, batches: Mapping[TopicPartition, Sequence[ConsumerRecord]]) -> None:
        for partition, records in batches.items():
            held = self._fetched.setdefault(partition, deque())
            held.extend((moment(record), record) for record in records)

    def drop(self, partition: TopicPartition) -> None:
        self._fetched.pop(partition, None)

    def pop(self, lagging: Collection[TopicPartition]) -> ConsumerRecord | None:
        """The earliest record, or None if none is held, or a ``lagging`` partition has yet to show its own earliest."""
        if self.wanted(lagging):
            return None
        heads = [(held[0][0], partition) for partition, held in self._fetched.items() if held]
        if not heads:
            return None
        _, partition = min(heads)
        return self._fetched[partition].popleft()[1]

    def wanted(self, lagging: Collection[TopicPartition]) -> list[TopicPartition]:
        """The lagging partitions of which nothing is held."""
        return [partition for partition in lagging if not self._fetched.get(partition)]
