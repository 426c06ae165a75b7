"""How a source does: each change is told once."""

import pytest

from tests.unit.sources.looks import TEXT, Source, item, poll

HOUR = 3600


def test_three_failures_in_a_row_are_failing_and_one_success_ends_it() -> None:
    source = Source()
    looks = [source.see(poll(60 * number, outcome="failed", error="HTTP 503")) for number in range(4)]
    assert [look.state.health for look in looks] == ["ok", "ok", "failing", "failing"]
    assert [look.health_change is not None for look in looks] == [False, False, True, False]
    assert looks[2].state.reason == "3 failures in a row: HTTP 503"
    back = source.see(poll(300, item()))
    assert back.health_change is not None
    assert (back.health_change.before, back.health_change.after) == ("failing", "ok")
    assert back.health_change.reason == "it does well again"


def test_a_source_is_silent_when_it_has_been_still_for_much_longer_than_usual() -> None:
    source = Source()
    for number in range(6):
        source.see(poll(number * HOUR, item(body=f"{TEXT} {number}")))
    assert source.see(poll(5 * HOUR + 7 * HOUR, outcome="unchanged")).state.health == "ok"
    silent = source.see(poll(5 * HOUR + 9 * HOUR, outcome="unchanged"))
    assert (silent.state.health, silent.state.reason) == (
        "silent",
        "no change for 9 hours, where one comes every 60 minutes",
    )
    assert source.see(poll(15 * HOUR, item(body=f"{TEXT} new"))).state.health == "ok"


def test_a_night_without_news_is_not_silence() -> None:
    source = Source()
    for number in range(6):
        source.see(poll(number * 60, item(body=f"{TEXT} {number}")))
    assert source.see(poll(5 * HOUR, outcome="unchanged")).state.health == "ok"


def test_a_feed_that_shows_nothing_where_it_showed_articles_is_broken() -> None:
    source = Source()
    assert source.see(poll(0)).state.health == "ok"
    source.see(poll(60, item()))
    assert source.see(poll(120)).state.reason == "it shows no article, where it has shown 1"


def restless(versions: int, told: frozenset[int] = frozenset(), every: float = 600) -> Source:
    """Its article's later versions, of which those in ``told`` told something."""
    source = Source()
    for number in range(versions + 1):
        source.see(poll(number * every, item(body=f"{TEXT} {number}")))
        if number:
            source.hear(number + 1, told=number in told)
    return source


def test_a_source_with_many_versions_that_tell_nothing_is_noisy() -> None:
    source = restless(40)
    noisy = source.see(poll(41 * 600, outcome="unchanged")).state
    assert (noisy.health, noisy.reason) == ("noisy", "25 versions a day, of which 0% told anything new")
    for number in range(5):
        source.hear(50 + number, told=True)
    assert source.see(poll(42 * 600, outcome="unchanged")).state.health == "ok"


def test_one_version_that_tells_something_does_not_end_noise() -> None:
    source = restless(40)
    source.see(poll(41 * 600, outcome="unchanged"))
    source.hear(50, told=True)
    source.hear(51, told=True)
    assert source.see(poll(42 * 600, outcome="unchanged")).state.health == "noisy"


@pytest.mark.parametrize(
    ("source", "why"),
    [
        (restless(19, every=60), "too few versions are known"),
        (restless(40, told=frozenset(range(0, 41, 5))), "one in five tells something"),
        (restless(40, every=3 * HOUR), "eight a day are few"),
    ],
)
def test_no_noise(source: Source, why: str) -> None:
    last = source.see(poll(10 * 86_400 if "few" in why else 41 * 600, outcome="unchanged")).state
    assert last.health != "noisy", why


def test_what_came_of_a_source_that_is_not_known_is_left_out() -> None:
    source = Source()
    source.hear(2, told=False)
    assert source.rows == {}
