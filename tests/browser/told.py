"""What a worker would have written of a story, made by the same pure code, as messages for Kafka."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any
from uuid import UUID

from schemas.alerts import Alert
from schemas.changes import FactChange, UpdateSummary
from schemas.topics import ALERT_TOPICS, ARTICLE_UPDATES, FACT_CHANGES
from schemas.updates import ArticleUpdate
from streams.backtest import MemoryRows, backtest
from streams.demo.story import story_updates
from streams.facts.tracker import Tracked
from streams.wire import encode_alert
from tests.browser.conftest import Messages
from tests.unit.cli.samples import alert

STORY = "trump-putin-call"
Told = tuple[ArticleUpdate, tuple[FactChange | UpdateSummary, ...]]


def shifted(updates: Sequence[ArticleUpdate]) -> list[ArticleUpdate]:
    """As if they had just been written: the last of them a minute ago."""
    by = datetime.now(UTC) - timedelta(minutes=1) - max(update.updated_at for update in updates)
    return [
        one.model_copy(
            update={"updated_at": one.updated_at + by, "published_at": one.published_at + by, "mode": "actual"}
        )
        for one in updates
    ]


@cache
def call_story() -> list[Told]:
    """The demo's story, update by update."""
    told = []
    for update, outcome in backtest(shifted(story_updates()), MemoryRows()):
        assert isinstance(outcome, Tracked)
        told.append((update, outcome.changes))
    return told


def messages(told: Sequence[Told]) -> Messages:
    """In the order in which a worker sends them."""
    sent: Messages = []
    for update, changes in told:
        key = update.story_key.encode()
        sent.append((ARTICLE_UPDATES.name, key, update.model_dump_json().encode(), []))
        for change in changes:
            sent.append((FACT_CHANGES.name, key, change.model_dump_json().encode(), []))
            if isinstance(change, FactChange) and change.alert is not None:
                sent += of_alerts(change.alert.model_copy(update={"status": "actual"}))
    return sent


def of_alerts(*alerts: Alert) -> Messages:
    encoded = [(one, *encode_alert(one)) for one in alerts]
    return [(ALERT_TOPICS[one.kind].name, key, value, headers) for one, key, value, headers in encoded]


def made_up(number: int, **more: Any) -> Alert:
    """An alert of now, whose id tells its number."""
    moment = datetime.now(UTC)
    return alert(**{"id": UUID(int=number), "detected_at": moment, "updated_at": moment} | more)


def place(number: int) -> str:
    """Where such an alert stands on the page."""
    return f"#a-{UUID(int=number)}"
