"""Events keep their identity: statuses go forward, back only with a cue, and another instance is another event."""

import pytest

from schemas.values import EventStatusValue
from tests.unit.facts.desk import Desk, Outcome, text

SIDE = "The valley is popular with hikers."


def statuses(outcome: Outcome) -> list[tuple[str, str | None, str]]:
    """Of each alert about a status: the change, the status before and the one after."""
    found = []
    for alert in outcome.alerts:
        if alert.kind == "event-status" and alert.after is not None:
            before = alert.before.value if alert.before else None
            assert isinstance(alert.after.value, EventStatusValue)
            was = before.status if isinstance(before, EventStatusValue) else None
            found.append((alert.change, was, alert.after.value.status))
    return found


def story(*sentences: str) -> list[list[tuple[str, str | None, str]]]:
    desk = Desk()
    return [statuses(desk.tell(text(sentence, SIDE))) for sentence in sentences]


@pytest.mark.parametrize(
    ("first", "second", "was", "now"),
    [
        ("The strike is under way.", "The strike has ended.", "ongoing", "ended"),
        ("The strike is under way.", "The strike is over.", "ongoing", "ended"),
        ("The talks are under way.", "The talks were suspended.", "ongoing", "suspended"),
        ("The talks were suspended.", "The talks have resumed.", "suspended", "resumed"),
        ("The election will be held on Friday.", "The election was postponed.", "scheduled", "postponed"),
        ("The trial has ended.", "The trial has resumed.", "ended", "resumed"),
        ("The vote will take place on Friday.", "The vote is under way.", "scheduled", "ongoing"),
        ("The concert will take place on Friday.", "The concert was cancelled.", "scheduled", "cancelled"),
        ("The concert will take place on Friday.", "The concert has been called off.", "scheduled", "cancelled"),
    ],
)
def test_a_status_that_goes_on(first: str, second: str, was: str, now: str) -> None:
    assert story(first, second)[1] == [("update", was, now)]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("The strike has ended.", "The strike is under way."),
        ("The strike has ended.", "The strike began on Monday."),
        ("The strike is under way.", "The strike was scheduled for Monday."),
        ("The strike has ended.", "The strike is over."),
        ("The trial is under way.", "The trial is still under way."),
    ],
)
def test_without_a_cue_a_status_does_not_go_back(first: str, second: str) -> None:
    assert story(first, second)[1] == []


@pytest.mark.parametrize("name", ["The call", "The conversation", "It"])
def test_an_event_goes_by_several_names(name: str) -> None:
    desk = Desk()
    desk.tell(text("A telephone call between Ana Ruiz and Jon Berg is under way.", SIDE))
    outcome = desk.tell(
        text("A telephone call between Ana Ruiz and Jon Berg is under way.", f"{name} has ended.", SIDE)
    )
    assert statuses(outcome) == [("update", "ongoing", "ended")]


def test_events_of_other_people_are_other_events() -> None:
    desk = Desk()
    desk.tell(text("A telephone call between Ana Ruiz and Jon Berg has ended.", SIDE))
    outcome = desk.tell(
        text(
            "A telephone call between Ana Ruiz and Jon Berg has ended.",
            "A telephone call between Ana Ruiz and Eva Lund is under way.",
            SIDE,
        )
    )
    assert statuses(outcome) == [("initial", None, "ongoing")]


def test_what_is_only_possible_moves_nothing() -> None:
    assert story("The strike is under way.", "The strike could end on Friday.")[1] == []


def test_a_denied_move_moves_nothing() -> None:
    assert story("The strike is under way.", "The strike has not ended.")[1] == []


def test_a_second_instance_does_not_move_the_first() -> None:
    desk = Desk()
    desk.tell(text("The vote on the budget has ended.", SIDE))
    outcome = desk.tell(text("The vote on the budget has ended.", "A second vote will take place on Friday.", SIDE))
    assert statuses(outcome) == [("initial", None, "scheduled")]
    assert {fact.value.text for fact in desk.rows.facts() if fact.kind == "event-status"} == {"ended", "scheduled"}


def test_further_strikes_are_not_the_one_that_was_called() -> None:
    told = story(
        "The strike will begin on Friday.", "The strike will begin on Friday. Further strikes are planned for May."
    )
    assert told[1] in ([], [("initial", None, "scheduled")])


def test_the_speaker_of_known_words_may_be_a_pronoun() -> None:
    desk, words = Desk(), '"I have never leaked anything in my life,"'
    desk.tell(text("A minister is under fire.", f"{words} said Clara Vinter.", "Jon Brekke, the premier, was silent."))
    outcome = desk.tell(text("A minister is under fire.", "Jon Brekke, the premier, was silent.", f"{words} she said."))
    assert [alert.kind for alert in outcome.alerts if alert.kind == "quote"] == []


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("The deadline is 15 April.", "The deadline has been extended to 30 April."),
        ("The road will reopen on Friday.", "The road will not reopen before Sunday."),
        ("The strike will last three days.", "The strike will last five days."),
        ("The concert starts at 8 pm on Saturday.", "The concert will start an hour earlier, at 7 pm on Saturday."),
        ("The launch is planned for Thursday.", "The launch has been brought forward to Wednesday."),
    ],
)
def test_another_time_for_an_event_is_an_update(first: str, second: str) -> None:
    desk = Desk()
    desk.tell(text("A county is in turmoil.", first, SIDE))
    told = desk.tell(text("A county is in turmoil.", second, SIDE)).alerts
    assert [(alert.kind, alert.change) for alert in told] == [("event-time", "update")]
