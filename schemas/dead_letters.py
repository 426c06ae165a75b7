"""DeadLetter: a message that could not be processed, unchanged, with what is needed to look at it and to replay it.

On Kafka the message's own key and value are kept as they were, byte for byte, and the rest stands in headers, as in
Kafka Connect's dead letter queues: so a dead letter is hardly larger than its message, and a replay is exact.
"""

from base64 import b64decode, b64encode
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, PlainSerializer, ValidationInfo, WithJsonSchema

from schemas.base import SCHEMA_VERSION, Lenient, SchemaVersion, UtcTime

MAX_DETAIL = 1000  # characters; the rest is cut, so that a dead letter always fits its topic

DeadLetterReason = Literal[
    "not valid JSON", "not valid UTF-8", "empty", "invalid", "body too long", "story changed", "failed"
]

HEADER_OF_FIELD = {
    "reason": "wiredelta-reason",
    "detail": "wiredelta-detail",
    "topic": "wiredelta-topic",
    "partition": "wiredelta-partition",
    "offset": "wiredelta-offset",
    "failed_at": "wiredelta-failed-at",
    "schema_version": "wiredelta-schema-version",
}


def _from_base64(value: object, info: ValidationInfo) -> object:
    return b64decode(value, validate=True) if info.mode == "json" and isinstance(value, str) else value


def _to_base64(raw: bytes) -> str:
    return b64encode(raw).decode("ascii")


def _printable_and_short(detail: object) -> object:
    if not isinstance(detail, str):
        return detail
    text = detail.encode("utf-8", "backslashreplace").decode("utf-8")
    return text if len(text) <= MAX_DETAIL else text[: MAX_DETAIL - 1] + "…"


# Bytes as they are in Python, Base64 (RFC 4648, section 4) in JSON.
RawBytes = Annotated[
    bytes,
    BeforeValidator(_from_base64),
    PlainSerializer(_to_base64, return_type=str, when_used="json"),
    WithJsonSchema({"type": "string", "contentEncoding": "base64"}),
]


class DeadLetter(Lenient):
    """Where the message stood, why it failed (``detail`` names the field and what was expected), and the message.

    ``key`` and ``value`` are the message's own bytes, or None where it had none.
    """

    topic: str
    partition: Annotated[int, Field(ge=0)]
    offset: Annotated[int, Field(ge=0)]
    reason: DeadLetterReason
    detail: Annotated[str, Field(max_length=MAX_DETAIL), BeforeValidator(_printable_and_short)]
    failed_at: UtcTime
    schema_version: SchemaVersion = SCHEMA_VERSION
    key: RawBytes | None = None
    value: RawBytes | None = None
