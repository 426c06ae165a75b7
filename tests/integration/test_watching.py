"""`subscribe --exec` and `tail`: alerts handed to a command, and one story's facts as they change."""

import json
import signal
from collections.abc import AsyncIterator
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from aiokafka import AIOKafkaProducer

from schemas.topics import ALERT_TOPICS, FACT_CHANGES
from streams.kafka import make_producer, started
from streams.settings import Settings
from streams.topics import ensure_topics
from streams.wire import encode_alert
from tests.integration.commands import environment, running, wait_for, wiredelta
from tests.unit.cli.samples import alert, change, status_fact, summary

READ_ALL = ("--start-at", "earliest", "--until-eos")


@pytest.fixture
async def producer(settings: Settings) -> AsyncIterator[AIOKafkaProducer]:
    await ensure_topics(settings)
    producer = make_producer(settings)
    async with started(producer, settings):
        yield producer


async def test_each_alert_is_handed_to_a_command_in_order(
    settings: Settings, producer: AIOKafkaProducer, tmp_path: Path
) -> None:
    for number in range(1, 4):
        key, value, headers = encode_alert(alert(id=UUID(int=number)))
        await producer.send_and_wait(ALERT_TOPICS["event-status"].name, value, key=key, headers=headers)
    env, got = environment(broker=settings.broker), tmp_path / "got"
    handed = wiredelta("subscribe", *READ_ALL, "--exec", f"cat >> {got}", env=env)
    assert handed.returncode == 0
    assert handed.stdout.count("FLASH") == 3
    assert [UUID(json.loads(line)["id"]).int for line in got.read_text().splitlines()] == [1, 2, 3]
    failing = wiredelta("subscribe", *READ_ALL, "--exec", "exit 3", env=env)
    assert failing.returncode == 0
    assert failing.stderr.count("the command ended with status 3") == 3


async def test_a_group_is_given_an_alert_again_that_no_command_has_seen_to_its_end(
    settings: Settings, producer: AIOKafkaProducer, tmp_path: Path
) -> None:
    key, value, headers = encode_alert(alert(id=UUID(int=1)))
    await producer.send_and_wait(ALERT_TOPICS["event-status"].name, value, key=key, headers=headers)
    env, out = environment(broker=settings.broker), tmp_path / "out"
    group = ("--start-at", "earliest", "--group-id", "desk")
    with running("subscribe", *group, "--exec", "echo begun; exec sleep 600", env=env, out=out) as stopped:
        wait_for("begun", out, stopped)
        stopped.send_signal(signal.SIGINT)
        assert stopped.wait(timeout=30) == 130
    again = wiredelta("subscribe", *group, "--until-eos", "--json", env=env)
    assert [UUID(json.loads(line)["id"]).int for line in again.stdout.splitlines()] == [1]


async def test_tail_shows_one_storys_changes_and_goes_on(
    settings: Settings, producer: AIOKafkaProducer, tmp_path: Path
) -> None:
    async def send(*changes: object) -> None:
        for one in changes:
            value = one.model_dump_json().encode()  # type: ignore[attr-defined]
            await producer.send_and_wait(FACT_CHANGES.name, value, key=b"call")

    await send(
        change(alert(), id=uuid4()), change(id=uuid4(), reason="background"), change(id=uuid4(), story_id="call-2")
    )
    env, out = environment(broker=settings.broker), tmp_path / "out"
    told = wiredelta("tail", "call", "--until-eos", "--json", env=env)
    assert [json.loads(line)["decision"] for line in told.stdout.splitlines()] == ["alert"]
    every = wiredelta("tail", "call", "--until-eos", "--silent", env=env)
    assert "background" in every.stdout
    with running("tail", "call", env=env, out=out) as tail:
        wait_for("Trump–Putin call: ongoing → ended", out, tail)
        resumed = alert(before=status_fact("ended"), after=status_fact("resumed"))
        await send(change(resumed, id=uuid4()), summary())
        wait_for("Trump–Putin call: ended → resumed", out, tail)
        wait_for("silent   example.org v2", out, tail)
