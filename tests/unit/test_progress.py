"""A source stands still where messages wait and nothing is done, or where one partition is passed by for long."""

from collections.abc import Mapping

import pytest

from streams.supervision.progress import PASSED_BY, Progress

STEP, SECONDS = 5.0, 30.0
LOOKS = range(1, 20)


def first_stall(applied: list[Mapping[int, int]], ends: Mapping[int, int], at_work: bool = False) -> str | None:
    """What is said when these positions are looked at, one after another, and the last for ever."""
    progress = Progress("t", SECONDS, longest=2 * STEP)
    for number in LOOKS:
        now = applied[min(number, len(applied)) - 1]
        if stall := progress.stall(now, ends, number * STEP, at_work):
            return stall
    return None


def test_messages_that_wait_while_nothing_is_done_are_a_stall() -> None:
    assert first_stall([{0: 3, 1: 7}], {0: 5, 1: 7}) == "nothing of t was processed for 30 s, and 2 messages wait"


@pytest.mark.parametrize(
    ("applied", "ends", "at_work"),
    [
        ([{0: 5, 1: 7}], {0: 5, 1: 7}, False),  # nothing waits
        ([{0: number} for number in LOOKS], {0: 1000}, False),  # slow, and goes on
        ([{0: 3, 1: number} for number in LOOKS], {0: 5, 1: 1000}, False),  # others come first, a few of them
        ([{0: 3}], {0: 5}, True),  # a text is being read
        ([{0: 3}, {1: 3}] * 10, {0: 5, 1: 5}, False),  # partitions come and go
        ([{}], {}, False),
        ([{0: 3}], {}, False),
    ],
)
def test_what_moves_or_has_nothing_to_do_has_not_stalled(
    applied: list[Mapping[int, int]], ends: Mapping[int, int], at_work: bool
) -> None:
    assert first_stall(applied, ends, at_work) is None


@pytest.mark.parametrize("at_work", [False, True])
def test_a_partition_that_is_passed_by_is_a_stall(at_work: bool) -> None:
    others = [{0: 3, 1: number * PASSED_BY} for number in LOOKS]
    stall = first_stall(others, {0: 5, 1: 10**9}, at_work)
    assert stall is not None
    assert stall.startswith("t-0 stood still at 3 of 5 for 30 s, while 300,000 messages of other partitions")


def test_a_freeze_is_no_standstill() -> None:
    progress = Progress("t", SECONDS, longest=2 * STEP)
    assert [progress.stall({0: 3}, {0: 5}, now, False) for now in (0.0, STEP, 1000.0)] == [None] * 3
    assert progress.stall({0: 4}, {0: 5}, 1001.0, False) is None
    assert progress.stall({0: 4}, {0: 5}, 1002.0, False) is None
