"""Words that say how exact a number is: "about", "at least", "more than", "or so"."""

import re

from schemas.values import Comparator

_PHRASES: dict[Comparator, str] = {
    "about": "about, around, some, roughly, nearly, almost, approximately, approx, approx., estimated, close to, "
    "circa, in the region of, in the order of, somewhere around, shy of",
    "at least": "at least, no fewer than, no less than, not less than, not fewer than, minimum of, minimum, "
    "at the very least, at a minimum",
    "more than": "more than, over, in excess of, upwards of, upward of, greater than, higher than, above, exceeding, "
    "exceeds, exceeded, larger than, longer than, topping, topped, north of, "
    "better than, surpassed",
    "at most": "up to, at most, no more than, not more than, as many as, as much as, maximum of, maximum, "
    "no longer than, no higher than, no later than, at the most",
    "fewer than": "fewer than, less than, under, below, lower than, shorter than, smaller than, short of",
}
_OF_PHRASE = {phrase: comparator for comparator, phrases in _PHRASES.items() for phrase in phrases.split(", ")}
_LONGEST = max(len(phrase.split()) for phrase in _OF_PHRASE)
_SIGNS: dict[str, Comparator] = {
    "~": "about",
    "≈": "about",
    "<": "fewer than",
    ">": "more than",
    "≥": "at least",
    "≤": "at most",
}
# "go up to 48bn" says where it goes, and "14 percent over two years" runs through two years: neither compares.
_MOVES = frozenset(
    """go goes going gone went rise rises rising rose risen climb climbs climbed move moves moved push pushes pushed
    drive drives drove add adds added step catch catches""".split()
)
_BEFORE_COMPARING_OVER = frozenset(
    """for last lasts lasted lasting took take takes taken after just well of is was by spent little spanning
    slightly""".split()
)
_AFTER = re.compile(
    r"\s?(?:(?P<so>or so\b|or thereabouts\b|-odd\b)"
    r"|(?P<more>\+(?!\w)|or (?:more|over|above|higher|greater|longer)\b|plus\b)"
    r"|(?P<less>or (?:less|fewer|under|below|lower)\b))"
)
_ALTERNATIVES = "|".join(phrase.replace(" ", r"\s+") for phrase in sorted(_OF_PHRASE, key=len, reverse=True))
# For patterns that end before a number: a comparator that may stand there.
BEFORE_GAP = rf"(?:(?:an?|the|just|only|well|slightly)\s+)?(?:(?:{_ALTERNATIVES})\s+)?(?:an?\s+|the\s+)?"


def comparator_before(before: str) -> Comparator | None:
    """The comparator that ends ``before``, the text before a number; None if there is none."""
    if before[-1:] in _SIGNS or (before[-2:-1] in _SIGNS and before[-1:] == " "):
        return _SIGNS[before.rstrip()[-1]]
    if not before[-1:].isspace():
        return None
    ending = before.lower().split()[-_LONGEST - 1 :]
    for length in range(min(_LONGEST, len(ending)), 0, -1):
        phrase = " ".join(ending[-length:])
        if phrase in _OF_PHRASE:
            moves = phrase == "up to" and length < len(ending) and ending[-length - 1] in _MOVES
            return None if moves else _OF_PHRASE[phrase]
    return None


def length_comparator_before(before: str) -> Comparator | None:
    """The same before a length of time, where "over" compares only after a word of lasting."""
    words = before.lower().split()
    if words[-1:] == ["over"] and (len(words) < 2 or words[-2] not in _BEFORE_COMPARING_OVER):
        return None
    return "at most" if words[-1:] == ["within"] else comparator_before(before)


def comparator_after(text: str, end: int) -> Comparator | None:
    """The comparator right after a number or its unit: "or more", "or so", "+"."""
    match = _AFTER.match(text, end)
    if match is None:
        return None
    if match["so"]:
        return "about"
    return "at most" if match["less"] else "at least"
