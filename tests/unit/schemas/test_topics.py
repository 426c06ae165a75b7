"""The registry holds every topic once, named and kept as promised."""

import re
from typing import get_args

import pytest

from schemas.alerts import Alert
from schemas.base import Kind
from schemas.topics import ALERT_TOPICS, DEAD_LETTERS, MAX_MESSAGE_BYTES, SOURCE_HEALTH, SOURCE_STATE, TOPICS, Topic
from schemas.updates import MAX_BODY_BYTES

DAY_MS = 86_400_000
DAYS = {
    "news.article-updates": 30,
    "news.fact-changes": 90,
    "news.dead-letters": 90,
    "news.source-polls": 3,
    "news.source-health": 90,
}
BYTES = {"news.dead-letters": 5_000_000, "news.source-state": 1_000_000, "news.source-health": 1_000_000}


def test_there_is_a_topic_for_each_kind_of_alert_beside_those_of_the_flow_and_of_sources() -> None:
    names = [topic.name for topic in TOPICS]
    assert sorted(names) == sorted([*DAYS, "news.source-state", *(f"news.alerts.{kind}" for kind in get_args(Kind))])
    assert {topic.model for topic in ALERT_TOPICS.values()} == {Alert}


@pytest.mark.parametrize("topic", TOPICS, ids=lambda topic: topic.name)
def test_names_have_dots_for_hierarchy_and_hyphens_inside_words(topic: Topic) -> None:
    assert re.fullmatch(r"news(\.[a-z]+(-[a-z]+)*)+", topic.name)


@pytest.mark.parametrize("topic", TOPICS, ids=lambda topic: topic.name)
def test_what_kafka_is_told(topic: Topic) -> None:
    size = {"max.message.bytes": str(BYTES.get(topic.name, 4_000_000))}
    if topic is SOURCE_STATE:
        assert topic.config() == {"cleanup.policy": "compact", **size}
    else:
        kept = str(DAYS.get(topic.name, 365) * DAY_MS)
        assert topic.config() == {"cleanup.policy": "delete", "retention.ms": kept, **size}


def test_a_full_body_fits_whichever_characters_it_has_and_so_does_its_dead_letter() -> None:
    quotes_only = MAX_BODY_BYTES * 2  # a quotation mark or a line break is escaped with a second byte
    assert all(topic.max_message_bytes > quotes_only for topic in TOPICS if topic not in (SOURCE_STATE, SOURCE_HEALTH))
    assert max(topic.max_message_bytes for topic in TOPICS if topic is not DEAD_LETTERS) < MAX_MESSAGE_BYTES
