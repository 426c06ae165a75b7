"""What stands beside other things: clauses of one sentence, parts of a whole, other years, other days, other scales."""

from schemas.alerts import Alert
from tests.unit.facts.desk import Desk, text

SIDE = "The harbour handles 40 ships."


def later(before: str, after: str) -> list[Alert]:
    """The alerts of a second version, which has another sentence in place of the first's."""
    desk = Desk()
    desk.tell(text(SIDE, before))
    return desk.tell(text(SIDE, after)).alerts


def added(sentence: str) -> list[Alert]:
    """The alerts of a second version that adds a sentence."""
    desk = Desk()
    desk.tell(text(SIDE))
    return desk.tell(text(SIDE, sentence)).alerts


def test_what_two_subjects_did_is_told_twice() -> None:
    alerts = added("Prosecutors have seized records, and the owner has left the country.")
    assert [alert.kind for alert in alerts] == ["action", "action"]


def test_of_what_is_over_as_the_sentence_ends_the_end_is_told() -> None:
    alerts = later("The search was halted on Monday.", "The search was halted on Monday but has since resumed.")
    assert [(alert.kind, alert.after and alert.after.value.text) for alert in alerts] == [("event-status", "resumed")]


def test_a_small_number_goes_with_what_its_sentence_tells() -> None:
    alerts = added("Two smaller unions have said they will not cross picket lines.")
    assert [alert.kind for alert in alerts] == ["position"]


def test_of_many_to_whom_it_happened_the_number_is_told() -> None:
    [alert] = added("A total of 146 flights have been cancelled.")
    assert alert.kind == "figure"
    assert "event-status" in [fact.kind for fact in alert.related]


def test_some_of_the_dead_are_no_new_toll() -> None:
    alerts = later("The quake killed nine people.", "The quake killed nine people. Three of them died in a market.")
    assert [alert.change for alert in alerts] == ["initial"]


def test_how_many_are_now_in_danger_changes() -> None:
    [alert] = later("Six people were in critical condition.", "Four of the injured remained in critical condition.")
    assert (alert.kind, alert.change) == ("figure", "update")


def test_the_toll_of_another_year_does_not_change() -> None:
    alerts = later("A storm in 1998 killed 214 people.", "Two people were killed when a wall fell.")
    assert all(alert.change == "initial" for alert in alerts)


def test_a_level_changes_on_its_scale() -> None:
    [alert] = later("The alert level stands at orange.", "The observatory has raised the alert level to red.")
    assert (alert.kind, alert.change) == ("figure", "update")
    assert alert.before and alert.before.value.text == "orange"
    assert alert.after and alert.after.value.text == "red"


def test_a_magnitude_is_revised() -> None:
    [alert] = later(
        "A magnitude 6.4 earthquake struck the south.", "The magnitude was revised to 6.6 by the institute, from 6.4."
    )
    assert (alert.kind, alert.change) == ("figure", "update")


def test_tons_are_tonnes_and_an_exact_amount_needs_no_unit() -> None:
    assert later("The ship carries 58,000 tonnes of oil.", "The ship carries 58,000 tons of oil.") == []
    assert later("Mr Ansell was paid 3.7 million pounds.", "The pay of Mr Ansell was 3.7 million.") == []


def test_a_vote_to_come_is_not_the_one_that_was_cast() -> None:
    desk = Desk()
    desk.tell(text(SIDE, "The Assembly will vote on the budget on Thursday."))
    alerts = desk.tell(
        text(SIDE, "The Assembly will vote on the budget on Thursday.", "The Rural Party voted no.")
    ).alerts
    assert all(alert.kind != "event-status" for alert in alerts)


def test_what_is_moved_to_another_day_is_the_same_event() -> None:
    [alert] = later("The launch is planned for Saturday.", "The launch has been rescheduled for Monday.")
    assert alert.change == "update"


def test_what_somebody_else_denies_is_not_what_was_criticised() -> None:
    alerts = later(
        "The council leader criticised the agency for acting late.",
        "The council leader criticised the agency for acting late. Mr Prentice denied that the agency had acted late.",
    )
    assert [alert.kind for alert in alerts] == ["position"]


def test_what_an_outlet_says_of_its_page_is_no_news() -> None:
    assert added("We are closing this live page for the night. Thank you for following.") == []


def test_what_is_so_every_year_is_no_news_beside_what_has_happened() -> None:
    alerts = added("The cliffs are visited by 90,000 people a year.")
    assert all(alert.kind != "figure" for alert in alerts)


def test_what_now_is_another_number_changes() -> None:
    [alert] = later("The notice affects 14,000 households.", "It now covers about 19,000 households.")
    assert (alert.kind, alert.change) == ("figure", "update")


def test_what_was_postponed_resumes() -> None:
    [alert] = later("The trial was postponed on Monday.", "The trial resumed on Tuesday.")
    assert (alert.kind, alert.change) == ("event-status", "update")


def test_what_was_expected_and_is_done_is_told_as_such() -> None:
    [alert] = later("The firm is expected to hire more drivers.", "The firm has hired more drivers.")
    assert (alert.kind, alert.change) == ("action", "update")


def test_of_two_sayings_of_the_past_a_number_changes() -> None:
    [alert] = later(
        "A blaze on the ridge destroyed 60 homes in 2007.", "A blaze on the ridge destroyed 85 homes in 2007."
    )
    assert (alert.kind, alert.change) == ("figure", "update")
