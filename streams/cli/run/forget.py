"""`forget`: the takedown published, and what it does not reach said plainly."""

import asyncio

from schemas.topics import DAY_MS, TOPICS
from streams.cli.console import notes
from streams.cli.run.failures import told_plainly
from streams.client.takedown import forget
from streams.settings import Settings


def run(settings: Settings, name: str) -> None:
    with told_plainly():
        takedown = asyncio.run(forget(settings, name))
    known = f"{takedown.rows:,} rows are known of it" if takedown.rows else "no rows are known of it"
    notes().print(
        f"Story {takedown.story} will be forgotten ({known}) by the workers and by every board.", soft_wrap=True
    )
    kept = ", ".join(f"{topic.name} {topic.retention_ms // DAY_MS} days" for topic in TOPICS if topic.retention_ms)
    notes().print(f"On the topics it stays until their retention ends: {kept}.", soft_wrap=True)
