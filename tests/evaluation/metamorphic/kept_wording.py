"""Meaning kept: contractions, spelling, names, speech verbs, voice, headline case."""

import re
from dataclasses import replace
from functools import lru_cache
from random import Random

import spacy
from spacy.language import Language
from spacy.tokens import Token

from streams.facts.language.parse import MODEL
from tests.evaluation.metamorphic.passage import Passage, like, respell_all, sentences, words_pattern

CONTRACTED = {
    "do not": "don't", "does not": "doesn't", "did not": "didn't", "will not": "won't", "would not": "wouldn't",
    "has not": "hasn't", "have not": "haven't", "had not": "hadn't", "is not": "isn't", "are not": "aren't",
    "was not": "wasn't", "were not": "weren't", "should not": "shouldn't", "it is": "it's", "they are": "they're",
}  # fmt: skip
AMERICAN = {
    "centre": "center", "metres": "meters", "kilometres": "kilometers", "harbour": "harbor", "labour": "labor",
    "defence": "defense", "organised": "organized", "organisation": "organization", "authorised": "authorized",
    "programme": "program", "travellers": "travelers", "travelling": "traveling", "cancelled": "canceled",
    "neighbours": "neighbors", "offence": "offense", "licence": "license", "colour": "color",
    "hospitalised": "hospitalized", "recognised": "recognized", "theatre": "theater", "favour": "favor",
    "armoured": "armored", "behaviour": "behavior", "criticised": "criticized", "towards": "toward",
    "minimise": "minimize", "analogue": "analog",
}  # fmt: skip
SAID = re.compile(r"(?<=[\w\"”,] )said(?= (?:on|in|at)\b|\.|,|$)|\bsaid (?=that\b)|(?<=[,\"”] )said(?= [A-Z])")
ACCORDING = re.compile(r", (?P<who>(?:the )?[A-Z][\w']+(?: [A-Z][\w']+){0,3}) said\.")
NAME = re.compile(r"\b(?P<first>[A-Z][a-z]+) (?P<last>[A-Z][a-z]+(?:-[A-Z][a-z]+)?)\b")
SPEAKER = re.compile(
    r"\b(?:said|says|told) ([A-Z][a-z]+ [A-Z][\w-]+)|([A-Z][a-z]+ [A-Z][\w-]+)(?:,[^.,]{3,60},)? (?:said|says|told)\b"
)
BODY = re.compile(r"\b(?:House|Ministry|Department|Office|Court|Bank|Party|Union|Guild|Council|Agency|Air|Group)$")
TITLED = re.compile(
    r"(?<!-)\b(?P<title>President|Prime Minister|Governor|Sheriff|Judge) "
    r"(?P<name>[A-Z][a-z]+ [A-Z][a-z]+)\b(?!'| [A-Z])"
)
PASSIVE = {
    "killed": "killed", "ordered": "ordered", "approved": "approved", "rejected": "rejected", "closed": "closed",
    "suspended": "suspended", "opened": "opened", "released": "released", "signed": "signed",
    "cancelled": "cancelled", "accepted": "accepted", "raised": "raised", "arrested": "arrested",
    "announced": "announced", "restored": "restored", "detained": "detained", "cleared": "cleared", "hit": "hit",
    "cut": "cut", "declared": "declared", "struck": "struck", "stolen": "stolen", "identified": "identified",
    "introduced": "introduced", "lifted": "lifted", "banned": "banned", "issued": "issued", "imposed": "imposed",
    "dropped": "dropped", "pushed": "pushed", "extended": "extended",
}  # fmt: skip
PAST = words_pattern(PASSIVE)
PLAIN = {"nsubj", "dobj", "aux", "prep", "punct", "npadvmod"}  # what may hang on the verb of a plain clause
PRONOUN = re.compile(r"(?:he|she|it|they|who|which|that|we|i|you|him|her|them|himself|itself|this|these)\b", re.I)


def contracted(passage: Passage, rng: Random) -> Passage | None:
    return respell_all(passage, words_pattern(CONTRACTED), lambda match: CONTRACTED[match.group()])


def expanded(passage: Passage, rng: Random) -> Passage | None:
    full = {short: long for long, short in CONTRACTED.items()}
    body = passage.body.replace("’", "'")
    return respell_all(passage.with_body(body), words_pattern(full), lambda match: full[match.group()])


def spelt_as_in_america(passage: Passage, rng: Random) -> Passage | None:
    pattern = re.compile(words_pattern(AMERICAN).pattern, re.I)
    return respell_all(passage, pattern, lambda match: like(match.group(), AMERICAN[match.group().lower()]))


def speech_verb_replaced(passage: Passage, rng: Random) -> Passage | None:
    return respell_all(passage, SAID, lambda m: m.group().replace("said", rng.choice(("stated", "added", "explained"))))


def said_as_according_to(passage: Passage, rng: Random) -> Passage | None:
    return respell_all(passage, ACCORDING, lambda match: f", according to {match.group('who')}.")


def full_name_as_surname(passage: Passage, rng: Random) -> Passage | None:
    """The second time that a speaker's full name comes, the surname alone."""
    seen: set[str] = set()
    speakers = {name.strip() for names in SPEAKER.findall(passage.body) for name in names if not BODY.search(name)}

    def shorten(match: re.Match[str]) -> str | None:
        known = match.group() in seen and match.group() in speakers
        seen.add(match.group())
        return match.group("last") if known else None

    return respell_all(passage, NAME, shorten)


def title_after_the_name(passage: Passage, rng: Random) -> Passage | None:
    return respell_all(passage, TITLED, lambda m: f"{m.group('name')}, the {m.group('title').lower()},")


def active_as_passive(passage: Passage, rng: Random) -> Passage | None:
    for paragraph in passage.paragraphs:
        for sentence in sentences(paragraph):
            plain = PAST.search(sentence) and '"' not in sentence and "“" not in sentence
            passive = _passive(sentence) if plain else None
            if passive:
                return passage.with_body(passage.body.replace(sentence, passive, 1))
    return None


def _passive(sentence: str) -> str | None:
    """Of a plain clause of subject, verb, object and what follows; None if it is anything else."""
    doc = nlp()(sentence)
    root = next(token for token in doc if token.dep_ == "ROOT")
    parts = {child.dep_: child for child in root.children}
    if root.text not in PASSIVE or not {"nsubj", "dobj"} <= set(parts) or not set(parts) <= PLAIN:
        return None
    (start, agent), (object_start, patient) = _span(parts["nsubj"]), _span(parts["dobj"])
    apart = start != 0 or object_start != root.i + 1 or "," in agent + patient
    if apart or PRONOUN.match(agent) or PRONOUN.match(patient):
        return None
    rest = doc[object_start + len(list(parts["dobj"].subtree)) :].text.rstrip(".")
    agent = agent if doc[0].pos_ == "PROPN" else agent[:1].lower() + agent[1:]
    be = _be(plural=parts["dobj"].tag_ in ("NNS", "NNPS"), perfect="aux" in parts)
    return f"{patient[:1].upper()}{patient[1:]} {be} {PASSIVE[root.text]} by {agent}{' ' + rest if rest else ''}."


def _be(plural: bool, perfect: bool) -> str:
    if perfect:
        return "have been" if plural else "has been"
    return "were" if plural else "was"


def _span(token: Token) -> tuple[int, str]:
    """Where the token's words begin, and the words."""
    words = list(token.subtree)
    return words[0].i, str(token.doc[words[0].i : words[-1].i + 1].text)


@lru_cache(maxsize=1)
def nlp() -> Language:
    return spacy.load(MODEL, exclude=["ner"])


def headline_in_capitals(passage: Passage, rng: Random) -> Passage | None:
    changed = passage.headline.title() if rng.random() < 0.5 else passage.headline.upper()
    return replace(passage, headline=changed) if passage.headline else None
