"""`tail`: one story's records of the audit log, out of the one partition in which they lie."""

import asyncio
from contextlib import aclosing

from schemas.changes import FactChange, UpdateSummary
from schemas.topics import FACT_CHANGES
from streams.cli.console import printer
from streams.cli.render import print_change
from streams.cli.run.failures import told_plainly
from streams.client.changes import read_changes
from streams.client.reader import Reader
from streams.kafka import partition_of
from streams.settings import Settings
from streams.topics import require_topics


def run(settings: Settings, story: str, silent: bool, until_eos: bool, as_json: bool) -> None:
    """Ends with the topic where that is asked for, else never."""
    with told_plainly():
        asyncio.run(_print_changes(settings, story, silent, until_eos, as_json))


async def _print_changes(settings: Settings, story: str, silent: bool, until_eos: bool, as_json: bool) -> None:
    show = printer(as_json, print_change)
    counts = await require_topics(settings, [FACT_CHANGES.name])
    partition = partition_of(story.encode(), counts[FACT_CHANGES.name])
    reader = Reader(settings, [FACT_CHANGES.name], until_eos=until_eos, partitions=[partition])
    async with reader, aclosing(read_changes(reader)) as changes:
        async for change in changes:
            if change.story_id == story and (silent or _is_told(change)):
                show(change)


def _is_told(change: FactChange | UpdateSummary) -> bool:
    """Of an update of which nothing is told, the line that says so stays."""
    return change.decision == "alert" or isinstance(change, UpdateSummary)
