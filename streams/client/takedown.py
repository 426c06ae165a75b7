"""A takedown: a message without a value, and with a header, on the topic of updates, in its story's order.

The worker that has the story removes its rows, which empties its changelog of them; boards remove it from their views.
"""

from dataclasses import dataclass

from schemas.topics import ARTICLE_UPDATES, FORGET
from streams.client.latest import latest_values
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
    rows = await latest_values(settings, known_facts_changelog(settings))  # an article's story may be in any partition
    home = rows.get(home_key(name))
    story = home.decode() if home is not None else name
    known = sum(key.startswith(story_prefix(story)) for key in rows)
    producer = make_producer(settings)
    async with started(producer, settings):
        await producer.send_and_wait(ARTICLE_UPDATES.name, None, key=story.encode(), headers=[(FORGET, b"1")])
    return Takedown(story, known)
