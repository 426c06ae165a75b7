"""A fact's value is of its kind, and what wiredelta writes is read leniently."""

import json
from datetime import UTC, datetime
from typing import Any, get_args

import pytest
from pydantic import ValidationError

from schemas.base import Kind
from schemas.errors import explain
from schemas.facts import MAX_ASSERTIONS, Assertion, Evidence, Fact
from schemas.values import MAX_TEXT, VALUE_OF_KIND, EventTimeValue, FigureValue, StatementValue

NOON = datetime(2025, 4, 8, 12, 0, tzinfo=UTC)
EVIDENCE = Evidence(article_id="a", version=1, source="s", field="body", start=0, end=12, sentence="12 were dead")
DEAD = FigureValue(text="12", number=12, unit="people")


def fact(**fields: Any) -> Fact:
    usual = {"kind": "figure", "key": "figure|dead|killed|dam|", "subject": "dead", "value": DEAD, "evidence": EVIDENCE}
    return Fact.model_validate(usual | {"first_seen": NOON, "last_seen": NOON} | fields)


def test_every_kind_has_a_value_type_of_its_own() -> None:
    assert set(VALUE_OF_KIND) == set(get_args(Kind))
    assert len(set(VALUE_OF_KIND.values())) == len(VALUE_OF_KIND)


def test_a_value_is_read_as_its_kind_says() -> None:
    read = Fact.model_validate_json(fact().model_dump_json())
    assert type(read.value) is FigureValue
    assert read == fact()


def test_the_value_of_an_assertion_too() -> None:
    said = Assertion(kind="figure", version=1, updated_at=NOON, value=DEAD, evidence=EVIDENCE)
    read = Fact.model_validate_json(fact(asserted={"a": said}).model_dump_json())
    assert type(read.asserted["a"].value) is FigureValue


@pytest.mark.parametrize(
    ("fields", "line"),
    [
        ({"value": {"text": "12"}}, "value.unit: is missing"),
        ({"value": {"text": "x" * (MAX_TEXT + 1), "unit": "people"}}, "value.text: should have at most 80 characters"),
        ({"value": DEAD.model_dump() | {"number": float("inf")}}, "value.number: should be a finite number (got Inf"),
        (
            {"value": {"text": "12", "unit": "people"}},
            "value: should have `number`, or `low` and `high`",
        ),
        ({"kind": "quote"}, "value: should be a QuoteValue, as the kind is quote (got FigureValue)"),
        ({"kind": "rumour"}, "kind: should be 'correction', 'event-status', "),
        ({"key": "x" * 401}, "key: should have at most 400 characters"),
    ],
)
def test_a_wrong_value_names_its_field(fields: dict[str, Any], line: str) -> None:
    with pytest.raises(ValidationError) as refused:
        fact(**fields)
    assert explain(refused.value).startswith(line)


def test_a_value_of_another_kind_is_refused() -> None:
    with pytest.raises(ValidationError) as refused:
        fact(value=StatementValue(text="released", status="released"))
    assert explain(refused.value) == "value: should be a FigureValue, as the kind is figure (got StatementValue)"


def test_the_words_of_a_quote_may_be_long() -> None:
    words = "word " * 40
    quote = fact(kind="quote", value={"text": words, "words": words, "fragment": False})
    assert quote.value.text == words


def test_unknown_fields_are_ignored_so_that_newer_workers_may_add_some() -> None:
    newer = json.loads(fact().model_dump_json()) | {"confidence": 0.9}
    newer["value"] |= {"per": "day"}
    assert Fact.model_validate_json(json.dumps(newer)) == fact()


def test_a_fact_remembers_a_bounded_number_of_articles() -> None:
    said = Assertion(kind="figure", version=1, updated_at=NOON, value=DEAD, evidence=EVIDENCE)
    articles = {f"article {number}": said for number in range(MAX_ASSERTIONS + 1)}
    with pytest.raises(ValidationError):
        fact(asserted=articles)
    articles.popitem()
    assert len(fact(asserted=articles).asserted) == MAX_ASSERTIONS


@pytest.mark.parametrize(("number", "written"), [(12.0, "12"), (8.5, "8.5"), (-3.0, "-3"), (1e30, "1e+30")])
def test_whole_numbers_are_written_as_such(number: float, written: str) -> None:
    assert f'"number":{written},' in FigureValue(text="x", number=number, unit="km").model_dump_json()


def test_a_duration_has_minutes_and_no_moment() -> None:
    value = EventTimeValue(text="two hours", minutes=120)
    assert (value.minutes, value.at) == (120, None)
