"""What all models share: how strictly they are read, and the types of their fields."""

from datetime import UTC, datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field

# The nine kinds of fact, by precedence: of several facts in a clause the first in this order gives the alert its kind.
Kind = Literal[
    "correction",
    "event-status",
    "event-time",
    "figure",
    "statement",
    "quote",
    "position",
    "participant",
    "action",
]


class Strict(BaseModel):
    """Read from others: an unknown field or a value of another JSON type is refused with an error that names it."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Lenient(BaseModel):
    """Written by wiredelta: unknown fields are ignored when read, so that old and new workers run side by side."""

    model_config = ConfigDict(extra="ignore", frozen=True)


def _to_utc(moment: datetime) -> datetime:
    try:
        return moment.astimezone(UTC)
    except OverflowError as error:
        raise ValueError("should lie within the years 1 to 9999 in UTC") from error


# RFC 3339 with what ISO 8601 writers leave out or change: seconds, the colon of the zone, the T. The zone is a must.
TIME_PATTERN = (
    r"^[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ][0-9]{2}:[0-9]{2}(:[0-9]{2}([.][0-9]{1,9})?)?([Zz]|[+-][0-9]{2}:?[0-9]{2})$"
)
UtcTime = Annotated[AwareDatetime, AfterValidator(_to_utc), Field(json_schema_extra={"pattern": TIME_PATTERN})]
ArticleId = Annotated[str, Field(min_length=1, max_length=2048)]
StoryId = Annotated[str, Field(min_length=1, max_length=2048)]
SCHEMA_VERSION = 1  # of the messages that wiredelta writes; counts up where their meaning changes, not for a new field
SchemaVersion = Annotated[int, Field(ge=1)]
MAX_VERSION = 2**63 - 1  # what a 64-bit reader can hold; a publisher may count in nanoseconds
Version = Annotated[int, Field(ge=1, le=MAX_VERSION)]
