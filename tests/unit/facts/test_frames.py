"""Frames: the same sentence with another word in its place is a change; a rewritten one is not."""

from functools import cache

import pytest

from streams.facts.claim import Claim
from streams.facts.frames import MAX_WORDS, exchanged, likeness, same_but_for_values
from streams.facts.memory import Memory
from streams.facts.reading import read
from tests.unit.facts.desk import Desk

EXCHANGED = [
    ("Flights to Porto are suspended until Monday.", "Flights to Lisbon are suspended until Monday."),
    ("The captain of the ferry was questioned by police.", "The owner of the ferry was questioned by police."),
    ("The ship carried 40 tons of grain from Odessa.", "The ship carried 45 tons of grain from Odessa."),
    ("The museum is open to visitors from the north.", "The museum is not open to visitors from the north."),
    ("The singer Arjun is a Bengali musician.", "The singer Arjun is an Indian musician."),
    ("The ferry failed once in the test.", "The ferry failed twice in the test."),
    ("The truce ended a sixty-year war in the north.", "The truce ended a six-year war in the north."),
    ("The band includes Amy Motzl as the chimp Zuma.", "The band includes Shannon Newton as the chimp Zuma."),
    ("The crew is likely to leave the harbour.", "The crew is very likely to leave the harbour."),
    ("The red line of the tram runs to the harbour.", "The blue line of the tram runs to the harbour."),
]
NOT_EXCHANGED = [
    ("The crew found the engine in the river.", "The crew found the engine in the river."),
    ("The crew found the engine in the river.", "The crew discovered the engine in the river."),
    ("The crew found the engine in the river.", "Meanwhile the crew has also found the engine in the river."),
    ("The crew found the engine in the river.", "A choir sang for the guests of the hotel on the hill."),
    ("Sorrel Hydro sold the dam to a brewer.", "The company sold the dam to a brewer."),
    ("The guide lists signs of acute altitude sickness.", "The guide lists signs of high altitude illness."),
    ("No vaccine protects against Tarn river fever.", "No vaccine protects against TRF."),
    ("The colour of the river changed in the night.", "The color of the river changed in the night."),
]


@cache
def frames() -> dict[str, list[str]]:
    """The frame of each sentence; all are parsed together."""
    sentences = sorted({sentence for pair in EXCHANGED + NOT_EXCHANGED for sentence in pair} | {"word " * 90 + "ends."})
    found = read([(Desk().update(sentence), Memory.blank()) for sentence in sentences])
    return {sentence: _words(reading.claims) for sentence, reading in zip(sentences, found, strict=True)}


def _words(claims: tuple[Claim, ...]) -> list[str]:
    return next((claim.slots["frame"].split(" ") for claim in claims if claim.slots.get("frame")), [])


@pytest.mark.parametrize(("old", "new"), EXCHANGED)
def test_another_word_in_its_place_is_a_change(old: str, new: str) -> None:
    assert exchanged(frames()[new], frames()[old])
    assert exchanged(frames()[old], frames()[new])


@pytest.mark.parametrize(("old", "new"), NOT_EXCHANGED)
def test_other_wording_is_none(old: str, new: str) -> None:
    assert frames()[old] and frames()[new]
    assert not exchanged(frames()[new], frames()[old])


def test_the_same_frame_is_wholly_alike_and_another_not_at_all() -> None:
    [one, *_, (other, choir)] = [EXCHANGED[0][0], NOT_EXCHANGED[3]]
    assert likeness(frames()[one], frames()[one]) == 1.0
    assert likeness(frames()[other], frames()[choir]) < 0.5


def test_a_skeleton_is_the_same_whatever_its_times_and_amounts_come_to() -> None:
    assert same_but_for_values(["ship/N", "#", "grain/N", "@"], ["ship/N", "#", "grain/N", "@"])
    assert same_but_for_values(["ship/N", "carry/V", "#", "grain/N"], ["old/J", "ship/N", "carry/V", "#", "grain/N"])
    assert not same_but_for_values(["ship/N", "#", "grain/N"], ["boat/N", "#", "grain/N"])
    assert not same_but_for_values(["ship/N", "#", "grain/N", "@"], ["ship/N", "#", "grain/N"])
    assert not same_but_for_values(["ship/N", "carry/V", "#"], ["ship/N", "not/x", "carry/V", "#"])


def test_nothing_is_like_nothing() -> None:
    assert likeness([], []) == 0.0
    assert not exchanged([], [])


def test_a_frame_is_bounded() -> None:
    assert all(len(words) <= MAX_WORDS for words in frames().values())
