"""The five steps by which a fact, as one article asserts it now, is held against what is known."""

from datetime import timedelta

import pytest

from schemas.values import EventTimeValue, FigureValue
from tests.unit.facts.desk import NOON, Desk, Outcome, text

SIDE = "The valley is popular with hikers."


def reasons(outcome: Outcome, kind: str = "figure") -> list[str]:
    return [change.reason for change in outcome.of_kind(kind)]


def test_step_1_what_the_article_said_last_is_silent_whatever_others_have_said_meanwhile() -> None:
    desk = Desk()
    desk.tell(text("The quake injured 12 people.", SIDE))
    desk.tell(text("The quake injured 17 people.", SIDE), article="b")
    outcome = desk.tell(text("In all, the quake injured 12 people.", SIDE))
    assert outcome.alerts == []
    assert [change.outcome for change in outcome.of_kind("figure")] == ["same"]
    [fact] = [fact for fact in desk.rows.facts() if fact.kind == "figure"]
    assert isinstance(fact.value, FigureValue) and fact.value.number == 17


@pytest.mark.parametrize(
    ("first", "other"),
    [
        ("The quake injured 12 people.", "Twelve people were injured in the quake."),
        ("The quake injured 105 people.", "The quake injured one hundred and five people."),
        ("The bridge will cost $1.2bn.", "The bridge will cost $1.2 billion."),
        ("The bridge will cost £3.5m.", "The bridge will cost 3.5 million pounds."),
        ("The fire burned 40 km of forest.", "The fire burned 40 kilometres of forest."),
        ("Turnout reached 74%.", "Turnout reached 74 percent."),
    ],
)
def test_step_2_the_same_in_other_words_and_units_is_corroboration(first: str, other: str) -> None:
    desk = Desk()
    desk.tell(text(first, SIDE))
    outcome = desk.tell(text(other, SIDE), article="b")
    assert outcome.of_kind("figure"), "the figure was not found"
    assert outcome.alerts == []
    assert reasons(outcome) == ["known from another outlet"]


def test_step_2_the_same_moment_in_another_zone_is_corroboration() -> None:
    desk = Desk()
    desk.tell(text("The strike will begin at 11:30 on Friday.", SIDE), timezone="Europe/Berlin")
    outcome = desk.tell(text("The strike will begin at 10:30 GMT on Friday.", SIDE), article="b")
    assert outcome.of_kind("event-time"), "the time was not found"
    assert outcome.alerts == []
    assert reasons(outcome, "event-time") == ["known from another outlet"]


def test_corroboration_is_remembered_by_article() -> None:
    desk = Desk()
    desk.tell(text("The quake injured 12 people.", SIDE))
    desk.tell(text("Twelve people were injured in the quake.", SIDE), article="b")
    [fact] = [fact for fact in desk.rows.facts() if fact.kind == "figure"]
    assert sorted(fact.asserted) == ["a", "b"]
    assert fact.asserted["b"].evidence.sentence == "Twelve people were injured in the quake."
    assert fact.first_seen < fact.last_seen


def test_step_3_a_more_exact_time_is_refined_and_silent() -> None:
    desk = Desk()
    desk.tell(text("The strike will begin on Friday.", SIDE))
    outcome = desk.tell(text("The strike will begin on Friday at 15:00.", SIDE))
    assert outcome.alerts == []
    [change] = outcome.of_kind("event-time")
    assert (change.outcome, change.reason) == ("refined", "more exact")
    assert change.after is not None and isinstance(change.after.value, EventTimeValue)
    assert change.after.value.precision == "minute"


def test_step_3_a_less_exact_time_is_no_news_either() -> None:
    desk = Desk()
    desk.tell(text("The strike will begin on Friday at 15:00.", SIDE))
    outcome = desk.tell(text("The strike will begin on Friday.", SIDE))
    assert outcome.alerts == []
    assert [change.outcome for change in outcome.of_kind("event-time")] == ["same"]


def test_step_3_a_count_that_becomes_exact_is_changed() -> None:
    desk = Desk()
    desk.tell(text("The quake injured about 40 people.", SIDE))
    outcome = desk.tell(text("The quake injured 43 people.", SIDE))
    assert (outcome.alert.kind, outcome.alert.change) == ("figure", "update")
    assert [change.outcome for change in outcome.of_kind("figure")] == ["changed"]


def test_step_4_the_same_article_may_change_its_mind_whenever_it_was_updated() -> None:
    desk = Desk()
    desk.tell(text("The quake injured 12 people.", SIDE), at=NOON)
    outcome = desk.tell(text("The quake injured 17 people.", SIDE), at=NOON)
    assert outcome.alert.change == "update"
    assert reasons(outcome) == ["value changed"]


def test_step_5_another_article_that_is_newer_changes_the_fact() -> None:
    desk = Desk()
    desk.tell(text("The quake injured 12 people.", SIDE), at=NOON)
    outcome = desk.tell(text("The quake injured 17 people.", SIDE), article="b", at=NOON + timedelta(minutes=1))
    assert (outcome.alert.change, outcome.alert.source) == ("update", "b.example")
    assert outcome.alert.before is not None and outcome.alert.before.evidence.article_id == "a"


@pytest.mark.parametrize("minutes", [-30, 0])
def test_step_5_another_article_that_is_not_newer_is_stale(minutes: int) -> None:
    desk = Desk()
    desk.tell(text("The quake injured 17 people.", SIDE), at=NOON)
    outcome = desk.tell(text("The quake injured 12 people.", SIDE), article="b", at=NOON + timedelta(minutes=minutes))
    assert outcome.alerts == []
    assert reasons(outcome) == ["stale"]
    [fact] = [fact for fact in desk.rows.facts() if fact.kind == "figure"]
    assert isinstance(fact.value, FigureValue) and fact.value.number == 17


def test_a_stale_article_that_catches_up_is_corroboration() -> None:
    desk = Desk()
    desk.tell(text("The quake injured 17 people.", SIDE), at=NOON)
    desk.tell(text("The quake injured 12 people.", SIDE), article="b", at=NOON - timedelta(minutes=30))
    outcome = desk.tell(text("The quake injured 17 people.", SIDE), article="b", at=NOON + timedelta(minutes=30))
    assert outcome.alerts == []
    assert reasons(outcome) in (["known from another outlet"], ["reworded"])


def test_a_flip_flop_alerts_each_time_and_says_so_when_it_goes_back() -> None:
    desk = Desk()
    bodies = [text(f"The quake injured {n} people.", SIDE) for n in (12, 17, 12, 17)]
    alerts = [desk.tell(body).alert for body in bodies]
    assert [alert.flip_flop for alert in alerts] == [False, False, True, True]
    assert [alert.change for alert in alerts] == ["initial", "update", "update", "update"]
    assert len({alert.id for alert in alerts}) == 4


def test_each_alert_of_a_key_supersedes_the_one_before() -> None:
    desk = Desk()
    alerts = [desk.tell(text(f"The quake injured {n} people.", SIDE)).alert for n in (12, 17, 23)]
    assert alerts[0].supersedes is None
    assert [alert.supersedes for alert in alerts[1:]] == [alert.id for alert in alerts[:-1]]


def test_a_figure_that_stands_in_the_headline_too_is_one_fact_and_changes_as_one() -> None:
    desk = Desk()
    desk.tell(text("The quake injured 12 people.", SIDE), "12 people injured in quake")
    alert = desk.tell(text("The quake injured 17 people.", SIDE), "17 people injured in quake").alert
    assert alert.after is not None and alert.before is not None
    assert alert.change == "update"
    assert alert.after.evidence.field == "body"


def test_what_changes_independently_is_told_apart() -> None:
    desk = Desk()
    desk.tell(text("The flood killed 12 people, and 20 people are missing.", SIDE))
    alerts = desk.tell(text("The flood killed 17 people, and 36 people are missing.", SIDE)).alerts
    assert [(alert.kind, alert.change) for alert in alerts] == [("figure", "update")] * 2
    assert [
        alert.after.value.number for alert in alerts if alert.after and isinstance(alert.after.value, FigureValue)
    ] == [17, 36]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("The court sentenced the banker.", "The court has sentenced the banker."),
        ("Police arrested the driver.", "The driver was arrested by police."),
        ("The club has sold the striker to Porto.", "The striker has been sold to Porto by the club."),
        ("Snow closed the airport in Bergen.", "The airport in Bergen was closed by snow."),
    ],
)
def test_a_rewording_is_silent(before: str, after: str) -> None:
    desk = Desk()
    desk.tell(text(before, SIDE))
    outcome = desk.tell(text(after, SIDE))
    assert outcome.alerts == []
    assert outcome.summary.decision == "silent"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("The firm will cut 300 jobs.", "The firm has cut 300 jobs."),
        ("The board will appoint Ana Ruiz as chairwoman.", "The board has appointed Ana Ruiz as chairwoman."),
        ("The ministry will publish a report.", "The ministry has published a report."),
        ("The firm could cut 300 jobs.", "The firm has cut 300 jobs."),
        ("The city may build a tunnel.", "The city has built a tunnel."),
    ],
)
def test_a_modality_that_becomes_real_is_told(before: str, after: str) -> None:
    desk = Desk()
    desk.tell(text(before, SIDE))
    outcome = desk.tell(text(after, SIDE))
    assert [(alert.change, alert.after.modality) for alert in outcome.alerts if alert.after] == [("update", "real")]


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        ("The mayor attended the funeral.", "The mayor did not attend the funeral.", "action"),
        ("The factory employs 300 people.", "The factory does not employ 300 people.", "figure"),
        (
            "The union supports the offer of the owners.",
            "The union does not support the offer of the owners.",
            "position",
        ),
    ],
)
def test_every_kind_sees_a_denial(before: str, after: str, kind: str) -> None:
    desk = Desk()
    desk.tell(text(before, SIDE))
    outcome = desk.tell(text(after, SIDE))
    assert outcome.alert.change in ("retraction", "update")
    assert {change.outcome for change in outcome.of_kind(kind)} & {"denied", "changed", "reversed"}


def test_a_part_of_a_quote_is_the_same_quote() -> None:
    desk = Desk()
    desk.tell(text('"We will never sell this land to anybody", said Maria Holm.', SIDE))
    outcome = desk.tell(text('Maria Holm said they would "never sell this land".', SIDE))
    assert outcome.of_kind("quote")
    assert {change.outcome for change in outcome.of_kind("quote")} == {"same"}
    assert [alert for alert in outcome.alerts if alert.kind == "quote"] == []


def test_a_quote_with_other_words_is_changed() -> None:
    desk = Desk()
    desk.tell(text('"We will never sell this land to anybody", said Maria Holm.', SIDE))
    alert = desk.tell(text('"We will never lease this land to anybody", said Maria Holm.', SIDE)).alert
    assert (alert.kind, alert.change, alert.silent_edit) == ("quote", "update", True)


def test_the_body_may_change_while_the_headline_lags() -> None:
    desk = Desk()
    headline = "12 people injured in quake"
    desk.tell(text("The quake injured 12 people.", SIDE), headline)
    up = desk.tell(text("The quake injured 17 people.", SIDE), headline).alert
    back = desk.tell(text("The quake injured 12 people.", SIDE), headline).alert
    assert (up.change, back.change) == ("update", "update")
    assert (up.flip_flop, back.flip_flop) == (False, True)


def test_the_headline_may_change_before_the_body() -> None:
    desk = Desk()
    desk.tell(text("The quake injured 12 people.", SIDE), "12 people injured in quake")
    body = text("The quake injured 12 people.", SIDE, "The mayor opened a new library.")
    outcome = desk.tell(body, "17 people injured in quake")
    [alert] = [alert for alert in outcome.alerts if alert.kind == "figure"]
    assert alert.change == "update"
    assert alert.after is not None and alert.after.evidence.field == "headline"


def test_what_decides_is_the_time_of_the_current_value_not_of_the_last_word_on_it() -> None:
    desk = Desk()
    desk.tell(text("The quake injured 12 people.", SIDE), at=NOON)
    desk.tell(text("The quake injured 17 people.", SIDE), article="b", at=NOON + timedelta(minutes=30))
    desk.tell(text("In all, the quake injured 12 people.", SIDE), at=NOON + timedelta(minutes=60))
    outcome = desk.tell(text("The quake injured 19 people.", SIDE), article="c", at=NOON + timedelta(minutes=45))
    assert (outcome.alert.change, outcome.alert.article_id) == ("update", "c")


def test_the_same_words_said_by_somebody_else_are_new() -> None:
    desk = Desk()
    desk.tell(text('"We have lost everything here", said Maria Holm.', SIDE))
    both = text(
        '"We have lost everything here", said Maria Holm.', '"We have lost everything here", said Jon Berg.', SIDE
    )
    alert = desk.tell(both).alert
    assert (alert.kind, alert.change) == ("quote", "initial")


DECIDES = "Orbis Motors is to decide this week on the future of its plant in Harwick."
SHUTS = "Orbis Motors will shut its plant in Harwick."


def test_what_is_done_in_other_words_beside_the_known_is_another_thing() -> None:
    desk = Desk()
    desk.tell(text(DECIDES, SIDE), "Orbis Motors to decide on plant")
    alert = desk.tell(text(SHUTS, DECIDES, SIDE), "Orbis Motors to decide on plant").alert
    assert (alert.kind, alert.change) == ("action", "initial")


def test_a_third_is_not_the_two_that_are_known() -> None:
    desk = Desk()
    desk.tell(text("Two schools in Tarn have been closed since Monday.", SIDE))
    outcome = desk.tell(text("A third school in Tarn has been closed.", SIDE))
    assert [change.outcome for change in outcome.of_kind("action") if change.alert] == ["new"]


def test_a_toll_that_is_counted_anew_is_not_withdrawn() -> None:
    desk = Desk()
    desk.tell(text("The toll rose to 14, police said.", "Divers are at the wreck.", SIDE))
    outcome = desk.tell(
        text("Divers found three more bodies: 17 people were killed.", "Divers are at the wreck.", SIDE)
    )
    assert "retraction" not in [alert.change for alert in outcome.alerts]


def test_a_known_plan_in_other_words_is_no_news() -> None:
    desk = Desk()
    desk.tell(text("Talks between the union and the authority are due to resume at 14:00 on Wednesday.", SIDE))
    assert desk.tell(text("The two sides are to meet again on Wednesday at 2 p.m.", SIDE)).alerts == []
    moved = desk.tell(text("The two sides are to meet again on Wednesday at 4 p.m.", SIDE))
    assert moved.alert.kind == "event-time"


def test_the_time_of_a_new_count_is_no_news_of_its_own() -> None:
    desk = Desk()
    desk.tell(text("Some 3,000 homes were without power at noon.", SIDE))
    assert desk.tell(text("Some 12,000 homes were without power at 18:00.", SIDE)).alert.kind == "figure"


def test_when_somebody_joins_talks_is_not_when_they_are() -> None:
    desk = Desk()
    talks = "Talks between the union and the authority are due to resume at 14:00 on Wednesday."
    desk.tell(text(talks, SIDE))
    outcome = desk.tell(text("A mediator, Alan Coates, will join the talks on Thursday.", talks, SIDE))
    assert outcome.alert.kind == "action"


def test_a_length_that_only_tells_which_event_is_meant_is_background() -> None:
    desk = Desk()
    desk.tell(text("The dockers are on strike.", SIDE))
    outcome = desk.tell(text("Dockers returned to the port of Tarn, ending the three-day walkout.", SIDE))
    assert "event-time" not in [alert.kind for alert in outcome.alerts]
