"""Versions, status, mode, language: what is not read, what is learnt in silence, and what an alert passes on."""

from datetime import timedelta

import pytest

from schemas.facts import Fact
from schemas.values import FigureValue
from streams.facts.tracker import StoryChangedError, recall
from tests.unit.facts.desk import NOON, Desk, text

SIDE = "The valley is popular with hikers."
TWELVE = text("The quake injured 12 people.", SIDE)
SEVENTEEN = text("The quake injured 17 people.", SIDE)


def unit(fact: Fact) -> str:
    assert isinstance(fact.value, FigureValue)
    return fact.value.unit


def test_the_same_version_and_content_again_is_a_duplicate_and_writes_nothing() -> None:
    desk = Desk()
    desk.tell(TWELVE)
    outcome = desk.tell(TWELVE, version=1)
    assert (outcome.facts, outcome.summary.reason, outcome.summary.decision) == ([], "duplicate", "silent")
    assert outcome.tracked.rows == {}


def test_the_same_version_with_other_content_is_processed() -> None:
    desk = Desk()
    desk.tell(TWELVE)
    alert = desk.tell(SEVENTEEN, version=1).alert
    assert (alert.version, alert.change) == (1, "update")


def test_a_lower_version_is_silent_and_changes_nothing_known() -> None:
    desk = Desk()
    desk.tell(TWELVE, version=5)
    known = dict(desk.rows.all)
    outcome = desk.tell(SEVENTEEN, version=4)
    assert (outcome.facts, outcome.summary.reason) == ([], "older version")
    assert desk.rows.all == known


def test_versions_are_per_article() -> None:
    desk = Desk()
    desk.tell(TWELVE, version=5)
    assert desk.tell(SEVENTEEN, article="b", version=1).alert.article_id == "b"


def test_order_is_by_version_alone_not_by_time() -> None:
    desk = Desk()
    desk.tell(TWELVE, at=NOON)
    assert desk.tell(SEVENTEEN, at=NOON - timedelta(hours=1)).alert.change == "update"


def test_a_version_that_says_the_same_again_is_silent() -> None:
    desk = Desk()
    desk.tell(TWELVE)
    outcome = desk.tell(TWELVE)
    assert (outcome.facts, outcome.summary.reason) == ([], "repeated")
    assert (outcome.summary.sentences, outcome.summary.sentences_unseen) == (2, 0)


def test_withheld_is_silent_and_told_once_usable() -> None:
    desk = Desk()
    withheld = desk.tell(TWELVE, status="withheld")
    assert (withheld.alerts, withheld.summary.reason) == ([], "withheld")
    assert {change.reason for change in withheld.facts} <= {"withheld"}
    usable = desk.tell(TWELVE)
    assert (usable.alert.kind, usable.alert.change, usable.alert.version) == ("figure", "initial", 2)


def test_withheld_after_usable_tells_the_difference_once_usable_again() -> None:
    desk = Desk()
    desk.tell(TWELVE)
    assert desk.tell(SEVENTEEN, status="withheld").alerts == []
    alert = desk.tell(SEVENTEEN).alert
    assert (alert.change, alert.version) == ("update", 3)


def test_what_was_withheld_is_no_corroboration_for_others() -> None:
    desk = Desk()
    desk.tell(text("The mayor opened a new library."), article="c")
    desk.tell(TWELVE, status="withheld")
    assert desk.tell(TWELVE, article="b").alert.kind == "figure"


def test_canceled_while_withheld_still_withdraws_what_was_told_before() -> None:
    desk = Desk()
    desk.tell(TWELVE)
    desk.tell(TWELVE, status="withheld")
    assert desk.tell("", status="canceled").alert.change == "retraction"


def test_canceled_without_anything_told_is_silent() -> None:
    desk = Desk()
    assert desk.tell(TWELVE, status="canceled").alerts == []
    assert desk.tell("", status="canceled").alerts == []


def test_canceled_again_withdraws_nothing_more() -> None:
    desk = Desk()
    desk.tell(TWELVE)
    assert len(desk.tell("", status="canceled").alerts) == 1
    assert desk.tell(" ", status="canceled").alerts == []


def test_what_another_article_says_too_is_not_withdrawn_with_a_canceled_one() -> None:
    desk = Desk()
    desk.tell(text("The quake injured 12 people.", "The harbour handles 40 ships."))
    desk.tell(TWELVE, article="b")
    alert = desk.tell("", status="canceled").alert
    told = [alert.before, *alert.related]
    assert [unit(fact) for fact in told if fact and fact.kind == "figure"] == ["ship"]
    assert desk.tell(text("In all, the quake injured 12 people.", SIDE), article="b").alerts == []


@pytest.mark.parametrize(("mode", "status"), [("actual", "actual"), ("test", "test"), ("replay", "replay")])
def test_alerts_say_whether_they_are_real(mode: str, status: str) -> None:
    assert Desk().tell(TWELVE, mode=mode).alert.status == status


def test_a_baseline_opens_the_story_so_that_what_comes_next_is_diffed() -> None:
    desk = Desk()
    desk.tell(TWELVE, mode="baseline")
    assert desk.tell(text("In all, the quake injured 12 people.", SIDE)).alerts == []


def test_a_later_baseline_is_silent_too() -> None:
    desk = Desk()
    desk.tell(TWELVE)
    assert desk.tell(SEVENTEEN, mode="baseline").alerts == []
    assert desk.tell(text("In all, the quake injured 17 people.", SIDE)).alerts == []


@pytest.mark.parametrize("language", ["de", "fr-CA", "zh-Hant"])
def test_another_language_is_recorded_and_not_read(language: str) -> None:
    desk = Desk()
    outcome = desk.tell("Das Beben hat 12 Menschen verletzt.", language=language)
    assert (outcome.facts, outcome.summary.reason) == ([], "language not supported")
    assert outcome.summary.decision == "silent"


@pytest.mark.parametrize("language", ["en", "en-GB", "EN-us"])
def test_every_english_is_read(language: str) -> None:
    assert Desk().tell(TWELVE, language=language).alert.kind == "figure"


def test_an_embargo_and_the_times_are_passed_on() -> None:
    until = NOON + timedelta(hours=6)
    outcome = Desk().tell(TWELVE, embargo_until=until, url="https://a.example/quake")
    alert, update = outcome.alert, outcome.update
    assert alert.embargo_until == until
    assert (alert.published_at, alert.updated_at) == (update.published_at, update.updated_at)
    assert alert.detected_at == update.updated_at + timedelta(seconds=2)
    assert alert.url == "https://a.example/quake"
    assert (alert.story_id, alert.article_id, alert.source) == (update.story_key, update.article_id, update.source)


def test_an_article_without_a_story_is_its_own() -> None:
    desk = Desk()
    alert = desk.tell(TWELVE, story_id=None).alert
    assert alert.story_id == "a"
    assert desk.tell(SEVENTEEN, story_id=None).alert.change == "update"


@pytest.mark.parametrize("story", ["other", None])
def test_an_article_that_comes_under_another_story_is_refused(story: str | None) -> None:
    desk = Desk()
    desk.tell(TWELVE)
    moved = desk.update(SEVENTEEN, story_id=story)
    with pytest.raises(StoryChangedError, match="article 'a' belongs to story 'story'"):
        recall(moved, desk.rows)


def test_an_article_known_without_a_story_cannot_join_one() -> None:
    desk = Desk()
    desk.tell(TWELVE, story_id=None)
    with pytest.raises(StoryChangedError, match="'a' belongs to story 'a', got 'story'"):
        recall(desk.update(SEVENTEEN), desk.rows)


def test_stories_do_not_see_each_other() -> None:
    desk = Desk()
    desk.tell(TWELVE)
    other = desk.tell(TWELVE, article="z", story_id="elsewhere").alert
    assert (other.story_id, other.change) == ("elsewhere", "initial")


def test_what_an_alert_repeats_of_its_update_is_that_of_the_version_that_caused_it() -> None:
    desk = Desk()
    desk.tell(TWELVE, "Quake in the valley")
    update = desk.update(SEVENTEEN, "Quake in the valley: more are injured")
    assert desk.apply(update).alert.headline == update.headline


def test_usable_again_after_canceled_starts_over() -> None:
    desk = Desk()
    body = text("The quake injured 12 people.", "The harbour handles 40 ships.", "The mayor opened a new library.")
    first = desk.tell(body).alert
    desk.tell("", status="canceled")
    again = desk.tell(body).alert
    assert (again.kind, again.change, again.before) == (first.kind, "initial", None)


def test_a_baseline_is_learnt_in_silence() -> None:
    desk = Desk()
    outcome = desk.tell(TWELVE, mode="baseline")
    assert (outcome.alerts, outcome.summary.reason, outcome.summary.decision) == ([], "baseline", "silent")
    assert {change.reason for change in outcome.facts} == {"baseline"}
    alert = desk.tell(SEVENTEEN).alert
    assert (alert.change, alert.kind) == ("update", "figure")


def test_canceled_after_a_withheld_rewriting_withdraws_what_was_told_before() -> None:
    desk = Desk()
    desk.tell(TWELVE)
    desk.tell(text("The mayor opened a new library."), status="withheld")
    assert desk.tell("", status="canceled").alert.change == "retraction"


def test_a_canceled_article_withdraws_also_what_it_said_in_earlier_versions() -> None:
    desk = Desk()
    desk.tell(text("The quake injured 12 people.", "The harbour handles 40 ships.", SIDE))
    desk.tell(TWELVE)
    alert = desk.tell("", status="canceled").alert
    told = [alert.before, *alert.related]
    assert {unit(fact) for fact in told if fact and fact.kind == "figure"} == {"people", "ship"}
