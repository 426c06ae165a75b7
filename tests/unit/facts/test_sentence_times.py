"""Times of no known event: the same sentence with another time in its place is a change of that time."""

from datetime import timedelta

import pytest

from schemas.values import EventTimeValue
from tests.unit.facts.desk import NOON, Desk, text

SIDE = "The valley is popular with hikers."


@pytest.mark.parametrize(
    ("first", "other", "told"),
    [
        ("The power went out at 17:22 GMT.", "The power went out at 18:22 GMT.", "17:22 GMT → 18:22 GMT"),
        ("Two men broke a back window on 11 May.", "Two men broke a back window on 13 May.", "11 May → 13 May"),
        ("Tourists can stay in the islands for 60 days.", "Tourists can stay in the islands for 60 weeks.", "60 weeks"),
        (
            "If you are ill, stay at home for 4 days after the rash appears.",
            "If you are ill, stay at home for 5 days after the rash appears.",
            "4 days after → 5 days after",
        ),
        (
            "You could face a prison term of two to five years.",
            "You could face a prison term of two to seven years.",
            "",
        ),
        ("There is a curfew from 18:30 to 04:00.", "There is a curfew from 19:30 to 04:00.", "18:30 → 19:30"),
        ("Opening hours: Monday, 9:00 to 17:00", "Opening hours: Monday, 9:00 to 19:00", "17:00 → 19:00"),
    ],
)
def test_another_time_in_its_place_is_told_as_an_event_time(first: str, other: str, told: str) -> None:
    desk = Desk()
    desk.tell(text(SIDE, first))
    alert = desk.tell(text(SIDE, other)).alert
    assert (alert.kind, alert.change) == ("event-time", "update")
    assert told in alert.summary
    assert all(fact.kind == "action" for fact in alert.related)


@pytest.mark.parametrize(
    ("first", "other"),
    [
        ("The power went out at 17:22 GMT.", "The power went out at 18:22 CET."),
        ("The power went out at noon.", "The power went out at midday."),
        ("The power went out at 9.45am.", "The power went out at 09:45."),
        ("Tourists can stay in the islands for 90 days.", "Tourists can stay in the islands for ninety days."),
        ("The power went out on Tuesday.", "The power went out at 09:45 on Tuesday."),
        ("The mayor said on Monday the road is narrow.", "The mayor said on Tuesday the road is narrow."),
        ("Situation as of 24 January", "Situation as of 25 January"),
        ('"We left at 17:22," the mayor wrote.', '"We left at 17.22," the mayor wrote.'),
    ],
)
def test_the_same_time_and_a_time_of_the_telling_are_silent(first: str, other: str) -> None:
    desk = Desk()
    desk.tell(text(SIDE, first))
    outcome = desk.tell(text(SIDE, other))
    assert [alert.kind for alert in outcome.alerts if alert.kind == "event-time"] == []


def test_the_day_on_which_it_was_said_is_no_change_of_any_kind() -> None:
    desk = Desk()
    desk.tell(text(SIDE, "The director is to take the job for now, they said on Monday."))
    assert desk.tell(text(SIDE, "The director is to take the job for now, they said on Sunday.")).alerts == []


def test_a_time_of_day_is_the_same_on_whichever_day_it_is_read() -> None:
    desk = Desk()
    desk.tell(text(SIDE, "Engineers lost contact with the craft at 09:05 GMT."), at=NOON - timedelta(hours=5))
    outcome = desk.tell(text(SIDE, "Engineers lost contact with the craft at 09:05 UTC."), at=NOON)
    assert outcome.alerts == []


def test_a_rewritten_sentence_has_no_such_times_to_compare() -> None:
    desk = Desk()
    desk.tell(text(SIDE, "The power went out at 17:22 GMT."))
    outcome = desk.tell(text(SIDE, "Lights failed across the northern province at 18:22 GMT."))
    assert not any(change.outcome == "changed" for change in outcome.of_kind("event-time"))


def test_two_entries_alike_are_two_times() -> None:
    desk = Desk()
    desk.tell(text(SIDE, "A bus left the square at 09:00."))
    outcome = desk.tell(text(SIDE, "A bus left the square at 09:00.", "A bus left the square at 10:00."))
    assert not any(change.outcome == "changed" for change in outcome.of_kind("event-time"))


def test_a_story_opens_with_what_happened_and_not_with_its_time() -> None:
    outcome = Desk().tell(text("The dam failed at about 4:20 a.m. after three days of rain."), headline="")
    assert outcome.alert.kind != "event-time"


def test_it_stands_among_the_facts_with_what_it_is_of() -> None:
    desk = Desk()
    desk.tell(text(SIDE, "The power went out at 17:22 GMT."))
    [fact] = [fact for fact in desk.rows.facts() if fact.kind == "event-time"]
    assert isinstance(fact.value, EventTimeValue)
    assert (fact.subject, fact.value.text, fact.value.precision) == ("The power went", "17:22 GMT", "minute")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("The storm is expected on Thursday morning.", "The storm is expected on Thursday evening."),
        ("He will step down at the end of the year.", "He will step down at the end of March."),
        ("Doors of the hall open at six on Friday.", "Doors of the hall open at seven on Friday."),
    ],
)
def test_a_part_of_a_day_an_end_of_a_period_and_a_bare_hour_are_times(before: str, after: str) -> None:
    desk = Desk()
    desk.tell(text(before, SIDE))
    [alert] = desk.tell(text(after, SIDE)).alerts
    assert (alert.kind, alert.change) == ("event-time", "update")
