"""Ordinals: "third", "2nd", "twenty-first"."""

import re

from streams.facts.numbers import number_words as words

_DIGITS = re.compile(r"([0-9]{1,3}(?:,[0-9]{3})?|[0-9]{1,6})(?:st|nd|rd|th)")


def ordinal(word: str) -> int | None:
    """The number of a word in lower case that is an ordinal; None for any other."""
    digits = _DIGITS.fullmatch(word)
    if digits:
        return int(digits[1].replace(",", ""))
    tens, _, unit = word.rpartition("-")
    if not tens:
        return words.ORDINALS.get(word)
    value = words.ORDINALS.get(unit, 10)
    return words.TENS[tens] + value if tens in words.TENS and value < 10 else None
