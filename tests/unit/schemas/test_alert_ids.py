"""Alert ids: the same for the same alert for ever, another one as soon as anything but the wording differs."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from schemas.alerts import alert_id, canonical_value
from schemas.values import EventStatusValue, EventTimeValue, FigureValue, QuoteValue, Value

CALL: dict[str, Any] = {
    "story_key": "trump-putin-call",
    "article_id": "https://example.org/call",
    "version": 2,
    "kind": "event-status",
    "change": "update",
    "key": "event-status|call|putin+trump|1",
    "value": EventStatusValue(text="ended", status="ended"),
}


def test_golden_ids() -> None:
    """If this fails, the change is wrong, not the literals: ids are kept in subscribers' databases.

    The literals were made by another implementation of UUIDv5 (in JavaScript), from the recipe alone.
    """
    assert alert_id(**CALL) == UUID("4640a6a8-30a1-54a3-92bf-280f80ef351f")
    withdrawn = CALL | {"story_key": "späte-flut", "change": "retraction", "value": None}
    assert alert_id(**withdrawn) == UUID("7b690a8d-ec49-518c-a02f-5de160f1cbe1")


def test_the_wording_of_a_value_does_not_matter() -> None:
    said_otherwise = EventStatusValue(text="is over", status="ended")
    assert alert_id(**CALL | {"value": said_otherwise}) == alert_id(**CALL)


def test_equal_values_are_written_alike() -> None:
    billions = FigureValue(text="$1.2bn", number=1.2 * 10**9, unit="USD")
    digits = FigureValue(text="1,200,000,000 dollars", number=1_200_000_000, unit="USD")
    assert (
        canonical_value(billions)
        == canonical_value(digits)
        == {
            "number": 1_200_000_000,
            "unit": "USD",
            "comparator": "exactly",
        }
    )
    assert repr(canonical_value(billions)) == repr(canonical_value(digits))


def test_a_time_is_written_in_utc_and_null_fields_are_left_out() -> None:
    at = datetime.fromisoformat("2025-03-18T17:00:00+03:00")
    value = EventTimeValue(text="17:00 Moscow time", at=at, precision="minute")
    assert canonical_value(value) == {"at": "2025-03-18T14:00:00Z", "precision": "minute", "comparator": "exactly"}


def test_no_value_is_null() -> None:
    assert canonical_value(None) is None
    assert alert_id(**CALL | {"value": None}) != alert_id(**CALL)


words = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20)
short = st.text(st.characters(exclude_categories=["Cs"]), max_size=80)
moments = st.datetimes(timezones=st.just(UTC))
values: st.SearchStrategy[Value | None] = st.one_of(
    st.none(),
    st.builds(EventStatusValue, text=short, status=st.sampled_from(["ongoing", "ended"])),
    st.builds(FigureValue, text=short, number=st.integers(0, 99) | st.floats(0, 99), unit=words),
    st.builds(QuoteValue, text=words, words=words, fragment=st.booleans()),
    st.builds(EventTimeValue, text=short, at=moments, precision=st.just("minute")),
)
parts = st.fixed_dictionaries(
    {
        "story_key": words,
        "article_id": words,
        "version": st.integers(1, 2**63 - 1),
        "kind": st.sampled_from(["figure", "event-status", "quote"]),
        "change": st.sampled_from(["initial", "update", "retraction"]),
        "key": words,
        "value": values,
    }
)


@given(parts, short)
def test_the_text_never_matters(alert: dict[str, Any], text: str) -> None:
    value = alert["value"]
    reworded = None if value is None else value.model_copy(update={"text": text})
    assert alert_id(**alert | {"value": reworded}) == alert_id(**alert)


@given(parts, parts, st.sampled_from(sorted(CALL)))
def test_all_else_matters(alert: dict[str, Any], other: dict[str, Any], part: str) -> None:
    changed = alert | {part: other[part]}
    same = changed == alert or (
        part == "value" and canonical_value(changed["value"]) == canonical_value(alert["value"])
    )
    assert (alert_id(**changed) == alert_id(**alert)) is same


@given(parts)
def test_the_id_is_that_of_the_value_as_subscribers_read_it(alert: dict[str, Any]) -> None:
    value = alert["value"]
    as_read = None if value is None else type(value).model_validate_json(value.model_dump_json())
    assert alert_id(**alert | {"value": as_read}) == alert_id(**alert)
