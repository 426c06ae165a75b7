"""The rows of a batch over those of the table, and the stories that have long been idle."""

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streams.batch_rows import BatchRows
from streams.facts.rows import StoryRow, encode, home_key, is_story_row, story_prefix, story_row_key
from streams.known_facts import FORGET_AT_ONCE, IdleStories, story_prefix_of

DAY = 86_400.0
NOW = 1_800_000_000.0


class Table:
    def __init__(self, rows: dict[int, dict[bytes, bytes]]) -> None:
        self.rows = rows

    def scan(self, partition: int, prefix: bytes = b"") -> Iterator[tuple[bytes, bytes]]:
        return iter([(key, row) for key, row in sorted(self.rows[partition].items()) if key.startswith(prefix)])


class Stories:
    """Stories in partition 0, and a clock that the test sets."""

    def __init__(self) -> None:
        self.now = NOW
        self.rows: dict[int, dict[bytes, bytes]] = {0: {}, 1: {}}
        self.positions: Any = SimpleNamespace(
            table=Table(self.rows),
            app=SimpleNamespace(open_generation=1),
            undo={},
            applied={0: 5, 1: 7},
            row=lambda partition, key: self.rows[partition].get(key),
        )
        self.idle = IdleStories(self.positions, idle_seconds=30 * DAY, clock=lambda: self.now)

    def batch(self, *stories: str) -> int:
        """A batch that writes these stories, and forgets whichever it should; how many went."""
        active = datetime.fromtimestamp(self.now, UTC)
        rows: dict[bytes, bytes | None] = {}
        for story in stories:
            row = StoryRow(first_seen=active, last_active=active, extractor=1, articles=[f"article of {story}"])
            rows[story_row_key(story)] = encode(row)
            rows[story_prefix(story) + b"f1"] = b"a fact"
            rows[home_key(f"article of {story}")] = story.encode()
        rows.update(self.idle.deletions(0, self.idle.candidates(0), rows))
        for key, row in rows.items():
            if row is None:
                self.rows[0].pop(key, None)
            else:
                self.rows[0][key] = row
        return self.idle.applied({0: rows})

    def known(self) -> set[bytes]:
        return {key for key in self.rows[0] if is_story_row(key)}


async def settled() -> None:
    others = asyncio.all_tasks() - {asyncio.current_task()}
    assert others
    await asyncio.wait(others)


async def test_an_idle_story_goes_with_all_its_rows() -> None:
    stories = Stories()
    stories.batch("old")
    stories.now += 31 * DAY
    assert stories.batch("new") == 1
    assert set(stories.rows[0]) == {
        story_row_key("new"),
        story_prefix("new") + b"f1",
        home_key("article of new"),
    }


async def test_a_story_that_is_heard_of_again_stays() -> None:
    stories = Stories()
    stories.batch("a", "b")
    stories.now += 20 * DAY
    stories.batch("a")
    stories.now += 20 * DAY
    assert stories.batch("c") == 1
    assert stories.known() == {story_row_key("a"), story_row_key("c")}


async def test_a_story_that_comes_back_in_the_very_batch_stays() -> None:
    stories = Stories()
    stories.batch("a")
    stories.now += 31 * DAY
    assert stories.batch("a") == 0
    assert stories.known() == {story_row_key("a")}


async def test_a_batch_forgets_but_a_few() -> None:
    stories = Stories()
    stories.batch(*(f"s{n}" for n in range(FORGET_AT_ONCE + 3)))
    stories.now += 31 * DAY
    assert (stories.batch("x"), stories.batch("y"), stories.batch("z")) == (FORGET_AT_ONCE, 3, 0)


async def test_stories_of_before_a_restart_are_put_in_order_from_their_rows() -> None:
    stories = Stories()
    for day, story in enumerate(("first", "second", "third")):
        stories.now = NOW + day * DAY
        stories.batch(story)
    restarted = Stories()
    restarted.rows[0].update(stories.rows[0])
    restarted.now = NOW + 31.5 * DAY
    assert restarted.batch("new") == 0  # not yet read
    await settled()
    assert restarted.batch("newer") == 2
    assert restarted.known() == {story_row_key(story) for story in ("third", "new", "newer")}


async def test_nothing_is_forgotten_while_a_batch_is_unfinished() -> None:
    stories = Stories()
    stories.batch("old")
    stories.now += 31 * DAY
    stories.positions.undo[0] = object()
    assert stories.batch("new") == 0
    del stories.positions.undo[0]
    assert stories.batch("newer") == 1


async def test_after_a_rebalance_the_order_is_made_anew() -> None:
    stories = Stories()
    stories.batch("a")
    del stories.rows[0][story_row_key("a")]  # another worker forgot it meanwhile
    stories.now += 31 * DAY
    stories.positions.app.open_generation = 2
    assert stories.batch("b") == 0
    assert stories.known() == {story_row_key("b")}


@given(st.text(min_size=1), st.text(min_size=1))
def test_a_story_rows_key_tells_the_prefix_of_its_story_alone(story: str, other: str) -> None:
    assert story_prefix_of(story_row_key(story)) == story_prefix(story)
    assert story == other or not story_row_key(other).startswith(story_prefix(story))


@pytest.fixture
def rows() -> BatchRows:
    stories = Stories()
    stories.rows[0] = {b"a": b"stored", b"b": b"stored"}
    stories.rows[1] = {b"b": b"elsewhere", b"c": b"elsewhere"}
    return BatchRows(stories.positions)


def test_what_the_batch_writes_is_seen_and_what_it_deletes_is_not(rows: BatchRows) -> None:
    rows.write(0, {b"a": b"new", b"b": None})
    assert [rows.of(0).get(key) for key in (b"a", b"b", b"c")] == [b"new", None, None]
    assert rows.of(1).get(b"b") == b"elsewhere"


def test_a_row_is_found_anywhere_and_in_the_own_partition_first(rows: BatchRows) -> None:
    assert [rows.of(0).get_anywhere(key) for key in (b"b", b"c", b"d")] == [b"stored", b"elsewhere", None]
    assert rows.of(1).get_anywhere(b"b") == b"elsewhere"
    rows.write(1, {b"d": b"written"})
    assert rows.of(0).get_anywhere(b"d") == b"written"
