"""Articles at the limits: the largest passes, a larger one is a dead letter, what Kafka would not take is refused."""

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from schemas.dead_letters import DeadLetter
from schemas.topics import ARTICLE_UPDATES, DEAD_LETTERS
from schemas.updates import MAX_BODY_BYTES, ArticleUpdate
from streams.client.publisher import Publisher
from streams.kafka import partition_of
from streams.settings import Settings
from streams.topics import ensure_topics
from streams.wire import RECORD_BYTES, decode_dead_letter
from tests.agents.messages import update_json
from tests.integration.commands import environment, wiredelta
from tests.integration.waiting import eventually
from tests.integration.workers import PATIENCE, Worker, alerts, publish, publish_to, read_all

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
KILLED = "{} people were killed when a dam burst near Porto on Monday, police said.\n\n"
CONTROL = "\x01"  # one byte in UTF-8, six in JSON

pytestmark = pytest.mark.timeout(600)  # of several processes, each of which takes seconds to start


def article(name: str, version: int, body: str) -> ArticleUpdate:
    return ArticleUpdate(
        article_id=name,
        version=version,
        source="example.org",
        headline="Dam bursts",
        body=body,
        published_at=AT,
        updated_at=AT.replace(hour=9 + version),
    )


def filled(sentence: str, filler: str, size: int) -> str:
    return sentence + (filler * (size // len(filler) + 1))[: size - len(sentence)]


def versions(name: str, filler: str, size: int) -> list[ArticleUpdate]:
    return [
        article(name, number, filled(KILLED.format(dead), filler, size))
        for number, dead in enumerate((12, 17), start=1)
    ]


async def dead_letters(settings: Settings) -> list[DeadLetter]:
    records = await read_all(settings, DEAD_LETTERS.name)
    return [decode_dead_letter(record.key, record.value, record.headers) for record in records]


async def told_and_buried(settings: Settings, told: int, buried: int) -> None:
    async def all_there() -> bool:
        return len(await alerts(settings)) >= told and len(await dead_letters(settings)) >= buried

    await eventually(all_there, f"{told} alerts and {buried} dead letters", within=PATIENCE)


async def test_the_largest_articles_pass_and_a_larger_one_is_a_dead_letter(settings: Settings, tmp_path: Path) -> None:
    """Of exactly the allowed size; and with control characters, whose JSON is six times as long as the text."""
    largest = versions("largest", "It lies in the valley of Tarn.\n\n", MAX_BODY_BYTES)
    control = versions("control", CONTROL, 600_000)
    assert {len(update.body.encode()) for update in largest} == {MAX_BODY_BYTES}
    assert all(len(update.model_dump_json()) > 3_500_000 for update in control)
    over = update_json("over", body="x" * (MAX_BODY_BYTES + 1))
    with Worker(settings, tmp_path / "worker.log", read_timeout=600) as worker:
        worker.wait_ready()
        async with Publisher(settings) as publisher:
            assert await publisher.publish([*largest, *control]) == 4
        await publish(settings, [("over", over)])
        await told_and_buried(settings, told=4, buried=1)
        assert worker.stop() == 0
    [letter] = await dead_letters(settings)
    assert (letter.reason, letter.value) == ("body too long", over)
    told = {(alert["article_id"], alert["version"]): numbers(alert) for alert in await alerts(settings)}
    assert told == {(name, 1): (None, 12) for name in ("largest", "control")} | {
        (name, 2): (12, 17) for name in ("largest", "control")
    }


def numbers(alert: Mapping[str, Any]) -> tuple[int | None, int | None]:
    return tuple(alert[side] and alert[side]["value"]["number"] for side in ("before", "after"))  # type: ignore[return-value]


async def test_a_message_that_is_too_large_to_be_sent_on_is_a_dead_letter(settings: Settings, tmp_path: Path) -> None:
    """Whoever wrote it gave no key; with the key it is larger than its topic takes."""
    empty = len(update_json("a" * 2000, story_id=None)) + RECORD_BYTES
    value = update_json("a" * 2000, story_id=None).rstrip(b"}") + b" " * (4_000_000 - empty) + b"}"
    elsewhere = (partition_of(b"a" * 2000, settings.partitions) + 1) % settings.partitions
    with Worker(settings, tmp_path / "worker.log", fake=True) as worker:
        worker.wait_ready()
        await publish_to(settings, elsewhere, None, value)
        await publish(settings, [("b", update_json("b"))])
        await told_and_buried(settings, told=1, buried=1)
        assert worker.stop() == 0
    [letter] = await dead_letters(settings)
    assert (letter.reason, letter.key, letter.value) == ("invalid", None, value)
    assert "cannot be sent on: it has 4,00" in letter.detail


async def test_publish_refuses_what_kafka_would_not_take_with_one_line(settings: Settings, tmp_path: Path) -> None:
    await ensure_topics(settings)
    updates = [article("small", 1, "Text."), article("large", 1, CONTROL * 700_000)]
    path = tmp_path / "updates.jsonl"
    path.write_text("".join(update.model_dump_json() + "\n" for update in updates))
    env = environment(broker=settings.broker, app_id=settings.app_id)
    done = wiredelta("publish", str(path), env=env)
    assert (done.returncode, done.stdout) == (2, "")
    [line] = done.stderr.splitlines()
    assert line.startswith(f"wiredelta: {path}:2: it has 4,200,")
    assert line.endswith(" bytes as a message, 4,000,000 at most are taken")
    assert await read_all(settings, ARTICLE_UPDATES.name) == []
    skipped = wiredelta("publish", "--skip-bad", str(path), env=env)
    assert (skipped.returncode, skipped.stdout) == (0, "")
    assert [record.key for record in await read_all(settings, ARTICLE_UPDATES.name)] == [b"small"]
