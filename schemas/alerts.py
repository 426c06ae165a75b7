"""Alert: a changed fact, told to subscribers on ``news.alerts.<kind>``."""

import json
from typing import Any, Literal
from uuid import NAMESPACE_URL, UUID, uuid5

from schemas.base import SCHEMA_VERSION, ArticleId, Kind, Lenient, SchemaVersion, StoryId, UtcTime, Version
from schemas.facts import Fact
from schemas.values import Value

ALERT_NAMESPACE = uuid5(NAMESPACE_URL, "https://wiredelta.dev/alerts")  # fixed: it makes ids the same everywhere

Change = Literal["initial", "update", "retraction"]  # the words of NASA GCN
Priority = Literal["flash", "urgent", "routine"]  # the wires' words
Certainty = Literal["observed", "likely", "possible"]  # CAP's words


class Alert(Lenient):
    """One changed fact, from what to what, with the sentence that proves it in ``after`` (or ``before``)."""

    id: UUID
    kind: Kind
    change: Change
    story_id: StoryId
    article_id: ArticleId
    version: Version
    source: str
    url: str | None = None
    headline: str
    summary: str
    before: Fact | None = None
    after: Fact | None = None
    related: tuple[Fact, ...] = ()
    priority: Priority
    certainty: Certainty
    silent_edit: bool = False
    flip_flop: bool = False
    supersedes: UUID | None = None
    published_at: UtcTime
    updated_at: UtcTime
    detected_at: UtcTime
    embargo_until: UtcTime | None = None
    status: Literal["actual", "test", "replay"] = "actual"
    schema_version: SchemaVersion = SCHEMA_VERSION


def canonical_value(value: Value | None) -> dict[str, Any] | None:
    """A value without its readable text and without its null fields (so that ids outlive fields added later)."""
    if value is None:
        return None
    return value.model_dump(mode="json", exclude={"text"}, exclude_none=True)


def alert_id(
    story_key: str, article_id: str, version: int, kind: Kind, change: Change, key: str, value: Value | None
) -> UUID:
    """The same after a crash, a rebalance or a replay: UUIDv5 of the compact JSON list of these.

    ``key`` and ``value`` are those of the alert's ``after``; where that is null, ``key`` is that of ``before`` and
    ``value`` is None. The JSON has no spaces, sorted names and UTF-8 as it is.
    """
    name = [story_key, article_id, version, kind, change, key, canonical_value(value)]
    return uuid5(ALERT_NAMESPACE, json.dumps(name, separators=(",", ":"), ensure_ascii=False, sort_keys=True))
