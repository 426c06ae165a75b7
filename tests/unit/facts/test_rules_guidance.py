"""On a page of guidance every line holds now: what is added to it, or taken out, is news."""

import pytest

from tests.unit.facts.desk import Desk, Outcome, text

PAGE = "Norland travel advice"
REPORT = "Storm hits Norland"
COAST = "The coast road runs from Tarn to Larvik."
MUST = "You must carry a printed permit from the harbour office."
CLOSED = "The mountain pass at Grimsel has been closed since an avalanche buried two villages."
RISKS = "There are health risks on the islands of Norland:"
LIKELY = "Criminals are likely to target visitors in Norland."


def then(before: str, after: str, headline: str = PAGE) -> Outcome:
    desk = Desk()
    desk.tell(before, headline)
    return desk.tell(after, headline)


@pytest.mark.parametrize("line", [MUST, CLOSED, "Avoid every large crowd near polling stations.", "malaria"])
def test_an_added_line_is_told(line: str) -> None:
    alert = then(COAST, text(COAST, line)).alert
    assert (alert.kind, alert.change) == ("action", "initial")
    assert alert.after is not None
    assert alert.after.evidence.sentence == line


def test_a_report_is_read_as_news() -> None:
    assert then(COAST, text(COAST, "malaria"), REPORT).alerts == []


def test_what_is_so_in_general_is_no_news() -> None:
    assert then(COAST, text(COAST, "Rabies spreads easily through the saliva of infected animals.")).alerts == []


def test_a_line_in_words_already_used_is_no_news() -> None:
    assert (
        then(text(COAST, MUST), text(COAST, "A printed permit from the harbour office is what you must carry.")).alerts
        == []
    )


def test_a_passage_is_told_as_one() -> None:
    alert = then(COAST, text(COAST, "Avalanche at Grimsel", CLOSED, MUST)).alert
    assert {fact.evidence.sentence for fact in alert.related} >= {MUST}


def test_passages_apart_are_told_apart() -> None:
    assert len(then(COAST, text(CLOSED, COAST, MUST)).alerts) == 2


@pytest.mark.parametrize("rewritten", [COAST, "The road along the coast now begins in Dorn."])
def test_a_line_taken_out_is_told_though_others_changed(rewritten: str) -> None:
    [gone] = [a for a in then(text(COAST, CLOSED), rewritten).alerts if a.change == "retraction"]
    assert gone.before is not None
    assert gone.before.evidence.sentence == CLOSED


def test_a_line_taken_out_of_a_report_with_other_changes_is_trimmed_background() -> None:
    outcome = then(text(COAST, CLOSED), "A choir sang in the old church.", REPORT)
    assert [alert.change for alert in outcome.alerts] == ["initial"]


def test_a_passage_taken_out_is_told_as_one() -> None:
    rest = "Visitors who arrive by ferry have to register at the customs house within three days of landing."
    assert [a.change for a in then(text(COAST, CLOSED, rest), COAST).alerts] == ["retraction"]


def test_a_line_whose_words_are_used_elsewhere_was_only_moved_into_other_words() -> None:
    after = "Two villages were buried by an avalanche, since when the mountain pass at Grimsel has been closed."
    assert then(text(COAST, CLOSED), text(COAST, after)).alerts == []


def test_a_title_with_another_date_says_nothing() -> None:
    assert then(text(COAST, "Dengue: notes - 4 May"), text(COAST, "Dengue: notes - 8 June")).alerts == []


def test_one_more_name_in_a_line_is_told() -> None:
    one, two = "Avoid all travel to the town of Jinka.", "Avoid all travel to the towns of Jinka and Hawassa."
    assert [alert.change for alert in then(text(COAST, one), text(COAST, two)).alerts] == ["update"]


def test_a_risk_that_is_graver_is_told() -> None:
    after = LIKELY.replace("likely", "very likely")
    assert [alert.change for alert in then(text(COAST, LIKELY), text(COAST, after)).alerts] == ["update"]


def test_a_line_is_new_though_its_words_stand_elsewhere_on_the_page() -> None:
    harbour = "The harbour office hands out permits for the mountain pass, printed in the colours of Norland."
    ferry = "You must carry a printed permit for the morning ferry."
    assert [a.change for a in then(text(harbour, COAST), text(harbour, COAST, ferry)).alerts] == ["initial"]


def test_a_line_is_gone_though_its_words_stand_elsewhere_on_the_page() -> None:
    kept = "An avalanche at the Grimsel mountain pass buried two villages of Norland and closed the road."
    assert [a.change for a in then(text(kept, COAST, CLOSED), text(kept, COAST)).alerts] == ["retraction"]


def test_a_list_of_places_is_told() -> None:
    alert = then(COAST, text(COAST, "the districts of Chana, Thepa and Natawi in southern Norland")).alert
    assert alert.change == "initial"


def test_a_time_that_no_longer_limits_a_line_is_told() -> None:
    limited = "Visitors may stay at the coast without a visa for tourism until 31 December 2025."
    [alert] = then(text(COAST, limited), text(COAST, limited.replace(" until 31 December 2025", ""))).alerts
    assert alert.change == "update"


def test_a_page_stays_one_while_its_headline_stands() -> None:
    desk = Desk()
    for body in (COAST, text(COAST, MUST)):
        desk.tell(body, PAGE)
    assert len(desk.tell(text(COAST, MUST, RISKS, CLOSED), PAGE).alerts) == 1


def test_advice_to_the_reader_is_nobodys_position() -> None:
    outcome = then(COAST, text(COAST, "You should consider the risks of a journey by sea."), REPORT)
    assert outcome.of_kind("position") == []
