"""SourceState and SourceHealthChange: how a source does, on ``news.source-state`` and ``news.source-health``."""

from typing import Annotated, Literal, get_args

from pydantic import Field

from schemas.base import SCHEMA_VERSION, Lenient, SchemaVersion, UtcTime
from schemas.polls import SourceKind, SourceName

Count = Annotated[int, Field(ge=0)]
Health = Literal["ok", "failing", "broken", "silent", "noisy"]
HEALTHS: tuple[Health, ...] = get_args(Health)


class SourceState(Lenient):
    """What is known of a source after a poll; the topic keeps the latest of each. Times are None before the first.

    ``first_read``: the first poll that showed what there is; by default it is the baseline.
    ``usual_gap``: seconds between changes, an exponential mean. ``versions_a_day``: over the last day or so, likewise.
    ``later_versions``: versions after an article's first whose outcome is known; ``telling``: the share of the last
    twenty or so of them that told something new, None before the first.
    """

    source: SourceName
    kind: SourceKind
    outlet: str
    url: str | None = None
    health: Health = "ok"
    reason: str = ""
    since: UtcTime
    first_poll: UtcTime
    first_read: UtcTime | None = None
    last_poll: UtcTime
    last_success: UtcTime | None = None
    last_change: UtcTime | None = None
    next_poll: UtcTime | None = None
    failures: Count = 0
    error: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    articles: Count = 0
    versions: Count = 0
    versions_a_day: Annotated[float, Field(ge=0)] = 0
    usual_gap: Annotated[float, Field(ge=0)] | None = None
    later_versions: Count = 0
    telling: Annotated[float, Field(ge=0, le=1)] | None = None
    schema_version: SchemaVersion = SCHEMA_VERSION


class SourceHealthChange(Lenient):
    """A source went from one state of health to another; ``reason`` says why, in words."""

    source: SourceName
    outlet: str
    url: str | None = None
    before: Health
    after: Health
    reason: str
    at: UtcTime
    schema_version: SchemaVersion = SCHEMA_VERSION
