"""A Faust table whose partitions are read and written directly, also outside of a stream's own event.

Internals touched, of faust-streaming 0.15.3: ``Collection.send_changelog`` (its future is dropped, so a lost record
would go unnoticed), ``stores.rocksdb.Store._dbs`` and ``stores.memory.Store.data`` with ``_key_partition`` (Faust's own
access goes to the partition of the event that happens to be current, and the memory store forgets whose a row is).
"""

from collections.abc import Iterator
from typing import Any

import faust

from streams.positions.ending import Exit, die

NOT_ROWS = b"__faust\0"  # Faust keeps the changelog offset among the rows of a RocksDB store

# Faust's defaults are made for one large table: 64 MB x 3 and a cache of 2 GB for each partition.
SMALL_ROCKSDB = {
    "write_buffer_size": 8 * 1024**2,
    "max_write_buffer_number": 2,
    "target_file_size_base": 16 * 1024**2,
    "block_cache_size": 8 * 1024**2,
}


class NotHeld(LookupError):
    """The partition went to another worker."""


class Table(faust.Table):  # type: ignore[type-arg]
    """Rows are bytes. Counts its unacknowledged changelog records, and ends the process where one is lost."""

    unsent = 0

    def send_changelog(self, *args: Any, **kwargs: Any) -> Any:
        self.unsent += 1
        future = super().send_changelog(*args, **kwargs)
        future.add_done_callback(self._sent)
        return future

    def _sent(self, future: Any) -> None:
        self.unsent -= 1
        if future.cancelled() or future.exception() is not None:
            die(Exit.LOST_ROW, f"a changelog record of {self.name} was not sent: {future}")

    def read(self, partition: int, key: bytes) -> bytes | None:
        """Raises NotHeld. May be called from any thread."""
        store: Any = self.data
        row: bytes | None = self._rocksdb(partition).get(key) if self._in_rocksdb else store.data.get(key)
        return row

    def write(self, partition: int, key: bytes, row: bytes | None) -> None:
        """Write (None: delete) a row to the store and to the changelog, from the event loop's thread alone."""
        store: Any = self.data
        if self._in_rocksdb:
            database = self._rocksdb(partition)
            database.delete(key) if row is None else database.put(key, row)
        elif row is None:
            store.data.pop(key, None)
            store._key_partition.pop(key, None)
        else:
            store.data[key], store._key_partition[key] = row, partition
        self.send_changelog(partition, key, row, value_serializer="raw")

    def scan(self, partition: int, prefix: bytes = b"") -> Iterator[tuple[bytes, bytes]]:
        """The rows of a partition whose keys begin so. Raises NotHeld. May be called from any thread."""
        for key, row in self._items(partition, prefix):
            if not key.startswith(prefix):
                return
            if not key.startswith(NOT_ROWS):
                yield key, row

    def count(self, partition: int) -> int:
        """How many rows a partition has; RocksDB's own estimate."""
        if self._in_rocksdb:
            return int(self._rocksdb(partition).property_int_value("rocksdb.estimate-num-keys") or 0)
        store: Any = self.data
        return list(store._key_partition.values()).count(partition)

    @property
    def _in_rocksdb(self) -> bool:
        return hasattr(self.data, "_dbs")

    def _rocksdb(self, partition: int) -> Any:
        store: Any = self.data
        try:
            return store._dbs[partition]
        except KeyError:
            raise NotHeld(f"{self.name}, partition {partition}") from None

    def _items(self, partition: int, prefix: bytes) -> Iterator[tuple[bytes, bytes]]:
        if self._in_rocksdb:
            yield from self._rocksdb(partition).items(from_key=prefix or None)
            return
        store: Any = self.data
        held = [key for key, held_by in list(store._key_partition.items()) if held_by == partition]
        for key in sorted(key for key in held if key.startswith(prefix)):
            row = store.data.get(key)
            if row is not None:
                yield key, row
