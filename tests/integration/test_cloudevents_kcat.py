"""What goes over the wire, read by tools that know nothing of wiredelta: kcat, and the CloudEvents SDK."""

import asyncio
import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from aiokafka import TopicPartition
from cloudevents.core.bindings.kafka import KafkaMessage, from_kafka_event

from schemas.alerts import Alert
from schemas.dead_letters import DeadLetter
from schemas.topics import ALERT_TOPICS, DEAD_LETTERS, Topic
from streams.kafka import make_consumer, make_producer, started
from streams.settings import Settings
from streams.topics import ensure_topics
from streams.wire import Headers, decode_alert, decode_dead_letter, encode_alert, encode_dead_letter

EXAMPLES = Path(__file__).parents[2] / "schemas" / "examples"
ALERT = Alert.model_validate_json((EXAMPLES / "alert-value-changed.json").read_bytes())
LETTER = DeadLetter.model_validate_json((EXAMPLES / "dead-letter.json").read_bytes())
TOPIC = ALERT_TOPICS[ALERT.kind]

needs_kcat = pytest.mark.skipif(shutil.which("kcat") is None, reason="kcat is not installed (Debian: apt install kcat)")


async def send(settings: Settings, topic: Topic, key: bytes | None, value: bytes | None, headers: Headers) -> None:
    await ensure_topics(settings)
    producer = make_producer(settings)
    async with started(producer, settings):
        await producer.send_and_wait(topic.name, value=value, key=key, headers=headers)


async def kcat(settings: Settings, topic: Topic, *arguments: str) -> bytes:
    """What kcat prints of the topic's one message."""
    command = ["kcat", "-C", "-q", "-b", settings.broker, "-t", topic.name, "-o", "beginning", "-c", "1", *arguments]
    process = await asyncio.create_subprocess_exec(
        *command, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
    )
    try:
        output, complaints = await asyncio.wait_for(process.communicate(), timeout=60)
    finally:
        if process.returncode is None:
            process.kill()
    assert process.returncode == 0, complaints.decode()
    return output


async def received(settings: Settings, topic: Topic) -> Any:
    consumer = make_consumer(settings)
    async with started(consumer, settings):
        consumer.assign([TopicPartition(topic.name, partition) for partition in range(settings.partitions)])
        return await asyncio.wait_for(consumer.getone(), timeout=60)


@needs_kcat
async def test_kcat_reads_an_alert_as_headers_and_json(settings: Settings) -> None:
    await send(settings, TOPIC, *encode_alert(ALERT))
    envelope = json.loads(await kcat(settings, TOPIC, "-J"))
    names, texts = envelope["headers"][::2], envelope["headers"][1::2]
    assert dict(zip(names, texts, strict=True)) == {
        "content-type": "application/json",
        "ce_specversion": "1.0",
        "ce_id": "672074f3-7828-5e1d-a7e6-0fcd292777db",
        "ce_source": "/wiredelta/example.org",
        "ce_type": "news.alerts.event-status",
        "ce_time": "2025-03-18T18:05:02.140000Z",
        "ce_subject": "trump-putin-call",
    }
    assert envelope["key"] == "trump-putin-call"
    told = json.loads(envelope["payload"])
    assert told == json.loads((EXAMPLES / "alert-value-changed.json").read_bytes())
    assert told["summary"] == "Trump–Putin call: ongoing → ended"
    assert told["after"]["evidence"]["sentence"].endswith("has ended, the White House said on Tuesday.")


@needs_kcat
async def test_kcat_reads_a_dead_letter_as_the_message_that_failed(settings: Settings) -> None:
    letter = LETTER.model_copy(update={"value": b'{"version":\xff\x00\n"4"}'})
    await send(settings, DEAD_LETTERS, *encode_dead_letter(letter))
    assert await kcat(settings, DEAD_LETTERS, "-f", "%s") == letter.value
    assert await kcat(settings, DEAD_LETTERS, "-f", "%k") == letter.key
    headers = (await kcat(settings, DEAD_LETTERS, "-f", "%h")).decode()
    assert headers.startswith("wiredelta-reason=invalid,wiredelta-detail=version: should be a valid integer (got '4')")
    assert headers.endswith(
        "wiredelta-topic=news.article-updates,wiredelta-partition=5,wiredelta-offset=18204,"
        "wiredelta-failed-at=2025-04-08T11:00:03.512000Z,wiredelta-schema-version=1"
    )


async def test_the_cloudevents_sdk_reads_an_alert(settings: Settings) -> None:
    await send(settings, TOPIC, *encode_alert(ALERT))
    record = await received(settings, TOPIC)
    event = from_kafka_event(KafkaMessage(headers=dict(record.headers), key=record.key, value=record.value))
    assert (event.get_id(), event.get_type(), event.get_specversion()) == (str(ALERT.id), TOPIC.name, "1.0")
    assert (event.get_source(), event.get_subject()) == ("/wiredelta/example.org", ALERT.story_id)
    assert (event.get_time(), event.get_datacontenttype()) == (ALERT.detected_at, "application/json")
    assert Alert.model_validate(event.get_data()) == ALERT
    assert decode_alert(record.value, record.headers) == ALERT


@pytest.mark.parametrize("changes", [{}, {"key": None}, {"value": None}, {"key": b"", "value": b""}])
async def test_a_dead_letter_comes_back_the_same(settings: Settings, changes: dict[str, bytes | None]) -> None:
    letter = LETTER.model_copy(update=changes)
    await send(settings, DEAD_LETTERS, *encode_dead_letter(letter))
    record = await received(settings, DEAD_LETTERS)
    assert decode_dead_letter(record.key, record.value, record.headers) == letter
