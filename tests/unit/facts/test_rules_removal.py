"""A claim that vanished is told only where it went alone; whatever else goes is trimmed background."""

import pytest

from tests.unit.facts.desk import Desk, text

FARM = "The farm lies on the edge of Larvik."
RAIN = "Heavy rain is forecast for the region."
SHIPS = "The harbour handles 40 ships."
QUOTE = '"We will never sell this land to anybody", said Maria Holm.'


def test_a_quote_is_told_as_removed_where_those_around_it_survive() -> None:
    desk = Desk()
    desk.tell(text(SHIPS, FARM, QUOTE, RAIN))
    outcome = desk.tell(text(FARM, RAIN, "The mayor opened a new library."))
    [gone] = [alert for alert in outcome.alerts if alert.change == "retraction"]
    assert gone.kind == "quote"
    assert gone.silent_edit


def test_a_quote_is_told_as_removed_where_those_around_it_were_reworded() -> None:
    desk = Desk()
    desk.tell(text(SHIPS, FARM, QUOTE, RAIN))
    around = text("The farm lies right on the edge of Larvik.", "Very heavy rain is forecast for the region.")
    assert [alert.kind for alert in desk.tell(text(SHIPS, around)).alerts] == ["quote"]


def test_a_quote_that_is_the_only_thing_deleted_is_told_though_it_stood_last() -> None:
    desk = Desk()
    desk.tell(text(FARM, RAIN, QUOTE))
    assert [alert.change for alert in desk.tell(text(FARM, RAIN)).alerts] == ["retraction"]


def test_a_quote_that_went_with_other_rewriting_is_background() -> None:
    desk = Desk()
    desk.tell(text(SHIPS, FARM, QUOTE, RAIN))
    outcome = desk.tell(text(SHIPS, "A choir sang in the old church."))
    gone = [change for change in outcome.facts if change.outcome == "removed"]
    assert gone
    assert {(change.decision, change.reason) for change in gone} == {("silent", "background")}


@pytest.mark.parametrize(
    "plain", [SHIPS, "The mayor opened a new library.", "The fire destroyed 30 houses in the valley."]
)
def test_what_is_no_claim_is_background_that_is_trimmed(plain: str) -> None:
    desk = Desk()
    desk.tell(text(FARM, plain, RAIN))
    outcome = desk.tell(text(FARM, RAIN))
    assert outcome.alerts == []
    assert {change.reason for change in outcome.facts} <= {"background"}


def test_a_figure_that_somebody_gave_is_a_claim() -> None:
    desk = Desk()
    desk.tell(text(FARM, "The storm destroyed 30 houses, the governor said.", RAIN))
    alert = desk.tell(text(FARM, RAIN)).alert
    assert (alert.change, alert.kind) == ("retraction", "figure")


def test_an_accusation_is_a_claim() -> None:
    desk = Desk()
    desk.tell(text(FARM, "The union accused the company of hiding the accident.", RAIN))
    assert desk.tell(text(FARM, RAIN)).alert.change == "retraction"


def test_a_claim_that_only_moved_is_not_removed() -> None:
    desk = Desk()
    desk.tell(text(FARM, QUOTE, RAIN))
    assert desk.tell(text(QUOTE, FARM, RAIN)).facts == []


def test_a_claim_that_was_reworded_is_not_removed() -> None:
    desk = Desk()
    desk.tell(text(FARM, QUOTE, RAIN))
    reworded = 'Maria Holm said: "We will never sell this land to anybody."'
    assert desk.tell(text(FARM, reworded, RAIN)).alerts == []


def test_a_claim_that_comes_back_is_told_anew() -> None:
    desk = Desk()
    bodies = [text(FARM, QUOTE, RAIN), text(FARM, RAIN), text(FARM, QUOTE, RAIN)]
    _, gone, back = [desk.tell(body, "Strike at Tarn harbour has ended") for body in bodies]
    assert (back.alert.change, back.alert.kind, back.alert.before) == ("initial", "quote", None)
    assert back.alert.supersedes == gone.alert.id


def test_a_removal_is_told_once() -> None:
    desk = Desk()
    desk.tell(text(FARM, QUOTE, RAIN))
    assert len(desk.tell(text(FARM, RAIN)).alerts) == 1
    assert desk.tell(text(FARM, RAIN, SHIPS)).of_kind("quote") == []


def test_a_removal_is_silent_while_withheld() -> None:
    desk = Desk()
    desk.tell(text(FARM, QUOTE, RAIN))
    assert desk.tell(text(FARM, RAIN), status="withheld").alerts == []


def test_a_removed_fact_is_kept_as_such() -> None:
    desk = Desk()
    desk.tell(text(FARM, QUOTE, RAIN))
    desk.tell(text(FARM, RAIN))
    assert {fact.state for fact in desk.rows.facts() if fact.kind == "quote"} == {"removed"}


def test_what_another_outlet_still_says_is_not_new_when_that_one_says_it_again() -> None:
    desk = Desk()
    desk.tell(text(FARM, QUOTE, RAIN))
    desk.tell(text(SHIPS, QUOTE, FARM), article="b")
    desk.tell(text(FARM, RAIN))
    again = desk.tell(text(SHIPS, 'Maria Holm said: "We will never sell this land to anybody."', FARM), article="b")
    assert again.alerts == []


def test_a_removal_that_a_note_names_is_no_silent_edit() -> None:
    desk = Desk()
    desk.tell(text(FARM, QUOTE, RAIN))
    note = "Correction: An earlier version of this article wrongly quoted Maria Holm."
    alerts = desk.tell(text(FARM, RAIN, note)).alerts
    assert {alert.kind: alert.silent_edit for alert in alerts} == {"quote": False, "correction": False}


def test_a_removal_told_with_the_publishers_note_is_no_silent_edit() -> None:
    desk = Desk()
    desk.tell(text(FARM, QUOTE, RAIN))
    outcome = desk.tell(text(FARM, RAIN), correction="A quote was wrongly attributed to Maria Holm.")
    assert [alert.silent_edit for alert in outcome.alerts if alert.kind == "quote"] == [False]


def test_an_order_that_vanishes_alone_is_told() -> None:
    desk = Desk()
    order = "The governor ordered a curfew in Larvik."
    desk.tell(text(SHIPS, FARM, order, RAIN))
    [alert] = desk.tell(text(SHIPS, FARM, RAIN)).alerts
    assert (alert.kind, alert.change) == ("action", "retraction")


def test_what_somebody_alleges_and_vanishes_alone_is_told() -> None:
    desk = Desk()
    claim = "A former director has alleged that Mr Holm overruled the committee."
    desk.tell(text(SHIPS, FARM, claim, RAIN))
    [alert] = desk.tell(text(SHIPS, FARM, RAIN)).alerts
    assert (alert.kind, alert.change) == ("action", "retraction")


def test_a_quote_gives_way_where_much_is_told_anew() -> None:
    desk = Desk()
    desk.tell(text(SHIPS, FARM, QUOTE, RAIN))
    new = (
        "Police arrested two men.",
        "A fire destroyed the mill.",
        "The mayor resigned.",
        "The bridge has been closed.",
    )
    assert all(alert.change != "retraction" for alert in desk.tell(text(SHIPS, FARM, RAIN, *new)).alerts)


def test_an_amount_that_stands_shows_that_its_sentence_is_retold() -> None:
    desk = Desk()
    gang = "The group demanded a ransom of $4 million, according to a message."
    desk.tell(text(SHIPS, FARM, gang, RAIN))
    outcome = desk.tell(text(SHIPS, FARM, RAIN, "It wants $4m and will wait."))
    assert all(alert.change != "retraction" for alert in outcome.alerts)
