"""A takedown: a message without a value, and with a header, on the topic of updates, in its story's order.

The worker that has the story removes its rows, which empties its changelog of them; boards remove it from their views.
"""

from dataclasses import dataclass

from schemas.topics import ARTICLE_UPDATES, FORGET
from streams.client.reader import Reader
from streams.client.story import known_facts_changelog
from streams.facts.rows import home_key, story_prefix
from streams.kafka import make_producer, started
from streams.settings import Settings
from streams.topics import require_topics


@dataclass(frozen=True)
class Takedown:
    """The key of the story, and how many rows the workers know of it now."""

    story: str
    rows: int


async def forget(settings: Settings, name: str) -> Takedown:
    """``name``: of a story, or of an article of one. Raises `BrokerUnavailable`, `UnknownTopic`, `KafkaRefused`."""
    await require_topics(settings, [ARTICLE_UPDATES.name])
    rows = await _rows(settings)
    home = rows.get(home_key(name))
    story = home.decode() if home is not None else name
    known = sum(key.startswith(story_prefix(story)) for key in rows)
    producer = make_producer(settings)
    async with started(producer, settings):
        await producer.send_and_wait(ARTICLE_UPDATES.name, None, key=story.encode(), headers=[(FORGET, b"1")])
    return Takedown(story, known)


async def _rows(settings: Settings) -> dict[bytes, bytes]:
    """All rows of the workers' table: an article's story may be in any partition."""
    rows: dict[bytes, bytes] = {}
    async with Reader(settings, [known_facts_changelog(settings)], until_eos=True) as reader:
        async for record in reader:
            if record.value is None:
                rows.pop(record.key, None)
            else:
                rows[record.key] = record.value
    return rows
