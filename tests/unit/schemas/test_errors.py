"""One clear line out of a pydantic error, whatever was sent."""

from typing import Annotated, Any

import pytest
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from schemas.errors import MAX_SHOWN, explain


class Inner(BaseModel):
    count: int


class Outer(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)
    name: Annotated[str, Field(max_length=100)] = ""
    inner: tuple[Inner, ...] = ()


def line(**fields: Any) -> str:
    with pytest.raises(ValidationError) as refused:
        Outer.model_validate(fields)
    return explain(refused.value)


def test_the_place_within_a_list_is_told() -> None:
    assert line(inner=({"count": 1}, {"count": None})) == "inner[1].count: should be a valid integer (got null)"


def test_three_errors_are_told_and_the_others_counted() -> None:
    assert line(a=1, b=2, c=3) == "a: is not a known field; b: is not a known field; c: is not a known field"
    assert line(a=1, b=2, c=3, d=4, e=5) == (
        "a: is not a known field; b: is not a known field; c: is not a known field; and 2 more"
    )


def test_a_long_value_is_cut() -> None:
    assert line(inner="x" * 10_000) == f"inner: should be a valid tuple (got '{'x' * MAX_SHOWN}…')"


def test_a_strange_name_is_escaped_and_cut() -> None:
    assert line(**{"a\nb\x1b[31m": 1}) == "a\\nb\\x1b[31m: is not a known field"
    assert line(**{"n" * 10_000: 1}) == f"{'n' * MAX_SHOWN}…: is not a known field"


def test_a_lone_surrogate_can_be_printed() -> None:
    told = line(name="\ud800")
    assert told.startswith("name: ")
    assert told.encode("utf-8").endswith(b"(got '\\ud800')")
