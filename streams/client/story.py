"""What is known of a story, from the changelog of the workers' table: one partition, without Faust."""

from schemas.facts import Fact
from streams.client.reader import Reader
from streams.facts.rows import decode_fact_row, story_prefix
from streams.kafka import partition_of
from streams.settings import Settings
from streams.topics import require_topics


def known_facts_changelog(settings: Settings) -> str:
    """Faust's name for the changelog of the table ``known-facts``."""
    return f"{settings.app_id}-known-facts-changelog"


async def story_facts(settings: Settings, story_key: str) -> list[Fact]:
    """The facts of a story, those first seen first; none if the story is not known.

    Raises `BrokerUnavailable`, `UnknownTopic`, and ValueError where a row was written by a later version of wiredelta.
    """
    topic = known_facts_changelog(settings)
    counts = await require_topics(settings, [topic])
    partition = partition_of(story_key.encode(), counts[topic])
    prefix = story_prefix(story_key)
    rows: dict[bytes, bytes | None] = {}
    async with Reader(settings, [topic], until_eos=True, partitions=[partition]) as reader:
        async for record in reader:
            if record.key is not None and record.key.startswith(prefix):
                rows[record.key] = record.value
    facts = [decode_fact_row(key, row) for key, row in rows.items() if row is not None]
    return sorted((fact for fact in facts if fact is not None), key=lambda fact: (fact.first_seen, fact.key))
