"""Days and longer periods as printed, resolved against a day of reference: "Thursday", "June 24", "last week"."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from streams.facts.numbers.numerals import find_numerals
from streams.facts.times.dates import MONTH, MONTHS, CalendarDate, find_calendar_dates

Tense = Literal["past", "future"]
Precision = Literal["second", "minute", "hour", "day", "week", "month", "quarter", "year"]
DayKind = Literal["moment", "recurring", "relative"]

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_PART = r"(?P<part>morning|afternoon|evening|night|lunchtime)"
_WEEKDAY = re.compile(
    rf"\b(?:(?P<qualifier>next|last|this\scoming|this\spast|this|coming|past|every|each)\s)?"
    rf"(?P<day>Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)(?P<plural>s\b)?(?!\w)(?:\s{_PART}s?\b)?",
)
_NEAR_DAY = re.compile(
    rf"\b(?:(?P<word>today|tonight|tomorrow|yesterday)(?:\s{_PART.replace('part', 'part1')})?"
    rf"|this\s(?P<this>morning|afternoon|evening)|last\s(?P<last>night)"
    rf"|(?P<relative>(?:the|that|a)\s(?:following|next|previous)\s(?:day|morning|night|week|month|year)"
    rf"|the\s(?:day|week|month|year)\s(?:before|after|earlier|later)\b(?!\s(?:yesterday|tomorrow))))\b",
    re.IGNORECASE,
)
_END_OF = re.compile(r"\bend\sof\s(?:the|this)\s(?P<unit>week|month|year)\b(?!['’-])", re.IGNORECASE)
_SHIFT = {"today": 0, "tonight": 0, "tomorrow": 1, "yesterday": -1}
_PERIOD = re.compile(
    r"\b(?P<which>last|this|next|earlier\sin\sthe|later\sin\sthe|earlier\sthis|later\sthis|the\spast|the\scoming)\s"
    r"(?P<unit>week|weekend|month|year|quarter|spring|summer|autumn|fall|winter)\b(?!['’-]?(?:long|end|ly|old)|\s(?:in|of)\s)",
    re.IGNORECASE,
)
_MONTH_ALONE = re.compile(
    r"\b(?P<before>(?i:in|since|until|till|by|during|from|through|of|for|early|mid|late|last|next|this|before|after|to|and"
    rf"|between))[\s-](?:early\s|late\s|mid-)?(?P<month>{MONTH})(?!\w)(?!\s?[0-9])",
)
_YEAR_ALONE = re.compile(
    r"\b(?P<before>in|since|until|till|by|during|from|through|of|for|early|mid|late|before|after|to|between|and|dating\sfrom|summer|spring"
    r"|autumn|winter)(?:\s|-)(?:early\s|late\s|mid-)?(?P<year>(?:1[5-9]|20)[0-9]{2})(?![\w%]|[.,:][0-9]|['’]s|-[0-9])(?!\s(?:people|men|women))",
    re.IGNORECASE,
)
_QUARTER = re.compile(
    r"\b(?:Q(?P<sign>[1-4])|(?P<name>first|second|third|fourth)[\s-]quarter)(?:\s(?:of\s)?(?P<year>(?:19|20)[0-9]{2}))?\b",
    re.IGNORECASE,
)
_BEFORE_OLD_YEARS = frozenset("in since until till from before after during".split()) | {"dating from"}
_PLURAL_AHEAD = re.compile(r"\s[a-z]+s\b|\speople\b")
_NAME_AHEAD = re.compile(r"\s[A-Z]")  # "the town of May Pen"
_BEFORE_SURE_MONTHS = frozenset("in since until till during early mid late last next this".split())
# Without a tense given, what stands before a weekday may tell: "will sign on Monday", "said on Friday".
_CUE = re.compile(
    r"\b(?:(?P<future>will|won['’]t|shall|would|(?:is|are)\s(?:[a-z]+\s)?(?:to|due|expected|scheduled|planned|set|likely)"
    r"|plans?\sto)|(?P<past>said|told|wrote|added|announced|reported|confirmed|since))\b"
)
_CUE_WINDOW = 80  # characters before a weekday in which the nearest cue counts
_WEEKDAY_GAP = re.compile(r"\s?,?\s(?:the\s)?")  # "Saturday, July 5"
_QUARTERS = ("first", "second", "third", "fourth")
_WORDS = re.compile(r"[a-z]+|[0-9](?=[0-9]{3})")
_WEEKDAY_WORDS = frozenset(WEEKDAYS) | frozenset(day + "s" for day in WEEKDAYS)
_NEAR_WORDS = frozenset("today tonight tomorrow yesterday morning afternoon evening night day week month year".split())
_PERIOD_WORDS = frozenset("week weekend month year quarter spring summer autumn fall winter".split())
_MONTH_WORDS = frozenset(name.lower() for name in MONTHS)


@dataclass(frozen=True, slots=True)
class Day:
    """``day`` is the first day of the period that ``precision`` names; None where nothing says which it is."""

    start: int
    end: int
    day: date | None
    precision: Precision
    part: str | None = None
    kind: DayKind = "moment"


def find_days(text: str, today: date, tense: Tense | None) -> list[Day]:
    """All days and longer periods, in order of their place, none overlapping another; the more exact one wins."""
    words = frozenset(_WORDS.findall(text.lower()))
    exact = [made for one in find_calendar_dates(text) if (made := _of_calendar(one, today, tense))]
    if not words.isdisjoint(_WEEKDAY_WORDS):
        exact += [
            _of_weekday(match, today, tense or _tense_before(text, match.start())) for match in _WEEKDAY.finditer(text)
        ]
    if not words.isdisjoint(_NEAR_WORDS):
        exact += [_near(match, today) for match in _NEAR_DAY.finditer(text)]
    periods: list[Day] = []
    if not words.isdisjoint(_PERIOD_WORDS):
        periods += [_of_period(match, today) for match in _PERIOD.finditer(text)]
        periods += [_of_end(match, today) for match in _END_OF.finditer(text)]
    if not words.isdisjoint(("quarter", "q")):
        periods += [_of_quarter(match, today) for match in _QUARTER.finditer(text) if match["sign"] or match["year"]]
    if not words.isdisjoint(_MONTH_WORDS):
        periods += [
            _of_month(match, today, tense)
            for match in _MONTH_ALONE.finditer(text)
            if match["before"].lower() in _BEFORE_SURE_MONTHS or not _NAME_AHEAD.match(text, match.end())
        ]
    if "1" in words or "2" in words:
        periods += [
            Day(*match.span("year"), date(int(match["year"]), 1, 1), "year")
            for match in _YEAR_ALONE.finditer(text)
            if _is_year(text, match)
        ]
    return _without_overlaps(_join_weekdays(text, sorted(exact, key=_by_start)), sorted(periods, key=_by_start))


def first_day(day: date, precision: Precision) -> date:
    """The first day of the week, month or year of ``day``."""
    if precision == "week":
        return _shifted(day, -day.weekday()) or day
    if precision == "month":
        return day.replace(day=1)
    return day.replace(month=1, day=1) if precision == "year" else day


def _tense_before(text: str, start: int) -> Tense | None:
    """The tense that the last cue before a weekday gives."""
    cues = list(_CUE.finditer(text, max(0, start - _CUE_WINDOW), start))
    if not cues:
        return None
    return "future" if cues[-1]["future"] else "past"


def _is_year(text: str, match: re.Match[str]) -> bool:
    """Whether four digits are a year; before 1900 only where nothing is counted ("between 150 and 1800 euros")."""
    if int(match["year"]) < 1900:
        return match["before"].lower() in _BEFORE_OLD_YEARS and not _PLURAL_AHEAD.match(text, match.end())
    return any(one.start == match.start("year") and one.year_like for one in find_numerals(text))


def _by_start(one: Day) -> int:
    return one.start


def _without_overlaps(exact: list[Day], periods: list[Day]) -> list[Day]:
    kept: list[Day] = []
    for one in exact + periods:
        if all(one.end <= other.start or other.end <= one.start for other in kept):
            kept.append(one)
    return sorted(kept, key=_by_start)


def _of_calendar(printed: CalendarDate, today: date, tense: Tense | None) -> Day | None:
    if printed.year is not None:
        day = _valid(printed.year, printed.month, printed.day or 1)
    else:
        day = _nearest(printed.month, printed.day or 1, today, tense)
    precision: Precision = "day" if printed.day else "month"
    return Day(printed.start, printed.end, day, precision) if day else None


def _valid(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


SOON = timedelta(days=92)


def _nearest(month: int, day: int, today: date, tense: Tense | None) -> date | None:
    """The date with that month and day nearest to ``today``; the last (past) or the next (future), today included.

    A date that is to come soon is not the last year's, whatever the tense: that one would be told with its year.
    """
    dates = [one for year in range(today.year - 4, today.year + 5) if (one := _valid(max(1, year), month, day))]
    nearest = min(dates, key=lambda one: abs((one - today).days), default=None)
    if tense == "past":
        dates = [one for one in dates if one <= today or (one == nearest and one - today < SOON)] or dates
    if tense == "future":
        dates = [one for one in dates if one >= today] or dates
    return min(dates, key=lambda one: abs((one - today).days), default=None)


def _shifted(day: date, days: int) -> date | None:
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return None


def _of_weekday(match: re.Match[str], today: date, tense: Tense | None) -> Day:
    qualifier = (match["qualifier"] or "").lower().replace("\n", " ")
    if match["plural"] or qualifier in ("every", "each"):
        return Day(*match.span(), None, "day", match["part"], "recurring")
    ahead = (WEEKDAYS.index(match["day"].lower()) - today.weekday()) % 7  # 0 to 6 days on
    return Day(*match.span(), _shifted(today, _weekday_shift(qualifier, ahead, today, tense)), "day", match["part"])


def _weekday_shift(qualifier: str, ahead: int, today: date, tense: Tense | None) -> int:
    """Days from today. A bare weekday may be today; "next" is of next week and "last" is before today."""
    if qualifier == "next":
        return ahead + 7 if ahead and today.weekday() + ahead < 7 else ahead or 7
    if qualifier in ("last", "this past", "past"):
        return ahead - 7
    if tense == "future" or qualifier:
        return ahead
    if tense == "past":
        return ahead - 7 if ahead else 0
    return ahead if ahead <= 3 else ahead - 7


def _near(match: re.Match[str], today: date) -> Day:
    if match["relative"]:
        unit = re.search(r"week|month|year", match["relative"], re.IGNORECASE)
        precision: Precision = "day" if unit is None else _UNIT_PRECISION[unit[0].lower()]
        return Day(*match.span(), None, precision, None, "relative")
    if match["last"]:
        return Day(*match.span(), _shifted(today, -1), "day", "night")
    word = (match["word"] or "today").lower()
    part = match["part1"] or match["this"] or ("night" if word == "tonight" else None)
    return Day(*match.span(), _shifted(today, _SHIFT[word]), "day", part.lower() if part else None)


_UNIT_PRECISION: dict[str, Precision] = {"week": "week", "month": "month", "year": "year"}


def _of_period(match: re.Match[str], today: date) -> Day:
    which, unit = match["which"].lower(), match["unit"].lower()
    step = -1 if which in ("last", "the past") else 1 if which in ("next", "the coming") else 0
    if unit in ("week", "weekend"):
        monday = _shifted(today, -today.weekday() + 7 * step)
        day = _shifted(monday, 5) if monday and unit == "weekend" else monday
        return Day(*match.span(), day, "week")
    if unit == "month":
        return Day(*match.span(), _month_start(today.year, today.month + step), "month")
    if unit == "year":
        return Day(*match.span(), _valid(today.year + step, 1, 1), "year")
    if unit == "quarter":
        return Day(*match.span(), _month_start(today.year, 3 * ((today.month - 1) // 3) + 1 + 3 * step), "quarter")
    return Day(*match.span(), None, "quarter")  # a season: which months it has depends on the hemisphere


def _month_start(year: int, month: int) -> date | None:
    """The first day of a month that may be counted beyond 1 to 12."""
    return _valid(year + (month - 1) // 12, (month - 1) % 12 + 1, 1)


def _of_month(match: re.Match[str], today: date, tense: Tense | None) -> Day:
    month, before = MONTHS[match["month"].rstrip(".")], match["before"].lower()
    hint: Tense | None = "past" if before in ("last", "since") else "future" if before == "next" else tense
    start = match.start() if before in ("last", "next", "this") else match.start("month")
    return Day(start, match.end(), _nearest(month, 1, today.replace(day=1), hint), "month")


def _of_end(match: re.Match[str], today: date) -> Day:
    """ "By the end of the year" is December, "the end of the month" the month, "of the week" the week."""
    unit = match["unit"].lower()
    if unit == "week":
        return Day(*match.span(), first_day(today, "week"), "week")
    return Day(*match.span(), date(today.year, 12 if unit == "year" else today.month, 1), "month")


def _of_quarter(match: re.Match[str], today: date) -> Day:
    number = int(match["sign"]) if match["sign"] else _QUARTERS.index(match["name"].lower()) + 1
    year = int(match["year"]) if match["year"] else today.year
    return Day(*match.span(), _valid(year, 3 * number - 2, 1), "quarter")


def _on_weekday(day: date, weekday: int) -> date:
    """The same date in the year before or after, if that one falls on the weekday printed with it."""
    years = (day.year, day.year + 1, day.year - 1)
    dates = [one for year in years if (one := _valid(year, day.month, day.day))]
    return next((one for one in dates if one.weekday() == weekday), day)


def _join_weekdays(text: str, found: list[Day]) -> list[Day]:
    """ "Saturday, July 5" and "5 July (Saturday)" are one day: the date's."""
    joined: list[Day] = []
    for one in found:
        last = joined[-1] if joined else None
        weekday = last is not None and text[last.start : last.end].lower() in WEEKDAYS
        if last and weekday and one.precision == "day" and text[one.start : one.end].lower() not in WEEKDAYS:
            gap = text[last.end : one.start]
            if _WEEKDAY_GAP.fullmatch(gap) and one.kind == "moment" and one.day:
                day = _on_weekday(one.day, WEEKDAYS.index(text[last.start : last.end].lower()))
                joined[-1] = Day(last.start, one.end, day, "day", one.part)
                continue
        joined.append(one)
    return joined
