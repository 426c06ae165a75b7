"""Lengths of time and ages: "more than two hours", "a five-day strike", "three weeks old", "for the past 24 hours"."""

import re
from dataclasses import dataclass
from typing import Literal

from schemas.values import Comparator
from streams.facts.numbers.comparators import length_comparator_before
from streams.facts.numbers.numerals import Numeral, find_numerals
from streams.facts.numbers.quantities import Quantity, find_quantities
from streams.facts.numbers.units import TIME_UNITS

# A month is a twelfth and a year 365.25 days, so that twelve months equal a year.
MINUTES = {
    "second": 1 / 60, "minute": 1, "hour": 60, "day": 1_440, "week": 10_080, "fortnight": 20_160, "month": 43_830,
    "year": 525_960, "decade": 5_259_600, "century": 52_596_000,
}  # fmt: skip
_UNIT = r"(?:second|minute|hour|day|week|fortnight|month|year|decade|century)"
_SIGN_OF_LENGTH = re.compile(
    r"second|minute|hour|day|week|fortnight|month|year|decade|centur|\bmins?\b|\bhrs?\b|\bsecs?\b|\b[Aa]ged?\b|\byrs?\b"
)
_MORE = re.compile(
    rf"[\s-](?:full|whole|more|extra|further|additional|other|straight|consecutive|successive|long|short|working|business"
    rf"|calendar|solid|entire)\s(?P<unit>{_UNIT})s?\b"
)
_UNIT_AHEAD = re.compile(rf"[\s-](?P<unit>{_UNIT})s?\b")
_ARTICLE = re.compile(
    rf"\b(?:(?P<half>half\s(?:an?|of\san?))|(?P<quarter>(?:a\s)?quarter\sof\san)|(?P<article>an?|one)|(?P<full>a\sfull|a\swhole|an\sentire))"
    rf"[\s-](?P<unit>{_UNIT})\b(?P<plus>\sand\sa\s(?P<part>half|quarter))?(?!-(?!old))|\b(?P<long>{_UNIT})-?long\b",
    re.IGNORECASE,
)
# "80 km an hour" and "twice a day" are rates: a bare "an hour" is a length only after one of these.
_LENGTH_BEFORE = re.compile(
    r"\b(?:for|last(?:s|ed|ing)?|took|takes?|taken|taking|within|after|than|about|around|nearly|almost|over|under|roughly|just|only"
    r"|least|in|of|spent|another|approximately|exactly|to|by|some|barely|well|up\sto|until|with|is|was)\s(?:the\s)?\Z",
    re.IGNORECASE,
)
_AGO = re.compile(
    r"\s(?:(?P<ago>ago)|(?P<hence>from\snow|hence)|(?P<apart>later|earlier|before|after|afterwards|beforehand|previously|prior|on\sfrom|into))\b"
)
_TIME_POSSESSIVE = re.compile(r"['’]s?\stime\b")
_OLD = re.compile(r"[\s-]olds?\b|\sof\sage\b")
_AGED = re.compile(r"\b(?:aged|age|ages|age\sof)\s(?:just\s|only\s|about\s|under\s|over\s)?\Z", re.IGNORECASE)
_PERSON_OF = re.compile(
    r"\b(?:boy|girl|man|woman|baby|infant|child|toddler|youth|teenager)\sof\s(?:just\s|only\s|about\s)?\Z",
    re.IGNORECASE,
)
_PAST = re.compile(  # "the last two days", not "will last two days"
    r"(?<!\bwill\s)(?<!\bwould\s)(?<!\bcould\s)(?<!\bshould\s)(?<!\bmight\s)(?<!\bmay\s)(?<!\bcan\s)(?<!\bto\s)"
    r"\b(?:past|last|previous|preceding)\s(?:few\s)?\Z",
    re.IGNORECASE,
)
_NEXT = re.compile(r"\b(?:next|coming|following)\s\Z", re.IGNORECASE)
_EVERY = re.compile(r"\b(?:every|each)\s\Z", re.IGNORECASE)
_IN = re.compile(r"\bin\s(?:about\s|around\s)?\Z", re.IGNORECASE)
_WINDOW = 28
_LATER_PART = re.compile(r"(?:,|\sand|,\sand)?\s\Z")

Place = Literal["length", "age", "before now", "from now", "apart", "recurring"]


@dataclass(frozen=True, slots=True)
class Duration:
    """``minutes`` (``most_minutes`` as well for a range), ``unit`` as printed, and ``place``: what the length is of."""

    start: int
    end: int
    minutes: float
    most_minutes: float | None
    unit: str
    comparator: Comparator
    place: Place


def find_durations(text: str) -> list[Duration]:
    """All lengths of time and ages with a unit, in order of their place."""
    if not _SIGN_OF_LENGTH.search(text):
        return []
    counted = [made for one in find_quantities(text) if (made := _counted(text, one))]
    counted += [made for one in find_numerals(text) if one.age and (made := _age(text, one))]
    spans = [(one.start, one.end) for one in counted]
    articles = [
        made
        for match in _ARTICLE.finditer(text)
        if not any(start < match.end() and match.start() < end for start, end in spans)
        and (made := _with_article(text, match))
    ]
    return _compound(text, sorted(counted + articles, key=lambda one: one.start))


def _age(text: str, numeral: Numeral) -> Duration | None:
    """ "three-week-old", "aged three weeks", and in years "aged 45"; not the 45 of "Weil, 45,"."""
    unit = _UNIT_AHEAD.match(text, numeral.end)
    if unit is None and not _AGED.search(text[max(0, numeral.start - _WINDOW) : numeral.start]):
        return None
    end, name = (unit.end(), unit["unit"]) if unit else (numeral.end, "year")
    old = _OLD.match(text, end)
    before = length_comparator_before(text[max(0, numeral.start - _WINDOW) : numeral.start])
    minutes = numeral.value * MINUTES[name]
    return Duration(numeral.start, old.end() if old else end, minutes, None, name, before or "exactly", "age")


def _counted(text: str, quantity: Quantity) -> Duration | None:
    unit, end = quantity.unit, quantity.end
    if unit is None:
        more = _MORE.match(text, end)
        if more is None:
            return None
        unit, end = more["unit"], more.end()
    if unit not in TIME_UNITS or quantity.numerals[0].zero_word:
        return None
    low = quantity.low if quantity.number is None else quantity.number
    most = None if quantity.high is None else quantity.high * MINUTES[unit]
    if low is None:
        return None
    return _placed(text, quantity.start, end, low * MINUTES[unit], most, unit, quantity.comparator)


def _with_article(text: str, match: re.Match[str]) -> Duration | None:
    start, end = match.span()
    before = text[max(0, start - _WINDOW) : start]
    unit = (match["unit"] or match["long"]).lower()
    part = {"half": 0.5, "quarter": 0.25}.get((match["part"] or "").lower(), 0)
    count = 0.5 if match["half"] else 0.25 if match["quarter"] else 1 + part
    bare = match["article"] is not None and not match["plus"] and not match[0].count("-")
    if bare and unit == "second" and not _AGO.match(text, end):
        return None  # "in a second ballot"
    if bare and not (_AGO.match(text, end) or _LENGTH_BEFORE.search(before) or text.startswith("-long", end)):
        return None
    if text.startswith("-long", end):
        end += 5
    return _placed(text, start, end, count * MINUTES[unit], None, unit, length_comparator_before(before) or "exactly")


def _placed(
    text: str, start: int, end: int, minutes: float, most: float | None, unit: str, comparator: Comparator
) -> Duration:
    before = text[max(0, start - _WINDOW) : start]
    if old := _OLD.match(text, end):
        return Duration(start, old.end(), minutes, most, unit, comparator, "age")
    if _AGED.search(before) or _PERSON_OF.search(before):
        return Duration(start, end, minutes, most, unit, comparator, "age")
    place, end = _place(text, before, end)
    return Duration(start, end, minutes, most, unit, comparator, place)


def _place(text: str, before: str, end: int) -> tuple[Place, int]:
    """What the length is of, and where its mention ends."""
    after = _AGO.match(text, end)
    if after:
        return ("before now" if after["ago"] else "from now" if after["hence"] else "apart"), after.end()
    if _EVERY.search(before):
        return "recurring", end
    if _PAST.search(before):
        return "before now", end
    if _NEXT.search(before):
        return "from now", end
    possessive = _TIME_POSSESSIVE.match(text, end)
    if possessive and _IN.search(before):
        return "from now", possessive.end()
    return "length", end


def _compound(text: str, found: list[Duration]) -> list[Duration]:
    """ "two hours and 15 minutes" is one length."""
    joined: list[Duration] = []
    for one in found:
        last = joined[-1] if joined else None
        smaller = last is not None and MINUTES[one.unit] < MINUTES[last.unit]
        if last and smaller and last.place == "length" and _LATER_PART.fullmatch(text[last.end : one.start]):
            joined[-1] = Duration(
                last.start, one.end, last.minutes + one.minutes, None, one.unit, last.comparator, one.place
            )
        else:
            joined.append(one)
    return joined
