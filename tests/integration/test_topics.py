"""Topics are made from the registry, and those of another shape are refused, on a real broker."""

import asyncio
import socket

import pytest
from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.admin.config_resource import ConfigResource, ConfigResourceType

from schemas.topics import ARTICLE_UPDATES, DEAD_LETTERS, TOPICS, Topic
from streams import kafka
from streams.kafka import BrokerUnavailable, connection, started
from streams.settings import Settings
from streams.topics import PartitionMismatch, TopicError, ensure_topics, partition_counts

CHANGELOG = "wiredelta-test-known-facts-changelog"


async def config_of(settings: Settings, topic: str) -> dict[str, str]:
    admin = AIOKafkaAdminClient(**connection(settings))
    async with started(admin, settings):
        [answer] = await admin.describe_configs([ConfigResource(ConfigResourceType.TOPIC, topic)])
    [(_, _, _, _, entries)] = answer.resources
    return {entry[0]: entry[1] for entry in entries}


async def test_every_topic_is_made_once_with_the_wanted_partitions(settings: Settings) -> None:
    made = await ensure_topics(settings, [CHANGELOG])
    assert set(made) == {topic.name for topic in TOPICS} | {CHANGELOG}
    assert await ensure_topics(settings, [CHANGELOG]) == []
    found = await partition_counts(settings)
    assert {name: found[name] for name in made} == dict.fromkeys(made, settings.partitions)


@pytest.mark.parametrize("topic", [ARTICLE_UPDATES, DEAD_LETTERS])
async def test_topics_have_their_retention_and_size(settings: Settings, topic: Topic) -> None:
    await ensure_topics(settings)
    found = await config_of(settings, topic.name)
    assert {name: found[name] for name in topic.config()} == topic.config()


async def test_changelogs_are_compacted(settings: Settings) -> None:
    await ensure_topics(settings, [CHANGELOG])
    assert (await config_of(settings, CHANGELOG))["cleanup.policy"] == "compact"


async def test_another_partition_count_is_refused_with_topic_found_and_wanted(settings: Settings) -> None:
    await ensure_topics(settings.model_copy(update={"partitions": 3}), [CHANGELOG])
    with pytest.raises(PartitionMismatch, match=rf"^3 partitions found, 8 wanted .* of topic .*{CHANGELOG}"):
        await ensure_topics(settings, [CHANGELOG, "another"])
    assert "another" not in await partition_counts(settings)  # nothing was made beside them


async def test_a_refusal_names_the_topic_and_the_brokers_reason(settings: Settings) -> None:
    with pytest.raises(TopicError, match=r"topic not/a/name cannot be made: .+"):
        await ensure_topics(settings, ["not/a/name"])


async def test_two_workers_that_start_together_both_succeed(settings: Settings) -> None:
    both = await asyncio.gather(ensure_topics(settings), ensure_topics(settings))
    assert sorted([*both[0], *both[1]]) == sorted(topic.name for topic in TOPICS)


async def test_no_broker_is_told_in_one_line_with_its_address(caplog: pytest.LogCaptureFixture) -> None:
    with socket.socket() as bound:  # bound, not listening: refuses
        bound.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{bound.getsockname()[1]}"
        with pytest.raises(BrokerUnavailable) as caught:
            await ensure_topics(Settings(broker=address))
    assert address in str(caught.value)
    assert "\n" not in str(caught.value)
    assert not caplog.records


async def test_a_broker_that_says_nothing_is_given_up_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kafka, "ANSWER_WITHIN", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"127.0.0.1:{silent.getsockname()[1]}"
        with pytest.raises(BrokerUnavailable, match=rf"no Kafka broker answers at {address} .*nothing within"):
            await ensure_topics(Settings(broker=address))
