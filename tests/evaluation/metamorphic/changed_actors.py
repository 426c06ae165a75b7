"""Meaning changed: who did it, where, who said it, and what was said."""

import re
from random import Random

from tests.evaluation.metamorphic.passage import QUOTED, Passage, change_one

PEOPLE = (
    "Martin Keane",
    "Laura Voss",
    "Samuel Adeyemi",
    "Helen Strand",
    "Victor Almeida",
    "Nadia Petrov",
    "Owen Castell",
)
PLACES = ("Karsten", "Lowmere", "Port Adler", "Vantis", "Eastbrook", "Salmar", "Torvale")
SAID_BY = re.compile(r"(?<=[,\"”] )(?P<verb>said|says) (?P<who>[A-Z][a-z]+ [A-Z][a-z]+)\b(?! [A-Z])")
SPEAKER_FIRST = re.compile(r"\b(?P<who>[A-Z][a-z]+ [A-Z][a-z]+)(?= (?:said|says|told)\b)")
ACTOR = re.compile(
    r"(?:^|(?<=\n\n)|(?<=\. ))(?P<who>(?![A-Z][a-z]+ing )[A-Z][a-z]+ [A-Z][a-z]+)"
    r"(?= (?:has|had|was|is|will|agreed|rejected|ordered|resigned|demanded|supports|opposes|won|beat|died|signed|"
    r"denied|accepted|refused|released|opened|scored|called)\b)"
)
PLACE = re.compile(
    r"(?:(?<=\bin )|(?<=\bat )|(?<=\bnear ))"
    r"(?P<where>[A-Z][a-z]{3,}(?: (?:Town|City|Bay|Square|Island))?)\b(?! [A-Z])(?!,? \d)(?!')"
)
CALENDAR = re.compile(
    r"January|February|March|April|May|June|July|August|September|October|November|December|"
    r"\w+day|Ramadan|English|Winter|Summer|Spring|Autumn|Parliament|Congress|Group|Stage"
)
WORDS = {
    "good": "bad", "never": "always", "fair": "unfair", "last": "first", "hard": "easy", "safe": "dangerous",
    "more": "less", "long": "short", "best": "worst", "right": "wrong", "all": "some", "will": "may",
    "must": "could", "not": "now", "first": "second", "believing": "doubting", "people": "animals",
    "lights": "engines", "street": "house", "children": "friends", "heartbroken": "delighted", "village": "town",
    "proud": "ashamed", "strong": "weak", "peace": "war", "patience": "money", "train": "plane", "better": "worse",
    "everybody": "nobody", "always": "never", "clear": "unclear", "big": "small",
}  # fmt: skip
WORD = re.compile(r"\b(?:" + "|".join(WORDS) + r")\b(?!['’])")


def actor_changed(passage: Passage, rng: Random) -> Passage | None:
    return change_one(passage, rng, ACTOR, lambda match: rng.choice(PEOPLE))


def place_changed(passage: Passage, rng: Random) -> Passage | None:
    return change_one(passage, rng, PLACE, lambda m: None if CALENDAR.fullmatch(m.group()) else rng.choice(PLACES))


def speaker_swapped(passage: Passage, rng: Random) -> Passage | None:
    """Of a quote or of reported speech, by somebody who is not otherwise named."""
    after = change_one(passage, rng, SAID_BY, lambda match: f"{match.group('verb')} {rng.choice(PEOPLE)}")
    return after or change_one(passage, rng, SPEAKER_FIRST, lambda match: rng.choice(PEOPLE))


def quoted_word_changed(passage: Passage, rng: Random) -> Passage | None:
    """One telling word in a quote of at least four."""
    quotes = [match for match in QUOTED.finditer(passage.body) if len(match.group().split()) >= 4]
    rng.shuffle(quotes)
    for quote in quotes:
        word = WORD.search(quote.group())
        if word:
            start, end = (quote.start() + place for place in word.span())
            return passage.with_body(passage.body[:start] + WORDS[word.group()] + passage.body[end:])
    return None
