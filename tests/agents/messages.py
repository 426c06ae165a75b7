"""Messages for tests: article updates of the fake tracker's sort, and the twelve shapes of bad ones."""

import json
from collections.abc import Mapping
from typing import Any

from schemas.dead_letters import DeadLetterReason
from streams.kafka import partition_of
from streams.tracking import Message

PARTITIONS = 8
TOPIC = "news.article-updates"


def update_fields(article: str, version: int = 1, body: str = "", **other: Any) -> dict[str, Any]:
    return {
        "article_id": article,
        "version": version,
        "source": "the-paper",
        "headline": f"Headline of {article}",
        "body": body or f"weather = {version}",
        "published_at": "2026-03-01T08:00:00Z",
        "updated_at": "2026-03-01T09:00:00Z",
        **other,
    }


def update_json(article: str, version: int = 1, body: str = "", **other: Any) -> bytes:
    return json.dumps(update_fields(article, version, body, **other)).encode()


def message(offset: int, value: bytes | None, story: str, **other: Any) -> Message:
    """On the partition of its key, unless told otherwise."""
    raw = story.encode()
    fields: Mapping[str, Any] = {
        "topic": TOPIC,
        "partition": partition_of(raw, PARTITIONS),
        "timestamp": 1_772_352_000.0,
        "key": raw,
        "headers": [],
    }
    return Message(offset=offset, value=value, **{**fields, **other})


def bad_values() -> dict[str, tuple[bytes | None, DeadLetterReason]]:
    """Twelve shapes that messages are broken in, each with the reason that its dead letter must give."""
    deep = b"[" * 10_000 + b"]" * 10_000
    return {
        "not JSON": (b"{not json", "not valid JSON"),
        "cut off": (update_json("a")[:-20], "not valid JSON"),
        "not UTF-8": (b'{"article_id": "\xff\xfe"}', "not valid UTF-8"),
        "empty": (b"", "empty"),
        "tombstone": (None, "empty"),
        "wrong type": (update_json("a", version="1"), "invalid"),  # type: ignore[arg-type]
        "unknown field": (update_json("a", colour="red"), "invalid"),
        "missing field": (b'{"article_id": "a", "version": 1}', "invalid"),
        "body too long": (update_json("a", body="x" * 1_000_001), "body too long"),
        "a list": (b"[" + update_json("a") + b"]", "invalid"),
        "10,000 levels deep": (deep, "not valid JSON"),
        "no such zone": (update_json("a", timezone="Mars/Olympus"), "invalid"),
    }
