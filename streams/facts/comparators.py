"""Words that say how exact a number is: "about", "at least", "more than", "or so"."""

import re

from schemas.values import Comparator

_BEFORE: dict[Comparator, tuple[str, ...]] = {
    "about": ("about", "around", "some", "roughly", "nearly", "almost", "approximately", "approx", "an estimated", "estimated",
              "close to", "circa", "in the region of", "in the order of", "nearer", "somewhere around", "shy of"),
    "at least": ("at least", "no fewer than", "no less than", "not less than", "not fewer than", "a minimum of", "minimum of",
                 "a minimum", "minimum", "at a minimum", "at the very least"),
    "more than": ("more than", "over", "in excess of", "upwards of", "upward of", "greater than", "higher than", "above",
                  "exceeding", "exceeds", "exceeded", "larger than", "longer than", "topping", "north of", "better than"),
    "at most": ("up to", "at most", "no more than", "not more than", "as many as", "as much as", "a maximum of", "maximum of",
                "a maximum", "maximum", "no longer than", "no later than", "no higher than", "at the most"),
    "fewer than": ("fewer than", "less than", "under", "below", "lower than", "shorter than", "smaller than", "short of"),
}  # fmt: skip
_OF_PHRASE = {phrase: comparator for comparator, phrases in _BEFORE.items() for phrase in phrases}
_PHRASES = "|".join(phrase.replace(" ", r"\s+") for phrase in sorted(_OF_PHRASE, key=len, reverse=True))
_BEFORE_PATTERN = re.compile(
    rf"(?:\b(?P<phrase>{_PHRASES})\.?\s+(?:the\s+|a\s+|an\s+)?|(?P<sign>[~≈<>≥≤])\s?)\Z", re.IGNORECASE
)
_SIGNS: dict[str, Comparator] = {
    "~": "about",
    "≈": "about",
    "<": "fewer than",
    ">": "more than",
    "≥": "at least",
    "≤": "at most",
}
_AFTER_PATTERN = re.compile(
    r"\s?(?:(?P<plus>\+(?![\w]))|(?P<so>or so\b|or thereabouts\b)|(?P<more>or (?:more|over|above|higher|greater|longer)\b|plus\b(?! \w+ing))"
    r"|(?P<less>or (?:less|fewer|under|below|lower)\b))"
)
# For patterns that end before a number: a comparator that may stand there.
BEFORE_GAP = rf"(?:(?:just|only|well|slightly)\s+)?(?:(?:{_PHRASES})\s+)?"


def comparator_before(before: str) -> Comparator | None:
    """The comparator that ends ``before``, the text before a number; None if there is none."""
    match = _BEFORE_PATTERN.search(before)
    if match is None:
        return None
    if match["sign"]:
        return _SIGNS[match["sign"]]
    return _OF_PHRASE[" ".join(match["phrase"].lower().split())]


def comparator_after(text: str, end: int) -> Comparator | None:
    """The comparator right after a number or its unit: "or more", "or so", "+"."""
    match = _AFTER_PATTERN.match(text, end)
    if match is None:
        return None
    if match["so"]:
        return "about"
    return "at most" if match["less"] else "at least"
