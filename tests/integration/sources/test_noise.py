"""A source that rewrites all day and tells nothing: what the tracker found comes back to it."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

from aiokafka import AIOKafkaProducer

from schemas.polls import Item, Poll
from schemas.topics import SOURCE_HEALTH, SOURCE_POLLS
from streams.app import changelogs
from streams.kafka import make_producer
from streams.settings import Settings
from streams.topics import ensure_topics
from tests.integration.waiting import eventually
from tests.integration.workers import Worker, read_all

BEGAN = datetime(2026, 3, 2, tzinfo=UTC)
VERSIONS = 40


async def publish(producer: AIOKafkaProducer, minute: int, outcome: str, *items: Item) -> None:
    poll = Poll(
        source="desk", kind="page", outlet="The Desk", polled_at=BEGAN + timedelta(minutes=minute),
        outcome=outcome, items=items, interval=60, max_interval=3600,
    )  # fmt: skip
    await producer.send_and_wait(SOURCE_POLLS.name, poll.model_dump_json().encode(), key=b"desk")


async def test_a_source_that_rewrites_and_tells_nothing_is_said_to_be_noisy(settings: Settings, tmp_path: Path) -> None:
    minute = VERSIONS

    async def is_told() -> bool:
        nonlocal minute
        minute += 1
        await publish(producer, minute, "unchanged")
        return len(await read_all(settings, SOURCE_HEALTH.name)) > 0

    await ensure_topics(settings, changelogs(settings))
    producer = make_producer(settings)
    await producer.start()
    try:
        for version in range(VERSIONS):
            article = Item(headline="The town", body=f"dead = 12\n{version} words that are no fact.")
            await publish(producer, version, "read", article)
        with Worker(settings, tmp_path / "worker.log", fake=True) as worker:
            worker.wait_ready()
            await eventually(is_told, "the source is said to be noisy", 60)
    finally:
        await producer.stop()
    [change] = [json.loads(record.value) for record in await read_all(settings, SOURCE_HEALTH.name)]
    assert (change["before"], change["after"]) == ("ok", "noisy")
    assert change["reason"].endswith("versions a day, of which 0% told anything new")
