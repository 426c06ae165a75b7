"""Calendar dates as printed: "June 24", "24 June 2025", "Feb. 10", "2025-06-24". Shapes only, no year is guessed."""

import re
from dataclasses import dataclass, replace

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("January", "Jan"),
            ("February", "Feb"),
            ("March", "Mar"),
            ("April", "Apr"),
            ("May",),
            ("June", "Jun"),
            ("July", "Jul"),
            ("August", "Aug"),
            ("September", "Sept", "Sep"),
            ("October", "Oct"),
            ("November", "Nov"),
            ("December", "Dec"),
        ),
        start=1,
    )
    for name in names
}
# Month names are read with a capital only, so that "may" and "march" stay words.
MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\b\.?)"
)
_DAY = r"(?:3[01]|[12][0-9]|0?[1-9])"
_YEAR = r"(?:1[5-9]|20)[0-9]{2}"
_NOT_A_DAY = (
    r"(?!(?:st|nd|rd|th)?[0-9])(?!\.[0-9])(?!,[0-9]{3}(?![0-9]))(?!\s?(?:%|percent\b|per\s+cent\b|pct\b|million\b|billion\b"
    r"|thousand\b|hundred\b|bn\b|years?\b|days?\b|hours?\b|km\b|kilomet))(?![:/][0-9])(?!-[a-z])"
)
_MONTH_DAY = (
    rf"(?P<month>{MONTH})\s+(?P<day>{_DAY})(?:st|nd|rd|th)?\b{_NOT_A_DAY}(?:\s?,?\s+(?P<year>{_YEAR})\b(?!\s?,[0-9]))?"
)
_DAY_MONTH = (
    rf"(?P<day2>{_DAY})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<month2>{MONTH})\b(?:\s?,?\s+(?P<year2>{_YEAR})\b(?!\s?,[0-9]))?"
)
_ISO = rf"(?P<year3>{_YEAR})-(?P<month3>0[1-9]|1[0-2])-(?P<day3>{_DAY})\b"
_MONTH_YEAR = rf"(?P<month4>{MONTH}),?\s+(?:of\s+)?(?P<year4>{_YEAR})\b"
_DATE = re.compile(rf"{_MONTH_DAY}|{_MONTH_YEAR}|{_DAY_MONTH}|{_ISO}")
_CANDIDATE = re.compile(r"(?<![\w.,$€£/])(?<![A-Za-z]-)(?:[0-9]|[JFMASOND][aepuco][a-z])")  # where a date may begin
_SECOND_DAY = re.compile(
    rf"\s?(?:-|–|—|to|and|or|&)\s?(?P<day>{_DAY})(?:st|nd|rd|th)?\b(?!\s+(?:{MONTH}|[a-z]+s\b)){_NOT_A_DAY}"
    rf"(?:,?\s+(?P<year>{_YEAR})\b)?"
)
_FIRST_DAY = re.compile(rf"(?<![\w.,$€£:-])(?P<day>{_DAY})(?:st|nd|rd|th)?(?=\s?(?:-|–|—|to|and|or|&)\s?\Z)")
_SIGN_OF_DATE = re.compile(rf"{MONTH}|-[0-9]{{2}}-")
_COUNT_AFTER_IN = re.compile(r"\b[Ii]n\s+\Z")
_NOUN_AHEAD = re.compile(r"\s+[a-z]")
_WINDOW = 10  # characters before a date in which the first day of "24 and 25 June" can stand


@dataclass(frozen=True, slots=True)
class CalendarDate:
    """``year`` is None where none is printed; ``day`` is None for a month with its year ("June 2025")."""

    start: int
    end: int
    year: int | None
    month: int
    day: int | None


def find_calendar_dates(text: str) -> list[CalendarDate]:
    """All dates with a month and a day or a year, in order of their place."""
    if not _SIGN_OF_DATE.search(text):
        return []
    found: list[CalendarDate] = []
    end = 0
    for candidate in _CANDIDATE.finditer(text):
        match = _DATE.match(text, candidate.start()) if candidate.start() >= end else None
        if match and (date := _read(text, match)):
            found += _with_other_day(text, match, date)
            end = found[-1].end
    return found


def _read(text: str, match: re.Match[str]) -> CalendarDate | None:
    part = match.groupdict()
    year = part["year"] or part["year2"] or part["year3"] or part["year4"]
    day = part["day"] or part["day2"] or part["day3"]
    month = int(part["month3"]) if part["month3"] else _month(part["month"] or part["month2"] or part["month4"])
    if part["day"] and not year and _is_count(text, match):
        return None
    return CalendarDate(*match.span(), int(year) if year else None, month, int(day) if day else None)


def _month(name: str) -> int:
    return MONTHS[name.rstrip(".")]


def _is_count(text: str, match: re.Match[str]) -> bool:
    """ "In March 12 people died" and "In May 5 were hurt" count people; "on March 12 people died" is a date."""
    before = text[max(0, match.start() - 5) : match.start()]
    return bool(_COUNT_AFTER_IN.search(before) and _NOUN_AHEAD.match(text, match.end()))


def _with_other_day(text: str, match: re.Match[str], date: CalendarDate) -> list[CalendarDate]:
    """ "June 24 to 25, 2025" and "24 and 25 June" are two days each; the month and the year are of both."""
    if match["day"] and not match["year"] and (second := _SECOND_DAY.match(text, match.end())):
        year = int(second["year"]) if second["year"] else None
        other = CalendarDate(second.start("day"), second.end(), year, date.month, int(second["day"]))
        return [replace(date, year=year), other]
    window = max(0, match.start() - _WINDOW)
    if match["day2"] and (first := _FIRST_DAY.search(text[window : match.start()])):
        start, end = window + first.start(), window + first.end()
        return [CalendarDate(start, end, date.year, date.month, int(first["day"])), date]
    return [date]
