"""How a source does: each change is told once."""

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
