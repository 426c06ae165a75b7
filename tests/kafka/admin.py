"""What tests do to topics behind the workers' backs."""

from collections.abc import Callable, Mapping
from concurrent.futures import Future
from typing import Any

from confluent_kafka import ConsumerGroupTopicPartitions, TopicPartition
from confluent_kafka.admin import (
    AdminClient,
    AlterConfigOpType,
    ConfigEntry,
    ConfigResource,
    NewTopic,
    OffsetSpec,
    ResourceType,
)

from deploy.kafka.admin import admin_client
from streams.settings import Settings
from tests.integration.waiting import eventually_sync

ANSWER_WITHIN = 30.0  # seconds


def configure(settings: Settings, topic: str, values: Mapping[str, str | None]) -> None:
    """Set these of a topic's settings; None takes one back."""
    entries = [
        ConfigEntry(
            key, value or "", incremental_operation=AlterConfigOpType.SET if value else AlterConfigOpType.DELETE
        )
        for key, value in values.items()
    ]
    resource = ConfigResource(ResourceType.TOPIC, topic, incremental_configs=entries)
    _await(settings, lambda admin: admin.incremental_alter_configs([resource]))


def _await(settings: Settings, ask: Callable[[AdminClient], Mapping[Any, Future[Any]]]) -> dict[Any, Any]:
    """What it was answered, all of it; a client that is let go before then leaves its answers out for ever."""
    admin = admin_client(settings)
    return {asked: answer.result(ANSWER_WITHIN) for asked, answer in ask(admin).items()}


def ends(settings: Settings, topic: str) -> dict[int, int]:
    """The offset of the next message, by partition."""
    wanted = {TopicPartition(topic, partition): OffsetSpec.latest() for partition in range(settings.partitions)}
    found = _await(settings, lambda admin: admin.list_offsets(wanted))
    return {one.partition: answer.offset for one, answer in found.items()}


def committed(settings: Settings, topic: str) -> dict[int, int]:
    """What the group has committed, by partition."""
    group = [ConsumerGroupTopicPartitions(settings.app_id)]
    found = _await(settings, lambda admin: admin.list_consumer_group_offsets(group))
    partitions = found[settings.app_id].topic_partitions or []
    return {one.partition: one.offset for one in partitions if one.topic == topic}


def members(settings: Settings) -> int:
    """How many are in the group."""
    found = _await(settings, lambda admin: admin.describe_consumer_groups([settings.app_id]))
    return len(found[settings.app_id].members)


def delete_up_to(settings: Settings, topic: str, offsets: Mapping[int, int]) -> None:
    """As retention does."""
    wanted = [TopicPartition(topic, partition, offset) for partition, offset in offsets.items()]
    _await(settings, lambda admin: admin.delete_records(wanted))


def replace_topic(settings: Settings, topic: str) -> None:
    """Another topic of the same name, with nothing in it."""
    admin = admin_client(settings)
    _await(settings, lambda admin: admin.delete_topics([topic]))
    eventually_sync(lambda: topic not in admin.list_topics(timeout=ANSWER_WITHIN).topics, f"{topic} is gone")
    _await(settings, lambda admin: admin.create_topics([NewTopic(topic, settings.partitions, 1)]))
