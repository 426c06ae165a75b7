"""The registry holds every topic once, named and kept as promised."""

import re
from typing import get_args

import pytest

from schemas.alerts import Alert
from schemas.base import Kind
from schemas.topics import ALERT_TOPICS, DEAD_LETTERS, MAX_MESSAGE_BYTES, TOPICS, Topic
from schemas.updates import MAX_BODY_BYTES

DAY_MS = 86_400_000
DAYS = {"news.article-updates": 30, "news.fact-changes": 90, "news.dead-letters": 90}


def test_there_are_three_topics_and_one_for_each_kind_of_alert() -> None:
    names = [topic.name for topic in TOPICS]
    assert sorted(names) == sorted([*DAYS, *(f"news.alerts.{kind}" for kind in get_args(Kind))])
    assert {topic.model for topic in ALERT_TOPICS.values()} == {Alert}


@pytest.mark.parametrize("topic", TOPICS, ids=lambda topic: topic.name)
def test_names_have_dots_for_hierarchy_and_hyphens_inside_words(topic: Topic) -> None:
    assert re.fullmatch(r"news(\.[a-z]+(-[a-z]+)*)+", topic.name)


@pytest.mark.parametrize("topic", TOPICS, ids=lambda topic: topic.name)
def test_what_kafka_is_told(topic: Topic) -> None:
    assert topic.config() == {
        "cleanup.policy": "delete",
        "retention.ms": str(DAYS.get(topic.name, 365) * DAY_MS),
        "max.message.bytes": "5000000" if topic is DEAD_LETTERS else "4000000",
    }


def test_a_full_body_fits_whichever_characters_it_has_and_so_does_its_dead_letter() -> None:
    quotes_only = MAX_BODY_BYTES * 2  # a quotation mark or a line break is escaped with a second byte
    assert all(topic.max_message_bytes > quotes_only for topic in TOPICS)
    assert max(topic.max_message_bytes for topic in TOPICS if topic is not DEAD_LETTERS) < MAX_MESSAGE_BYTES
