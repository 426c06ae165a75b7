"""The one place in which article updates are decoded: from Kafka, from a file, from standard input."""

from pydantic import ValidationError

from schemas.dead_letters import DeadLetterReason
from schemas.errors import explain
from schemas.updates import BODY_TOO_LONG, ArticleUpdate


class BadMessage(ValueError):
    """A message that is no ArticleUpdate: ``reason`` for counting, ``detail`` for whoever sent it (one line)."""

    def __init__(self, reason: DeadLetterReason, detail: str) -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason: DeadLetterReason = reason
        self.detail = detail


def decode_update(raw: bytes | None) -> ArticleUpdate:
    """The update in a message's value or a file's line (UTF-8 JSON). Raises BadMessage for anything else."""
    if raw is None:
        raise BadMessage("empty", "the message has no value (a tombstone)")
    if not raw or raw.isspace():
        raise BadMessage("empty", "the message is empty")
    try:
        return ArticleUpdate.model_validate_json(raw)
    except ValidationError as error:
        raise classify(raw, error) from error


def classify(raw: bytes, error: ValidationError) -> BadMessage:
    """Why ``raw`` could not be read as an update."""
    types = {one["type"] for one in error.errors(include_url=False, include_input=False)}
    if "json_invalid" in types:
        return _not_json(raw, error)
    return BadMessage("body too long" if BODY_TOO_LONG in types else "invalid", explain(error))


def _not_json(raw: bytes, error: ValidationError) -> BadMessage:
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError as wrong:
        return BadMessage("not valid UTF-8", f"byte 0x{raw[wrong.start]:02x} at offset {wrong.start:,} is not UTF-8")
    return BadMessage("not valid JSON", explain(error))
