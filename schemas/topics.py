"""The topic registry: every topic of wiredelta's, declared once."""

from dataclasses import dataclass
from typing import Any, get_args

from schemas.alerts import Alert
from schemas.base import Kind
from schemas.changes import Change
from schemas.dead_letters import DeadLetter
from schemas.polls import Poll, VersionOutcome
from schemas.sources import SourceHealthChange, SourceState
from schemas.updates import ArticleUpdate

DAY_MS = 24 * 60 * 60 * 1000
MB = 1_000_000


@dataclass(frozen=True)
class Topic:
    """``model`` is the type of the values, ``key`` says what the key is; retention and size as Kafka's settings.

    ``retention_ms`` None: the topic is compacted, and keeps the latest value of each key.
    """

    name: str
    model: Any
    key: str
    description: str
    retention_ms: int | None
    max_message_bytes: int

    def config(self) -> dict[str, str]:
        """The topic's settings for Kafka's CreateTopics."""
        size = {"max.message.bytes": str(self.max_message_bytes)}
        if self.retention_ms is None:
            return {"cleanup.policy": "compact", **size}
        return {"cleanup.policy": "delete", "retention.ms": str(self.retention_ms), **size}


REKEYED = "wiredelta-rekeyed"  # the header of an update that wiredelta sent on to its story's partition
FORGET = "wiredelta-forget"  # the header of a message without a value: its key's story is to be forgotten
POLLED = "wiredelta-polled"  # the header of an update that a poll brought: the name of its source
VERSION_OUTCOME = "wiredelta-version-outcome"  # the header of a message on the topic of polls that is a VersionOutcome
STORY_KEY = "the story key: story_id, or article_id where none is given"
SOURCE_KEY = "the source's name"

ARTICLE_UPDATES = Topic(
    "news.article-updates", ArticleUpdate, STORY_KEY, "Versions of articles, as they come in", 30 * DAY_MS, 4 * MB
)
SOURCE_POLLS = Topic(
    "news.source-polls",
    Poll | VersionOutcome,
    SOURCE_KEY,
    "What each look at a source found, and what came of it",
    3 * DAY_MS,
    4 * MB,
)
SOURCE_STATE = Topic("news.source-state", SourceState, SOURCE_KEY, "How each source does, the latest alone", None, MB)
SOURCE_HEALTH = Topic(
    "news.source-health",
    SourceHealthChange,
    SOURCE_KEY,
    "Sources that fail, or do well again",
    90 * DAY_MS,
    MB,
)
FACT_CHANGES = Topic(
    "news.fact-changes",
    Change,
    STORY_KEY,
    "The audit log: each considered change and why it was told or not",
    90 * DAY_MS,
    4 * MB,
)
DEAD_LETTERS = Topic(
    "news.dead-letters",
    DeadLetter,
    "the key of the message that failed",
    "What could not be processed",
    90 * DAY_MS,
    5 * MB,
)


def alert_topic(kind: Kind) -> Topic:
    """The topic of one kind's alerts: subscribing is filtering."""
    return Topic(f"news.alerts.{kind}", Alert, STORY_KEY, f"Alerts of the kind {kind}", 365 * DAY_MS, 4 * MB)


ALERT_TOPICS: dict[Kind, Topic] = {kind: alert_topic(kind) for kind in sorted(get_args(Kind))}
SOURCE_TOPICS = (SOURCE_POLLS, SOURCE_STATE, SOURCE_HEALTH)
TOPICS: tuple[Topic, ...] = (ARTICLE_UPDATES, FACT_CHANGES, *ALERT_TOPICS.values(), DEAD_LETTERS, *SOURCE_TOPICS)
MAX_MESSAGE_BYTES = max(topic.max_message_bytes for topic in TOPICS)
