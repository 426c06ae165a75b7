"""Meaning changed: a number, a unit, a date, a time, from and to."""

import re
from random import Random

from tests.evaluation.metamorphic.kept_numbers import COUNTED, WORDS
from tests.evaluation.metamorphic.kept_times import MONTHS
from tests.evaluation.metamorphic.passage import Passage, change_one

COUNT = re.compile(rf"(?<![\w.,:/-])(\d{{1,3}}(?:,\d{{3}})*|\d+)(?= (?:[a-z]+ )?(?:{COUNTED})\b)")
COUNT_WORD = re.compile(rf"\b({'|'.join(WORDS[3:])})(?= (?:[a-z]+ )?(?:{COUNTED})\b)", re.I)
SUM = re.compile(r"(?<=[$£€])(\d+(?:\.\d+)?)(?=(?: ?(?:bn|billion|m|million))?\b)(?![\d,])")
SHARE = re.compile(r"(?<![\w.,-])(\d{1,2}(?:\.\d)?)(?=%| per ?cent\b)")
UNITS = {
    "km": "miles", "kilometres": "miles", "kilometers": "miles", "miles": "km", "metres": "feet", "meters": "feet",
    "feet": "metres", "kilograms": "pounds", "hours": "days", "days": "weeks", "weeks": "months", "months": "weeks",
    "minutes": "hours", "million": "billion", "billion": "million",
}  # fmt: skip
UNIT = re.compile(rf"(?<=\d )(?:{'|'.join(UNITS)})\b(?! ago)")
CURRENCY = re.compile(r"[$£€](?=\d)")
MONTH_DAY = re.compile(rf"\b(?P<month>{MONTHS}) (?P<day>\d{{1,2}})\b")
DAY_MONTH = re.compile(rf"\b(?P<day>\d{{1,2}}) (?P<month>{MONTHS})\b")
AHEAD = re.compile(
    r"\b(?P<before>(?:will|due|expected|scheduled|to be|is to|are to|begins?|opens?|closes?)\b"
    r"(?:(?!\bsa(?:id|ys)\b)[^.\n]){0,60}? on )"
    r"(?P<day>Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)\b"
)
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
CLOCK = re.compile(
    r"(?<![\d:.€£$(])(?P<hour>[01]?\d|2[0-3])(?P<rest>(?::[0-5]\d(?: ?[ap]\.?m\b)?|\.[0-5]\d ?[ap]\.?m\b))(?![\d%:])"
    r"(?![^\n]{0,16}\()"
)
FROM_TO = re.compile(r"\bfrom (?P<a>[$£€]?\d[\d,.]*\d|\d)(?P<unit>[ %\w]{0,12}?) to (?P<b>[$£€]?\d[\d,.]*\d|\d)(?!\d)")


def count_changed(passage: Passage, rng: Random) -> Passage | None:
    return change_one(passage, rng, COUNT, lambda match: _other(match.group(1), rng))


def count_in_words_changed(passage: Passage, rng: Random) -> Passage | None:
    return change_one(passage, rng, COUNT_WORD, lambda match: _other_word(match.group(1), rng))


def sum_changed(passage: Passage, rng: Random) -> Passage | None:
    return change_one(passage, rng, SUM, lambda match: _other(match.group(1), rng))


def share_changed(passage: Passage, rng: Random) -> Passage | None:
    return change_one(
        passage, rng, SHARE, lambda match: _other(match.group(1), rng) if float(match.group(1)) < 60 else "59"
    )


def _other(written: str, rng: Random) -> str:
    """A number of the same form, larger by a tenth to a half, or by one."""
    number = float(written.replace(",", ""))
    larger = number + max(1, round(number * rng.uniform(0.1, 0.5)))
    if "." in written:
        return f"{larger:.{len(written.partition('.')[2])}f}"
    return f"{larger:,.0f}" if "," in written else f"{larger:.0f}"


def _other_word(written: str, rng: Random) -> str:
    larger = WORDS[min(WORDS.index(written.lower()) + rng.randint(1, 4), 20)]
    return larger.capitalize() if written[0].isupper() else larger


def unit_changed(passage: Passage, rng: Random) -> Passage | None:
    return change_one(passage, rng, UNIT, lambda match: UNITS[match.group()])


def currency_changed(passage: Passage, rng: Random) -> Passage | None:
    return change_one(passage, rng, CURRENCY, lambda match: {"$": "€", "€": "$", "£": "€"}[match.group()])


def day_of_month_changed(passage: Passage, rng: Random) -> Passage | None:
    def later(match: re.Match[str]) -> str:
        day = int(match.group("day"))
        return match.group().replace(match.group("day"), str(day + rng.randint(1, 3) if day < 25 else day - 2), 1)

    return change_one(passage, rng, MONTH_DAY, later) or change_one(passage, rng, DAY_MONTH, later)


def weekday_ahead_changed(passage: Passage, rng: Random) -> Passage | None:
    def next_day(match: re.Match[str]) -> str:
        return match.group("before") + DAYS[(DAYS.index(match.group("day")) + 1) % 7]

    return change_one(passage, rng, AHEAD, next_day)


def clock_changed(passage: Passage, rng: Random) -> Passage | None:
    def later(match: re.Match[str]) -> str:
        hour = int(match.group("hour"))
        return f"{hour + 1 if hour not in (11, 12, 23) else hour - 2}{match.group('rest')}"

    return change_one(passage, rng, CLOCK, later)


def from_and_to_exchanged(passage: Passage, rng: Random) -> Passage | None:
    return change_one(passage, rng, FROM_TO, lambda m: f"from {m.group('b')}{m.group('unit')} to {m.group('a')}")
