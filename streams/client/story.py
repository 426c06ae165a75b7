"""What is known of a story, from the changelog of the workers' table: one partition, without Faust."""

from schemas.facts import Fact
from streams.client.latest import latest_values
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
    rows = await latest_values(settings, topic, [partition], story_prefix(story_key))
    facts = [decode_fact_row(key, row) for key, row in rows.items()]
    return sorted((fact for fact in facts if fact is not None), key=lambda fact: (fact.first_seen, fact.key))
