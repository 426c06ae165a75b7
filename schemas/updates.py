"""ArticleUpdate: one version of one article, as it arrives on ``news.article-updates`` or as a line of a file."""

import re
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from schemas.base import TIME_PATTERN, ArticleId, StoryId, Strict, UtcTime, Version

MAX_BODY_BYTES = 1_000_000
BODY_TOO_LONG = "body_too_long"  # the error type by which a dead letter's reason is told
LANGUAGE_PATTERN = r"^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$"

Status = Literal["usable", "withheld", "canceled"]  # the words of IPTC ninjs
Mode = Literal["actual", "test", "replay", "baseline"]


def _within_body_limit(body: str) -> str:
    size = len(body.encode())
    if size > MAX_BODY_BYTES:
        raise PydanticCustomError(
            BODY_TOO_LONG,
            "has {size} bytes in UTF-8, at most {limit} are allowed",
            {"size": f"{size:,}", "limit": f"{MAX_BODY_BYTES:,}"},
        )
    return body


def _as_rfc_3339(value: object) -> object:
    """Refuse what pydantic would take as a time besides RFC 3339: seconds since 1970, odd separators."""
    if not isinstance(value, datetime) and not (isinstance(value, str) and re.fullmatch(TIME_PATTERN, value)):
        raise PydanticCustomError("time_format", "should be a time with its zone, such as 2025-03-18T14:00:00Z")
    return value


@cache
def _zone_names() -> frozenset[str]:
    return frozenset(files("tzdata").joinpath("zones").read_text("utf-8").split())


def _known_zone(name: str) -> str:
    if name not in _zone_names():
        raise PydanticCustomError("time_zone", "should be the IANA name of a time zone, such as Europe/London")
    return name


def _language_tag(tag: str) -> str:
    if not re.fullmatch(LANGUAGE_PATTERN, tag):
        raise PydanticCustomError("language_tag", "should be a BCP 47 language tag, such as en or en-GB")
    return tag


InputTime = Annotated[UtcTime, Field(strict=False), BeforeValidator(_as_rfc_3339)]
# JSON Schema counts characters where the limit is in bytes: this is as near as it comes.
Body = Annotated[
    str, AfterValidator(_within_body_limit), WithJsonSchema({"type": "string", "maxLength": MAX_BODY_BYTES})
]
Language = Annotated[
    str, Field(max_length=100, json_schema_extra={"pattern": LANGUAGE_PATTERN}), AfterValidator(_language_tag)
]
Zone = Annotated[str, Field(max_length=100), AfterValidator(_known_zone)]


class Subject(Strict):
    """A subject of the article in some vocabulary (IPTC Media Topics, an outlet's tags)."""

    scheme: Annotated[str, Field(max_length=500)]
    id: Annotated[str, Field(max_length=500)]
    label: Annotated[str, Field(max_length=500)]


class ArticleUpdate(Strict):
    """One version of one article. Order within an article is ``version`` alone; times are aware and kept in UTC."""

    article_id: ArticleId
    version: Version
    story_id: StoryId | None = None
    source: Annotated[str, Field(min_length=1, max_length=500)]
    url: Annotated[str, Field(max_length=8192)] | None = None
    headline: Annotated[str, Field(max_length=10_000)]
    body: Body
    language: Language = "en"
    published_at: InputTime
    updated_at: InputTime
    status: Status = "usable"
    timezone: Zone | None = None
    mode: Mode = "actual"
    embargo_until: InputTime | None = None
    subjects: Annotated[tuple[Subject, ...], Field(max_length=200, strict=False)] | None = None
    correction: Annotated[str, Field(max_length=10_000)] | None = None

    @property
    def story_key(self) -> str:
        """The key under which the update is partitioned and its facts are kept."""
        return self.story_id or self.article_id
