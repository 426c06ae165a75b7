"""Times of day as printed: "10:00", "4.20am", "9 p.m.", "0900 GMT", "noon". Shapes only, no date and no zone."""

import re
from dataclasses import dataclass

_ZONE_AHEAD = r"(?-i:\s?\(?(?:GMT|UTC|[A-Z]{1,4}T\b|Z\b|MSK|hours\b|hrs\b|local\b))"
_RANGE = r"\s?(?:-|–|—|to|until|till|and)\s?"
_HOURS_IN_WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
# Where a time of day may begin; most texts have few such places.
_DIGITS = re.compile(r"[0-9](?<![\w:/$€£¥].)(?<![0-9][.,].)")
_WORDS = re.compile(rf"\b(?:noon|midday|midnight|(?:{'|'.join(_HOURS_IN_WORDS)})(?=\so['’]clock))\b", re.IGNORECASE)
_HOUR = rf"(?:1[0-2]|[1-9]|{'|'.join(_HOURS_IN_WORDS)})"
# "at six this morning", "shortly after nine on Friday": an hour alone, where a day or its part follows.
_BARE = re.compile(
    rf"\b(?:at|(?:just|shortly|soon)\s(?:after|before)|until|till)\s(?:about\s|around\s)?(?P<bare>{_HOUR})"
    r"(?=\s(?:this|tomorrow|yesterday)\s(?:morning|afternoon|evening)\b|\s(?:tonight|today|tomorrow|yesterday)\b"
    r"|\sin\sthe\s(?:morning|afternoon|evening)\b|\sat\snight\b|\son\s(?:[A-Z][a-z]+day)\b)",
)
_BARE_LATE = re.compile(r"(?:\s\w+){0,3}\s(?:afternoon|evening|tonight|night)\b")
_SIGNS_OF_WORDS = ("noon", "midday", "midnight", "clock")
_CLOCK = re.compile(
    rf"""
    (?P<hour>1[0-2]|0?[0-9])(?:[:.](?P<minute>[0-5][0-9])(?::[0-5][0-9])?)?\s?(?P<half>[ap])(?:\.\s?m\b\.?|m\b)
  | (?P<hour24>[01]?[0-9]|2[0-4]):(?P<minute24>[0-5][0-9])(?::[0-5][0-9])?(?![\w:]|[.,][0-9])
  | (?P<hour_dot>[01]?[0-9]|2[0-4])\.(?P<minute_dot>[0-5][0-9])(?={_ZONE_AHEAD})
  | (?P<hour4>[01][0-9]|2[0-4])(?P<minute4>[0-5][0-9])(?={_ZONE_AHEAD}|{_RANGE}0[0-9][0-5][0-9]\b)
  | (?P<hour0>0[0-9])(?P<minute0>[0-5][0-9])(?![\w]|[.,-][0-9]|\s[0-9])
  | (?P<bare_hour>[01]?[0-9]|2[0-4])(?=\s?(?:GMT|UTC)\b)
  | (?P<hour_h>[01]?[0-9]|2[0-4])h(?P<minute_h>[0-5][0-9])\b
  | (?P<oclock>1[0-2]|[1-9]|{"|".join(_HOURS_IN_WORDS)})\s+o['’]clock\b
  | (?P<word>noon|midday|midnight)\b(?!\s+(?:snack|sun|oil)\b)
    """,
    re.VERBOSE | re.IGNORECASE,
)
# "9 to 11 a.m.", "9-11 a.m.": the first number is a time as well and takes the second's half of the day.
_FIRST_OF_RANGE = re.compile(
    r"(?<![\w:.,$])(1[0-2]|0?[1-9])(?:[:.]([0-5][0-9]))?(?=\s?(?:-|–|—|\bto\b|\band\b|\bor\b)\s?\Z)"
)
_WORD_HOURS = {"noon": 12, "midday": 12, "midnight": 24}
_RANGE_WINDOW = 14  # characters before a time in which the first of a range can stand


@dataclass(frozen=True, slots=True)
class ClockTime:
    """``hour`` is 0 to 24 (24: the midnight that ends the day), ``minute`` 0 to 59; no date, no zone.

    ``bare``: an hour alone, "at six this morning", which need not be so to the minute.
    """

    start: int
    end: int
    hour: int
    minute: int
    bare: bool = False


# "one o'clock on Monday afternoon", "ten o'clock at night"
_LATE = re.compile(
    r"\s+(?:(?:on\s+|yesterday\s+|this\s+|tomorrow\s+|in\s+the\s+)?(?:[A-Z][a-z]+day\s+)?(?:afternoon|evening)|at\s+night)\b"
)


def find_clock_times(text: str) -> list[ClockTime]:
    """All times of day, in order of their place."""
    found: list[ClockTime] = []
    end = 0
    for start in _candidates(text):
        match = _CLOCK.match(text, start) if start >= end else None
        clock = _read(match) if match else None
        if match is None or clock is None:
            continue
        first = _first_of_range(text, match, end)
        found += [first, clock] if first else [clock]
        end = clock.end
    return _with_bare_hours(text, found)


def _with_bare_hours(text: str, found: list[ClockTime]) -> list[ClockTime]:
    taken = {one.start for one in found}
    bare = [_bare_hour(match) for match in _BARE.finditer(text) if match.start("bare") not in taken]
    return sorted([*found, *bare], key=lambda one: one.start) if bare else found


def _bare_hour(match: re.Match[str]) -> ClockTime:
    hour = _hour(match["bare"])
    late = _BARE_LATE.match(match.string, match.end())
    return ClockTime(*match.span("bare"), hour % 12 + 12 if late else hour, 0, bare=True)


def _hour(word: str) -> int:
    """Of "six", "Six" or "6"."""
    return int(word) if word.isdigit() else _HOURS_IN_WORDS.index(word.lower()) + 1


def _candidates(text: str) -> list[int]:
    starts = [one.start() for one in _DIGITS.finditer(text)]
    lower = text.lower()
    if any(sign in lower for sign in _SIGNS_OF_WORDS):
        return sorted({*starts, *(one.start() for one in _WORDS.finditer(text))})
    return starts


def _read(match: re.Match[str]) -> ClockTime | None:
    part = match.groupdict()
    if part["half"]:
        hour = int(part["hour"]) % 12 + (12 if part["half"] in "pP" else 0)
        return ClockTime(*match.span(), hour, int(part["minute"] or 0))
    if part["word"]:
        return ClockTime(*match.span(), _WORD_HOURS[part["word"].lower()], 0)
    if part["oclock"]:
        hour = _hour(part["oclock"])
        return ClockTime(*match.span(), hour % 12 + 12 if _LATE.match(match.string, match.end()) else hour, 0)
    hour_text = (
        part["hour24"] or part["hour_dot"] or part["hour4"] or part["hour0"] or part["bare_hour"] or part["hour_h"]
    )
    minute_text = (
        part["minute24"] or part["minute_dot"] or part["minute4"] or part["minute0"] or part["minute_h"] or "0"
    )
    hour, minute = int(hour_text), int(minute_text)
    return None if hour == 24 and minute else ClockTime(*match.span(), hour, minute)


def _first_of_range(text: str, match: re.Match[str], floor: int) -> ClockTime | None:
    if not match["half"]:
        return None
    window = max(floor, match.start() - _RANGE_WINDOW)
    first = _FIRST_OF_RANGE.search(text[window : match.start()])
    if first is None:
        return None
    later = int(match["hour"]) % 12
    hour = int(first[1]) % 12
    afternoon = match["half"] in "pP"
    if hour > later:  # "10 to 2 p.m." runs over noon
        afternoon = not afternoon
    return ClockTime(window + first.start(), window + first.end(), hour + 12 * afternoon, int(first[2] or 0))
