"""FactChange and UpdateSummary: the audit log on ``news.fact-changes``. It answers "why was I (not) told?"."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, TypeAdapter

from schemas.alerts import Alert
from schemas.base import SCHEMA_VERSION, ArticleId, Lenient, SchemaVersion, StoryId, UtcTime, Version
from schemas.facts import Fact

Outcome = Literal["same", "refined", "new", "changed", "reversed", "hedge-dropped", "denied", "removed", "corrected"]
Decision = Literal["alert", "silent"]

# The closed list of reasons; `told with` is followed by the id of the alert that tells the fact among its related ones.
REASONS = (
    "new fact",
    "value changed",
    "polarity reversed",
    "hedge dropped",
    "plan done",
    "denied",
    "claim removed",
    "corrected",
    "article canceled",
    "reworded",
    "repeated",
    "background",
    "known from another outlet",
    "more exact",
    "stale",
    "older version",
    "duplicate",
    "story opened",
    "withheld",
    "baseline",
    "language not supported",
    "no news",
    "below similarity",  # of releases before 0.2
    "extractor changed",
)
Reason = Annotated[str, Field(pattern=rf"^({'|'.join(REASONS)}|told with [0-9a-f-]{{36}})$")]

Count = Annotated[int, Field(ge=0)]


class FactChange(Lenient):
    """What one fact of an unseen sentence, or a removed claim, was found to be, and whether it was told."""

    record: Literal["fact"] = "fact"
    id: UUID
    story_id: StoryId
    article_id: ArticleId
    version: Version
    outcome: Outcome
    decision: Decision
    reason: Reason
    before: Fact | None = None
    after: Fact | None = None
    alert: Alert | None = None
    detected_at: UtcTime
    schema_version: SchemaVersion = SCHEMA_VERSION


class UpdateSummary(Lenient):
    """One for each update, after its FactChanges: what was read of it and what came of it. Counts are per update."""

    record: Literal["update"] = "update"
    id: UUID
    story_id: StoryId
    article_id: ArticleId
    version: Version
    source: str
    headline: str
    decision: Decision
    reason: Reason
    sentences: Count
    sentences_unseen: Count
    facts: Count
    alerts: Count
    updated_at: UtcTime
    detected_at: UtcTime
    schema_version: SchemaVersion = SCHEMA_VERSION


Change = Annotated[FactChange | UpdateSummary, Field(discriminator="record")]
CHANGE: TypeAdapter[FactChange | UpdateSummary] = TypeAdapter(Change)
