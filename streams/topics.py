"""Make the topics of the registry before anything runs, and refuse to run on others of another shape."""

import asyncio
from collections.abc import Collection, Iterable, Mapping

from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from aiokafka.errors import TopicAlreadyExistsError, for_code

from schemas.topics import TOPICS
from streams.kafka import connection, started
from streams.settings import Settings

CHANGELOG_CONFIG = {"cleanup.policy": "compact"}
VISIBLE_ATTEMPTS, VISIBLE_INTERVAL = 100, 0.1  # times, seconds: until the brokers know a topic that was made
REQUEST_TIMEOUT_MS = 15_000  # of a creation, which takes several brokers' agreement


class TopicError(RuntimeError):
    """The broker refused to make a topic: one line that names it and says why."""


class UnknownTopic(TopicError):
    """A topic is not there; to read or write it could make it, with the wrong number of partitions."""


class PartitionMismatch(TopicError):
    """A topic is there with another number of partitions, so keys would be looked for in the wrong place."""


async def ensure_topics(settings: Settings, changelogs: Iterable[str] = ()) -> list[str]:
    """Make what is missing of the registry's topics and of ``changelogs`` (compacted); return the names that were made.

    Raises `BrokerUnavailable`, `KafkaRefused`, `TopicError`, `PartitionMismatch`.
    """
    wanted = {topic.name: topic.config() for topic in TOPICS} | dict.fromkeys(changelogs, CHANGELOG_CONFIG)
    admin = _admin(settings)
    async with started(admin, settings):
        found = await _counts(admin)
        _check({name: found[name] for name in wanted.keys() & found.keys()}, settings.partitions)
        made = await _create(admin, {name: wanted[name] for name in sorted(wanted.keys() - found.keys())}, settings)
        _check(await _visible(admin, wanted.keys()), settings.partitions)
    return made


async def partition_counts(settings: Settings) -> dict[str, int]:
    """All topics that the broker shows, with their numbers of partitions. Raises `BrokerUnavailable`."""
    admin = _admin(settings)
    async with started(admin, settings):
        return await _counts(admin)


async def require_topics(settings: Settings, topics: Collection[str]) -> dict[str, int]:
    """The numbers of partitions of ``topics``. Raises `UnknownTopic`, `BrokerUnavailable`."""
    counts = await partition_counts(settings)
    unknown = sorted(set(topics) - counts.keys())
    if unknown:
        names = ", ".join(unknown)
        seen = f" that {settings.sasl_username} may see" if settings.security_protocol.startswith("SASL") else ""
        make = "a worker makes it, or `wiredelta topics --create`"
        raise UnknownTopic(f"no topic {names} at {settings.broker}{seen}: {make}")
    return {topic: counts[topic] for topic in topics}


def _admin(settings: Settings) -> AIOKafkaAdminClient:
    return AIOKafkaAdminClient(**connection(settings), request_timeout_ms=REQUEST_TIMEOUT_MS)


async def _counts(admin: AIOKafkaAdminClient) -> dict[str, int]:
    """Asks for all: to ask for a topic by name is to create it, on some brokers."""
    return {topic["topic"]: len(topic["partitions"]) for topic in await admin.describe_topics()}


async def _create(
    admin: AIOKafkaAdminClient, configs: Mapping[str, Mapping[str, str]], settings: Settings
) -> list[str]:
    if not configs:
        return []
    response = await admin.create_topics([_new_topic(name, config, settings) for name, config in configs.items()])
    failed = {name: (code, message) for name, code, message in response.topic_errors if code}
    others = [name for name, (code, _) in failed.items() if code == TopicAlreadyExistsError.errno]
    for name in others:  # another worker was faster
        del failed[name]
    if failed:
        raise TopicError(_not_made(failed))
    return [name for name in configs if name not in others]


def _new_topic(name: str, config: Mapping[str, str], settings: Settings) -> NewTopic:
    topic = NewTopic(name, settings.partitions, 1, topic_configs=dict(config))
    topic.replication_factor = settings.replication_factor  # -1, the broker's default, is refused by NewTopic alone
    return topic


def _not_made(failed: Mapping[str, tuple[int, str | None]]) -> str:
    """In one line; topics that failed for the same reason are told together."""
    reasons: dict[str, list[str]] = {}
    for name in sorted(failed):
        reasons.setdefault(_why(*failed[name]), []).append(name)
    return "; ".join(f"topic {', '.join(names)} cannot be made: {reason}" for reason, names in reasons.items())


def _why(code: int, message: str | None) -> str:
    return message or for_code(code).__name__.removesuffix("Error")


async def _visible(admin: AIOKafkaAdminClient, names: Collection[str]) -> dict[str, int]:
    """The partition counts of ``names``, once the brokers know all of them: that takes a moment in a cluster."""
    for _ in range(VISIBLE_ATTEMPTS):
        counts = await _counts(admin)
        unseen = [name for name in names if not counts.get(name)]
        if not unseen:
            return {name: counts[name] for name in names}
        await asyncio.sleep(VISIBLE_INTERVAL)
    raise TopicError(f"the broker does not show these topics: {', '.join(sorted(unseen))}")


def _check(found: Mapping[str, int], wanted: int) -> None:
    for count in sorted(set(found.values()) - {wanted}):
        names = ", ".join(sorted(name for name in found if found[name] == count))
        raise PartitionMismatch(f"{count} partitions found, {wanted} wanted (WIREDELTA_PARTITIONS), of topic {names}")
