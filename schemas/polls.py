"""Poll: what one look at a source found, as it arrives on ``news.source-polls``; identity and version come later.

VersionOutcome: what came of such a version, which the same topic brings back to its source.
"""

from typing import Annotated, Literal

from pydantic import Field

from schemas.base import SCHEMA_VERSION, ArticleId, Lenient, SchemaVersion, StoryId, Strict, Version
from schemas.updates import Body, InputTime, Language, Mode, Status, Subject, Zone

MAX_INTERVAL = 30 * 86_400.0  # seconds

SourceName = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9._-]{0,99}$")]
SourceKind = Annotated[str, Field(pattern=r"^[a-z][a-z-]{0,39}$")]
PollOutcome = Literal["read", "unchanged", "failed"]
Seconds = Annotated[float, Field(ge=0, le=MAX_INTERVAL, strict=False)]
Guid = Annotated[str, Field(min_length=1, max_length=2048)]


class Item(Strict):
    """An article as a source shows it. ``guid`` (else ``url``) names it; None of both: it is the source's only one.

    ``published_at`` and ``updated_at`` are None where the source does not say; ``status`` and the fields below it mean
    what they mean in an ArticleUpdate.
    """

    guid: Guid | None = None
    url: Annotated[str, Field(max_length=8192)] | None = None
    headline: Annotated[str, Field(max_length=10_000)]
    body: Body
    language: Language = "en"
    published_at: InputTime | None = None
    updated_at: InputTime | None = None
    status: Status = "usable"
    story_id: StoryId | None = None
    embargo_until: InputTime | None = None
    subjects: Annotated[tuple[Subject, ...], Field(max_length=200, strict=False)] | None = None
    correction: Annotated[str, Field(max_length=10_000)] | None = None


class Poll(Strict):
    """One look at one source, or a part of it where its items do not fit into one message.

    ``listed`` names all that the source shows, by guid or url, where it is known to show all of a stretch of time: what
    it showed before and no longer shows was deleted. None: nothing follows from absence. ``first_as`` is the mode of
    the versions that the very first poll of the source brings; those of later ones are actual. ``interval`` and
    ``max_interval`` are the source's limits in seconds, by which the next poll is set; both are 0 for pushes.
    """

    source: SourceName
    kind: SourceKind
    outlet: Annotated[str, Field(min_length=1, max_length=500)]
    url: Annotated[str, Field(max_length=8192)] | None = None
    polled_at: InputTime
    outcome: PollOutcome
    items: Annotated[tuple[Item, ...], Field(strict=False)] = ()
    listed: Annotated[tuple[Guid, ...], Field(strict=False)] | None = None
    first_as: Mode = "baseline"
    timezone: Zone | None = None
    etag: Annotated[str, Field(max_length=1000)] | None = None
    last_modified: Annotated[str, Field(max_length=1000)] | None = None
    error: Annotated[str, Field(max_length=1000)] | None = None
    retry_after: Seconds | None = None
    interval: Seconds = 0
    max_interval: Seconds = 0


class VersionOutcome(Lenient):
    """Whether a later version of an article that a source showed told anything new: its source may be noisy."""

    source: SourceName
    article_id: ArticleId
    version: Version
    told: bool
    schema_version: SchemaVersion = SCHEMA_VERSION
