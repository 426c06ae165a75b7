"""Quoted spans, found in paragraphs and cut to sentences."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streams.facts.language.quotes import quotations_by_sentence, quotations_of
from streams.facts.language.text import plain, sentences_of


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        ('"We ran," he said.', ["We ran"]),
        ("“We ran,” he said. “It was dark.”", ["We ran", "It was dark."]),
        ("«We ran», he said.", ["We ran"]),
        ("He called it 'a bitter day' for all.", ["a bitter day"]),
        ("'We don't know', he said.", ["We don't know"]),
        ('She spoke of "the miners\' lot" again.', ["the miners' lot"]),
        ("The miners' lamps and the owners' cars.", []),
        ("It's what they've got.", []),
        ("No quote at all.", []),
        ('An opened "quote goes on', ["quote goes on"]),
        ('" On the site 66% of critics liked it. ', []),
    ],
)
def test_what_stands_in_quotation_marks(text: str, quotes: list[str]) -> None:
    assert [q.words for q in quotations_of(text)] == quotes


def test_words_are_counted() -> None:
    [quote] = quotations_of('"We don\'t know 12 of them, do we?" he said.')
    assert quote.count == 8


def test_a_quote_over_several_sentences_is_cut_to_each() -> None:
    body = "He said: “We ran. We hid in the mill.” Police came."
    found = quotations_by_sentence(sentences_of("", body), body)
    assert [[q.words for q in quotes] for quotes in found] == [["We ran."], ["We hid in the mill."], []]


def test_offsets_are_those_of_the_sentence() -> None:
    body = "It was dark. “We ran,” he said."
    sentences = sentences_of("", body)
    [_, [quote]] = quotations_by_sentence(sentences, body)
    assert sentences[1].text[quote.start : quote.end] == "We ran,"


def test_no_sentences_no_quotes() -> None:
    assert quotations_by_sentence([], "text") == []


@given(st.lists(st.sampled_from(['"', "'", "“", "”", "’", " ", "we ran", ".", ",", "It was", "\n", "s"]), max_size=25))
def test_quotes_of_any_text_stand_where_they_say_one_after_the_other(pieces: list[str]) -> None:
    text = "".join(pieces)
    found = quotations_of(text)
    assert all(plain(text)[q.start : q.end].strip(" ,") == q.words for q in found)
    assert all(a.end < b.start for a, b in pairwise(found))
