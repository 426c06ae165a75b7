"""A table as a batch sees it: with the rows that earlier messages of the same batch will have written."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from streams.positions import Positions, Rows


@dataclass
class BatchRows:
    """``written``: by partition."""

    positions: Positions[Any]
    written: dict[int, dict[bytes, bytes | None]] = field(default_factory=dict)

    def row(self, partition: int, key: bytes) -> bytes | None:
        written = self.written.get(partition, {})
        return written[key] if key in written else self.positions.row(partition, key)

    def write(self, partition: int, rows: Rows) -> None:
        self.written.setdefault(partition, {}).update(rows)

    def of(self, partition: int) -> "PartitionRows":
        return PartitionRows(self, partition)


@dataclass(frozen=True)
class PartitionRows:
    """The ``Rows`` of facts and of sources for a message of one partition. Raises NotHeld where it went elsewhere."""

    batch: BatchRows
    partition: int

    def get(self, key: bytes) -> bytes | None:
        return self.batch.row(self.partition, key)

    def get_anywhere(self, key: bytes) -> bytes | None:
        held = sorted(self.batch.positions.applied, key=lambda partition: partition != self.partition)
        rows = (self.batch.row(partition, key) for partition in held)
        return next((row for row in rows if row is not None), None)

    def scan(self, prefix: bytes) -> Iterator[tuple[bytes, bytes]]:
        """The rows whose keys begin so, by key."""
        written = [key for key in self.batch.written.get(self.partition, {}) if key.startswith(prefix)]
        for key in sorted({*self.batch.positions.keys(self.partition, prefix), *written}):
            row = self.get(key)
            if row is not None:
                yield key, row
