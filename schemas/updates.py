"""ArticleUpdate: one version of one article, as it arrives on ``news.article-updates`` or as a line of a file."""

from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, Field

from schemas.base import ArticleId, StoryId, Strict, UtcTime, Version

MAX_BODY_BYTES = 1_000_000

Status = Literal["usable", "withheld", "canceled"]  # the words of IPTC ninjs
Mode = Literal["actual", "test", "replay", "baseline"]


def _within_body_limit(body: str) -> str:
    size = len(body.encode())
    if size > MAX_BODY_BYTES:
        raise ValueError(f"body has {size:,} bytes in UTF-8, at most {MAX_BODY_BYTES:,} are allowed")
    return body


def _known_zone(name: str | None) -> str | None:
    if name is not None:
        try:
            ZoneInfo(name)
        except (ValueError, OSError) as error:  # ZoneInfoNotFoundError is a KeyError
            raise ValueError(f"no IANA time zone is named {name!r}") from error
        except KeyError as error:
            raise ValueError(f"no IANA time zone is named {name!r}") from error
    return name


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
    body: Annotated[str, AfterValidator(_within_body_limit)]
    language: Annotated[str, Field(pattern=r"^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$", max_length=100)] = "en"
    published_at: UtcTime
    updated_at: UtcTime
    status: Status = "usable"
    timezone: Annotated[str, Field(max_length=100), AfterValidator(_known_zone)] | None = None
    mode: Mode = "actual"
    embargo_until: UtcTime | None = None
    subjects: Annotated[tuple[Subject, ...], Field(max_length=200, strict=False)] | None = None
    correction: Annotated[str, Field(max_length=10_000)] | None = None

    @property
    def story_key(self) -> str:
        """The key under which the update is partitioned and its facts are kept."""
        return self.story_id or self.article_id
