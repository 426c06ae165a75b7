"""The view: what it takes, what it leaves out, and that what SQL narrows is what the filter wants."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import get_args
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.alerts import Alert
from schemas.base import Kind
from streams.board.board import Board
from streams.board.slugs import slug_of
from streams.board.view import flow, stories
from streams.board.view.alerts import (
    AlertQuery,
    UnknownAlert,
    alerts_since,
    find_alerts,
    newest_alert,
    one_alert,
    outlets,
)
from streams.board.view.received import Received, Takedown
from streams.board.view.schema import View
from streams.board.view.writer import Writer
from streams.client.filters import AlertFilter
from tests.unit.board.conftest import Take
from tests.unit.cli.samples import ARTICLE, NOON, alert, change, status_fact, summary, toll_fact, update

EVERYTHING = AlertQuery()


def told(number: int, **more: object) -> Alert:
    return alert(**{"id": UUID(int=number), "detected_at": NOON + timedelta(seconds=number)} | more)


def numbers(shown: object) -> list[int]:
    return [one.alert.id.int for one in shown]  # type: ignore[attr-defined]


def test_alerts_come_newest_first_and_page_by_page(board: Board, take: Take) -> None:
    take(*(told(number) for number in range(1, 8)))
    first = find_alerts(board.view, EVERYTHING, 3)
    assert (numbers(first.alerts), first.following) == ([7, 6, 5], UUID(int=5))
    second = find_alerts(board.view, EVERYTHING, 3, first.following)
    assert numbers(second.alerts) == [4, 3, 2]
    last = find_alerts(board.view, EVERYTHING, 3, second.following)
    assert (numbers(last.alerts), last.following) == ([1], None)


def test_an_alert_that_comes_twice_is_there_once_and_told_once(board: Board, take: Take) -> None:
    assert len(take(told(1), told(1)).alerts) == 1
    assert take(told(1)).alerts == []
    assert numbers(find_alerts(board.view, EVERYTHING, 9).alerts) == [1]


def test_an_alert_that_is_replaced_says_by_what(board: Board, take: Take) -> None:
    take(told(1), told(2, supersedes=UUID(int=1)))
    assert one_alert(board.view, UUID(int=1)).replaced_by == UUID(int=2)
    assert one_alert(board.view, UUID(int=2)).replaced_by is None


def test_what_is_under_embargo_is_nowhere_until_it_ends(board: Board, take: Take) -> None:
    until = NOON + timedelta(hours=1)
    secret = (
        update(version=2, embargo_until=until, headline="Secret"),
        change(),
        summary(headline="Secret"),
        told(1, embargo_until=until),
    )
    assert take(*secret, now=NOON).alerts == []
    assert find_alerts(board.view, EVERYTHING, 9).alerts == []
    assert stories.recent_stories(board.view, 9) == []
    assert stories.version_numbers(board.view, slug_of(ARTICLE)) == []
    assert stories.version_changes(board.view, ARTICLE, 2) == []
    assert numbers(take(told(2), now=NOON).alerts) == [2]
    assert numbers(take(now=until).alerts) == [1]
    assert stories.version_numbers(board.view, slug_of(ARTICLE)) == [2]
    assert len(stories.version_changes(board.view, ARTICLE, 2)) == 1
    assert numbers(alerts_since(board.view, EVERYTHING, UUID(int=2), 9) or []) == [1]


def test_of_a_withheld_version_nothing_is_shown_until_it_is_usable(board: Board, take: Take) -> None:
    take(update(version=2, status="withheld"), change(reason="withheld"), summary(reason="withheld"))
    assert stories.recent_stories(board.view, 9) == []
    assert stories.version_numbers(board.view, slug_of(ARTICLE)) == []
    assert stories.version_changes(board.view, ARTICLE, 2) == []
    take(update(version=2), summary(id=uuid4()))
    assert stories.version_numbers(board.view, slug_of(ARTICLE)) == [2]
    assert len(stories.recent_stories(board.view, 9)) == 1


def test_latency_is_from_update_to_alert_on_kafkas_clocks(board: Board, take: Take) -> None:
    take(update(version=2))
    assert take(told(1), at=NOON + timedelta(seconds=1.5)).alerts[0].latency == 1.5
    assert take(told(2, version=9), at=NOON).alerts[0].latency is None
    assert flow.latencies(board.view, NOON.timestamp()) == {50: 1.5, 95: 1.5, 99: 1.5}


def test_what_is_older_than_the_board_looks_back_is_forgotten(tmp_path: Path) -> None:
    view = View(tmp_path / "view")
    writer = Writer(view, timedelta(days=1))
    old, new = NOON.timestamp(), (NOON + timedelta(days=2)).timestamp()
    writer.write([Received(told(1), 0, 0, old)], NOON)
    writer.write([Received(update(), 0, 1, old)], NOON)
    late = told(2, detected_at=NOON + timedelta(days=2))
    writer.write([Received(late, 0, 2, new)], NOON + timedelta(days=2))
    assert numbers(find_alerts(view, EVERYTHING, 9).alerts) == [2]
    assert numbers(find_alerts(view, AlertQuery(conditions=AlertFilter(match="ended")), 9).alerts) == [2]
    assert stories.version_numbers(view, slug_of(ARTICLE)) == []


def test_what_came_since_is_told_in_order_unless_it_is_too_much(board: Board, take: Take) -> None:
    assert newest_alert(board.view) is None
    take(*(told(number, source="a.example" if number % 2 else "b.example") for number in range(1, 7)))
    only = AlertQuery(conditions=AlertFilter(outlet="A.example"))
    assert newest_alert(board.view) == UUID(int=6)
    assert numbers(alerts_since(board.view, EVERYTHING, UUID(int=4), 2) or []) == [5, 6]
    assert numbers(alerts_since(board.view, only, None, 6) or []) == [1, 3, 5]
    assert alerts_since(board.view, EVERYTHING, UUID(int=3), 2) is None
    with pytest.raises(UnknownAlert):
        alerts_since(board.view, EVERYTHING, UUID(int=99), 2)


WORDS = st.sampled_from(
    ["Straße", "STRASSE", "seventeen dead", 'a "quoted" word', "x", "AND", "NEAR(", "ﬁre", "día", "''"]
)


@st.composite
def some_alerts(draw: st.DrawFn) -> list[Alert]:
    count = draw(st.integers(1, 12))
    return [
        told(
            number + 1,
            headline=draw(WORDS),
            summary=draw(WORDS),
            priority=draw(st.sampled_from(["flash", "urgent", "routine"])),
            source=draw(st.sampled_from(["a.example", "B.example"])),
            story_id=draw(st.sampled_from(["one", "two"])),
            before=draw(st.sampled_from([None, status_fact("ongoing", "Fire in the STRASSE.")])),
        )
        for number in range(count)
    ]


@given(
    some_alerts(),
    st.frozensets(st.sampled_from(get_args(Kind)), max_size=3),
    st.builds(
        AlertFilter,
        story=st.sampled_from([None, "one", "three"]),
        outlet=st.sampled_from([None, "b.EXAMPLE"]),
        match=st.none() | WORDS | st.sampled_from(["fire", "strasse", "dead", "ead"]),
        min_priority=st.sampled_from([None, "urgent", "flash"]),
        where=st.sampled_from([None, 'has(before.value) && before.value.status == "ongoing"']),
    ),
)
def test_what_the_view_finds_is_what_the_filter_wants(
    alerts: list[Alert], kinds: frozenset[Kind], conditions: AlertFilter
) -> None:
    query = AlertQuery(kinds, conditions)
    with TemporaryDirectory() as folder:
        view = View(Path(folder) / "view")
        Writer(view, timedelta(days=36_500)).write([Received(one, 0, 0, 0.0) for one in alerts], datetime.now(UTC))
        found = find_alerts(view, query, 100)
    assert [one.alert for one in found.alerts] == [one for one in reversed(alerts) if query.matches(one)]


def later(seconds: int, **more: object) -> dict[str, object]:
    return {"id": uuid4(), "detected_at": NOON + timedelta(seconds=seconds)} | more


def test_what_a_story_is_and_was_known_to_say(board: Board, take: Take) -> None:
    toll = toll_fact(12, "12 were killed.")
    more = toll.model_copy(update={"key": "figure|people|killed|dam|", "value": toll_fact(17, "17").value})
    take(
        summary(),
        change(**later(1, outcome="new", after=status_fact("ongoing"))),
        change(**later(2, outcome="new", after=toll)),
        change(told(1, before=status_fact("ongoing")), **later(3)),
        change(**later(4, outcome="changed", before=toll, after=more)),
        change(**later(5, reason="stale", after=status_fact("scheduled"))),
        change(**later(6, outcome="removed", reason="background", before=more, after=None)),
    )

    def known(at: datetime | None = None) -> set[str]:
        return {f"{fact.key.split('|')[1]} {fact.value.text}" for fact in stories.known_facts(board.view, "call", at)}

    assert known() == {"call ended", "people 17 killed"}
    assert known(NOON + timedelta(seconds=2)) == {"call ongoing", "dead 12 killed"}
    assert known(NOON) == set()
    assert known(NOON + timedelta(days=1)) == known()
    take(change(**later(7, outcome="removed", decision="alert", reason="claim removed", before=more, after=None)))
    assert known() == {"call ended"}


def test_an_update_of_a_story_has_what_came_of_it_once(board: Board, take: Take) -> None:
    take(
        change(**later(1, outcome="new", reason="below similarity")),
        change(**later(1, outcome="same")),
        change(told(1), **later(1)),
        told(1),
        summary(**later(1, decision="alert", reason="value changed", alerts=1)),
        summary(**later(2, reason="duplicate")),
    )
    second, first = stories.story_updates(board.view, "call", 9)
    assert (second.summary.reason, second.alerts, second.considered, second.repeated) == ("duplicate", [], [], 0)
    assert (numbers(first.alerts), len(first.considered), first.repeated) == ([1], 1, 1)


def test_the_flow_counts_minute_by_minute(board: Board, take: Take) -> None:
    take(update(version=1), update(version=2), told(1), change(id=uuid4()), change(told(2)))
    counted = flow.rates(board.view, NOON.timestamp() + 120)
    assert (counted.updates[-3:], counted.alerts[-3:], counted.silent[-3:]) == ([2, 0, 0], [1, 0, 0], [1, 0, 0])
    assert len(counted.updates) == flow.MINUTES
    assert flow.silent_since(board.view, NOON.timestamp()) == 1
    assert flow.silent_since(board.view, NOON.timestamp() + 1) == 0


def test_slugs_are_readable_safe_and_apart() -> None:
    assert slug_of("trump-putin-call").startswith("trump-putin-call-")
    odd = ["https://example.org/a/b?c=d", "https://example.org/a/b?c=e", "Übung", "../..", "", "x" * 2048]
    assert len({slug_of(one) for one in odd}) == len(odd)
    assert all(set(slug_of(one)) <= set("abcdefghijklmnopqrstuvwxyz0123456789-") for one in odd)


def test_a_question_that_sql_cannot_decide_looks_at_so_many_and_goes_on_from_there(
    board: Board, take: Take, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("streams.board.view.alerts.MAX_SCANNED", 3)
    take(*(told(number, version=number) for number in range(1, 6)))
    query = AlertQuery(conditions=AlertFilter(where="version == 1"))
    first = find_alerts(board.view, query, 10)
    assert (first.alerts, first.following) == ([], UUID(int=3))
    second = find_alerts(board.view, query, 10, first.following)
    assert (numbers(second.alerts), second.following) == ([1], None)


def test_outlets_are_those_that_caused_alerts(board: Board, take: Take) -> None:
    take(told(1, source="B.example"), told(2, source="a.example"), told(3, source="b.example"))
    assert outlets(board.view) == ["a.example", "b.example"]


def test_a_takedown_removes_what_came_before_it_and_nothing_of_other_stories(board: Board, take: Take) -> None:
    before, after = status_fact("ongoing"), status_fact("ended")
    mine, other = told(1), told(2, story_id="another")
    take(update(story_id="call"), summary(), change(mine, before=before, after=after), mine, other)
    assert take(Takedown(story="call")).reload
    tables = ("alerts", "changes", "facts", "updates", "versions", "stories", "alert_words")
    counts = {table: board.view.reading().execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in tables}
    assert counts == dict.fromkeys(tables, 0) | {"alerts": 1, "stories": 1, "alert_words": 1}
    assert numbers(find_alerts(board.view, EVERYTHING, 9).alerts) == [2]
    take(told(3))
    assert numbers(find_alerts(board.view, EVERYTHING, 9).alerts) == [3, 2]
