"""When which source is due."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streams.ingest.timetable import JITTER, Timetable


def test_a_source_is_due_once_and_after_its_wait() -> None:
    table = Timetable(random.Random(1))
    table.put("a", now=0, wait=100)
    assert "a" in table
    assert table.take_due(100 * (1 - JITTER) - 1) == []
    assert table.take_due(100 * (1 + JITTER)) == ["a"]
    assert "a" not in table
    assert table.take_due(1000) == []


@pytest.mark.parametrize(("waits", "due"), [([100, 10], True), ([10, 100], False)])
def test_a_later_word_replaces_the_earlier_one(waits: list[float], due: bool) -> None:
    table = Timetable(random.Random(1))
    for wait in waits:
        table.put("a", now=0, wait=wait)
    assert (table.take_due(50) == ["a"]) is due
    assert ("a" in table) is not due


def test_what_is_dropped_is_not_due() -> None:
    table = Timetable()
    table.put("a", now=0, wait=1)
    table.drop("a")
    assert table.take_due(10) == []


@given(st.lists(st.tuples(st.sampled_from("abcd"), st.floats(0, 50)), max_size=30), st.integers(0, 100))
def test_each_source_is_due_at_its_last_word_alone(words: list[tuple[str, float]], seed: int) -> None:
    table = Timetable(random.Random(seed))
    for name, wait in words:
        table.put(name, now=0, wait=wait)
    assert sorted(table.take_due(1000)) == sorted(dict(words))
