"""Correction notes: the sentences in which a publisher speaks of its own text."""

import pytest

from streams.facts.language.notes import in_notes, is_note, names
from streams.facts.language.text import sentences_of


@pytest.mark.parametrize(
    "text",
    [
        "Correction: The bridge is 40 m long.",
        "CORRECTIONS: The bridge is 40 m long.",
        "Clarification – the bridge is new.",
        "Editor's note: the bridge is new.",
        "Editor’s note (4 March): the bridge is new.",
        "* Correction: the bridge is new.",
        "(This article was amended on 4 March.)",
        "This story has been corrected to say that the bridge is new.",
        "An earlier version of this article gave another length.",
        "The original version of this report gave another length.",
        "In an earlier version, the bridge was longer.",
        "We apologise for the mistake.",
        "We have corrected the length.",
        "For the record: the bridge is new.",
    ],
)
def test_a_note(text: str) -> None:
    assert is_note(text)


@pytest.mark.parametrize(
    "text",
    [
        "The correction of the river took ten years.",
        "Corrections officers went on strike.",
        "The ministry published a correction.",
        "An earlier version of the plan had two bridges.",
        "The minister said: Correction: there is no plan.",
        "We have not seen the bridge.",
        "This article of clothing was found in the river.",
    ],
)
def test_no_note(text: str) -> None:
    assert not is_note(text)


def test_what_follows_in_a_notes_paragraph_belongs_to_it() -> None:
    body = "The bridge is new.\n\nCorrection: It is 40 m long. It is not 50 m long.\n\nThe mayor opened it."
    assert in_notes(sentences_of("", body)) == [False, True, True, False]


def test_what_stands_before_a_note_in_its_paragraph_does_not() -> None:
    body = "The bridge is new. Correction: It is 40 m long. It is not 50 m long."
    assert in_notes(sentences_of("", body)) == [False, True, True]


def test_a_headline_is_no_note() -> None:
    assert in_notes(sentences_of("Correction: bridge", "The bridge is new.")) == [False, False]


@pytest.mark.parametrize(
    ("words", "named"),
    [(["350"], True), (["bridge"], True), (["BRIDGE".lower()], True), (["12"], False), (["tunnel"], False)],
)
def test_a_note_names_what_it_speaks_of(words: list[str], named: bool) -> None:
    assert names("Correction: The bridge is 350 m long, not 300.", words) is named


def test_short_words_name_nothing() -> None:
    assert not names("Correction: The bridge is not so long.", ["the", "is", "not", "so"])
