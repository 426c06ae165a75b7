"""A story's first version tells its lead alone; a further article is diffed like any other version."""

import pytest

from tests.unit.facts.desk import Desk, text

SIDE = "The valley is popular with hikers."
BODY = text("The quake injured 12 people.", "The harbour handles 40 ships.", '"We ran for our lives", said Maria Holm.')


def test_a_story_opens_with_one_alert_and_is_silent_about_the_rest() -> None:
    outcome = Desk().tell(BODY)
    assert (outcome.alert.change, outcome.alert.kind) == ("initial", "figure")
    silent = [change for change in outcome.facts if change.decision == "silent"]
    assert {(change.after or outcome.alert.after).kind for change in silent} >= {"figure", "quote"}  # type: ignore[union-attr]
    assert {change.reason for change in silent} <= {"story opened", "background", "reworded"}
    assert outcome.summary.alerts == 1


def test_the_lead_is_the_headlines_event() -> None:
    body = text("Strong winds blew all night.", "The harbour handles 40 ships.")
    alert = Desk().tell(body, "Dockers' strike has ended").alert
    assert alert.kind == "event-status"
    assert alert.after is not None and alert.after.evidence.sentence == "Dockers' strike has ended"


def test_the_leads_proof_is_the_bodys_sentence_where_the_body_says_it_too() -> None:
    alert = Desk().tell(text("The strike of the dockers has ended.", SIDE), "Dockers' strike has ended").alert
    assert alert.kind == "event-status"
    assert alert.after is not None and alert.after.evidence.field == "body"


def test_what_a_story_opened_with_in_silence_is_known_from_then_on() -> None:
    desk = Desk()
    desk.tell(BODY)
    outcome = desk.tell(BODY.replace("handles 40 ships", "handles 45 ships"))
    assert (outcome.alert.change, outcome.alert.kind) == ("update", "figure")


def test_a_second_article_that_says_the_same_is_silent() -> None:
    desk = Desk()
    desk.tell(BODY)
    outcome = desk.tell(text("Twelve people were injured in the quake.", "The harbour handles 40 ships."), article="b")
    assert outcome.alerts == []
    assert {change.reason for change in outcome.of_kind("figure")} == {"known from another outlet"}


def test_a_second_article_tells_what_is_new_wherever_it_stands() -> None:
    desk = Desk()
    desk.tell(BODY)
    new = "A fire that broke out on Tuesday has destroyed 30 houses, the mayor said."
    outcome = desk.tell(text("The quake injured 12 people.", SIDE, new), article="b")
    told = {(alert.after.evidence.sentence, alert.change) for alert in outcome.alerts if alert.after}
    assert told == {(new, "initial")}


def test_a_story_is_opened_by_its_first_usable_version() -> None:
    desk = Desk()
    desk.tell(BODY, status="withheld")
    desk.tell("", article="b", status="canceled")
    assert len(desk.tell(BODY).alerts) == 1


def test_a_story_is_not_opened_by_a_version_that_could_not_be_read() -> None:
    desk = Desk()
    desk.tell("Das Beben hat 12 Menschen verletzt.", article="b", language="de")
    assert len(desk.tell(BODY).alerts) == 1


@pytest.mark.parametrize(
    "body", ["", "   \n\n  ", "Share this article\n\nUpdated 3 minutes ago\n\nAdvertisement", "***"]
)
def test_a_version_without_a_sentence_is_silent(body: str) -> None:
    outcome = Desk().tell(body)
    assert (outcome.facts, outcome.summary.decision, outcome.summary.sentences) == ([], "silent", 0)


def test_a_body_of_furniture_under_a_headline_tells_the_headline() -> None:
    outcome = Desk().tell(text("Share this article", "Updated 3 minutes ago"), "Dockers' strike has ended")
    assert outcome.alert.kind == "event-status"
    assert outcome.alert.after is not None and outcome.alert.after.evidence.field == "headline"


def test_furniture_that_changes_is_silent_and_unread() -> None:
    desk = Desk()
    desk.tell(text("Updated 3 minutes ago", BODY, "12 comments"))
    outcome = desk.tell(text("Updated 5 minutes ago", BODY, "17 comments"))
    assert (outcome.facts, outcome.summary.sentences_unseen) == ([], 0)
