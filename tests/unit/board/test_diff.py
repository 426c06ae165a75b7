"""Texts beside each other: nothing is lost, and what is marked is what differs."""

from hypothesis import given
from hypothesis import strategies as st

from streams.board import diff
from streams.board.diff import Words, changed_words, paragraphs, side_by_side

PIECES = ["the toll", "is 12", "dead", ",", " ", "17", "of", "\n\n", "\n", "é"]
TEXT = st.lists(st.sampled_from(PIECES), max_size=30).map(" ".join)


def joined(words: object) -> str:
    return "".join(one.text for one in words)  # type: ignore[attr-defined]


@given(TEXT, TEXT)
def test_the_pieces_make_up_the_texts(old: str, new: str) -> None:
    left, right = changed_words(old, new)
    assert (joined(left), joined(right)) == (old, new)
    assert [one for one in left if not one.changed] == left or old != new


@given(TEXT, TEXT)
def test_every_paragraph_is_there_once_and_in_order(old: str, new: str) -> None:
    rows = side_by_side(old, new)
    assert [row.old for row in rows if row.old] == paragraphs(old)
    assert [row.new for row in rows if row.new] == paragraphs(new)
    assert all(joined(row.old_words) == (row.old.text if row.old else "") for row in rows)
    assert all(joined(row.new_words) == (row.new.text if row.new else "") for row in rows)


@given(TEXT)
def test_equal_texts_have_no_change(text: str) -> None:
    assert not any(row.changed for row in side_by_side(text, text))


def test_a_changed_number_is_marked_alone() -> None:
    assert changed_words("At least 12 died.", "At least 17 died.") == (
        [Words("At least "), Words("12", True), Words(" died.")],
        [Words("At least "), Words("17", True), Words(" died.")],
    )


def test_blanks_and_short_words_between_changes_are_no_islands() -> None:
    _, right = changed_words("It was seen by ten men.", "It was told of five boys.")
    assert right == [Words("It was "), Words("told of five boys", True), Words(".")]


def test_a_number_between_changes_stays_as_it_was() -> None:
    _, right = changed_words("Police: 17 dead", "Mayor: 17 killed")
    assert Words(": 17 ") in right


def test_a_rewritten_paragraph_stands_beside_what_it_was() -> None:
    old = "The call is on.\n\nThe men speak about a halt.\n\nOld end."
    new = "Entirely different words here 123.\n\nThe men spoke about a long halt.\n\nOld end."
    rows = side_by_side(old, new)
    beside = [(row.old.text if row.old else None, row.new.text if row.new else None) for row in rows]
    assert ("The men speak about a halt.", "The men spoke about a long halt.") in beside
    assert beside[-1] == ("Old end.", "Old end.")


def test_texts_too_large_to_compare_count_as_rewritten() -> None:
    old, new = "a " * 30_000, "b " * 30_000
    assert len(diff.TOKEN.findall(old)) ** 2 > diff.MAX_MATRIX
    left, right = changed_words(old, new)
    assert (left, right) == ([Words(old, True)], [Words(new, True)])


def test_paragraphs_know_where_they_lie() -> None:
    text = "  One\nline two. \n\n \n\nThree."
    found = paragraphs(text)
    assert [one.text for one in found] == ["One\nline two.", "Three."]
    assert all(text[one.start : one.end] == one.text for one in found)
