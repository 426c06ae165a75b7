"""DeadLetter: a message that could not be processed, with all that is needed to look at it and to send it again."""

from typing import Literal

from pydantic import Base64Bytes

from schemas.base import Lenient, UtcTime

DeadLetterReason = Literal[
    "not valid JSON", "not valid UTF-8", "empty", "invalid", "body too long", "story changed", "failed"
]


class DeadLetter(Lenient):
    """The raw key and value are in Base64; ``detail`` names the field and what was expected."""

    topic: str
    partition: int
    offset: int
    key: Base64Bytes | None = None
    value: Base64Bytes | None = None
    reason: DeadLetterReason
    detail: str
    failed_at: UtcTime
