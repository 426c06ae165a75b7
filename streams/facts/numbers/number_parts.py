"""Parts of something: "a third of", "two-thirds", "one in six", "2 1/2", "a quarter of a million"."""

import re
from decimal import Decimal

from streams.facts.numbers import number_words as words
from streams.facts.numbers.number_tokens import NumberText
from streams.facts.numbers.number_words import Read

_SLASH = re.compile(r"(?:(?P<whole>[0-9]{1,3})[ -])?(?<![\w/.,])(?P<part>[0-9]{1,2})/(?P<of>[0-9]{1,3})(?![\w/])")
_AFTER_FRACTION = frozenset("of more less fewer higher lower larger smaller bigger".split())
_BEFORE_FRACTION = frozenset("by about nearly almost roughly over around than approximately some just only".split())
_TIME_UNITS = frozenset("second seconds minute minutes hour hours day days week weeks month months year years".split())
_RATIO_BASES = frozenset((2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 20, 25, 50, 100, 1_000, 10_000, 100_000, 1_000_000))
_AFTER_HALF = frozenset("of the its their his her our".split())
_BEFORE_TIME_HALF = frozenset("first second other latter opening".split())  # "the second half of the year"
_AFTER_CHANGE = frozenset("to in from since on last this during over after compared".split())  # "fell by a third to"
_HALVED = frozenset(
    "percentage percent point mile metre meter kilometre kilometer degree inch foot pound kilo ton tonne litre".split()
)
_LINKS = (("in", "every"), ("in",), ("out", "of", "every"), ("out", "of"))
_INJURED = frozenset("killed killing kills injured injuring wounded wounding hurt".split())


def slash_fraction(line: NumberText, index: int) -> Read | None:
    """ "1/2", "2 1/2", "7/10"."""
    token = line.tokens[index]
    match = _SLASH.match(line.text, token.start) if token.number is not None else None
    if match is None or not 0 < int(match["part"]) < int(match["of"]):
        return None
    after = index + (3 if match["whole"] else 2)
    if after > len(line.tokens) or line.tokens[after - 1].end != match.end():
        return None
    return Read(Decimal(match["whole"] or 0) + Decimal(match["part"]) / Decimal(match["of"]), after)


def small(line: NumberText, index: int) -> Decimal | None:
    """A number below a hundred in one token."""
    if not 0 <= index < len(line.tokens):
        return None
    if line.tokens[index].number is not None:
        return line.tokens[index].number
    return Decimal(words.SMALL[line.tokens[index].word]) if line.tokens[index].word in words.SMALL else None


def fraction(line: NumberText, index: int) -> Read | None:
    """ "a third of", "two-thirds", "half the", "a quarter of a million"."""
    word, before = line.tokens[index].word, line.word(index - 1)
    if word == "half":
        if line.word(index + 1) == "a" and line.word(index + 2) in _HALVED:
            return Read(Decimal("0.5"), index + 2)
        ahead = line.joined(index + 1) and line.word(index + 1) in _AFTER_HALF and before not in _BEFORE_TIME_HALF
        return _of_scale(line, Decimal("0.5"), index + 1) if ahead or before in ("by", "than") else None
    count = Decimal(1) if word in ("a", "an") else small(line, index)
    if count is None or count < 1 or not line.joined(index + 1):
        return None
    name = line.tokens[index + 1].word
    denominator = words.DENOMINATORS.get(name) if count == 1 else words.PLURAL_DENOMINATORS.get(name)
    if denominator is None or not _fraction_counts(line, index, count):
        return None
    return _of_scale(line, count / denominator, index + 2)


def _fraction_counts(line: NumberText, index: int, count: Decimal) -> bool:
    """Whether "a third" is a part and no ordinal, and "three quarters" no span of time."""
    name, following = line.tokens[index + 1].word, line.word(index + 2)
    hyphen = line.text[line.tokens[index].end] in "-‑"
    if hyphen or following in _AFTER_FRACTION:
        return True
    if count > 1:
        return name not in ("quarters", "halves")
    ends = not line.joined(index + 2) or following in _AFTER_CHANGE
    return ends and (line.tokens[index].word == "one" or line.word(index - 1) in _BEFORE_FRACTION)


def _of_scale(line: NumberText, part: Decimal, after: int) -> Read:
    """ "of a million" after a fraction multiplies it."""
    if line.word(after) == "of" and line.word(after + 1) == "a" and line.word(after + 2) in words.SCALES:
        return words.read_scale(line, part, after + 2)
    return Read(part, after)


def ratio(line: NumberText, index: int) -> Read | None:
    """ "one in six", "9 out of 10", "two in every five"."""
    count = small(line, index)
    if count is None or not line.joined(index + 1):
        return None
    link = next(
        (link for link in _LINKS if all(line.word(index + 1 + at) == word for at, word in enumerate(link))), None
    )
    base = _base(line, index + 1 + len(link)) if link else None
    if base is None or not 0 < count < base.value or line.word(base.after) in _TIME_UNITS:
        return None
    if base.value not in _RATIO_BASES and (count > 1 or 1900 <= base.value < 2100):
        return None
    if line.word(index - 1) in _INJURED and count > 1:
        return None
    return Read(count / base.value, base.after)


def _base(line: NumberText, index: int) -> Read | None:
    """The "six" of "one in six", the "hundred thousand" or "a million"."""
    if not line.joined(index):
        return None
    if line.word(index) == "a" or line.word(index) in words.SCALES:
        return words.read_scale(line, Decimal(1), index + (line.word(index) == "a"))
    base = small(line, index)
    return words.read_scale(line, base, index + 1) if base is not None else None
