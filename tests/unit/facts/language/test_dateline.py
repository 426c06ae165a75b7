"""Datelines: how long they are, and that a sentence is parsed without its own."""

import pytest

from streams.facts.language import dateline
from streams.facts.language.parse import parse

REST = "Two ships collided in the strait."


@pytest.mark.parametrize(
    "line",
    [
        "BATAR (Coastwire) - ",
        "BATAR, May 3 (Coastwire) - ",
        "Port Arden (Coastwire) \u2014 ",
        "SAN JOSE, Calif., May 19 \u2013 ",
        "LONDON - ",
        "Feb 3 - ",
        "22 April - ",
        "March 17 (Coastwire) -- ",
    ],
)
def test_a_dateline_is_as_long_as_it_is(line: str) -> None:
    assert dateline.length(line + REST) == len(line)


@pytest.mark.parametrize(
    "sentence",
    [REST, "Two ships - both tankers - collided.", "Vaccine-makers met.", "The Reds won 3-1 - again.", "- An item", ""],
)
def test_a_sentence_without_one(sentence: str) -> None:
    assert dateline.length(sentence) == 0


def test_its_words_are_none_of_the_sentence() -> None:
    [tree] = parse(["BATAR (Coastwire) - " + REST])
    assert [token.text for token in tree.tokens][:2] == ["Two", "ships"]
    assert all(tree.text[token.start : token.end] == token.text for token in tree.tokens)
