"""What all models share: how strictly they are read, and the types of their fields."""

from datetime import UTC, datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field

# The nine kinds of fact, by the precedence with which a clause that yields several is told (DESIGN: one clause, one alert).
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
    return moment.astimezone(UTC)


UtcTime = Annotated[AwareDatetime, AfterValidator(_to_utc)]
ArticleId = Annotated[str, Field(min_length=1, max_length=2048)]
StoryId = Annotated[str, Field(min_length=1, max_length=2048)]
Version = Annotated[int, Field(ge=1)]
