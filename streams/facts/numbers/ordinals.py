"""Ordinals: "third", "2nd", "twenty-first"."""

import re
from dataclasses import dataclass

from streams.facts.numbers import number_words as words

_ORDINAL_WORDS = "|".join(sorted(words.ORDINALS, key=len, reverse=True))
_ORDINAL = re.compile(
    rf"(?<![\w.,])(?:(?P<digits>[0-9]{{1,3}}(?:,[0-9]{{3}})?|[0-9]{{1,6}})(?:st|nd|rd|th)"
    rf"|(?:(?P<tens>{'|'.join(words.TENS)})[ -])?(?P<word>{_ORDINAL_WORDS}))\b",
    re.IGNORECASE,
)
_SECOND_OF_TIME = re.compile(r"\b(?:per|a|split|one|every|each|[0-9])[ -]?\Z", re.IGNORECASE)
_TIME_AHEAD = re.compile(r"\s(?:later|ago|before|after|earlier)\b|\Z|[.,;]")


@dataclass(frozen=True, slots=True)
class Ordinal:
    """ "third", "2nd", "twenty-first"."""

    start: int
    end: int
    value: int
    text: str


def find_ordinals(text: str) -> list[Ordinal]:
    """All ordinals of ``text``; "second" as a unit of time ("per second", "a second later") is none."""
    return [ordinal for match in _ORDINAL.finditer(text) if (ordinal := _ordinal(text, match))]


def _ordinal(text: str, match: re.Match[str]) -> Ordinal | None:
    start, end = match.span()
    if match["digits"]:
        return Ordinal(start, end, int(match["digits"].replace(",", "")), match[0])
    value = words.ORDINALS[match["word"].lower()]
    if value == 2 and _SECOND_OF_TIME.search(text[max(0, start - 7) : start]) and _TIME_AHEAD.match(text, end):
        return None
    tens = words.TENS[match["tens"].lower()] if match["tens"] else 0
    return Ordinal(start, end, value + tens, match[0]) if value < 10 or not tens else None
