"""Meaning kept: the same words of the same speaker, set otherwise."""

import re
from random import Random

from tests.evaluation.metamorphic.passage import Passage

STRAIGHT = re.compile(r'"([^"\n]+)"')
WHOLE = re.compile(
    r"\"(?P<first>[A-Z][^\",.]{12,}?) "
    r"(?P<rest>(?:and|but|because|when|that|which|in|to|for|with|of|on|at) [^\".]{8,}),\" "
    r"(?P<who>said [A-Z][^.\"]+|[A-Z][\w ]+ said)\."
)
SPLIT = re.compile(
    r"\"(?P<first>[A-Z][^\"]+?),?\" (?P<who>(?:said [A-Z][^.\"]+|[A-Z][^.\"]+ said)), \"(?P<rest>[a-z][^\"]+?)\.\""
)
SPEAKER_LAST = re.compile(r"\"(?P<words>[A-Z][^\"]+),\" said (?P<who>[A-Z][\w'-]+(?: [A-Z][\w'-]+)*)\.")


def quotes_curled(passage: Passage, rng: Random) -> Passage | None:
    return _changed(passage, STRAIGHT.sub(r"“\1”", passage.body).replace("'", "’"))


def quote_split(passage: Passage, rng: Random) -> Passage | None:
    return _changed(passage, WHOLE.sub(r'"\g<first>," \g<who>, "\g<rest>."', passage.body))


def quote_made_whole(passage: Passage, rng: Random) -> Passage | None:
    return _changed(passage, SPLIT.sub(r'"\g<first> \g<rest>," \g<who>.', passage.body))


def speaker_put_first(passage: Passage, rng: Random) -> Passage | None:
    return _changed(passage, SPEAKER_LAST.sub(r'\g<who> said: "\g<words>."', passage.body))


def _changed(passage: Passage, body: str) -> Passage | None:
    return passage.with_body(body) if body != passage.body else None
