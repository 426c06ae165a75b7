"""Every condition of a filter, alone and together, and the filter language with its nulls and its errors."""

import pytest

from schemas.alerts import Alert
from streams.client.filters import AlertFilter, compile_where
from tests.unit.cli.samples import alert, toll_fact

CALL = alert(source="Reuters")
TOLL = alert(
    kind="figure",
    change="initial",
    story_id="dam",
    headline="Dam breaks",
    summary="killed at the dam: 17",
    before=None,
    after=toll_fact(17, "At least 17 people were killed, Governor Ana Silva said."),
    priority="urgent",
)
MUTED = alert(priority="routine")


@pytest.mark.parametrize(
    ("wanted", "unwanted"),
    [
        (AlertFilter(story="call"), AlertFilter(story="dam")),
        (AlertFilter(change="update"), AlertFilter(change="retraction")),
        (AlertFilter(outlet="reuters"), AlertFilter(outlet="reuter")),
        (AlertFilter(actor="putin"), AlertFilter(actor="put")),
        (AlertFilter(actor="Vladimir Putin"), AlertFilter(actor="Putin Vladimir")),
        (AlertFilter(match="ENDS"), AlertFilter(match="starts")),
        (AlertFilter(match="ongoing →"), AlertFilter(match="→ ongoing")),
        (AlertFilter(match="ceasefire in ukraine"), AlertFilter(match="ceasefire in gaza")),
        (AlertFilter(min_priority="flash"), AlertFilter(min_priority="flash", story="dam")),
        (AlertFilter(where='after.value.status == "ended"'), AlertFilter(where='after.value.status == "ongoing"')),
        (AlertFilter(story="call", change="update", actor="trump"), AlertFilter(story="call", change="initial")),
    ],
)
def test_a_condition_lets_through_what_it_names_and_nothing_else(wanted: AlertFilter, unwanted: AlertFilter) -> None:
    assert wanted.matches(CALL)
    assert not unwanted.matches(CALL)


def test_without_conditions_everything_matches() -> None:
    assert all(AlertFilter().matches(one) for one in (CALL, TOLL, MUTED))


@pytest.mark.parametrize(
    ("least", "passing"), [("routine", [CALL, TOLL, MUTED]), ("urgent", [CALL, TOLL]), ("flash", [CALL])]
)
def test_min_priority_is_a_threshold(least: str, passing: list[Alert]) -> None:
    chosen = AlertFilter(min_priority=least)  # type: ignore[arg-type]
    assert [one for one in (CALL, TOLL, MUTED) if chosen.matches(one)] == passing


@pytest.mark.parametrize(("actor", "acts"), [("governor", True), ("the governor", True), ("mayor", False)])
def test_a_source_is_an_actor(actor: str, acts: bool) -> None:
    assert AlertFilter(actor=actor).matches(TOLL) is acts


def test_a_seat_of_government_stands_for_the_country() -> None:
    told = CALL.after.model_copy(update={"key": "statement|russia|statement|call"}) if CALL.after else None
    statement = alert(before=None, after=told)
    assert AlertFilter(actor="Kremlin").matches(statement)
    assert not AlertFilter(actor="White House").matches(statement)


def test_actor_and_text_are_looked_for_in_related_facts_too() -> None:
    with_toll = alert(related=(toll_fact(17, "At least 17 were killed."),))
    assert AlertFilter(actor="governor", match="at least 17").matches(with_toll)
    assert not AlertFilter(actor="governor", match="at least 17").matches(CALL)


@pytest.mark.parametrize(
    "expression",
    [
        "after.value.number >= 17",
        "after.value.number < 17.5",
        'kind == "figure" && priority in ["urgent", "flash"]',
        "before == null",
        "before == null || before.value.number < after.value.number",
        'timestamp(updated_at) > timestamp("2025-03-18T11:59:59Z")',
        'detected_at > "2025-03-18"',
        'after.attribution.exists(who, who.contains("governor"))',
        "size(related) == 0 && !silent_edit",
        'after.evidence.sentence.matches("[0-9]+ people")',
    ],
)
def test_expressions_that_are_true_of_the_toll(expression: str) -> None:
    assert compile_where(expression)(TOLL)


@pytest.mark.parametrize(
    "expression",
    [
        "has(before.value)",  # before is null
        "before.value.number > 1",
        "after.value.low > 3",  # a range's field, null here
        "after.value.status == 'ended'",  # another kind's field
        "after.value.number > 'many'",
        "1 / 0 == 1",
        "summary",  # not a truth value
        "after.value.number",
    ],
)
def test_an_evaluation_error_or_no_truth_value_does_not_match(expression: str) -> None:
    assert not compile_where(expression)(TOLL)


@pytest.mark.parametrize(
    ("expression", "told"),
    [
        ("kind ==", r"^not a CEL expression: column 8: Syntax error: "),
        ("", r"^not a CEL expression: column 1: "),
        ("kind == 'x", r"^not a CEL expression: column 9: "),
        ("(" * 50, r"^not a CEL expression: column 51: "),
        ("knd == 'figure'", r"^an alert has no field 'knd'; it has id, kind, "),
        ("[1].exists(x, x > y)", r"^an alert has no field 'y'"),
        ("kind.lowerCase() == 'figure'", r"^CEL has no function 'lowerCase'$"),
    ],
)
def test_a_bad_expression_is_told_at_once_in_one_line(expression: str, told: str) -> None:
    with pytest.raises(ValueError, match=told) as caught:
        AlertFilter(where=expression)
    assert "\n" not in str(caught.value)
