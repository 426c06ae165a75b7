"""What a fact of each kind says: its typed value, always with a readable ``text``."""

from math import isfinite
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, ConfigDict, Field, JsonValue, model_validator

from schemas.base import Kind, Lenient, UtcTime

MAX_TEXT = 80  # characters of a value's readable text, the words of a quote excepted

ShortText = Annotated[str, Field(max_length=MAX_TEXT)]
Precision = Literal["second", "minute", "hour", "day", "week", "month", "quarter", "year"]
Comparator = Literal["exactly", "about", "at least", "more than", "at most", "fewer than", "between"]
MAX_EXACT = 2**53  # from here on a float no longer tells whole numbers apart
EventStatus = Literal["scheduled", "ongoing", "suspended", "resumed", "ended", "cancelled", "postponed"]
Stance = Literal["supports", "agrees", "rejects", "denies", "demands", "considers"]


def _one_form(number: int | float) -> int | float:
    """12.0 as 12, so that equal values are written alike and yield equal alert ids."""
    if isinstance(number, float):
        if not isfinite(number):
            raise ValueError("should be a finite number")
        if number.is_integer() and abs(number) < MAX_EXACT:
            return int(number)
    return number


Number = Annotated[int | float, AfterValidator(_one_form)]


def _any_of(*groups: tuple[str, ...]) -> ConfigDict:
    """For the JSON Schema: of at least one of these groups of nullable fields, all are given."""
    given: list[JsonValue] = [
        {"required": list(group), "properties": {name: {"not": {"type": "null"}} for name in group}} for group in groups
    ]
    return ConfigDict(json_schema_extra={"anyOf": given})


class Value(Lenient):
    """What every value has: ``text``, as a reader would say it."""

    text: ShortText


class EventStatusValue(Value):
    status: EventStatus


class EventTimeValue(Value):
    """A moment (``at``, with its precision and the zone as written) or a duration (``minutes``)."""

    model_config = _any_of(("at",), ("minutes",))

    at: UtcTime | None = None
    precision: Precision | None = None
    zone: str | None = None
    minutes: Number | None = None
    comparator: Comparator = "exactly"

    @model_validator(mode="after")
    def _says_when(self) -> Self:
        if self.at is None and self.minutes is None:
            raise ValueError("should have `at` or `minutes`")
        return self


class StatementValue(Value):
    status: Literal["expected", "released"]


class QuoteValue(Value):
    """``text`` and ``words`` are the words as printed; ``fragment`` is true for less than a sentence."""

    text: str
    words: str
    fragment: bool
    where: str | None = None


class FigureValue(Value):
    """``number``, or ``low`` and ``high`` of a range; ``unit`` is people, USD, %, level, km, tin …"""

    model_config = _any_of(("number",), ("low", "high"))

    number: Number | None = None
    low: Number | None = None
    high: Number | None = None
    unit: str
    comparator: Comparator = "exactly"

    @model_validator(mode="after")
    def _says_how_many(self) -> Self:
        if self.number is None and (self.low is None or self.high is None):
            raise ValueError("should have `number`, or `low` and `high`")
        return self


class PositionValue(Value):
    stance: Stance


class ParticipantValue(Value):
    actor: str


class ActionValue(Value):
    occurred: bool


class CorrectionValue(Value):
    old: str | None = None
    new: str | None = None
    note: str


VALUE_OF_KIND: dict[Kind, type[Value]] = {
    "event-status": EventStatusValue,
    "event-time": EventTimeValue,
    "statement": StatementValue,
    "quote": QuoteValue,
    "figure": FigureValue,
    "position": PositionValue,
    "participant": ParticipantValue,
    "action": ActionValue,
    "correction": CorrectionValue,
}
