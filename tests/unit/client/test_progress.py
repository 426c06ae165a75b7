"""An offset is committed only when every record before it has been dealt with."""

from aiokafka import TopicPartition
from hypothesis import given
from hypothesis import strategies as st

from streams.client.progress import Progress

ONE, TWO = TopicPartition("news.alerts.figure", 0), TopicPartition("news.alerts.figure", 1)


def received(*offsets: int) -> Progress:
    progress = Progress()
    for offset in offsets:
        progress.receive(ONE, offset)
    return progress


def test_in_order_the_next_offset_is_committed() -> None:
    progress = received(5, 6, 9)  # 7 and 8 were compacted away
    assert [progress.done(ONE, offset) for offset in (5, 6, 9)] == [6, 9, 10]


def test_a_record_that_is_held_back_holds_the_offset_back() -> None:
    progress = received(5, 6, 7)
    assert [progress.done(ONE, offset) for offset in (6, 7, 5)] == [5, 5, 8]


def test_partitions_do_not_hold_each_other_back() -> None:
    progress = received(5)
    progress.receive(TWO, 0)
    assert progress.done(TWO, 0) == 1


def test_nothing_is_committed_twice_or_for_a_partition_that_went_away() -> None:
    progress = received(5, 6)
    progress.done(ONE, 5)
    assert progress.done(ONE, 5) is None
    progress.forget(ONE)
    assert progress.done(ONE, 6) is None


@given(offsets=st.sets(st.integers(0, 200), min_size=1, max_size=40), data=st.data())
def test_a_commit_never_passes_a_record_that_is_not_done(offsets: set[int], data: st.DataObject) -> None:
    progress = received(*sorted(offsets))
    still_open = set(offsets)
    for offset in data.draw(st.permutations(sorted(offsets))):
        still_open.discard(offset)
        assert progress.done(ONE, offset) == min(still_open, default=max(offsets) + 1)
