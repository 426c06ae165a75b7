"""Numbers in a sentence, in words and digits: "Forty-one", "1.2bn", "one in six". Ordinals come apart from them."""

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from streams.facts.numbers import number_context as context
from streams.facts.numbers import number_parts as parts
from streams.facts.numbers import number_words as words
from streams.facts.numbers.number_tokens import VULGAR, NumberText
from streams.facts.numbers.number_words import Read
from streams.facts.numbers.units import CURRENCY_CODES

_NOT_AFTER_NO = context.FUNCTION_WORDS | frozenset(
    "longer more less fewer matter doubt wonder one sooner later better different need way brainer good".split()
)
_METRE_AHEAD = re.compile(
    r"[\s-]*(?:high|deep|tall|wide|long|thick|above|below|away|from|apart|of\s+(?:water|snow)|sprint|race|final|freestyle|hurdles"
    r"|butterfly|backstroke|breaststroke|relay|run|swim|pool|dash|sea)\b"
)
_RACES = frozenset((60, 100, 110, 200, 400, 800, 1_500, 3_000, 5_000, 10_000))  # metres
_METRE_CONTEXT = re.compile(
    r"\b(?:water|waves?|deep|depth|height|high|tall|river|snow|sprint|metres?|tide|swell|altitude|elevation|level|flood\w*)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number as printed: ``text`` is ``sentence[start:end]``.

    ``approximate``: "dozens", "several hundred": the value is the unit, not the amount. ``zero_word``: "no", "none",
    "nobody". ``year_like``: a bare 1900 to 2099 that nothing shows to be a count. ``age``: "aged 45", "Weil, 45,".
    ``fraction``: a part of something ("a third", "one in six"). ``score``: one of the two numbers of "3-1".
    """

    start: int
    end: int
    value: int | float
    text: str
    approximate: bool = False
    zero_word: bool = False
    year_like: bool = False
    age: bool = False
    fraction: bool = False
    score: bool = False


_NUMBER_WORDS = (
    frozenset(words.SMALL) | frozenset(words.PLURALS) | frozenset(words.SCALES) | frozenset(words.DENOMINATORS)
)
# A text without any of these holds no number; a number begins at one of _STARTERS.
_SIGNS_OF_NUMBER = (
    _NUMBER_WORDS | {"dozen", "couple", "no", "none", "nobody"} | frozenset("0123456789") | frozenset(VULGAR)
)
_STARTERS = (
    frozenset(words.SMALL) | frozenset(words.PLURALS) | frozenset("no none nobody half several few many minus".split())
)
_AFTER_ARTICLE = frozenset(words.SCALES) | frozenset(words.DENOMINATORS) | {"dozen", "couple", "few"}


def find_numerals(text: str) -> list[Numeral]:
    """All numbers of ``text`` in order of their place, none overlapping another."""
    if _SIGNS_OF_NUMBER.isdisjoint(words.WORD.findall(text.lower())):
        return []
    return list(_numerals(text))


@lru_cache(maxsize=64)  # amounts and times ask for the same sentence's numbers
def _numerals(text: str) -> tuple[Numeral, ...]:
    line = NumberText(text)
    found: list[Numeral] = []
    index = 0
    while index < len(line.tokens):
        if not _may_begin(line, index):
            index += 1
        elif label_end := context.label_end(line, index):
            index = label_end
        elif made := _numeral_at(line, index):
            numeral, index = made
            found.append(numeral)
        else:
            index += 1
    return tuple(found)


def _may_begin(line: NumberText, index: int) -> bool:
    token = line.tokens[index]
    if token.number is not None or token.word in _STARTERS:
        return True
    return token.word in ("a", "an") and line.word(index + 1) in _AFTER_ARTICLE


def _numeral_at(line: NumberText, index: int) -> tuple[Numeral, int] | None:
    """The number that begins at token ``index``, and the index after it."""
    if line.word(index) == "minus":
        return _minus(line, index)
    if zero := _zero_word(line, index):
        return _make(line, index, zero, zero_word=True), zero.after
    if part := parts.slash_fraction(line, index) or parts.fraction(line, index) or parts.ratio(line, index):
        return _make(line, index, part, fraction=part.value < 1), part.after
    token = line.tokens[index]
    read = _digits(line, index) if token.number is not None else words.read_words(line, index)
    if read is None or _is_ordinal(line, read) or context.is_name_part(line, index, read.after):
        return None
    alone = read.after == index + 1
    if alone and token.word == "one" and not context.one_counts(line, index):
        return None
    digits = alone and token.number is not None
    return _make(
        line,
        index,
        read,
        zero_word=token.word in ("zero", "nil", "nought"),
        year_like=digits and context.year_like(line, index),
        age=context.is_age(line, index, read),
        score=digits and context.is_score(line, index),
    ), read.after


def _minus(line: NumberText, index: int) -> tuple[Numeral, int] | None:
    """ "minus 15", "minus five"."""
    made = _numeral_at(line, index + 1) if line.joined(index + 1) and line.word(index + 1) != "minus" else None
    if made is None or made[0].value <= 0:
        return None
    start, numeral = line.tokens[index].start, made[0]
    return replace(numeral, start=start, value=-numeral.value, text=line.text[start : numeral.end]), made[1]


def _is_ordinal(line: NumberText, read: Read) -> bool:
    """ "twenty-third", "two hundred and fifth": an ordinal and no number."""
    after = read.after + (line.word(read.after) == "and")
    if not line.joined(after) or line.word(after) not in words.ORDINALS or read.value % 10:
        return False
    return after > read.after or line.gap(after) == "-"


def _make(line: NumberText, first: int, read: Read, **flags: bool) -> Numeral:
    start, end = line.tokens[first].start, line.tokens[read.after - 1].end
    return Numeral(start, end, _plain(read.value), line.text[start:end], approximate=read.approximate, **flags)


def _plain(value: Decimal) -> int | float:
    """An int where the number is whole."""
    return int(value) if value == value.to_integral_value() else float(value)


def _zero_word(line: NumberText, index: int) -> Read | None:
    word = line.tokens[index].word
    if word in ("none", "nobody"):
        return Read(Decimal(0), index + 1)
    if word != "no" or not line.joined(index + 1):
        return None
    if line.tokens[index + 1].word == "one":
        return Read(Decimal(0), index + 2)
    hyphen = line.text[line.tokens[index].end] in "-‑"
    if hyphen or not line.tokens[index + 1].word or line.tokens[index + 1].word in _NOT_AFTER_NO:
        return None
    return Read(Decimal(0), index + 1)


def _digits(line: NumberText, index: int) -> Read:
    """Digits with the sign or words of their scale: "1.2bn", "48 billion", "36 thousand"."""
    value = line.tokens[index].number or Decimal(0)
    following = index + 1
    if following < len(line.tokens) and line.tokens[following].word in words.SCALE_SIGNS:
        gap = line.text[line.tokens[index].end : line.tokens[following].start]
        sign = line.tokens[following].word
        if gap in ("", " ", "\u00a0", "-") and _is_scale_sign(line, index, sign, glued=not gap):
            return Read(value * words.SCALE_SIGNS[sign], following + 1)
    return words.read_scale(line, value, following)


def _is_distance(line: NumberText, index: int) -> bool:
    """ "within 500m", "the 100m"."""
    before = line.word(index - 1)
    return before == "within" or (before == "the" and line.tokens[index].number in _RACES)


def _is_scale_sign(line: NumberText, index: int, sign: str, *, glued: bool) -> bool:
    """Whether "m" is million and no metre, "k" thousand, "b" billion."""
    if len(sign) > 1:
        return True
    start, after = line.tokens[index].start, line.tokens[index + 1].end
    if (
        context.SYMBOL_BEFORE.search(line.text[max(0, start - 2) : start])
        or line.word(index - 1).upper() in CURRENCY_CODES
    ):
        return True
    if sign != "m" or not glued:
        return glued and sign == "k"
    if (
        line.text[after : after + 1] in ("2", "²", "³", "/")
        or _METRE_AHEAD.match(line.text, after)
        or _is_distance(line, index)
    ):
        return False
    return context.plural_ahead(line, index + 2) or not _METRE_CONTEXT.search(line.text)
