"""`topics`: the registry beside what the broker has."""

import asyncio
import json
import sys
from collections.abc import Mapping

from rich.console import Console

from schemas.topics import DAY_MS, TOPICS, Topic
from streams.cli.console import data, headed_table, notes
from streams.cli.run.failures import told_plainly
from streams.settings import Settings
from streams.topics import ensure_topics, partition_counts


def run(settings: Settings, create: bool, as_json: bool) -> None:
    with told_plainly():
        made = asyncio.run(ensure_topics(settings)) if create else []
        found = asyncio.run(partition_counts(settings))
    if create:
        notes().print(f"{len(made)} topics made")
    if as_json:
        for topic in TOPICS:
            sys.stdout.write(json.dumps(_describe(topic, found)) + "\n")
    else:
        _print_table(data(), found)


def _describe(topic: Topic, found: Mapping[str, int]) -> dict[str, object]:
    return {
        "name": topic.name,
        "partitions": found.get(topic.name),
        "description": topic.description,
        "key": topic.key,
        "retention_days": topic.retention_ms // DAY_MS if topic.retention_ms else None,
        "max_message_bytes": topic.max_message_bytes,
    }


def _print_table(console: Console, found: Mapping[str, int]) -> None:
    table = headed_table(console)
    table.add_column("topic", no_wrap=True)
    table.add_column("partitions", justify="right")
    table.add_column("kept", justify="right")
    table.add_column("what it carries")
    for topic in TOPICS:
        partitions = str(found.get(topic.name, "absent"))
        kept = f"{topic.retention_ms // DAY_MS} days" if topic.retention_ms else "the latest"
        table.add_row(topic.name, partitions, kept, topic.description)
    console.print(table)
