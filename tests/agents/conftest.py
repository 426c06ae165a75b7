"""The batch functions of the agents, with a table in memory and a tracker of the tests' own."""

from collections.abc import Iterator, Mapping, Sequence

import pytest

from streams import tracking
from streams.batch_rows import BatchRows
from streams.tracking import Batch, Message, Tracking
from tests.agents import fake_tracker
from tests.agents.messages import PARTITIONS


class MemoryTable:
    """What `BatchRows` asks of `streams.positions.Positions`: rows by partition, and which partitions are held."""

    def __init__(self) -> None:
        self.rows: dict[int, dict[bytes, bytes]] = {partition: {} for partition in range(PARTITIONS)}

    @property
    def applied(self) -> Mapping[int, object]:
        return self.rows

    def row(self, partition: int, key: bytes) -> bytes | None:
        return self.rows[partition].get(key)

    def keys(self, partition: int, prefix: bytes) -> Iterator[bytes]:
        return (key for key in self.rows[partition] if key.startswith(prefix))

    def write(self, rows: Mapping[int, Mapping[bytes, bytes | None]]) -> None:
        for partition, written in rows.items():
            for key, row in written.items():
                if row is None:
                    self.rows[partition].pop(key, None)
                else:
                    self.rows[partition][key] = row


class ReadHere:
    """Reads in this process, one by one."""

    async def read(self, work: Sequence[object]) -> list[object]:
        return [self._one(piece) for piece in work]

    def _one(self, piece: object) -> object:
        try:
            return fake_tracker.read([piece])[0]  # type: ignore[list-item]
        except Exception as error:
            return error


class Batches:
    """Tracks batch after batch on one table."""

    def __init__(self) -> None:
        self.table = MemoryTable()
        self.readers = ReadHere()

    async def track(self, messages: Sequence[Message]) -> Batch:
        batch = await Tracking(messages, BatchRows(self.table), self.readers, PARTITIONS).run()  # type: ignore[arg-type]
        self.table.write(batch.rows)
        return batch


@pytest.fixture
def batches(monkeypatch: pytest.MonkeyPatch) -> Iterator[Batches]:
    monkeypatch.setattr(tracking, "tracker", fake_tracker)
    monkeypatch.setattr(tracking, "StoryChangedError", fake_tracker.StoryChangedError)
    return Batches()
