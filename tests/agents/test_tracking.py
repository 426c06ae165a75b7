"""A batch of messages to outputs and rows: order, isolation of what fails, and messages in the wrong place."""

import asyncio
import json
import threading

import pytest

from schemas.topics import ARTICLE_UPDATES, DEAD_LETTERS, FACT_CHANGES, FORGET, REKEYED
from schemas.updates import ArticleUpdate
from streams import tracking
from streams.facts.rows import LaterSchemaError, home_key, story_prefix
from streams.tracking import MAX_ROW_BYTES, Batch, Message, Output
from streams.wire import decode_dead_letter
from tests.agents import fake_tracker
from tests.agents.conftest import Batches
from tests.agents.messages import PARTITIONS, bad_values, message, update_json


def changes(batch: Batch) -> list[dict[str, object]]:
    return [json.loads(output.value or b"") for output in batch.outputs if output.topic == FACT_CHANGES.name]


def told(batch: Batch) -> list[str]:
    return [str(change["after"]["subject"]) for change in changes(batch) if change["record"] == "fact"]  # type: ignore[index]


def dead(batch: Batch) -> list[Output]:
    return [output for output in batch.outputs if output.topic == DEAD_LETTERS.name]


async def test_later_updates_of_a_story_see_what_earlier_ones_of_the_batch_wrote(batches: Batches) -> None:
    batch = await batches.track([message(n, update_json("a", n + 1, "dead = 12"), "a") for n in range(3)])
    assert [(change["version"], change["record"]) for change in changes(batch)] == [
        (1, "fact"),
        (1, "update"),
        (2, "update"),
        (3, "update"),
    ]


async def test_the_next_batch_sees_the_rows_of_the_one_before(batches: Batches) -> None:
    await batches.track([message(0, update_json("a", 1, "dead = 12"), "a")])
    assert told(await batches.track([message(1, update_json("a", 2, "dead = 12\nhurt = 3"), "a")])) == ["hurt"]


def takedown(offset: int, story: str, **other: object) -> Message:
    return message(offset, None, story, headers=[(FORGET, b"1")], **other)


async def test_a_takedown_removes_all_of_its_story_in_its_order(batches: Batches) -> None:
    await batches.track([message(0, update_json("a", 1, "dead = 12"), "a"), message(1, update_json("b", 1), "b")])
    others = {key for rows in batches.table.rows.values() for key in rows if key.startswith(story_prefix("b"))}
    before, after = update_json("a", 2, "hurt = 3"), update_json("a", 3, "lost = 4")
    batch = await batches.track([message(2, before, "a"), takedown(3, "a"), message(4, after, "a")])
    assert told(batch) == ["hurt", "lost"]
    left = {key for rows in batches.table.rows.values() for key in rows}
    assert others <= left
    await batches.track([takedown(5, "a")])
    assert {key for rows in batches.table.rows.values() for key in rows} == others


async def test_a_takedown_of_what_is_not_known_does_nothing(batches: Batches) -> None:
    batch = await batches.track([takedown(0, "never")])
    assert (batch.outputs, batch.rows) == ([], {})


async def test_a_takedown_that_is_elsewhere_than_its_story_is_a_dead_letter(batches: Batches) -> None:
    right = message(0, None, "a").partition
    batch = await batches.track([takedown(0, "a", partition=(right + 1) % PARTITIONS)])
    assert len(dead(batch)) == 1


async def test_stories_keep_their_order_however_they_are_mixed(batches: Batches) -> None:
    mixed = [("a", 1), ("b", 1), ("a", 2), ("c", 1), ("a", 3), ("b", 2)]
    batch = await batches.track([message(n, update_json(story, v), story) for n, (story, v) in enumerate(mixed)])
    for story in "abc":
        versions = [c["version"] for c in changes(batch) if c["story_id"] == story and c["record"] == "update"]
        assert versions == sorted(v for s, v in mixed if s == story)


async def test_outputs_are_keyed_by_story_and_say_when_the_message_came(batches: Batches) -> None:
    batch = await batches.track([message(0, update_json("a", story_id="s"), "s")])
    assert {output.key for output in batch.outputs} == {b"s"}
    assert dict(batch.outputs[0].headers)[tracking.RECEIVED_AT] == b"1772352000000"


@pytest.mark.parametrize("shape", bad_values())
async def test_a_bad_message_is_buried_as_it_came_and_the_next_is_tracked(batches: Batches, shape: str) -> None:
    value, reason = bad_values()[shape]
    batch = await batches.track([message(5, value, "a"), message(6, update_json("a"), "a")])
    [output] = dead(batch)
    letter = decode_dead_letter(output.key, output.value, output.headers)
    assert (letter.reason, letter.offset, letter.key, letter.value) == (reason, 5, b"a", value)
    assert letter.detail
    assert told(batch) == ["weather"]


@pytest.mark.parametrize("step", ["recall", "read", "track"])
async def test_an_update_that_raises_is_buried_alone(batches: Batches, step: str) -> None:
    bodies = ["one = 1", f"fail in {step}\ntwo = 2", "three = 3"]
    batch = await batches.track([message(n, update_json("a", n + 1, body), "a") for n, body in enumerate(bodies)])
    [output] = dead(batch)
    letter = decode_dead_letter(output.key, output.value, output.headers)
    assert (letter.reason, letter.detail) == ("failed", f"RuntimeError: told to fail in {step}")
    assert list(batch.dead) == [1]
    assert told(batch) == ["one", "three"]


async def test_an_article_that_changes_its_story_is_buried(batches: Batches) -> None:
    await batches.track([message(0, update_json("a", story_id="first"), "first")])
    batch = await batches.track([message(0, update_json("a", 2, story_id="second"), "second")])
    assert [letter.reason for letter in batch.dead.values()] == ["story changed"]
    assert batch.rows == {}


async def test_a_story_change_within_one_batch_is_seen_too(batches: Batches) -> None:
    first, second = (message(0, update_json("a", 1, story_id=story), story) for story in ("first", "second"))
    batch = await batches.track([first, second])
    assert [(place, letter.reason) for place, letter in batch.dead.items()] == [(1, "story changed")]


@pytest.mark.parametrize("misplaced", [{"partition": 99}, {"key": None}, {"key": b"another"}])
async def test_a_misplaced_message_is_sent_on_unchanged(batches: Batches, misplaced: dict[str, object]) -> None:
    value = update_json("a", story_id="s")
    batch = await batches.track([message(0, value, "s", headers=[("trace", b"1")], **misplaced)])
    assert batch.outputs == [Output(ARTICLE_UPDATES.name, b"s", value, [("trace", b"1"), (REKEYED, b"1")])]
    assert (batch.rekeyed, batch.rows) == (1, {})


async def test_a_misplaced_message_that_is_too_large_with_its_key_is_buried(batches: Batches) -> None:
    """To send it on would fail, and end the worker each time that it comes to the message."""
    value = update_json("a").rstrip(b"}") + b" " * (ARTICLE_UPDATES.max_message_bytes - 300) + b"}"
    batch = await batches.track([message(0, value, "a", key=None), message(1, update_json("b"), "b")])
    assert [letter.detail.split(": ")[0] for letter in batch.dead.values()] == [
        "not on the partition of its story, and cannot be sent on"
    ]
    assert batch.rekeyed == 0
    assert told(batch) == ["weather"]


async def test_a_message_that_was_sent_on_and_is_still_misplaced_is_buried(batches: Batches) -> None:
    batch = await batches.track([message(0, update_json("a"), "a", headers=[(REKEYED, b"1")], partition=99)])
    [letter] = batch.dead.values()
    assert letter.reason == "invalid"
    assert "partition 99" in letter.detail
    assert batch.rekeyed == 0


async def test_a_message_that_was_sent_on_is_tracked_where_it_belongs(batches: Batches) -> None:
    batch = await batches.track([message(0, update_json("a"), "a", headers=[(REKEYED, b"1")])])
    assert told(batch) == ["weather"]


async def test_a_row_too_large_for_the_changelog_is_not_written(
    batches: Batches, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain_track = fake_tracker.track

    def too_large(*args: object, **kwargs: object) -> fake_tracker.Tracked:
        tracked = plain_track(*args, **kwargs)  # type: ignore[arg-type]
        tracked.rows[home_key("a")] = b"x" * (MAX_ROW_BYTES + 1)
        return tracked

    monkeypatch.setattr(fake_tracker, "track", too_large)
    batch = await batches.track([message(0, update_json("a"), "a")])
    [letter] = batch.dead.values()
    assert letter.reason == "failed"
    assert "1,000,001 bytes" in letter.detail
    assert batch.rows == {}
    assert told(batch) == []


async def test_a_batch_that_is_given_up_is_not_tracked_to_its_end(
    batches: Batches, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_work, go_on, tracked = threading.Event(), threading.Event(), []

    def slow(update: ArticleUpdate, *others: object, **times: object) -> fake_tracker.Tracked:
        tracked.append(update.article_id)
        at_work.set()
        go_on.wait(10)
        return fake_tracker.Tracked(())

    monkeypatch.setattr(fake_tracker, "track", slow)
    messages = [message(number, update_json(f"a{number}"), f"a{number}") for number in range(3)]
    running = asyncio.create_task(batches.track(messages))
    assert await asyncio.to_thread(at_work.wait, 10)
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    go_on.set()
    await asyncio.get_running_loop().shutdown_default_executor()
    assert tracked == ["a0"]


async def test_a_row_of_a_later_release_is_no_fault_of_the_message(
    batches: Batches, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The worker ends, and one of that release will do; as dead letters, the story's updates would be left out."""

    def later(*_: object) -> None:
        raise LaterSchemaError("a StoryRow of schema 02 was found, 1 is the latest known here")

    monkeypatch.setattr(fake_tracker, "recall", later)
    with pytest.raises(LaterSchemaError):
        await batches.track([message(0, update_json("a"), "a")])


async def test_a_lost_partition_is_no_fault_of_the_message(batches: Batches, monkeypatch: pytest.MonkeyPatch) -> None:
    def lost(partition: int, key: bytes) -> bytes:
        raise tracking.NotHeld("known-facts, partition 3")

    monkeypatch.setattr(batches.table, "row", lost)
    with pytest.raises(tracking.NotHeld):
        await batches.track([message(0, update_json("a"), "a")])
