"""Taking everything off an Apache Kafka of one node that tests share."""

from contextlib import suppress

from confluent_kafka import KafkaException
from confluent_kafka.admin import AdminClient, NewTopic

from deploy.kafka.admin import admin_client
from streams.settings import Settings
from tests.integration.waiting import eventually_sync

ANSWER_WITHIN = 15.0  # seconds
LAST = "last"  # a topic: what was asked for before it is done when it is to be seen


def empty(settings: Settings) -> None:
    """No topics, and no groups: one that a killed process was in can be deleted when its session has ended."""
    admin = admin_client(settings)
    admin.create_topics([NewTopic(LAST, 1, 1)])[LAST].result()
    eventually_sync(lambda: LAST in _topics(admin), "what was created before is known to the broker")
    eventually_sync(lambda: not _delete(admin), "the broker is empty")


def _topics(admin: AdminClient) -> list[str]:
    return [name for name in admin.list_topics(timeout=ANSWER_WITHIN).topics if not name.startswith("__")]


def _delete(admin: AdminClient) -> bool:
    """Delete what is there; whether anything was."""
    topics = _topics(admin)
    listed = admin.list_consumer_groups(request_timeout=ANSWER_WITHIN).result().valid
    groups = [group.group_id for group in listed]
    asked = [
        *(admin.delete_topics(topics) if topics else {}).values(),
        *(admin.delete_consumer_groups(groups) if groups else {}).values(),
    ]
    for done in asked:
        with suppress(KafkaException):  # what could not be deleted is there when one looks again
            done.result()
    return bool(asked)
