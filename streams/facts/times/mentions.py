"""Moments, periods, lengths of time and ages in a sentence, resolved to UTC: "10:00 EDT (14:00 GMT)", "June 24"."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Literal
from zoneinfo import ZoneInfo

from schemas.values import Comparator
from streams.facts.numbers.comparators import comparator_before
from streams.facts.times.clock import ClockTime, find_clock_times
from streams.facts.times.days import Day, Precision, Tense, find_days, first_day
from streams.facts.times.durations import Duration, find_durations
from streams.facts.times.zones import ZoneMention, zone_after

TimeKind = Literal["moment", "duration", "recurring", "age", "relative"]

_SIGNS_OF_TIME = frozenset(
    """noon midday midnight clock today tonight tomorrow yesterday morning afternoon evening night second seconds minute
    minutes hour hours day days week weeks fortnight fortnights month months year years decade decades century centuries
    weekend quarter spring summer autumn fall winter january february march april may june july august september october
    november december jan feb mar apr jun jul aug sep sept oct nov dec aged age old monday tuesday wednesday thursday
    friday saturday sunday mondays tuesdays wednesdays thursdays fridays saturdays sundays daylong weeklong monthlong
    yearlong 0 1 2 3 4 5 6 7 8 9""".split()
)
_WORDS = re.compile(r"[a-z]+|[0-9]")
_RESTATEMENT = re.compile(
    r"(?:(?P<bracket>\s?[(\[])|,?\s(?:or|which\sis|that\sis|i\.e\.)\s|\s?/\s?|;\s|,\s)(?:at\s|about\s|around\s)?",
    re.IGNORECASE,
)
_CLOCK_THEN_DAY = re.compile(r",?\s(?:(?:on|of|of\sthe|late|early)\s){0,2}\Z", re.IGNORECASE)
_DAY_THEN_CLOCK = re.compile(
    r"(?:,?\s|\s?[(]|,?\s?[-–—]\s?)(?:(?:at|from|by|around|about|until|till|before|after|since|between|shortly|just|as\searly\sas|approximately|@)\s){0,3}\Z",
    re.IGNORECASE,
)
_CLOCK_ABOUT = re.compile(r"\bshortly\s(?:before|after)\s\Z|\bjust\s(?:before|after)\s\Z", re.IGNORECASE)
_WINDOW = 28
_HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class TimeMention:
    """``text`` is ``sentence[start:end]``.

    ``at``: in UTC. A time of day is exact (precision "minute"); a day or a longer period is its first day at 00:00 UTC
    whatever the zone, so that the same day said anywhere is equal, and ``day`` is that calendar day. For a time of day
    ``day`` is the day on the clock that it was read from. None where nothing says when.
    ``zone_text``: the zone as printed. ``minutes`` (``most_minutes`` as well for a range): the length of a duration, an
    age or a relative time; a month is a twelfth of a year, a year 365.25 days. ``part``: morning … night.
    """

    start: int
    end: int
    at: datetime | None
    precision: Precision | None
    zone_text: str | None
    minutes: float | None
    comparator: Comparator
    kind: TimeKind
    text: str
    day: date | None = None
    part: str | None = None
    most_minutes: float | None = None


@dataclass(frozen=True, slots=True)
class _Clock:
    """A time of day with its zone, and the same moment said again in other zones."""

    start: int
    end: int
    readings: tuple[tuple[ClockTime, ZoneMention | None], ...]


def find_times(
    text: str, reference: datetime, zone: ZoneInfo | None = None, tense: Tense | None = None
) -> list[TimeMention]:
    """All mentions of time in order of their place, none overlapping another.

    ``reference`` is the aware time of the update, ``zone`` the outlet's (None: UTC). A bare weekday or date is the
    nearest one; with ``tense`` "past" the last, with "future" the next. Today counts in both: "on Tuesday" said on a
    Tuesday is today. With no tense, a weekday after "will" or "is due to" is the next, after "said" the last.
    """
    if _SIGNS_OF_TIME.isdisjoint(_WORDS.findall(text.lower())):
        return []
    today = reference.astimezone(zone or UTC).date()
    clocks = _restatements(text, [_with_zone(text, one, zone) for one in find_clock_times(text)])
    days = find_days(text, today, tense)
    resolver = _Resolver(text, reference, zone, tense)
    found = resolver.moments(clocks, days)
    found += [resolver.duration(one) for one in find_durations(text)]
    return _without_overlaps(found)


def _with_zone(text: str, clock: ClockTime, outlet: ZoneInfo | None) -> _Clock:
    zone = zone_after(text, clock.end, outlet)
    return _Clock(clock.start, zone.end if zone else clock.end, ((clock, zone),))


def _restatements(text: str, clocks: list[_Clock]) -> list[_Clock]:
    """ "10:00 local time (0900 GMT)" is one time: the second has a zone and follows in brackets or after "or"."""
    joined: list[_Clock] = []
    for one in clocks:
        last = joined[-1] if joined else None
        gap = _RESTATEMENT.fullmatch(text[last.end : one.start]) if last else None
        if last and gap and _says_again(last, one, in_brackets=gap["bracket"] is not None):
            end = one.end + (gap["bracket"] is not None and text[one.end : one.end + 1] in (")", "]"))
            joined[-1] = _Clock(last.start, end, last.readings + one.readings)
        else:
            joined.append(one)
    return joined


def _says_again(first: _Clock, second: _Clock, *, in_brackets: bool) -> bool:
    """Whether the second can be the first in another zone. Offsets from UTC are whole quarters of an hour."""
    (clock, zone), (again, zone_again) = first.readings[0], second.readings[0]
    if zone_again is None or zone_again.tz is None or (zone is None and not in_brackets):
        return False
    if zone is None or zone.tz is None:
        return (clock.minute - again.minute) % 15 == 0
    day = date(2000, 1, 1)  # summer time may put the two an hour apart on another day
    one, other = _combine(day, clock, zone.tz), _combine(day, again, zone_again.tz)
    apart = abs((one - other) / _HOUR) % 24 if one and other else 12
    return zone.tz != zone_again.tz and min(apart, 24 - apart) <= 1


def _without_overlaps(found: list[TimeMention]) -> list[TimeMention]:
    """The earlier in ``found`` wins."""
    kept: list[TimeMention] = []
    for one in found:
        if all(one.end <= other.start or other.end <= one.start for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda one: one.start)


class _Resolver:
    """Turns clocks, days and durations of one sentence into mentions, against the reference."""

    def __init__(self, text: str, reference: datetime, zone: ZoneInfo | None, tense: Tense | None) -> None:
        self.text, self.reference, self.zone, self.tense = text, reference, zone, tense

    def moments(self, clocks: list[_Clock], days: list[Day]) -> list[TimeMention]:
        found: list[TimeMention] = []
        free = list(days)
        for clock in clocks:
            day = self._adjacent(clock, free)
            if day:
                free.remove(day)
                found.append(self._moment(clock, day, day.day))
            else:
                found.append(self._moment(clock, None, self._only_day(days)))
        return found + [self._day(one) for one in free]

    def _adjacent(self, clock: _Clock, days: list[Day]) -> Day | None:
        for day in days:
            if day.precision != "day" or day.kind != "moment":
                continue
            if day.start >= clock.end and _CLOCK_THEN_DAY.fullmatch(self.text[clock.end : day.start]):
                return day
            if day.end <= clock.start and _DAY_THEN_CLOCK.fullmatch(self.text[day.end : clock.start]):
                return day
        return None

    def _only_day(self, days: list[Day]) -> date | None:
        """The one day that the sentence names elsewhere; a time of day without its own is of that day."""
        named = {one.day for one in days if one.precision == "day" and one.day}
        return named.pop() if len(named) == 1 else None

    def _moment(self, clock: _Clock, day: Day | None, named: date | None) -> TimeMention:
        start = min(clock.start, day.start) if day else clock.start
        end = max(clock.end, day.end) if day else clock.end
        before = self.text[max(0, clock.start - _WINDOW) : clock.start]
        about = comparator_before(before) == "about" or _CLOCK_ABOUT.search(before)
        at, said_day = self._resolve(clock, named)
        precision: Precision = "hour" if clock.readings[0][0].bare else "minute"
        if at is None and said_day is not None:  # "10 a.m. local time" nobody knows where: at least the day is known
            at, precision = datetime.combine(said_day, time(), UTC), "day"
        zone = next((zone.text for _, zone in clock.readings if zone), None)
        comparator: Comparator = "about" if about else "exactly"
        part = day.part if day else None
        return TimeMention(
            start, end, at, precision, zone, None, comparator, "moment", self.text[start:end], said_day, part
        )

    def _resolve(self, clock: _Clock, named: date | None) -> tuple[datetime | None, date | None]:
        """The moment in UTC, and its day on the clock that was read first."""
        zones = [zone.tz if zone else None for _, zone in clock.readings]
        first, second = clock.readings[0][0], clock.readings[-1][0]
        if zones[0] is not None:
            return self._at(first, zones[0], named)
        explicit = next((index for index, tz in enumerate(zones) if tz is not None), None)
        if explicit is not None:
            second, tz = clock.readings[explicit][0], zones[explicit] or UTC
            return self._at_restated(first, second, tz, named)
        unknown = clock.readings[0][1] is not None and self.zone is None
        return (None, named) if unknown else self._at(first, self.zone or UTC, named)

    def _at(self, clock: ClockTime, tz: tzinfo, named: date | None) -> tuple[datetime | None, date | None]:
        day = named or self.reference.astimezone(tz).date()
        at = _combine(day, clock, tz)
        if named is None and at is not None and self.tense == "past" and at > self.reference + _HOUR:
            day, at = day - timedelta(days=1), _combine(day - timedelta(days=1), clock, tz)
        return at, day

    def _at_restated(
        self, local: ClockTime, restated: ClockTime, tz: tzinfo, named: date | None
    ) -> tuple[datetime | None, date | None]:
        """``named`` is the day on the local clock; the restated one may be on the day before or after."""
        if named is None:
            return self._at(restated, tz, None)
        choices = [_combine(named + timedelta(days=shift), restated, tz) for shift in (0, -1, 1)]
        wall = _combine(named, local, UTC)
        near = [one for one in choices if one and wall and -12 * _HOUR <= wall - one <= 14 * _HOUR]
        return (near[0] if near else None), named

    def _day(self, one: Day) -> TimeMention:
        at = datetime.combine(one.day, time(), UTC) if one.day else None
        text = self.text[one.start : one.end]
        return TimeMention(
            one.start, one.end, at, one.precision, None, None, "exactly", one.kind, text, one.day, one.part
        )

    def duration(self, one: Duration) -> TimeMention:
        text = self.text[one.start : one.end]
        kind, at, precision, day = _KINDS[one.place], None, None, None
        forward = one.place == "from now"
        if one.place in ("before now", "from now"):
            at, precision, day = self._shifted(one, forward)
        return TimeMention(
            one.start,
            one.end,
            at,
            precision,
            None,
            one.minutes,
            one.comparator,
            kind,
            text,
            day,
            None,
            one.most_minutes,
        )

    def _shifted(self, one: Duration, forward: bool) -> tuple[datetime | None, Precision, date | None]:
        """The reference moved by a length; a whole day and longer is said as a day."""
        precision = _PRECISIONS[one.unit]
        try:
            length = timedelta(minutes=one.minutes)
            at = self.reference + length if forward else self.reference - length
            if precision in ("second", "minute", "hour"):
                return at.astimezone(UTC), precision, None
            day = at.astimezone(self.zone or UTC).date()
        except (OverflowError, ValueError):
            return None, precision, None
        first = first_day(day, precision)
        return datetime.combine(first, time(), UTC), precision, first


_KINDS: dict[str, TimeKind] = {
    "length": "duration",
    "age": "age",
    "before now": "relative",
    "from now": "relative",
    "apart": "relative",
    "recurring": "recurring",
}
_PRECISIONS: dict[str, Precision] = {
    "second": "second",
    "minute": "minute",
    "hour": "hour",
    "day": "day",
    "week": "week",
    "fortnight": "week",
    "month": "month",
    "year": "year",
    "decade": "year",
    "century": "year",
}


def _combine(day: date, clock: ClockTime, tz: tzinfo) -> datetime | None:
    """A wall time as a moment in UTC; None beyond the calendar's ends."""
    try:
        wall = datetime.combine(day, time(clock.hour % 24, clock.minute), tz) + timedelta(days=clock.hour // 24)
        return wall.astimezone(UTC)
    except (OverflowError, ValueError):
        return None
