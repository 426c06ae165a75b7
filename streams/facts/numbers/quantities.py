"""Amounts in a sentence: a number with its unit, comparator, range or from … to, and restatements in other units."""

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from typing import Literal

from schemas.values import Comparator
from streams.facts.numbers.comparators import BEFORE_GAP, comparator_after, comparator_before, length_comparator_before
from streams.facts.numbers.numerals import Numeral, find_numerals
from streams.facts.numbers.units import (
    DIMENSION,
    DOLLARS,
    FOREIGN_MONEY,
    PREFIXES,
    SYMBOLS,
    TIME_UNITS,
    UNIT_AFTER,
    UNIT_OF_FORM,
)

_MONEY_BEFORE = re.compile(
    r"(?:(?:\b(?P<country>US|AU?|CA?|NZ|HK|S|NT|R|MX)\s?)?(?P<symbol>[$€£¥₹₩₽₺₴₦₪])\s?|"
    rf"(?<![\w$])(?P<code>{'|'.join(sorted(map(re.escape, PREFIXES), key=len, reverse=True))})\s?)\Z"
)
_MAGNITUDE_BEFORE = re.compile(r"\bmagnitude(?:\s|-|\sof\s)\Z", re.IGNORECASE)
_SCALE_AT_END = re.compile(r"(?:hundred|thousand|lakh|million|crore|billion|trillion|bn|tn|mn|m|k|b)\Z", re.IGNORECASE)
_SCALE_OF = {"m": "million", "mn": "million", "bn": "billion", "b": "billion", "tn": "trillion", "k": "thousand"}
_SCALES = {
    "hundred": 10**2,
    "thousand": 10**3,
    "lakh": 10**5,
    "million": 10**6,
    "crore": 10**7,
    "billion": 10**9,
    "trillion": 10**12,
}
_BETWEEN = re.compile(rf"\bbetween\s+{BEFORE_GAP}\Z", re.IGNORECASE)
_FROM = re.compile(rf"\bfrom\s+{BEFORE_GAP}\Z", re.IGNORECASE)
_TO = re.compile(rf"\bto\s+{BEFORE_GAP}\Z", re.IGNORECASE)
_DASH = re.compile(r"\s?(?:-|–|—|‑)\s?\Z")
_TO_GAP = re.compile(rf"-?\s+to\s+{BEFORE_GAP}\Z")
_AND_GAP = re.compile(rf"\s+and\s+{BEFORE_GAP}\Z")
_OR_GAP = re.compile(r"\s+or\s+\Z")
_FAR_TO_GAP = re.compile(rf"(?:\s+[^\W\d_][\w-]*){{0,3}}?\s+to\s+{BEFORE_GAP}\Z")
_FAR_FROM_GAP = re.compile(rf"(?:\s+[^\W\d_][\w-]*){{0,6}}?,?\s+(?:(?:up|down)\s+)?from\s+{BEFORE_GAP}\Z")
_UP_FROM_GAP = re.compile(rf"(?:\s+[^\W\d_][\w-]*){{0,3}}?,?\s+(?:up|down)\s+from\s+{BEFORE_GAP}\Z")
_EQUIVALENT_GAP = re.compile(
    rf"\s*(?:[(\[/=]|,?\s+or\b|,?\s+which\s+is\b|,?\s+equal\s+to\b)\s*(?:or\s+)?{BEFORE_GAP}\Z"
)
_OF_A = re.compile(r"\sof\san?(?=\s)")  # "three-quarters of a mile"
_WEIGHT_CONTEXT = re.compile(
    r"\b(?:weigh|weight|heav|kg\b|kilo|ounce|lbs?\b|cocaine|heroin|marijuana|fentanyl|meat)", re.IGNORECASE
)
_WINDOW = 32  # characters before an amount that can hold its comparator, "from" or "between"


@dataclass(frozen=True, slots=True)
class Quantity:
    """An amount as printed: ``text`` is ``sentence[start:end]`` and holds the number, its currency sign and its unit.

    ``number``, or ``low`` and ``high`` of a range ("between 10 and 15") or a score ("3-1": first and second, unit
    "score"). ``unit`` is a code, sign or singular ("USD", "%", "km", "crown", "minute"), None for what a noun counts.
    ``role``: "from" or "to" of a pair ("from 12 to 17"), ``partner`` being the index of the other in the list found.
    ``equivalent_of``: index of the amount that this one says again in another unit ("4.2 metres (14 feet)").
    """

    start: int
    end: int
    number: int | float | None
    low: int | float | None
    high: int | float | None
    unit: str | None
    comparator: Comparator
    text: str
    numerals: tuple[Numeral, ...]
    role: Literal["from", "to"] | None = None
    partner: int | None = None
    equivalent_of: int | None = None


def find_quantities(text: str) -> list[Quantity]:
    """All amounts of ``text`` in order of their place, without years and ages."""
    return list(_quantities(text))


@lru_cache(maxsize=64)  # times ask for the amounts of the same sentence
def _quantities(text: str) -> tuple[Quantity, ...]:
    singles: list[Quantity] = []
    for one in find_numerals(text):
        if not (one.year_like or one.age):
            singles.append(_single(text, one, singles[-1].end if singles else 0))
    if len(singles) < 2:
        return tuple(singles)
    merged = _merge_ranges(text, singles)
    return tuple(_mark_equivalents(text, _mark_pairs(text, merged)))


def _single(text: str, numeral: Numeral, floor: int) -> Quantity:
    """A number with its unit before or after it; what stands before ``floor`` is of another."""
    start, end = numeral.start, numeral.end
    unit = None
    money = _MONEY_BEFORE.search(text[max(floor, start - 6) : start])
    magnitude = _MAGNITUDE_BEFORE.search(text[max(floor, start - 14) : start])
    if money:
        start -= len(money[0])
        unit = _money_unit(money)
    elif magnitude:
        start -= len(magnitude[0])
        unit = "magnitude"
    after = _unit_after(text, numeral)
    if after and (unit is None or after[0] == unit):
        unit, end = after
    comparing = length_comparator_before if unit in TIME_UNITS else comparator_before
    before = comparing(text[max(floor, start - _WINDOW) : start])
    following = comparator_after(text, end)
    comparator: Comparator = before or following or ("about" if numeral.approximate else "exactly")
    return Quantity(start, end, numeral.value, None, None, unit, comparator, text[start:end], (numeral,))


def _money_unit(money: re.Match[str]) -> str:
    if money["code"]:
        return PREFIXES[money["code"]]
    if money["symbol"] == "$" and money["country"]:
        return DOLLARS[money["country"]]
    return SYMBOLS[money["symbol"]]


def _unit_after(text: str, numeral: Numeral) -> tuple[str, int] | None:
    """The unit that follows a number, and where it ends."""
    foreign = FOREIGN_MONEY.match(text, numeral.end)
    if foreign:
        return f"{foreign['country']} {foreign['word']}", foreign.end()
    of = _OF_A.match(text, numeral.end) if numeral.fraction else None
    match = UNIT_AFTER.match(text, of.end() if of else numeral.end)
    if match is None or (numeral.zero_word and match["form"] in ("second", "foot")):
        return None
    form, glued = match["form"], match.start("form") == numeral.end
    hyphen = text[numeral.end] == "-"
    if len(form) == 1 and form.isalpha() and (hyphen or (not glued and form in "pctl")):
        return None
    if form in ("C", "F") and text.startswith(".", match.end()) and text[match.end() + 1 : match.end() + 2].isalpha():
        return None  # "36 C.F.R."
    if (form == "second" and not hyphen and numeral.value != 1) or text.startswith("-half", match.end()):
        return None
    if form == "won" and numeral.value < 1000:
        return None
    unit = UNIT_OF_FORM[form]
    if form == "pounds" and _WEIGHT_CONTEXT.search(text):
        unit = "lb"
    return unit, match.end()


def _merge_ranges(text: str, singles: list[Quantity]) -> list[Quantity]:
    found: list[Quantity] = []
    for following in singles:
        merged = _range(text, found[-1], following) if found else None
        if merged:
            found[-1] = merged
        else:
            found.append(following)
    return found


def _range(text: str, first: Quantity, second: Quantity) -> Quantity | None:
    """One amount of two, if they are the ends of a range or the sides of a score; None otherwise."""
    if first.number is None or second.number is None or not _share_unit(first, second):
        return None
    before, gap = text[max(0, first.start - _WINDOW) : first.start], text[first.end : second.start]
    low = _with_scale_of(first, second)
    if first.numerals[0].score and second.numerals[0].score and _DASH.match(gap):
        return _join(text, first, second, first.number, "score")
    if _BETWEEN.search(before) and _AND_GAP.match(gap):
        return _join(text, first, second, low, second.unit)
    rising = low < second.number
    if _DASH.match(gap) and rising:
        return _join(text, first, second, low, second.unit)
    if _TO_GAP.match(gap) and not _FROM.search(before):
        falls = not rising and first.unit is None and second.unit is None and low > second.number
        return _join(text, first, second, low, "score" if falls else second.unit) if rising or falls else None
    if _OR_GAP.match(gap) and rising and second.number <= 2 * low and first.unit is None:
        return _join(text, first, second, low, second.unit)
    return None


def _share_unit(first: Quantity, second: Quantity) -> bool:
    """ "$5-10 million" as well: a sign before the first number is of both."""
    before_both = second.unit is None and first.start < first.numerals[0].start
    return first.unit in (None, second.unit) or before_both


def _with_scale_of(first: Quantity, second: Quantity) -> int | float:
    """The first number of "5-10bn", "two to three million" takes the second's scale."""
    number = first.number or 0
    scale = _SCALE_AT_END.search(second.numerals[0].text)
    if scale is None or second.number is None or _SCALE_AT_END.search(first.numerals[0].text):
        return number
    name = scale[0].lower()
    scaled = number * _SCALES[_SCALE_OF.get(name, name)]
    return scaled if scaled < second.number else number


def _join(text: str, first: Quantity, second: Quantity, low: int | float, unit: str | None) -> Quantity:
    comparator: Comparator = "exactly" if unit == "score" else "between"
    span = text[first.start : second.end]
    numerals = first.numerals + second.numerals
    unit = unit or first.unit
    return Quantity(first.start, second.end, None, low, second.number, unit, comparator, span, numerals)


def _mark_pairs(text: str, found: list[Quantity]) -> list[Quantity]:
    """The two amounts of "from 12 to 17", "to 17 from 12" know their role and each other."""
    marked = list(found)
    for index, (first, second) in enumerate(pairwise(found)):
        roles = _roles(text, first, second)
        if roles is None or marked[index].role:
            continue
        unit = first.unit or (
            second.unit if text[first.end : second.start].split()[0:1] in (["to"], ["from"]) else None
        )
        marked[index] = replace(first, role=roles[0], partner=index + 1, unit=unit)
        marked[index + 1] = replace(second, role=roles[1], partner=index)
    return marked


def _roles(text: str, first: Quantity, second: Quantity) -> tuple[Literal["from", "to"], Literal["from", "to"]] | None:
    before, gap = text[max(0, first.start - _WINDOW) : first.start], text[first.end : second.start]
    if len(gap) > 60:
        return None
    if _FROM.search(before) and _FAR_TO_GAP.match(gap):
        return ("from", "to")
    if _UP_FROM_GAP.match(gap) or (_TO.search(before) and _FAR_FROM_GAP.match(gap)):
        return ("to", "from")
    return None


def _mark_equivalents(text: str, found: list[Quantity]) -> list[Quantity]:
    marked = list(found)
    for index, (first, second) in enumerate(pairwise(found)):
        if _is_equivalent(text, first, second):
            original = marked[index].equivalent_of
            marked[index + 1] = replace(marked[index + 1], equivalent_of=index if original is None else original)
    return marked


def _is_equivalent(text: str, first: Quantity, second: Quantity) -> bool:
    if first.unit is None or second.unit is None or first.unit == second.unit:
        return False
    if DIMENSION.get(first.unit) != DIMENSION.get(second.unit):
        return False
    gap = text[first.end : second.start]
    return len(gap) <= 40 and _EQUIVALENT_GAP.match(gap) is not None
