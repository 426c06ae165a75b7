"""All of wiredelta's own metrics, served on ``/metrics`` beside Faust's. Labels are bounded."""

from collections.abc import Iterable, Mapping
from typing import Protocol, get_args

from prometheus_client import Counter, Gauge, Histogram

from schemas.alerts import Priority
from schemas.base import Kind
from schemas.changes import Decision, FactChange, Outcome, UpdateSummary
from schemas.dead_letters import DeadLetterReason
from schemas.updates import ArticleUpdate

MAX_SOURCES = 100  # outlets with a series of their own; further ones share OTHER
OTHER = "other"

SECONDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1800, 3600, 21600, 86400)

UPDATES = Counter("wiredelta_updates", "Article updates processed", ["decision"])
FACTS = Counter("wiredelta_facts", "Facts read in sentences not seen before")
CHANGES = Counter("wiredelta_changes", "Fact changes considered", ["outcome", "decision"])
ALERTS = Counter("wiredelta_alerts", "Alerts published", ["kind", "priority"])
DEAD_LETTERS = Counter("wiredelta_dead_letters", "Messages that could not be processed", ["reason"])
REKEYED = Counter("wiredelta_rekeyed", "Messages sent on to the partition of their story")
SOURCE_POLLS = Counter("wiredelta_source_polls", "Looks at sources that were dealt with", ["kind", "outcome"])
SOURCE_VERSIONS = Counter("wiredelta_source_versions", "Versions of articles found by polls", ["kind"])
STORIES_FORGOTTEN = Counter("wiredelta_stories_forgotten", "Stories that left the table: idle, or taken down")
ALERT_AFTER_UPDATE = Histogram(
    "wiredelta_alert_after_update_seconds", "From an article's updated_at to its alert", buckets=SECONDS
)
ALERT_AFTER_RECEIPT = Histogram(
    "wiredelta_alert_after_receipt_seconds", "From a message's time in Kafka to its alert", buckets=SECONDS
)
PARSE_SECONDS = Histogram("wiredelta_parse_seconds", "Parsing of one update's unseen sentences", buckets=SECONDS)
SENTENCES_PARSED = Counter("wiredelta_sentences_parsed", "Sentences that went through the parser")
SENTENCES_SKIPPED = Counter("wiredelta_sentences_skipped", "Sentences known from before, not parsed again")
READ_PROCESS_RESTARTS = Counter(
    "wiredelta_read_process_restarts", "Times the parsing processes broke and were restarted"
)
LAST_UPDATE = Gauge(
    "wiredelta_last_update_timestamp_seconds",
    "When a source was last heard of; its age is time() less this",
    ["source"],
)
LAG = Gauge("wiredelta_lag", "Messages of the partitions held that are still to be processed", ["topic", "partition"])
DATA_FREE = Gauge("wiredelta_data_free_ratio", "Share of the disk of the data folder that is free")
TABLE_ROWS = Gauge("wiredelta_table_rows", "Rows in the partitions held; an estimate with RocksDB", ["table"])

# A series that first appears with its first event has no increase to see: these are there from the start, at 0.
for _reason in get_args(DeadLetterReason):
    DEAD_LETTERS.labels(_reason)
for _decision in get_args(Decision):
    UPDATES.labels(_decision)
    for _outcome in get_args(Outcome):
        CHANGES.labels(_outcome, _decision)
for _kind in get_args(Kind):
    for _priority in get_args(Priority):
        ALERTS.labels(_kind, _priority)

_sources: set[str] = set()
_lag_labels: set[tuple[str, str]] = set()


class Reading(Protocol):
    """What reading an update took."""

    @property
    def sentences_parsed(self) -> int: ...
    @property
    def sentences_skipped(self) -> int: ...
    @property
    def parse_seconds(self) -> float: ...


def source_label(source: str) -> str:
    """The outlet, as long as there are not too many of them."""
    if source not in _sources and len(_sources) >= MAX_SOURCES:
        return OTHER
    _sources.add(source)
    return source


def show_lag(topic: str, lags: Mapping[int, int]) -> None:
    """By partition held of a topic; those that went to another worker are no longer shown."""
    for labels in {shown for shown in _lag_labels if shown[0] == topic and int(shown[1]) not in lags}:
        _lag_labels.discard(labels)
        LAG.remove(*labels)
    for partition, lag in lags.items():
        _lag_labels.add((topic, str(partition)))
        LAG.labels(topic, str(partition)).set(lag)


def count_update(update: ArticleUpdate, reading: Reading, changes: Iterable[FactChange | UpdateSummary]) -> None:
    LAST_UPDATE.labels(source_label(update.source)).set_to_current_time()
    SENTENCES_PARSED.inc(reading.sentences_parsed)
    SENTENCES_SKIPPED.inc(reading.sentences_skipped)
    PARSE_SECONDS.observe(reading.parse_seconds)
    for change in changes:
        if isinstance(change, UpdateSummary):
            UPDATES.labels(change.decision).inc()
            FACTS.inc(change.facts)
        else:
            CHANGES.labels(change.outcome, change.decision).inc()
