"""Sentences in capitals are set as a text would have them, character for character."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from streams.facts.language.casing import is_shouted, settled
from streams.facts.language.parse import parse

VOCABULARY = frozenset({"the", "warning", "have", "been", "lift", "for", "storm", "reach", "at", "ship"})


@pytest.mark.parametrize(
    ("text", "shouted"),
    [
        ("THE WARNING HAS BEEN LIFTED.", True),
        ("The warning has been LIFTED.", False),
        ("NATO IS", False),
        ("", False),
        ("2025-03-18 12:00", False),
    ],
)
def test_what_counts_as_capitals(text: str, shouted: bool) -> None:
    assert is_shouted(text) is shouted


@pytest.mark.parametrize(
    ("text", "set_small"),
    [
        ("THE WARNING HAS BEEN LIFTED FOR ORLANA.", "The warning HAS been lifted for Orlana."),
        ("SHIPS REACHED ORLANA AT 0600 UTC.", "Ships reached Orlana at 0600 UTC."),
        ('"THE STORM"', '"The storm"'),
    ],
)
def test_names_and_acronyms_stay(text: str, set_small: str) -> None:
    assert settled(text, VOCABULARY) == set_small


@given(st.text())
@example("\u00df")  # in capitals it is two letters
def test_no_character_is_won_or_lost(text: str) -> None:
    assert len(settled(text, VOCABULARY)) == len(text)


def test_a_parse_of_capitals_is_that_of_the_text() -> None:
    small, large = parse(["The warning has been lifted.", "THE WARNING HAS BEEN LIFTED."])
    assert large.tokens == small.tokens
