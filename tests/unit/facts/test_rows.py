"""Rows: keys that keep stories apart, rows that are read back, schemas that are refused, sizes that stay bounded."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.facts import MAX_ASSERTIONS
from streams.facts import rows
from tests.unit.facts.desk import STORY, Desk, parse_once

keys = st.text(min_size=1, max_size=12) | st.text(alphabet="a\x00\x01s", min_size=1, max_size=8)
NOW = datetime(2025, 3, 18, tzinfo=UTC)
MAX_ROW = 64_000  # bytes; a changelog record above 1,000,000 would end the worker


@given(keys, keys)
def test_no_storys_prefix_begins_that_of_another(one: str, other: str) -> None:
    same = one == other
    assert rows.story_prefix(other).startswith(rows.story_prefix(one)) is same
    for key in (rows.story_row_key(other), rows.fact_row_key(other, rows.fact_id("x")), rows.home_key(other)):
        assert key.startswith(rows.story_prefix(one)) is same


@given(keys, keys)
def test_rows_of_a_story_have_keys_of_their_own(story: str, name: str) -> None:
    made = [
        rows.story_row_key(story),
        rows.article_key(story, name),
        rows.text_key(story, name),
        rows.fact_row_key(story, rows.fact_id(name)),
        rows.index_key(story, name),
        rows.words_key(story, name),
        rows.home_key(story),
    ]
    assert len(set(made)) == len(made)
    assert [key for key in made if rows.is_story_row(key)] == [rows.story_row_key(story)]


def test_words_fall_into_a_set_number_of_rows() -> None:
    assert len({rows.words_key(STORY, f"word{n}") for n in range(2_000)}) == rows.WORD_BUCKETS


@given(st.datetimes(timezones=st.just(UTC)), st.lists(st.text(max_size=20), max_size=5), st.booleans())
def test_a_row_is_read_back_the_same(at: datetime, articles: list[str], opened: bool) -> None:
    row = rows.StoryRow(first_seen=at, last_active=at, extractor=3, opened=opened, articles=articles)
    assert rows.decode(rows.StoryRow, rows.encode(row)) == row
    assert rows.last_active(rows.encode(row)) == at


@pytest.mark.parametrize(("schema", "later"), [(0, False), (rows.SCHEMA + 1, True), (255, True)])
def test_a_row_of_another_schema_is_refused(schema: int, later: bool) -> None:
    row = rows.encode(rows.StoryRow(first_seen=NOW, last_active=NOW, extractor=1))
    error = rows.LaterSchemaError if later else ValueError
    with pytest.raises(error, match=f"StoryRow of schema {schema:02x}"):
        rows.decode(rows.StoryRow, bytes([schema]) + row[1:])


def test_an_empty_row_is_refused() -> None:
    with pytest.raises(ValueError, match="StoryRow of schema"):
        rows.decode(rows.StoryRow, b"")


def test_a_row_of_another_model_is_refused() -> None:
    with pytest.raises(ValueError, match="first_seen"):
        rows.decode(rows.StoryRow, rows.encode(rows.IndexRow(ids=["a"])))


def test_what_a_later_version_adds_to_a_row_is_passed_over() -> None:
    class Later(rows.IndexRow):
        added: str = ""

    assert rows.decode(rows.IndexRow, rows.encode(Later(ids=["a"], added="new"))) == rows.IndexRow(ids=["a"])


def test_only_a_facts_row_gives_a_fact() -> None:
    desk = Desk()
    desk.tell("The factory employs 300 people.")
    found = {key: rows.decode_fact_row(key, row) for key, row in desk.rows.all.items()}
    facts = [key for key, fact in found.items() if fact is not None]
    assert facts == [key for key in found if key.startswith(rows.fact_row_key(STORY, ""))]
    assert 0 < len(facts) < len(found)


def test_the_content_digest_is_of_what_an_article_says_not_of_when() -> None:
    desk = Desk()
    first = desk.update("The dam broke.", "Dam")
    assert rows.content_digest(first) == rows.content_digest(desk.update("The dam broke.", "Dam", mode="replay"))
    for other in (desk.update("The dam held.", "Dam"), desk.update("The dam broke.", "Dam", status="withheld")):
        assert rows.content_digest(first) != rows.content_digest(other)


def test_no_row_grows_without_end() -> None:
    """A live story of 120 updates: a count that changes, ever new names and quotes, the same again, 40 articles."""
    desk = Desk()
    counts = [f"The flood killed {n + 5} people." for n in range(40)]
    quotes = [f'"We saw wave {n} of it", said Ada Lindt{n}.' for n in range(40)]
    parse_once(counts + quotes)
    for n, sentences in enumerate(zip(counts, quotes, counts, strict=True)):
        for sentence in sentences:
            desk.tell(sentence, article=f"article {n % 40}")
    assert max(map(len, desk.rows.all.values())) < MAX_ROW
    assert [len(fact.asserted) for fact in desk.rows.facts() if fact.kind == "figure"] == [MAX_ASSERTIONS]
