"""What the same messages cost without any understanding: a bare aiokafka loop, and a plain Faust loop with a table.

Both take each message of ``news.article-updates`` once more, send one as large as what wiredelta makes of an update on
average, and await its acknowledgement; Faust also writes a row as large as wiredelta's rows of an update.
"""

import asyncio
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from schemas.topics import ARTICLE_UPDATES, FACT_CHANGES
from streams.client.reader import Reader
from streams.client.story import known_facts_changelog
from streams.kafka import make_consumer, make_producer, started
from streams.settings import Settings
from streams.topics import ensure_topics
from tests.benchmarks.plain_faust import APP, TABLE

OUT = "yardstick-out"
BARE_GROUP = "yardstick-bare"
FAUST_LOOP = Path(__file__).with_name("plain_faust.py")
ENDS_WITHIN = 1800.0  # seconds
POLL_MS = 200


@dataclass(frozen=True)
class Sizes:
    """Bytes that an update makes on average: of fact changes, and of rows in the changelog."""

    output: int
    rows: int


async def average_sizes(settings: Settings, updates: int) -> Sizes:
    output, rows = [await _bytes_in(settings, name) for name in (FACT_CHANGES.name, known_facts_changelog(settings))]
    return Sizes(output // updates, rows // updates)


async def _bytes_in(settings: Settings, topic: str) -> int:
    async with Reader(settings, [topic], until_eos=True) as reader:
        return sum([len(record.value or b"") async for record in reader])


async def bare_loop(settings: Settings, updates: int, sizes: Sizes) -> float:
    """Messages a second, one after another; committed after each fetch."""
    await ensure_topics(settings, [OUT])
    consumer, producer = make_consumer(settings, BARE_GROUP), make_producer(settings)
    consumer.subscribe([ARTICLE_UPDATES.name])
    done, began, value = 0, 0.0, b"x" * sizes.output
    async with started(consumer, settings), started(producer, settings):
        while done < updates:
            fetched = await consumer.getmany(timeout_ms=POLL_MS)
            began = began or (time.monotonic() if fetched else 0.0)
            for record in (record for records in fetched.values() for record in records):
                await producer.send_and_wait(OUT, value, key=record.key)
                done += 1
            if fetched:
                await consumer.commit()
    return done / (time.monotonic() - began)


def faust_loop(settings: Settings, updates: int, sizes: Sizes) -> float:
    """Messages a second, in a process that imports nothing of wiredelta: its overrides are not in there."""
    asyncio.run(ensure_topics(settings, [OUT, f"{APP}-{TABLE}-changelog"]))
    with TemporaryDirectory() as folder:
        numbers = [str(number) for number in (settings.partitions, updates, sizes.output, sizes.rows)]
        command = [sys.executable, str(FAUST_LOOP), settings.broker, folder, ARTICLE_UPDATES.name, OUT, *numbers]
        done = subprocess.run(command, capture_output=True, text=True, timeout=ENDS_WITHIN)
    if done.returncode != 0:
        raise RuntimeError(f"the plain Faust loop ended with {done.returncode}: {done.stderr[-2000:]}")
    return float(done.stdout)
