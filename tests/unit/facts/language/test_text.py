"""Text to sentences: where they end, what is the page's own, and offsets that hold to the letter."""

import time
from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streams.facts.language.text import (
    MAX_SENTENCE,
    MAX_SENTENCES,
    Sentence,
    fingerprint,
    is_furniture,
    lead_end,
    plain,
    sentences_of,
    words,
)


def split(body: str) -> list[str]:
    return [sentence.text for sentence in sentences_of("", body)]


SENTENCES = [  # each line is one paragraph; a bar stands where one sentence ends and the next begins
    "The dam broke.| Nobody was hurt.",
    "Did it rain?| It poured!| The river rose.",
    "Dr. Lindt met Mr. and Mrs. Holm in St. Ives.| They dined.",
    "Gen. Saleh spoke to Sen. Ruiz.| She left.",
    "J. R. Berg wrote the report.| It is short.",
    "Maria T. Holm won.| Jon Berg lost.",
    "The U.S. Navy sent a ship.| The U.K. sent none.",
    "He lives in the U.S.| The house is large.",
    "They sold it to Tarn Foods Inc. of Larvik.| The price was low.",
    "They sold it to Tarn Foods Inc.| The price was low.",
    "It rose by 3.5 points to 41.2.| The index closed at 1,204.",
    "The bill is $1.2bn.| It was $900m.",
    "The doors open at 9 a.m. on Monday.| They close at 5 p.m.| The tickets are free.",
    "It starts at 10 a.m. Moscow time.| Bring a coat.",
    "The vote was on Jan. 4.| The count was on Feb. 6.",
    "Fruit, e.g. Apples and pears, is dear.| Bread is not.",
    'She said: "We ran.| We hid."| The police came.',
    "She said: “We ran.”| The police came.",
    '"Go!" he cried.| They went.',
    "“Where is it?” asked Ada Lindt.| Nobody knew.",
    "He waited...| Then he left.",
    "He waited… and then he left.| Nobody saw him.",
    "See No. 12 of the list.| It is red.",
    "The firm (founded in 1904) is old.| Its owner is not.",
    "It closed (for good.)| It will not open.",
    "$300 was paid.| £200 was kept.",
    "Visit www.example.org for more.| The site is new.",
    "Version 2.0.1 is out.| Version 1.9 is not.",
]


@pytest.mark.parametrize("line", SENTENCES)
def test_where_sentences_end(line: str) -> None:
    assert split(line.replace("|", "")) == [part.strip() for part in line.split("|")]


BLOCKS = [  # body, sentences
    ("One is red.\n\nTwo is blue.", ["One is red.", "Two is blue."]),
    ("The harbour is\nclosed until noon.", ["The harbour is\nclosed until noon."]),
    ("The harbour is closed.\nThe bridge is open.", ["The harbour is closed.", "The bridge is open."]),
    ("- milk is dear\n- bread is cheap", ["milk is dear", "bread is cheap"]),
    ("• Milk is dear\n• Bread is cheap", ["Milk is dear", "Bread is cheap"]),
    ("1. Milk is dear\n2. Bread is cheap", ["Milk is dear", "Bread is cheap"]),
    ("1) Milk is dear\n2) Bread is cheap", ["Milk is dear", "Bread is cheap"]),
    ("# What we know\n\nThe dam broke.", ["What we know", "The dam broke."]),
    ("What we know\n\nThe dam broke.", ["What we know", "The dam broke."]),
    ("The dam broke.\r\n\r\nNobody was hurt.", ["The dam broke.", "Nobody was hurt."]),
    ("\n\n  The dam broke.  \n\n\n", ["The dam broke."]),
    ("The dam broke.\n\n* * *\n\nNobody was hurt.", ["The dam broke.", "Nobody was hurt."]),
    ("", []),
    (" \n\t\n ", []),
    ("...", []),
]


@pytest.mark.parametrize(("body", "sentences"), BLOCKS)
def test_paragraphs_lists_and_headings(body: str, sentences: list[str]) -> None:
    assert split(body) == sentences


@pytest.mark.parametrize(
    "line",
    [
        "Share this article",
        "Share on Facebook | Twitter",
        "Email",
        "Updated 3 minutes ago",
        "Last updated: 4 March 2025, 10:20",
        "Published on Tuesday",
        "Read more: The dam in pictures",
        "Advertisement",
        "Related topics",
        "12 comments",
        "5 min read",
        "3 hours ago",
        "More to follow",
        "This story is developing and will be updated.",
        "This is a developing story, check back for updates.",
        "Getty Images",
        "Sign up for our newsletter",
        "* * *",
        "—",
        "Previous",
        "Next: Safety and security",
        "Safety and security](/travel/chad/safety)",
        "More on laws for visitors",
        "Useful links:",
    ],
)
def test_the_pages_own_lines_are_left_out(line: str) -> None:
    assert is_furniture(line)
    assert split(f"The dam broke.\n\n{line}\n\nNobody was hurt.") == ["The dam broke.", "Nobody was hurt."]
    assert split(f"The dam broke.\n{line}\nNobody was hurt.") == ["The dam broke.", "Nobody was hurt."]


@pytest.mark.parametrize(
    "line",
    [
        "Share prices fell by 3% on Monday after the bank's warning.",
        "Updated figures show that 40 houses were lost.",
        "Published results point to a loss.",
        "The story of the dam begins in 1904.",
        "Video of the flood shows a bus in the river.",
        "Read Hall was sold to a brewer.",
        "12 people were hurt.",
        "Skip Larsen won the race.",
    ],
)
def test_news_that_begins_like_a_page_is_news(line: str) -> None:
    assert split(line) == [line]


def test_a_headline_is_one_sentence_and_comes_first() -> None:
    headline, first, second = sentences_of(" Dam breaks. Town flooded ", "The dam broke. Nobody was hurt.")
    assert (headline.field, headline.paragraph, headline.text) == ("headline", -1, "Dam breaks. Town flooded")
    assert (headline.start, headline.end) == (1, 25)
    assert (first.field, first.paragraph, second.paragraph) == ("body", 0, 0)


def test_an_empty_headline_is_none() -> None:
    assert sentences_of(" \n", "") == []


def test_a_sentence_that_is_too_long_is_cut_at_a_space() -> None:
    pieces = split("and then it rained on the town " * 300)
    assert len(pieces) > 4
    assert max(map(len, pieces)) <= MAX_SENTENCE
    assert " ".join(pieces).split() == ("and then it rained on the town " * 300).split()


def test_a_word_that_is_too_long_is_cut_in_it() -> None:
    pieces = split("a" * (2 * MAX_SENTENCE + 5))
    assert list(map(len, pieces)) == [MAX_SENTENCE, MAX_SENTENCE, 5]


def test_at_most_so_many_sentences_are_given() -> None:
    assert len(split("It rained. " * (MAX_SENTENCES + 50))) == MAX_SENTENCES
    assert len(split("It rained.\n\n" * (MAX_SENTENCES + 50))) == MAX_SENTENCES


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The dam “broke” — at 9.", "the dam broke at 9"),
        ("Jon’s dog", "Jon's dog."),
        ("A\u00a0dam\nbroke", "a dam   broke"),
        ("a well\u2011known dam", "A well-known dam"),
    ],
)
def test_marks_and_spaces_make_no_other_sentence(one: str, other: str) -> None:
    assert fingerprint(one) == fingerprint(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("12 were killed", "17 were killed"),
        ("It was 1.2 metres", "It was 12 metres"),
        ("Jon met Ada", "Ada met Jon"),
        ("It did burn", "It did not burn"),
        ("at 9:30", "at 9:35"),
        ("a well-known dam", "a well known dam now"),
    ],
)
def test_other_words_numbers_or_orders_do(one: str, other: str) -> None:
    assert fingerprint(one) != fingerprint(other)


def test_words_are_lower_case_without_marks_and_with_their_numbers() -> None:
    assert words("“It’s 1,204.5 km,” said O'Neill (at 9:30).") == [
        "it's",
        "1,204.5",
        "km",
        "said",
        "o'neill",
        "at",
        "9:30",
    ]


PIECES = [
    "The dam broke",
    "Dr. Lindt",
    "U.S.",
    "3.5",
    "a.m.",
    "A",
    "e\u0301",
    "🌊",
    "$",
    "- ",
    "1. ",
    "• ",
    " ",
    "  ",
    "\n",
    "\n\n",
]
PIECES += ["\t", "\u00a0", "\x00", ".", "!", "?", "…", '"', "“", "”", "'", "’", "(", ")"]
NEWS = st.sampled_from(PIECES)
TEXTS = st.text(max_size=80) | st.lists(
    NEWS | st.sampled_from(["Share this", "Updated 3 minutes ago"]), max_size=25
).map("".join)


def _placed(found: list[Sentence], text: str) -> bool:
    return all(s.text == text[s.start : s.end] and s.text == s.text.strip() and s.text for s in found)


@given(TEXTS, TEXTS)
def test_offsets_hold_to_the_letter_whatever_the_text(headline: str, body: str) -> None:
    found = sentences_of(headline, body)
    inside = [s for s in found if s.field == "body"]
    assert _placed(inside, body)
    assert _placed([s for s in found if s.field == "headline"], headline)
    assert all(a.end <= b.start and a.paragraph <= b.paragraph for a, b in pairwise(inside))


@given(st.lists(NEWS, max_size=25).map("".join))
def test_no_letter_of_the_news_is_lost(body: str) -> None:
    covered = {i for s in sentences_of("", body) for i in range(s.start, s.end)}
    assert [c for i, c in enumerate(body) if i not in covered and c.isalpha()] == []


@given(TEXTS)
def test_plain_keeps_every_character_at_its_place(body: str) -> None:
    assert len(plain(body)) == len(body)
    assert plain(plain(body)) == plain(body)


def _seconds(work: Callable[[str], object], text: str) -> float:
    """CPU time, the least of three runs."""
    times = []
    for _ in range(3):
        began = time.process_time()
        work(text)
        times.append(time.process_time() - began)
    return min(times)


MARKS = [
    ".",
    "-",
    "'",
    '"',
    "\n",
    " \n",
    "\n\t",
    "!\n",
    "\u00a0",
    "…",
    "(",
    "a.)",
    "A.",
    ". ",
    "*\n",
    "\x00",
    "a",
    "1",
    "1,",
    "’",
]


@pytest.mark.parametrize("mark", [*MARKS, "Share ", "Updated ", "more ", "the story ", "1. ", "A. B. ", ' "', "\r\n"])
def test_eight_times_the_text_takes_some_eight_times_as_long(mark: str) -> None:
    short, long = ((mark * size)[:size] + " end" for size in (2_500, 20_000))
    assert _seconds(split, long) < 24 * max(_seconds(split, short), 0.001)  # with the square it would be 64


@pytest.mark.parametrize(
    ("body", "sentences"),
    [
        ("The dam broke. \u200bNobody was hurt.", ["The dam broke.", "Nobody was hurt."]),
        ("\ufeffThe dam broke.", ["The dam broke."]),
        ("The dam broke.&nbsp;Nobody was hurt.", ["The dam broke.", "&nbsp;Nobody was hurt."]),
    ],
)
def test_signs_that_nobody_sees_end_no_sentence_and_begin_none(body: str, sentences: list[str]) -> None:
    found = sentences_of("", body)
    assert [body[one.start : one.end] for one in found] == [one.text for one in found]
    assert [plain(one.text).strip() for one in found] == [plain(text).strip() for text in sentences]


@pytest.mark.parametrize("sign", ["&#8217;", "&rsquo;", "&apos;", "\u2019"])
def test_an_apostrophe_left_as_an_entity_stays_with_its_letter(sign: str) -> None:
    text = f"Tarn{sign}s dam broke."
    assert len(plain(text)) == len(text)
    assert plain(text).split()[-3:] == ["'s" if sign[0] == "&" else "Tarn's", "dam", "broke."]


@pytest.mark.parametrize(
    ("body", "lead"),
    [
        ("The dam broke. Nobody was hurt.\n\nIt rained.", "The dam broke. Nobody was hurt."),
        ("Share this article\n\nThe dam broke.\n\nIt rained.", "Share this article\n\nThe dam broke."),
        ("\n\n", ""),
        ("", ""),
    ],
)
def test_where_the_lead_ends(body: str, lead: str) -> None:
    assert body[: lead_end(body)] == lead
