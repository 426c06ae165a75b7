"""English number words to numbers: "one hundred and five", "twelve hundred", "two and a half million", "dozens"."""

import re
from decimal import Decimal
from typing import NamedTuple

from streams.facts.numbers.number_tokens import NumberText

UNITS = {word: value for value, word in enumerate("zero one two three four five six seven eight nine".split())} | {
    "nil": 0,
    "nought": 0,
}
TEENS = {
    word: value
    for value, word in enumerate(
        "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split(), start=10
    )
}
TENS = {
    word: value
    for value, word in zip(
        range(20, 100, 10), "twenty thirty forty fifty sixty seventy eighty ninety".split(), strict=True
    )
} | {"fourty": 40}
SCALES = {
    "hundred": 100,
    "thousand": 1_000,
    "lakh": 100_000,
    "million": 1_000_000,
    "crore": 10_000_000,
    "billion": 1_000_000_000,
    "trillion": 1_000_000_000_000,
}
SCALE_SIGNS = {
    "k": 1_000,
    "m": 1_000_000,
    "mn": 1_000_000,
    "mln": 1_000_000,
    "b": 1_000_000_000,
    "bn": 1_000_000_000,
    "bln": 1_000_000_000,
    "tn": 1_000_000_000_000,
    "trn": 1_000_000_000_000,
}
PLURALS = {
    "scores": 20,
    "dozens": 12,
    "tens": 10,
    "hundreds": 100,
    "thousands": 1_000,
    "lakhs": 100_000,
    "millions": 1_000_000,
    "crores": 10_000_000,
    "billions": 1_000_000_000,
    "trillions": 1_000_000_000_000,
}
_ORDINAL_UNITS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7,
                  "eighth": 8, "ninth": 9}  # fmt: skip
ORDINALS = (
    _ORDINAL_UNITS
    | {"tenth": 10, "eleventh": 11, "twelfth": 12}
    | {word + "th": value for word, value in TEENS.items() if value > 12}
    | {word[:-1] + "ieth": value for word, value in TENS.items()}
    | {"hundredth": 100, "thousandth": 1_000, "millionth": 1_000_000}
)
DENOMINATORS = {word: value for word, value in ORDINALS.items() if value > 2} | {"half": 2, "quarter": 4}
PLURAL_DENOMINATORS = {word + "s": value for word, value in DENOMINATORS.items()} | {"halves": 2}
SMALL = UNITS | TEENS | TENS

WORD = re.compile(r"[a-z]+|[0-9¼½¾⅓⅔⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞]")  # in lower-cased text: enough to see whether there is a number
INEXACT = {"several": 1, "few": 1, "many": 1, "some": 1, "couple": 2}  # "several hundred", "a few dozen"


class Read(NamedTuple):
    """A number read from tokens: its value, the index after its last token, and whether it is inexact."""

    value: Decimal
    after: int
    approximate: bool = False


def read_words(line: NumberText, first: int) -> Read | None:
    """The longest number in words that begins at token ``first``; None if there is none."""
    word = line.tokens[first].word
    if word in PLURALS:
        return _read_plural(line, first)
    if word in ("a", "an"):
        return _read_after_article(line, first)
    if word in ("several", "few", "many"):
        return _read_inexact(line, first)
    if word == "half":
        return _read_half(line, first)
    return _read_cardinal(line, first) if word in SMALL else None


def read_scale(line: NumberText, value: Decimal, after: int) -> Read:
    """``value`` with the half and the scale words that follow it: (2, "and a half million") is 2,500,000."""
    half = _read_and_fraction(line, after)
    if half:
        value, after = value + half.value, half.after
    while line.joined(after):
        word = line.tokens[after].word
        if word == "dozen":
            return Read(value * 12, after + 1)
        if word not in SCALES:
            break
        value, after = value * SCALES[word], after + 1
        half = _read_and_fraction(line, after)
        if half:  # "a million and a half"
            return Read(value + half.value * SCALES[word], half.after)
    return Read(value, after)


def _read_cardinal(line: NumberText, first: int) -> Read:
    """ "one hundred and five", "twelve hundred", "two and a half million", "three million two hundred thousand"."""
    total, group, index, scale_limit = Decimal(0), Decimal(SMALL[line.tokens[first].word]), first + 1, Decimal(10) ** 15
    while line.joined(index):
        word = line.tokens[index].word
        step = 2 if word == "and" and line.joined(index + 1) else 1
        word = line.tokens[index + step - 1].word
        if word in SMALL and _may_add(group, total, SMALL[word], bool(step == 2)):
            group += SMALL[word]
        elif step == 1 and word == "hundred" and 0 < group < 100:
            group *= 100
        elif step == 1 and word in SCALES and word != "hundred" and group and SCALES[word] < scale_limit:
            scale_limit = Decimal(SCALES[word])
            total, group = total + group * SCALES[word], Decimal(0)
        else:
            break
        index += step
    if total == 0:
        return _read_point(line, read_scale(line, group, index))
    half = _read_and_fraction(line, index) if group == 0 else None
    return Read(total + half.value * scale_limit, half.after) if half else Read(total + group, index)


def _may_add(group: Decimal, total: Decimal, small: int, after_and: bool) -> bool:
    """Whether "twenty" + "five", "hundred" + "five", "thousand" + "five" go together as one number."""
    if small == 0:
        return False
    if group == 0:
        return total > 0
    if after_and or small >= 10:
        return group >= 100 and group % 100 == 0
    return group % 10 == 0 and group % 100 != 10


def _read_point(line: NumberText, read: Read) -> Read:
    """ "four point two" and its scale."""
    index, digits = read.after, ""
    if not (line.joined(index) and line.word(index) == "point"):
        return read
    index += 1
    while line.joined(index) and line.tokens[index].word in UNITS:
        digits += str(UNITS[line.tokens[index].word])
        index += 1
    return read_scale(line, Decimal(f"{read.value}.{digits}"), index) if digits else read


def _read_plural(line: NumberText, first: int) -> Read | None:
    """ "dozens", "tens of thousands", "hundreds of millions": the unit of the plural, inexact."""
    value, after = Decimal(PLURALS[line.tokens[first].word]), first + 1
    while line.joined(after) and line.tokens[after].word == "of" and line.joined(after + 1):
        further = PLURALS.get(line.tokens[after + 1].word)
        if further is None or further < 100:
            break
        value, after = value * further, after + 2
    if line.tokens[first].word in ("scores", "tens") and line.word(first + 1) != "of":
        return None
    return Read(value, after, approximate=True)


def _read_after_article(line: NumberText, first: int) -> Read | None:
    """ "a hundred and five", "a dozen", "a few hundred", "a couple of", "a half", "a sixth of"."""
    if not line.joined(first + 1):
        return None
    word = line.tokens[first + 1].word
    if word == "few":
        return _read_inexact(line, first + 1)
    if word == "couple" and line.word(first + 2) == "of":
        return Read(Decimal(2), first + 3, approximate=True)
    if word == "dozen":
        return Read(Decimal(12), first + 2)
    if word == "hundred":
        return _read_after_hundred(line, first + 2)
    if word in SCALES:
        return read_scale(line, Decimal(1), first + 1)
    return None


def _read_after_hundred(line: NumberText, after: int) -> Read:
    step = 2 if line.word(after) == "and" and line.joined(after) else 1
    if line.joined(after) and line.joined(after + step - 1) and line.word(after + step - 1) in SMALL:
        rest = _read_cardinal(line, after + step - 1)
        if rest.value < 100:
            return Read(100 + rest.value, rest.after)
    return read_scale(line, Decimal(100), after)


def _read_inexact(line: NumberText, first: int) -> Read | None:
    """ "several hundred", "few dozen": the unit, inexact."""
    if not line.joined(first + 1) or line.tokens[first + 1].word not in SCALES | {"dozen": 12}:
        return None
    read = read_scale(line, Decimal(1), first + 1)
    return Read(read.value, read.after, approximate=True)


def _read_half(line: NumberText, first: int) -> Read | None:
    """ "half a million", "half a dozen"."""
    if line.word(first + 1) in ("a", "an") and line.word(first + 2) in SCALES | {"dozen": 12}:
        read = read_scale(line, Decimal("0.5"), first + 2)
        return read if read.after > first + 2 else None
    return None


def _read_and_fraction(line: NumberText, index: int) -> Read | None:
    """ "and a half", "and three quarters" after a whole number."""
    if line.word(index) != "and" or not all(line.joined(index + step) for step in range(3)):
        return None
    count = 1 if line.tokens[index + 1].word == "a" else UNITS.get(line.tokens[index + 1].word)
    part = DENOMINATORS.get(line.tokens[index + 2].word) or PLURAL_DENOMINATORS.get(line.tokens[index + 2].word)
    return Read(Decimal(count) / part, index + 3) if count and part and part in (2, 4) else None
