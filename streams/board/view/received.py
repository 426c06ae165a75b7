"""Kafka's records as what they hold."""

import logging
from dataclasses import dataclass

from aiokafka import ConsumerRecord
from pydantic import ValidationError

from schemas.alerts import Alert
from schemas.base import Lenient
from schemas.changes import CHANGE, FactChange, UpdateSummary
from schemas.dead_letters import DeadLetter
from schemas.decode import BadMessage, decode_update
from schemas.errors import explain
from schemas.sources import SourceState
from schemas.topics import ALERT_TOPICS, ARTICLE_UPDATES, DEAD_LETTERS, FACT_CHANGES, SOURCE_STATE
from schemas.updates import ArticleUpdate
from streams.wire import NotOurMessage, decode_alert, decode_dead_letter, is_takedown

log = logging.getLogger(__name__)

READ = (ARTICLE_UPDATES, FACT_CHANGES, DEAD_LETTERS, SOURCE_STATE, *ALERT_TOPICS.values())
TOPICS = tuple(topic.name for topic in READ)


class Takedown(Lenient):
    """The story of this key is to be forgotten."""

    story: str


Record = Alert | FactChange | UpdateSummary | ArticleUpdate | DeadLetter | SourceState | Takedown


@dataclass(frozen=True)
class Received:
    """``at``: seconds since 1970, Kafka's time of the record. ``json``: the record as it came, if as JSON."""

    record: Record
    partition: int
    offset: int
    at: float
    json: bytes | None = None

    @property
    def body(self) -> bytes:
        """JSON. What came as JSON is not written anew: that is a fifth of all the work."""
        return self.json if self.json is not None else self.record.model_dump_json().encode()


def received(message: ConsumerRecord) -> Received | None:
    """None, and a line in the log, for what is not ours. Updates that cannot be read are the workers' dead letters."""
    try:
        record = _decode(message)
    except BadMessage:
        return None
    except (NotOurMessage, ValidationError) as error:
        words = explain(error) if isinstance(error, ValidationError) else str(error)
        log.warning("%s, partition %d, offset %d: %s", message.topic, message.partition, message.offset, words)
        return None
    json = None if isinstance(record, DeadLetter) else message.value
    return Received(record, message.partition, message.offset, message.timestamp / 1000, json)


def _decode(message: ConsumerRecord) -> Record:
    if message.topic == ARTICLE_UPDATES.name:
        if is_takedown(message.value, message.headers):
            return Takedown(story=(message.key or b"").decode("utf-8", "replace"))
        return decode_update(message.value)
    if message.topic == FACT_CHANGES.name:
        return CHANGE.validate_json(message.value or b"")
    if message.topic == DEAD_LETTERS.name:
        return decode_dead_letter(message.key, message.value, message.headers)
    if message.topic == SOURCE_STATE.name:
        return SourceState.model_validate_json(message.value or b"")
    return decode_alert(message.value, message.headers)
