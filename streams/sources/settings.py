"""What all sources have in common in ``sources.yml``."""

import re
from typing import Annotated, Any, Literal, Self

import jmespath
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, HttpUrl, model_validator

from schemas.base import StoryId
from schemas.polls import MAX_INTERVAL, SourceName
from schemas.updates import Language, Zone

MINUTE, HOUR = 60.0, 3600.0
UNITS = {"s": 1.0, "m": MINUTE, "h": HOUR, "d": 24 * HOUR}
DURATION = re.compile(r"(\d+(?:\.\d+)?)\s*([smhd])")


def _seconds(value: object) -> object:
    if isinstance(value, str):
        found = DURATION.fullmatch(value.strip())
        if not found:
            raise ValueError("should be a duration such as 30s, 5m or 2h")
        return float(found[1]) * UNITS[found[2]]
    return value


def _compiled(expression: str) -> str:
    try:
        jmespath.compile(expression)
    except jmespath.exceptions.JMESPathError as error:
        raise ValueError(f"should be a JMESPath expression: {' '.join(str(error).split())}") from None
    return expression


def _pattern(text: str) -> str:
    try:
        re.compile(text)
    except re.error as error:
        raise ValueError(f"should be a regular expression: {error}") from None
    return text


Duration = Annotated[float, Field(ge=1, le=MAX_INTERVAL), BeforeValidator(_seconds)]
JmesPath = Annotated[str, AfterValidator(_compiled)]
Pattern = Annotated[str, AfterValidator(_pattern)]


class Given(BaseModel):
    """Read from ``sources.yml``: an unknown field is refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class StoryFrom(Given):
    """Where an article's story key stands: in what the source says of it (JMESPath), or in its address (a pattern)."""

    jmespath: JmesPath | None = None
    pattern: Pattern | None = None

    @model_validator(mode="after")
    def _one(self) -> Self:
        if (self.jmespath is None) == (self.pattern is None):
            raise ValueError("should have either jmespath or pattern")
        return self

    def story_of(self, said: Any, url: str | None) -> str | None:
        """The first group of the pattern, or all that it found; None: the article is a story of its own."""
        if self.pattern is not None:
            found = re.search(self.pattern, url or "")
            return (found[1] if found.re.groups else found[0]) if found else None
        value = jmespath.search(self.jmespath, said)
        return str(value) if isinstance(value, str | int) and str(value) else None


class Source(Given):
    """A source of any kind; the file of the kind says which word ``kind`` is, and adds its own fields."""

    name: SourceName
    kind: str
    outlet: Annotated[str, Field(max_length=500)] = ""
    language: Language = "en"
    timezone: Zone | None = None
    story_id: StoryId | StoryFrom | None = None
    first: Literal["baseline", "actual"] = "baseline"

    @property
    def outlet_name(self) -> str:
        return self.outlet or self.name

    def story_of(self, said: Any, url: str | None) -> str | None:
        """The story key of an article of which the source says this."""
        return self.story_id.story_of(said, url) if isinstance(self.story_id, StoryFrom) else self.story_id


class Polled(Source):
    """A source that is asked, again and again. ``host_pause``: seconds between requests to its host, of all sources.

    ``allow_private``: its host may have a private or loopback address.
    """

    url: HttpUrl
    interval: Duration = MINUTE
    max_interval: Duration = HOUR
    host_pause: float = Field(0.5, ge=0, le=60)
    headers: dict[str, str] = {}
    robots: bool = False
    allow_private: bool = False

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.max_interval < self.interval:
            raise ValueError("max_interval should not be shorter than interval")
        return self
