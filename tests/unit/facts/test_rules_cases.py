"""Each row of the table of cases: which change, which kind, what stands before and after, and where the proof is."""

import pytest

from schemas.alerts import Alert
from schemas.values import CorrectionValue, FigureValue
from tests.unit.facts.desk import Desk, text

RAIN = "Heavy rain is forecast for the region."
FARM = "The farm lies on the edge of Larvik."
QUOTE = '"We will never sell this land to anybody", said Maria Holm.'


def number(alert: Alert, side: str) -> int | float | None:
    fact = alert.after if side == "after" else alert.before
    assert fact is not None and isinstance(fact.value, FigureValue)
    return fact.value.number


def test_a_fact_not_known_is_initial_and_proved_by_the_new_version() -> None:
    desk = Desk()
    desk.tell(text("The factory in Tarn was closed for a day.", RAIN))
    alert = desk.tell(text("The factory in Tarn was closed for a day.", RAIN, "The factory employs 300 people.")).alert
    assert (alert.change, alert.kind, alert.before) == ("initial", "figure", None)
    assert number(alert, "after") == 300
    assert alert.after is not None and alert.after.state == "active"
    assert (alert.after.evidence.version, alert.after.evidence.sentence) == (2, "The factory employs 300 people.")


def test_a_changed_value_is_an_update_with_both_facts() -> None:
    desk = Desk()
    desk.tell(text("The factory employs 300 people.", RAIN))
    alert = desk.tell(text("The factory employs 350 people.", RAIN)).alert
    assert (alert.change, alert.kind) == ("update", "figure")
    assert (number(alert, "before"), number(alert, "after")) == (300, 350)
    assert alert.before is not None and alert.after is not None and alert.before.key == alert.after.key
    assert (alert.before.evidence.version, alert.after.evidence.version) == (1, 2)
    assert alert.summary.endswith("300 people → 350 people")


def test_a_dropped_hedge_is_an_update() -> None:
    desk = Desk()
    desk.tell(text("The storm has reportedly injured 40 people.", FARM))
    outcome = desk.tell(text("The storm has injured 40 people.", FARM))
    assert (outcome.alert.change, outcome.alert.kind) == ("update", "figure")
    assert outcome.alert.before is not None and outcome.alert.before.hedges == ("reportedly",)
    assert outcome.alert.after is not None and outcome.alert.after.hedges == ()
    assert [change.outcome for change in outcome.of_kind("figure")] == ["hedge-dropped"]


def test_a_plan_that_is_done_is_an_update() -> None:
    desk = Desk()
    desk.tell(text("The ministers will sign the treaty in Oslo.", FARM))
    alert = desk.tell(text("The ministers have signed the treaty in Oslo.", FARM)).alert
    assert alert.change == "update"
    assert alert.before is not None and alert.before.modality == "planned"
    assert alert.after is not None and alert.after.modality == "real"


def test_a_position_that_was_planned_is_told_once_it_is_taken() -> None:
    desk = Desk()
    desk.tell(text(RAIN, "Halden will appeal against his three convictions, his lawyer said."))
    alert = desk.tell(text(RAIN, "Halden appealed against his three convictions, his lawyer said.")).alert
    assert (alert.kind, alert.change) == ("position", "update")


def test_a_status_that_one_sentence_looks_back_on_is_not_undone_by_it() -> None:
    desk = Desk()
    desk.tell(text(RAIN, "The handover began at 9 a.m. and was suspended after shots were fired."))
    alert = desk.tell(text(RAIN, "The handover began at 9 a.m. and was resumed after shots were fired.")).alert
    assert "suspended → resumed" in alert.summary


@pytest.mark.parametrize(
    ("first", "other"),
    [
        ("The Kremlin released a statement.", "A statement was released by the Kremlin."),
        ("Corvane has offered 9 percent.", "Corvane has offered 9 per cent."),
    ],
)
def test_the_same_in_the_passive_or_with_a_unit_respelt_is_silent(first: str, other: str) -> None:
    desk = Desk()
    desk.tell(text(RAIN, first))
    assert desk.tell(text(RAIN, other)).alerts == []


def test_a_turned_polarity_is_an_update() -> None:
    desk = Desk()
    desk.tell(text("The mayor did not attend the funeral.", FARM))
    outcome = desk.tell(text("The mayor attended the funeral.", FARM))
    alert = outcome.alert
    assert alert.change == "update"
    assert alert.before is not None and alert.before.polarity == "denied"
    assert alert.after is not None and alert.after.polarity == "affirmed"
    assert "reversed" in [change.outcome for change in outcome.facts]


def test_a_fact_denied_by_somebody_else_is_a_position_of_theirs() -> None:
    desk = Desk()
    desk.tell(text("The pilot ignored the warning light, investigators said.", FARM))
    denial = "The airline denied that the pilot ignored the warning light."
    alert = desk.tell(text("The pilot ignored the warning light, investigators said.", denial, FARM)).alert
    assert (alert.change, alert.kind, alert.before) == ("initial", "position", None)
    assert alert.after is not None and alert.after.evidence.sentence == denial


def test_a_claim_silently_removed_is_a_retraction_proved_by_the_old_version() -> None:
    desk = Desk()
    desk.tell(text(FARM, QUOTE, RAIN))
    alert = desk.tell(text(FARM, RAIN)).alert
    assert (alert.change, alert.kind, alert.after) == ("retraction", "quote", None)
    assert alert.before is not None
    assert (alert.before.evidence.version, alert.before.evidence.sentence) == (1, QUOTE)
    assert alert.version == 2


def test_a_canceled_article_is_one_retraction_of_its_lead_with_the_rest_along() -> None:
    desk = Desk()
    desk.tell(text("The factory employs 300 people.", "The harbour handles 40 ships.", QUOTE), "Factory to be sold")
    outcome = desk.tell("", status="canceled")
    alert = outcome.alert
    assert (alert.change, alert.after) == ("retraction", None)
    assert alert.before is not None and alert.before.evidence.version == 1
    kinds = [fact.kind for fact in alert.related]
    assert "quote" in kinds and "figure" in [alert.kind, *kinds]
    told = [alert.before, *alert.related]
    assert len({fact.key for fact in told}) == len(told)
    assert {change.decision for change in outcome.facts[1:]} == {"silent"}
    assert {change.reason for change in outcome.facts[1:]} == {f"told with {alert.id}"}


def test_the_lead_of_a_canceled_article_is_the_fact_of_its_headline() -> None:
    desk = Desk()
    desk.tell(
        text("The factory employs 300 people.", "The harbour handles 40 ships."), "Strike at Tarn harbour has ended"
    )
    alert = desk.tell("", status="canceled").alert
    assert alert.before is not None and alert.before.evidence.field == "headline"


NOTE = "Correction: An earlier version of this article misstated the number of people. It is 350, not 300."


def test_a_correction_note_is_initial_and_the_corrected_fact_an_update_on_its_own_topic() -> None:
    desk = Desk()
    desk.tell(text("The factory employs 300 people.", FARM))
    outcome = desk.tell(text("The factory employs 350 people.", FARM, NOTE))
    by_kind = {alert.kind: alert for alert in outcome.alerts}
    assert set(by_kind) == {"correction", "figure"}
    note, figure = by_kind["correction"], by_kind["figure"]
    assert (note.change, note.before) == ("initial", None)
    assert note.after is not None and isinstance(note.after.value, CorrectionValue)
    assert note.after.evidence.sentence in NOTE
    assert (figure.change, number(figure, "before"), number(figure, "after")) == ("update", 300, 350)


@pytest.mark.parametrize("kept", [text(FARM, QUOTE, RAIN), text(QUOTE, FARM, RAIN), text(RAIN, FARM, QUOTE)])
def test_nothing_is_told_of_paragraphs_that_moved(kept: str) -> None:
    desk = Desk()
    desk.tell(text(FARM, QUOTE, RAIN))
    assert desk.tell(kept).alerts == []


def test_a_fact_denied_by_whoever_said_it_is_a_retraction_with_the_denial_as_proof() -> None:
    desk = Desk()
    desk.tell(text("The factory poisoned the river.", FARM))
    alert = desk.tell(text("The factory did not poison the river.", FARM)).alert
    assert alert.change == "retraction"
    assert alert.before is not None and alert.after is not None
    assert alert.after.state == "retracted"
    assert alert.after.evidence.sentence == "The factory did not poison the river."
    assert alert.kind == alert.before.kind == alert.after.kind


def test_the_fact_that_a_note_corrects_has_that_outcome_and_no_silent_edit() -> None:
    desk = Desk()
    desk.tell(text("The factory employs 300 people.", FARM))
    outcome = desk.tell(text("The factory employs 350 people.", FARM, NOTE))
    [figure] = outcome.of_kind("figure")
    assert (figure.outcome, figure.reason) == ("corrected", "corrected")
    assert figure.alert is not None and not figure.alert.silent_edit


def test_a_note_that_comes_apart_from_the_body_is_told_as_well() -> None:
    desk = Desk()
    desk.tell(text("The factory employs 300 people.", FARM))
    note = "The number of people at the factory is 350, not 300."
    outcome = desk.tell(text("The factory employs 350 people.", FARM), correction=note)
    assert {alert.kind for alert in outcome.alerts} == {"correction", "figure"}
    [correction] = [alert for alert in outcome.alerts if alert.kind == "correction"]
    assert correction.change == "initial"
    assert correction.after is not None and isinstance(correction.after.value, CorrectionValue)
    assert (correction.after.value.note, correction.after.value.old, correction.after.value.new) == (note, "300", "350")
