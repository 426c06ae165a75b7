"""Partitions are merged by time, and none is overtaken by one that is ahead of it."""

from aiokafka import ConsumerRecord, TopicPartition
from hypothesis import given
from hypothesis import strategies as st

from streams.client.merge import Merge, moment

PARTITIONS = [TopicPartition("news.alerts.figure", 0), TopicPartition("news.alerts.quote", 0)]


def record(
    partition: TopicPartition, offset: int, at: int, headers: tuple[tuple[str, bytes], ...] = ()
) -> ConsumerRecord:
    return ConsumerRecord(partition.topic, partition.partition, offset, at, 0, b"story", b"{}", None, 5, 2, headers)


def drain(merge: Merge, lagging: list[TopicPartition]) -> list[int]:
    popped = []
    while one := merge.pop(lagging):
        popped.append(one.timestamp)
    return popped


def test_an_alert_counts_from_its_detection_and_other_records_from_their_time_on_kafka() -> None:
    detected = (("ce_id", b"x"), ("ce_time", b"1970-01-01T00:00:01.500000Z"))
    assert moment(record(PARTITIONS[0], 0, 9_000, detected)) == 1500
    assert moment(record(PARTITIONS[0], 0, 9_000)) == 9000


def test_the_earliest_head_comes_first() -> None:
    merge = Merge()
    one, two = PARTITIONS
    merge.add({one: [record(one, 0, 10), record(one, 1, 30)], two: [record(two, 0, 20)]})
    assert drain(merge, []) == [10, 20, 30]


def test_a_lagging_partition_is_waited_for() -> None:
    merge = Merge()
    one, two = PARTITIONS
    merge.add({one: [record(one, 0, 10)]})
    assert merge.wanted([one, two]) == [two]
    assert merge.pop([one, two]) is None
    merge.add({two: [record(two, 0, 5)]})
    assert drain(merge, []) == [5, 10]


def test_a_partition_that_went_away_is_not_delivered() -> None:
    merge = Merge()
    one, two = PARTITIONS
    merge.add({one: [record(one, 0, 10)], two: [record(two, 0, 20)]})
    merge.drop(one)
    assert drain(merge, []) == [20]


@given(st.lists(st.lists(st.integers(0, 100), max_size=20), min_size=2, max_size=2), st.data())
def test_a_backlog_comes_out_sorted_however_it_was_fetched(times: list[list[int]], data: st.DataObject) -> None:
    """Each partition's times are in order, as a broker's are; fetches give any number of them at a time."""
    backlog = {
        partition: [record(partition, offset, at) for offset, at in enumerate(sorted(of_one))]
        for partition, of_one in zip(PARTITIONS, times, strict=True)
    }
    merge, popped = Merge(), list[int]()
    while lagging := [partition for partition, left in backlog.items() if left]:
        popped += drain(merge, lagging)
        for partition in merge.wanted(lagging):
            fetched = data.draw(st.integers(1, len(backlog[partition])))
            merge.add({partition: backlog[partition][:fetched]})
            del backlog[partition][:fetched]
    popped += drain(merge, [])
    assert popped == sorted(at for of_one in times for at in of_one)
