"""A pydantic error in one clear line: which field, what was expected, what was there."""

import json

from pydantic import ValidationError
from pydantic_core import ErrorDetails

MAX_ERRORS = 3  # told in one line; the others are counted
MAX_SHOWN = 40  # characters of a value or of a field's name

_WORDS = {
    "missing": "is missing",
    "extra_forbidden": "is not a known field",
    "datetime_from_date_parsing": "should be a time that exists",
    "datetime_parsing": "should be a time with its zone",
    "model_type": "should be an object",
    "timezone_aware": "should have a time zone",
}
_GIVEN_AWAY = ("missing", "extra_forbidden", "json_invalid", "body_too_long")  # nothing is gained by showing the value


def explain(error: ValidationError) -> str:
    """One line for the first errors: ``updated_at: should have a time zone (got '2024-01-01T00:00'); and 2 more``."""
    errors = error.errors(include_url=False)
    told = [_explain_one(one) for one in errors[:MAX_ERRORS]]
    more = [f"and {len(errors) - MAX_ERRORS} more"] if len(errors) > MAX_ERRORS else []
    return "; ".join(told + more)


def explain_each(error: ValidationError) -> list[tuple[tuple[int | str, ...], str]]:
    """Where each error stands, and what was expected there."""
    return [(one["loc"], _without_field(one)) for one in error.errors(include_url=False)]


def _explain_one(one: ErrorDetails) -> str:
    field = _field(one["loc"])
    return f"{field}: {_without_field(one)}" if field else _without_field(one)


def _without_field(one: ErrorDetails) -> str:
    line = _expectation(one)
    of_whole = one["type"] == "value_error" and isinstance(one["input"], dict)
    return line if of_whole or one["type"] in _GIVEN_AWAY else f"{line} (got {_shown(one['input'])})"


def _field(location: tuple[int | str, ...]) -> str:
    """``("subjects", 0, "id")`` as ``subjects[0].id``."""
    parts = (f"[{part}]" if isinstance(part, int) else f".{_printable(part)}" for part in location)
    return "".join(parts).removeprefix(".")


def _expectation(one: ErrorDetails) -> str:
    message = _WORDS.get(one["type"], one["msg"])
    if one["type"] == "json_invalid":
        return message.replace("Invalid JSON:", "is not valid JSON:", 1)
    for subject in ("Input ", "String ", "List ", "Value error, "):
        message = message.removeprefix(subject)
    return message


def _shown(value: object) -> str:
    if isinstance(value, str):
        return repr(value[:MAX_SHOWN] + "…" if len(value) > MAX_SHOWN else value)
    if isinstance(value, dict):
        return "an object"
    if isinstance(value, list | tuple):
        return "a list"
    return json.dumps(value) if value is None or isinstance(value, bool | int | float) else type(value).__name__


def _printable(name: str) -> str:
    """A field's name as somebody sent it: it may be anything."""
    short = name[:MAX_SHOWN] + "…" if len(name) > MAX_SHOWN else name
    return short if short.isprintable() else ascii(short)[1:-1]
