"""Meaning kept: what page makers leave in a text."""

import re
from random import Random

from tests.evaluation.metamorphic.passage import Passage, respell_all

SPACE_BEFORE_NUMBER = re.compile(r" (?=\d)")
SENTENCE_SPACE = re.compile(r"(?<=[.!?]) (?=[A-Z])")
AMPERSAND = re.compile(r" & ")
APOSTROPHE = re.compile(r"(?<=\w)['’](?=\w)")


def spaces_unbreakable(passage: Passage, rng: Random) -> Passage | None:
    return respell_all(passage, SPACE_BEFORE_NUMBER, lambda match: "\u00a0")


def spaces_doubled(passage: Passage, rng: Random) -> Passage | None:
    return respell_all(passage, SENTENCE_SPACE, lambda match: "  ")


def entities_left(passage: Passage, rng: Random) -> Passage | None:
    return respell_all(passage, SENTENCE_SPACE, lambda match: "&nbsp;")


def apostrophes_as_entities(passage: Passage, rng: Random) -> Passage | None:
    return respell_all(passage, APOSTROPHE, lambda match: "&#8217;")


def line_breaks_left(passage: Passage, rng: Random) -> Passage | None:
    return passage.with_body("<br>\n\n".join(passage.paragraphs)) if len(passage.paragraphs) > 1 else None


def zero_width_spaces_left(passage: Passage, rng: Random) -> Passage | None:
    return respell_all(passage, SENTENCE_SPACE, lambda match: " \u200b")


def ampersands_as_entities(passage: Passage, rng: Random) -> Passage | None:
    return respell_all(passage, AMPERSAND, lambda match: " &amp; ")
