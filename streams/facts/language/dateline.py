"""Datelines ("BATAR, May 3 (Coastwire) - "): where and when a report was filed, no part of its first sentence."""

import re

_NAME = r"[A-Z][\w.'-]*(?:,? [A-Z][\w.'-]*){0,4}"
_CAPITALS = r"[A-Z][A-Z.'-]+(?:,? [A-Z][A-Za-z.'-]*){0,4}"
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?"
_DAY = (
    r"(?:Mon|Tues?|Wednes|Thurs?|Fri|Satur|Sun)?(?:day)?,? ?"
    rf"(?:{_MONTH} \d{{1,2}}|\d{{1,2}} {_MONTH})"
)
_AGENCY = r"\([^()]{2,40}\)"
_DATELINE = re.compile(
    rf"(?:{_NAME}(?:, {_DAY})? ?{_AGENCY}|{_CAPITALS}(?:, {_DAY})?|{_DAY}(?: {_AGENCY})?)"
    r" ?[-\u2013\u2014]{1,2} (?=\S)"
)


def length(sentence: str) -> int:
    """How many characters a sentence's dateline takes, its dash included; 0 where it has none."""
    found = _DATELINE.match(sentence)
    return found.end() if found else 0
