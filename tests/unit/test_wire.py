"""Alerts and dead letters as Kafka messages: what is written is what the specification says and is read back."""

import json
from datetime import UTC, datetime
from typing import Any
from urllib.parse import unquote

import pytest
from cloudevents.core.bindings.kafka import KafkaMessage, from_kafka_event
from cloudevents.core.v1.event import CloudEvent
from hypothesis import given
from hypothesis import strategies as st

from schemas.alerts import Alert, alert_id
from schemas.dead_letters import MAX_DETAIL, DeadLetter
from schemas.facts import Evidence, Fact
from schemas.topics import DEAD_LETTERS, TOPICS
from schemas.values import EventStatusValue
from streams.wire import NotOurMessage, decode_alert, decode_dead_letter, encode_alert, encode_dead_letter

AT = datetime(2025, 3, 18, 16, 2, 11, 250_000, tzinfo=UTC)
SENTENCE = "The call between Donald Trump and Vladimir Putin has ended, the White House said."


def alert(**fields: Any) -> Alert:
    evidence = Evidence(
        article_id="https://example.org/call",
        version=2,
        source="example.org",
        field="body",
        start=0,
        end=len(SENTENCE),
        sentence=SENTENCE,
    )
    ended = Fact(
        kind="event-status",
        key="event-status|call|putin+trump|1",
        subject="Trump–Putin call",
        value=EventStatusValue(text="ended", status="ended"),
        evidence=evidence,
        first_seen=AT,
        last_seen=AT,
    )
    usual: dict[str, Any] = {
        "kind": "event-status",
        "change": "update",
        "story_id": "trump-putin-call",
        "article_id": evidence.article_id,
        "version": 2,
        "source": "example.org",
        "headline": "Call ends",
        "summary": "Trump–Putin call: ongoing → ended",
        "after": ended,
        "priority": "flash",
        "certainty": "observed",
        "published_at": AT,
        "updated_at": AT,
        "detected_at": AT,
    }
    made = usual | fields
    name = alert_id(
        made["story_id"], made["article_id"], made["version"], made["kind"], made["change"], ended.key, ended.value
    )
    return Alert.model_validate({"id": name} | made)


def test_an_alert_is_a_cloudevent_in_binary_mode() -> None:
    told = alert()
    key, value, headers = encode_alert(told)
    assert key == b"trump-putin-call"
    assert dict(headers) == {
        "content-type": b"application/json",
        "ce_specversion": b"1.0",
        "ce_id": str(told.id).encode(),
        "ce_source": b"/wiredelta/example.org",
        "ce_type": b"news.alerts.event-status",
        "ce_time": b"2025-03-18T16:02:11.250000Z",
        "ce_subject": b"trump-putin-call",
    }
    assert len(headers) == 7
    assert value == told.model_dump_json().encode()
    assert json.loads(value)["summary"] == "Trump–Putin call: ongoing → ended"
    assert "Trump–Putin".encode() in value  # UTF-8, not escaped


def test_the_sdk_reads_it_back() -> None:
    told = alert(story_id="späte-flut", source="Süddeutsche Zeitung")
    key, value, headers = encode_alert(told)
    event = from_kafka_event(KafkaMessage(headers=dict(headers), key=key, value=value))
    assert isinstance(event, CloudEvent)
    assert (event.get_id(), event.get_type()) == (str(told.id), "news.alerts.event-status")
    assert (event.get_subject(), event.get_extension("partitionkey")) == ("späte-flut", "späte-flut")
    assert (event.get_time(), event.get_datacontenttype()) == (AT, "application/json")
    assert event.get_source() == "/wiredelta/S%C3%BCddeutsche%20Zeitung"
    assert Alert.model_validate(event.get_data()) == told


UNRESERVED = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~"


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=50))
def test_any_outlet_makes_one_path_segment_of_a_uri_reference(outlet: str) -> None:
    source = dict(encode_alert(alert(source=outlet))[2])["ce_source"].decode("ascii")
    segment = source.removeprefix("/wiredelta/")
    assert unquote(segment) == outlet
    assert set(segment) <= set(UNRESERVED + "!$&'()*+,;=:@%")


def test_what_is_written_is_read_back_among_headers_of_others() -> None:
    told = alert()
    _, value, headers = encode_alert(told)
    foreign: list[tuple[str, bytes | None]] = [("traceparent", b"\xff\x00"), ("empty", None), *headers]
    assert decode_alert(value, foreign) == told


def test_an_alert_of_a_newer_worker_is_read_without_what_it_adds() -> None:
    told = alert()
    _, value, headers = encode_alert(told)
    newer = json.dumps(json.loads(value) | {"translation": "…"}).encode()
    assert decode_alert(newer, headers) == told


def without(name: str) -> list[tuple[str, bytes]]:
    return [header for header in encode_alert(alert())[2] if header[0] != name]


@pytest.mark.parametrize(
    ("value", "headers", "line"),
    [
        (encode_alert(alert())[1], [], "not a CloudEvent: "),
        (encode_alert(alert())[1], without("ce_type"), "not a CloudEvent: "),
        (encode_alert(alert())[1], [*without("ce_specversion"), ("ce_specversion", b"0.3")], "not a CloudEvent: "),
        (encode_alert(alert())[1], [*without("ce_time"), ("ce_time", b"noon")], "not a CloudEvent: "),
        (encode_alert(alert())[1], [*without("ce_subject"), ("ce_subject", b"\xff")], "not a CloudEvent: "),
        (None, without(""), "not an alert: is not valid JSON"),
        (b"", without(""), "not an alert: is not valid JSON"),
        (b"[" * 100_000, without(""), "not an alert: is not valid JSON: recursion limit exceeded"),
        (b'{"id":"x"}', without(""), "not an alert: id: should be a valid UUID"),
    ],
)
def test_what_is_no_alert_is_refused_in_one_line(
    value: bytes | None, headers: list[tuple[str, bytes]], line: str
) -> None:
    with pytest.raises(NotOurMessage) as refused:
        decode_alert(value, headers)
    assert str(refused.value).startswith(line)
    assert "\n" not in str(refused.value)


def letter(**fields: Any) -> DeadLetter:
    usual: dict[str, Any] = {
        "topic": "news.article-updates",
        "partition": 3,
        "offset": 2**40,
        "reason": "invalid",
        "detail": "updated_at: should be a time with its zone — got 'noon'",
        "failed_at": AT,
        "key": b"a \xff key",
        "value": b'{"updated_at": "noon"}\xff\x00',
    }
    return DeadLetter.model_validate(usual | fields)


def test_a_dead_letter_is_the_message_itself_and_headers() -> None:
    key, value, headers = encode_dead_letter(letter())
    assert (key, value) == (b"a \xff key", b'{"updated_at": "noon"}\xff\x00')
    assert headers == [
        ("wiredelta-reason", b"invalid"),
        ("wiredelta-detail", "updated_at: should be a time with its zone — got 'noon'".encode()),
        ("wiredelta-topic", b"news.article-updates"),
        ("wiredelta-partition", b"3"),
        ("wiredelta-offset", b"1099511627776"),
        ("wiredelta-failed-at", b"2025-03-18T16:02:11.250000Z"),
        ("wiredelta-schema-version", b"1"),
    ]


@given(key=st.none() | st.binary(), value=st.none() | st.binary(), detail=st.text(st.characters(), max_size=1500))
def test_a_dead_letter_is_read_back_the_same(key: bytes | None, value: bytes | None, detail: str) -> None:
    dead = letter(key=key, value=value, detail=detail)
    assert decode_dead_letter(*encode_dead_letter(dead)) == dead
    assert DeadLetter.model_validate_json(dead.model_dump_json()) == dead
    assert len(dead.detail) <= MAX_DETAIL


def test_the_largest_message_of_any_topic_fits_as_a_dead_letter() -> None:
    largest = max(topic.max_message_bytes for topic in TOPICS if topic is not DEAD_LETTERS)
    dead = letter(key=None, value=b"\xff" * largest, detail="é" * 10_000)
    _, value, headers = encode_dead_letter(dead)
    size = len(value or b"") + sum(len(name) + len(text) for name, text in headers)
    assert largest < size < DEAD_LETTERS.max_message_bytes - 100_000


def test_of_a_letter_that_failed_again_the_last_headers_count() -> None:
    key, value, headers = encode_dead_letter(letter())
    again = [*headers, ("wiredelta-reason", b"failed")]
    assert decode_dead_letter(key, value, again).reason == "failed"


@pytest.mark.parametrize(
    ("headers", "line"),
    [
        ([], "not a dead letter: topic: is missing; partition: is missing; offset: is missing; and 3 more"),
        ([("wiredelta-offset", b"-1")], "offset: should be greater than or equal to 0 (got '-1')"),
        ([("wiredelta-partition", b"three")], "partition: should be a valid integer"),
        ([("wiredelta-reason", b"because")], "reason: should be 'not valid JSON', "),
        ([("wiredelta-failed-at", b"2025-03-18T16:02:11")], "failed_at: should have a time zone"),
        ([("wiredelta-topic", None)], "topic: is missing"),
    ],
)
def test_what_is_no_dead_letter_is_refused_in_one_line(headers: list[tuple[str, bytes | None]], line: str) -> None:
    usual: list[tuple[str, bytes | None]] = [*encode_dead_letter(letter())[2]] if headers else []
    names = {name for name, _ in headers}
    with pytest.raises(NotOurMessage) as refused:
        decode_dead_letter(b"", b"", [header for header in usual if header[0] not in names] + headers)
    assert line in str(refused.value)
