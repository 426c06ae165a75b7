"""When a source is asked again."""

import pytest

from tests.unit.sources.looks import Source, at, item, poll

HOUR = 3600


@pytest.mark.parametrize(
    ("still", "wait"), [(0, 60), (300, 60), (1200, 120), (5 * HOUR, 1800), (10 * HOUR, HOUR), (900 * HOUR, HOUR)]
)
def test_a_tenth_of_the_time_that_it_has_been_still(still: int, wait: int) -> None:
    source = Source()
    source.see(poll(0, item()))
    assert source.see(poll(still, outcome="unchanged")).state.next_poll == at(still + wait)


def test_each_failure_doubles_the_interval_up_to_six_hours() -> None:
    source = Source()
    source.see(poll(0, item()))
    waits, now = [], 0.0
    for _ in range(12):
        state = source.see(poll(now, outcome="failed", error="HTTP 500")).state
        assert state.next_poll is not None
        waits.append((state.next_poll - at(now)).total_seconds())
        now += waits[-1]
    assert waits[:4] == [120, 240, 480, 960]
    assert waits[-1] == 6 * HOUR
    assert source.see(poll(now, item())).state.failures == 0


@pytest.mark.parametrize(("asked", "wait"), [(1000, 1000), (10, 120), (10**6, 86_400)])
def test_a_retry_after_that_is_longer_is_obeyed_up_to_a_day(asked: int, wait: int) -> None:
    look = poll(0, outcome="failed", error="HTTP 429", retry_after=asked)
    assert Source().see(look).state.next_poll == at(wait)


def test_a_source_that_pushes_is_never_asked() -> None:
    assert Source().see(poll(0, item(), kind="push", interval=0, max_interval=0)).state.next_poll is None
