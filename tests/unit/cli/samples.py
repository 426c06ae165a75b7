"""Alerts, facts and updates for the tests of the command line."""

from datetime import UTC, datetime
from typing import Any

from schemas.alerts import Alert, alert_id
from schemas.changes import FactChange, UpdateSummary
from schemas.facts import Evidence, Fact
from schemas.updates import ArticleUpdate
from schemas.values import EventStatusValue, FigureValue

ARTICLE = "https://example.org/call"
NOON = datetime(2025, 3, 18, 12, 0, tzinfo=UTC)
ENDED = (
    "A telephone call between Donald Trump and Vladimir Putin about a ceasefire in Ukraine has ended, "
    "the White House said on Tuesday."
)


def evidence(sentence: str, version: int = 2) -> Evidence:
    return Evidence(
        article_id=ARTICLE,
        version=version,
        source="example.org",
        field="body",
        start=0,
        end=len(sentence),
        sentence=sentence,
    )


def status_fact(status: str, sentence: str = ENDED, **more: Any) -> Fact:
    value = EventStatusValue.model_validate({"text": status, "status": status})
    seen = {"first_seen": NOON, "last_seen": NOON}
    return Fact(
        **{"kind": "event-status", "key": "event-status|call|putin+trump|1", "subject": "Trump–Putin call"}
        | {"value": value, "evidence": evidence(sentence)}
        | seen
        | more
    )


def toll_fact(number: int, sentence: str) -> Fact:
    value = FigureValue(text=f"{number} killed", number=number, unit="people")
    return Fact(
        kind="figure",
        key="figure|dead|killed|dam|",
        subject="killed at the dam",
        value=value,
        attribution=("the governor",),
        evidence=evidence(sentence),
        first_seen=NOON,
        last_seen=NOON,
    )


def alert(**more: Any) -> Alert:
    after = status_fact("ended")
    usual = {
        "id": alert_id("call", ARTICLE, 2, "event-status", "update", after.key, after.value),
        "kind": "event-status",
        "change": "update",
        "story_id": "call",
        "article_id": ARTICLE,
        "version": 2,
        "source": "example.org",
        "headline": "Trump-Putin call ends",
        "summary": "Trump–Putin call: ongoing → ended",
        "before": status_fact("ongoing", "The call is under way."),
        "after": after,
        "priority": "flash",
        "certainty": "observed",
        "published_at": NOON,
        "updated_at": NOON,
        "detected_at": NOON.replace(second=2),
    }
    return Alert(**usual | more)


def change(told: Alert | None = None, **more: Any) -> FactChange:
    usual = {
        "id": alert_id("call", ARTICLE, 2, "event-status", "update", "change", None),
        "story_id": "call",
        "article_id": ARTICLE,
        "version": 2,
        "outcome": "changed",
        "decision": "alert" if told else "silent",
        "reason": "value changed" if told else "reworded",
        "before": told.before if told else None,
        "after": told.after if told else status_fact("ended"),
        "alert": told,
        "detected_at": NOON,
    }
    return FactChange(**usual | more)


def summary(**more: Any) -> UpdateSummary:
    usual = {
        "id": alert_id("call", ARTICLE, 2, "event-status", "update", "summary", None),
        "story_id": "call",
        "article_id": ARTICLE,
        "version": 2,
        "source": "example.org",
        "headline": "Trump-Putin call ends",
        "decision": "silent",
        "reason": "reworded",
        "sentences": 14,
        "sentences_unseen": 3,
        "facts": 5,
        "alerts": 0,
        "updated_at": NOON,
        "detected_at": NOON,
    }
    return UpdateSummary(**usual | more)


def update(article_id: str = ARTICLE, version: int = 1, **more: Any) -> ArticleUpdate:
    usual = {
        "article_id": article_id,
        "version": version,
        "story_id": None,
        "source": "example.org",
        "headline": "A headline",
        "body": "A body.",
        "published_at": NOON,
        "updated_at": NOON,
    }
    return ArticleUpdate(**usual | more)
