"""The run over updates at hand, with a small tracker that counts an article's updates in its rows."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import streams.backtest
from schemas.updates import ArticleUpdate
from streams.backtest import MemoryRows, as_replay, backtest, rounds
from streams.facts.tracker import StoryChangedError
from tests.unit.cli.samples import NOON, update

names = st.sampled_from("abcd")
updates_strategy = st.lists(st.builds(update, names, st.integers(1, 9), story_id=names | st.none()), max_size=30)


@dataclass
class Counted:
    """In place of `Tracked`: how many updates of the story came before, as the rows tell."""

    earlier: int
    rows: dict[bytes, bytes | None]
    detected_at: datetime


class CountingTracker:
    def __init__(self) -> None:
        self.read_together: list[list[str]] = []

    def recall(self, update: ArticleUpdate, rows: MemoryRows) -> int:
        home = rows.get_anywhere(b"home " + update.article_id.encode())
        if home not in (None, update.story_key.encode()):
            raise StoryChangedError(update.article_id)
        return int(rows.get(update.story_key.encode()) or 0)

    def read(self, work: Sequence[tuple[ArticleUpdate, int]]) -> list[int]:
        self.read_together.append([update.story_key for update, _ in work])
        return [memory for _, memory in work]

    def track(self, update: ArticleUpdate, memory: int, reading: int, rows: MemoryRows, at: datetime) -> Counted:
        assert memory == reading == int(rows.get(update.story_key.encode()) or 0)
        story = update.story_key.encode()
        return Counted(memory, {story: b"%d" % (memory + 1), b"home " + update.article_id.encode(): story}, at)


@pytest.fixture
def tracker(monkeypatch: pytest.MonkeyPatch) -> Iterator[CountingTracker]:
    counting = CountingTracker()
    for name in ("recall", "read", "track"):
        monkeypatch.setattr(streams.backtest, name, getattr(counting, name))
    yield counting


def outcomes(updates: Sequence[ArticleUpdate], rows: MemoryRows | None = None) -> list[Any]:
    return [outcome for _, outcome in backtest(updates, rows or MemoryRows())]


def test_updates_of_different_stories_are_read_together(tracker: CountingTracker) -> None:
    outcomes([update("a"), update("b"), update("a", 2), update("c"), update("b", 2)])
    assert tracker.read_together == [["a", "b", "c"], ["a", "b"]]


def test_each_update_sees_what_the_earlier_ones_of_its_story_left(tracker: CountingTracker) -> None:
    rows = MemoryRows()
    assert [one.earlier for one in outcomes([update("a"), update("b"), update("a", 2)], rows)] == [0, 0, 1]
    assert [one.earlier for one in outcomes([update("a", 3)], rows)] == [2]


def test_the_order_is_that_of_the_updates(tracker: CountingTracker) -> None:
    updates = [update("a"), update("a", 2), update("b"), update("a", 3)]
    seen = [(one.article_id, one.version) for one, _ in backtest(updates, MemoryRows())]
    assert seen == [("a", 1), ("a", 2), ("b", 1), ("a", 3)]


def test_an_outcome_comes_before_later_rounds_are_read(tracker: CountingTracker) -> None:
    run = backtest([update("a"), update("a", 2)], MemoryRows())
    next(run)
    assert tracker.read_together == [["a"]]


def test_an_article_that_changes_its_story_is_an_outcome_and_the_others_go_on(tracker: CountingTracker) -> None:
    moved = [update("a", story_id="x"), update("a", 2, story_id="y"), update("a", 3, story_id="x")]
    first, refused, last = outcomes(moved)
    assert isinstance(refused, StoryChangedError)
    assert (first.earlier, last.earlier) == (0, 1)


def test_alerts_are_detected_when_the_article_was_updated(tracker: CountingTracker) -> None:
    assert [one.detected_at for one in outcomes([update("a")])] == [NOON]


@pytest.mark.parametrize(
    ("given", "replayed"), [("actual", "replay"), ("replay", "replay"), ("test", "test"), ("baseline", "baseline")]
)
def test_modes(given: str, replayed: str) -> None:
    assert as_replay(update(mode=given)).mode == replayed


def test_rows_are_written_and_deleted() -> None:
    rows = MemoryRows()
    rows.write({b"a": b"1", b"b": b"2", b"c": None})
    rows.write({b"a": None})
    assert [rows.get(key) for key in (b"a", b"b", b"c")] == [None, b"2", None]
    assert rows.get_anywhere(b"b") == b"2"


@given(updates_strategy)
def test_rounds_hold_every_update_once_and_keep_stories_and_articles_in_order(updates: list[ArticleUpdate]) -> None:
    found = rounds(updates)
    assert sorted(index for together in found for index in together) == list(range(len(updates)))
    number = {index: n for n, together in enumerate(found) for index in together}
    for later, one in enumerate(updates):
        for earlier in range(later):
            if one.story_key == updates[earlier].story_key or one.article_id == updates[earlier].article_id:
                assert number[earlier] < number[later]
