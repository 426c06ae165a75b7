"""Why something was told or not, out of the audit log: all of a story, or what came of an alert's update."""

from collections.abc import AsyncGenerator, AsyncIterable, Sequence
from contextlib import aclosing
from uuid import UUID

from schemas.changes import FactChange, UpdateSummary
from schemas.topics import FACT_CHANGES
from streams.client.changes import read_changes
from streams.client.reader import Reader
from streams.kafka import partition_of
from streams.settings import Settings
from streams.topics import require_topics

Records = AsyncGenerator[FactChange | UpdateSummary, None]


async def explanation(settings: Settings, subject: str) -> Records:
    """The audit log's records of a story, by its key, or of an alert, by its id; none where the log has neither.

    An alert's are the change that it tells, those told with it, and the summary of its update.
    Raises `BrokerUnavailable`, `UnknownTopic`, `KafkaRefused`.
    """
    found = False
    async with aclosing(_of_story(settings, subject)) as changes:
        async for change in changes:
            found = True
            yield change
    alert = None if found else _as_alert_id(subject)
    if alert is not None and (story := await _story_of(settings, alert)) is not None:
        async with aclosing(_of_story(settings, story)) as changes:
            for change in await told_as(changes, alert):
                yield change


async def told_as(changes: AsyncIterable[FactChange | UpdateSummary], alert: UUID) -> list[FactChange | UpdateSummary]:
    """Of a story's records those of one alert. An update's records end with its summary."""
    update: list[FactChange | UpdateSummary] = []
    async for change in changes:
        update.append(change)
        if isinstance(change, UpdateSummary):
            if _tells(update, alert):
                break
            update.clear()
    return [one for one in update if isinstance(one, UpdateSummary) or _belongs(one, alert)]


def _tells(update: Sequence[FactChange | UpdateSummary], alert: UUID) -> bool:
    return any(isinstance(one, FactChange) and _belongs(one, alert) for one in update)


def _belongs(change: FactChange, alert: UUID) -> bool:
    return (change.alert is not None and change.alert.id == alert) or change.reason == f"told with {alert}"


def _as_alert_id(subject: str) -> UUID | None:
    try:
        return UUID(subject)
    except ValueError:
        return None


async def _of_story(settings: Settings, story_key: str) -> Records:
    """Reads the story's partition alone."""
    key = story_key.encode()
    counts = await require_topics(settings, [FACT_CHANGES.name])
    partition = partition_of(key, counts[FACT_CHANGES.name])
    reader = Reader(settings, [FACT_CHANGES.name], until_eos=True, partitions=[partition])
    async with reader, aclosing(read_changes(reader, lambda record: record.key == key)) as changes:
        async for change in changes:
            yield change


async def _story_of(settings: Settings, alert: UUID) -> str | None:
    """The key of an alert's story. Only records that hold the id as text are decoded: all partitions are read."""
    written = str(alert).encode()
    reader = Reader(settings, [FACT_CHANGES.name], until_eos=True)
    async with reader, aclosing(read_changes(reader, lambda record: written in (record.value or b""))) as changes:
        async for change in changes:
            if isinstance(change, FactChange) and _belongs(change, alert):
                return change.story_id
    return None
