"""Whatever first part of a batch's writes a crash leaves, doing the batch again ends in the undisturbed state."""

from collections.abc import Iterable, Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streams.positions import undo as undo_module
from streams.positions.undo import PIECE_BYTES, Rows, Write, plan, position_of, read_through, undo_key, unfinished

PARTITION = 3
KEYS = st.sampled_from([b"a", b"b", b"c", b"d"])
BATCH = st.dictionaries(KEYS, st.one_of(st.none(), st.binary(min_size=1, max_size=40)), max_size=4)
CRASHES = st.lists(st.integers(0, 12), max_size=4)  # of each batch: after how many writes, one attempt each


class Store(dict[bytes, bytes]):
    def write(self, writes: Iterable[Write]) -> None:
        for key, row in writes:
            if row is None:
                self.pop(key, None)
            else:
                self[key] = row

    def rows(self) -> Mapping[bytes, bytes]:
        return {key: row for key, row in self.items() if not key.startswith(b"\0")}

    def rows_as_read(self) -> Mapping[bytes, bytes]:
        undo = unfinished(self.get, PARTITION)
        read = {key: read_through(self.get, undo, key) for key in (b"a", b"b", b"c", b"d")}
        return {key: row for key, row in read.items() if row is not None}


def planned(store: Store, rows: Rows, position: int) -> list[Write]:
    return plan(store.get, PARTITION, unfinished(store.get, PARTITION), rows, position)


@pytest.fixture(autouse=True, scope="module")
def _small_pieces() -> Iterable[None]:
    undo_module.PIECE_BYTES, whole = 30, PIECE_BYTES
    yield
    undo_module.PIECE_BYTES = whole


@given(st.lists(st.tuples(BATCH, CRASHES, BATCH), max_size=6))
def test_a_crash_anywhere_changes_nothing(story: list[tuple[Rows, list[int], Rows]]) -> None:
    disturbed, undisturbed = Store(), Store()
    for position, (rows, crashes, other) in enumerate(story, start=1):
        before = undisturbed.rows()
        for number, crash in enumerate(crashes):
            attempt = planned(disturbed, other if number % 2 else rows, position)
            disturbed.write(attempt[: min(crash, len(attempt) - 1)])  # the batch of a new attempt may be another
            assert disturbed.rows_as_read() == before
            assert position_of(disturbed.get, PARTITION) == position - 1
        disturbed.write(planned(disturbed, rows, position))
        undisturbed.write(planned(undisturbed, rows, position))
        assert disturbed.rows() == disturbed.rows_as_read() == undisturbed.rows()
        assert position_of(disturbed.get, PARTITION) == position


@given(st.lists(BATCH, max_size=5))
def test_after_whole_batches_nothing_is_unfinished(batches: list[Rows]) -> None:
    store = Store()
    for position, rows in enumerate(batches, start=1):
        store.write(planned(store, rows, position))
        assert unfinished(store.get, PARTITION) is None


def test_a_batch_that_changes_no_row_writes_its_position_alone() -> None:
    store = Store()
    store.write(planned(store, {b"a": b"1"}, 1))
    assert planned(store, {b"a": b"1"}, 2) == [(b"\0position/3", b"2")]


def test_the_record_comes_before_the_rows_and_the_position_last() -> None:
    writes = planned(Store(), {b"a": b"1", b"b": b"2"}, 7)
    assert writes[0][0] == undo_key(PARTITION, 0, 0)
    assert writes[1:] == [(b"a", b"1"), (b"b", b"2"), (b"\0position/3", b"7")]


def test_partitions_in_one_store_are_apart() -> None:
    store = Store()
    store.write(plan(store.get, 1, None, {b"a": b"1"}, 5)[:-1])
    assert unfinished(store.get, 1) is not None
    assert unfinished(store.get, 2) is None


def test_pieces_are_bounded_and_a_large_row_has_one_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(undo_module, "PIECE_BYTES", PIECE_BYTES)
    store = Store({b"large": b"x" * 1_000_000} | {b"%d" % n: b"y" * 1000 for n in range(600)})
    writes = planned(store, dict.fromkeys(list(store), b"new"), 1)
    pieces = [row for key, row in writes if key.startswith(b"\0undo") and row]
    assert len(pieces) > 3
    assert max(len(piece) for piece in pieces) < 1_000_100
    assert sorted(len(piece) > PIECE_BYTES + 100 for piece in pieces) == [False] * (len(pieces) - 1) + [True]
    store.write(writes[:-1])
    found = unfinished(store.get, PARTITION)
    assert found is not None
    assert len(found.rows) == 601
