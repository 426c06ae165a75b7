"""Correction notes: the sentences in which a publisher speaks of its own text."""

import re
from collections.abc import Sequence
from functools import lru_cache

from streams.facts.language.text import Sentence, plain

LABEL = r"(?:corrections?|clarifications?|editor'?s'? note|amendment|erratum|for the record)"
_NOTE = re.compile(
    rf"\W{{0,8}}+(?:{LABEL}\b\s*(?:\([^)]{{0,60}}\))?\s*[:\u2013\u2014-]"
    r"|this (?:article|story|post|page|report|piece) (?:was|has been) (?:amended|corrected|updated to correct)"
    r"|(?:an|the) (?:earlier|previous|original|initial) version of this|in an earlier version"
    r"|we (?:have corrected|apologi[sz]e))",
    re.I,
)


@lru_cache(maxsize=8192)
def is_note(text: str) -> bool:
    """Whether a text begins as a correction note does."""
    return _NOTE.match(plain(text)) is not None


def in_notes(sentences: Sequence[Sentence]) -> list[bool]:
    """For each sentence whether it belongs to a note: begins one, or follows it in its paragraph."""
    open_in: tuple[str, int] | None = None
    found = []
    for sentence in sentences:
        place = (sentence.field, sentence.paragraph)
        if sentence.field == "correction" or (sentence.field == "body" and is_note(sentence.text)):
            open_in = place
        found.append(open_in == place)
    return found


def names(notes: str, words: Sequence[str]) -> bool:
    """Whether a note speaks of any of the words (numbers, names, nouns of four letters and more)."""
    said = set(re.findall(r"[\w.,]*\w", plain(notes).lower()))
    return any(word in said for word in words if word.isdigit() or len(word) > 3)
