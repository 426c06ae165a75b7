"""All versions of the UK's most revised travel advice through both brokers, with one worker and with two.

First a backlog, for the rate; then the rest as a feed of so many updates a second, for the latency. Every update must
come out, and none may be a dead letter; else the command fails. Prints the figures and writes docs/benchmarks.md.
"""

import asyncio
import os
import platform
import sys
import time
from collections.abc import AsyncIterable, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory
from typing import Any

from deploy.kafka.cluster import Cluster
from schemas.changes import UpdateSummary
from schemas.topics import DEAD_LETTERS, FACT_CHANGES
from schemas.updates import ArticleUpdate
from streams.cli.run.child import worker_process
from streams.client.alerts import alert_topics
from streams.client.publisher import Publisher
from streams.client.reader import Reader
from streams.embedded import SESSION_TIMEOUT, EmbeddedBroker
from streams.settings import Settings
from streams.topics import ensure_topics
from streams.wire import decode_alert, decode_dead_letter
from tests.benchmarks.report import write_report
from tests.benchmarks.uk_travel import NAME, data_file, load_updates, size
from tests.benchmarks.yardsticks import average_sizes, bare_loop, faust_loop
from tests.integration.commands import free_port

SETUPS = (
    ("embedded broker, one worker", EmbeddedBroker, 1),  # its group cannot have two
    ("Apache Kafka, one worker", Cluster, 1),
    ("Apache Kafka, two workers", Cluster, 2),
)

LIVE_STORIES = 3  # of 24: enough updates for a p99
LIVE_RATE = 3.0  # updates a second: well below what comes out of a backlog, else latency is but a queue
STALLED_AFTER = 120.0  # seconds in which nothing comes out

SUMMARY = b'{"record":"update"'  # how the JSON of one begins

Key = tuple[str, int]  # article and version


@dataclass
class Run:
    """What came out, and when, in seconds of the monotonic clock."""

    sent: dict[Key, float] = field(default_factory=dict)
    summaries: dict[Key, tuple[float, UpdateSummary]] = field(default_factory=dict)
    alerts: list[tuple[Key, float]] = field(default_factory=list)
    dead: list[str] = field(default_factory=list)
    something_came: asyncio.Event = field(default_factory=asyncio.Event)

    async def collect(self, records: AsyncIterable[Any]) -> None:
        async for record in records:
            self._take(record, time.monotonic())
            self.something_came.set()

    def _take(self, record: Any, now: float) -> None:
        if record.topic == DEAD_LETTERS.name:
            letter = decode_dead_letter(record.key, record.value, record.headers)
            self.dead.append(f"{letter.reason}: {letter.detail}")
        elif record.topic != FACT_CHANGES.name:
            alert = decode_alert(record.value, record.headers)
            self.alerts.append(((alert.article_id, alert.version), now))
        elif record.value.startswith(SUMMARY):  # to read the facts as well would take as long as the worker does
            summary = UpdateSummary.model_validate_json(record.value)
            self.summaries[summary.article_id, summary.version] = now, summary

    async def until(self, updates: int) -> None:
        """Until so many updates came out, with all their alerts. Raises TimeoutError when nothing more comes."""
        while len(self.summaries) + len(self.dead) < updates or len(self.alerts) < self.alerts_announced:
            self.something_came.clear()
            async with asyncio.timeout(STALLED_AFTER):
                await self.something_came.wait()

    @property
    def alerts_announced(self) -> int:
        return sum(summary.alerts for _, summary in self.summaries.values())


def main() -> None:
    path = data_file()
    if not path.exists():
        sys.exit(f"{NAME} is neither in ../shared/data nor in the folder that EVALUATION_DATA names")
    updates = load_updates(path)
    columns: dict[str, dict[str, Any]] = {}
    for name, broker, workers in SETUPS:
        columns[name] = measure_setup(broker(), workers, updates)
        print(name, *(f"  {what:44} {figure}" for what, figure in columns[name].items()), "", sep="\n")
    write_report(columns)


def measure_setup(broker: EmbeddedBroker | Cluster, workers: int, updates: Sequence[ArticleUpdate]) -> dict[str, Any]:
    live_stories = sorted({update.story_key for update in updates})[-LIVE_STORIES:]
    backlog = [update for update in updates if update.story_key not in live_stories]
    live = [update for update in updates if update.story_key in live_stories]
    with broker, TemporaryDirectory() as folder:
        patience = {"session_timeout": SESSION_TIMEOUT} if isinstance(broker, EmbeddedBroker) else {}
        settings = Settings(broker=broker.address, **patience)
        asyncio.run(ensure_topics(settings))
        with ExitStack() as stack:
            for number in range(workers):
                others = {"data_dir": Path(folder) / str(number), "web_port": free_port()}
                worker = stack.enter_context(worker_process(settings.model_copy(update=others)))
                worker.wait_until_ready()
            run, seconds = asyncio.run(measure(settings, backlog, live))
        sizes = asyncio.run(average_sizes(settings, len(updates)))
        bare = asyncio.run(bare_loop(settings, len(updates), sizes))
        plain = faust_loop(settings, len(updates), sizes)
    missing = {(update.article_id, update.version) for update in updates} - run.summaries.keys()
    if missing or run.dead:
        sys.exit(f"{len(missing)} updates are lost, {len(run.dead)} are dead letters: {run.dead[:3]}")
    return summarise(run, updates, len(backlog) / seconds, live) | {
        "bytes an update makes: fact changes, rows": f"{sizes.output:,}, {sizes.rows:,}",
        "bare aiokafka loop, messages a second": f"{bare:,.0f}",
        "plain Faust loop with a table, messages a second": f"{plain:,.0f}",
    }


async def measure(
    settings: Settings, backlog: Sequence[ArticleUpdate], live: Sequence[ArticleUpdate]
) -> tuple[Run, float]:
    """What came out, and the seconds from the backlog's first update in to its last one out."""
    run = Run()
    reader = Reader(settings, [FACT_CHANGES.name, DEAD_LETTERS.name, *alert_topics()])
    async with reader, Publisher(settings) as publisher:
        collecting = asyncio.create_task(run.collect(reader))
        began = time.monotonic()
        await publisher.publish(backlog)
        await run.until(len(backlog))
        seconds = time.monotonic() - began
        await feed(publisher, live, run)
        await run.until(len(backlog) + len(live))
        collecting.cancel()
    return run, seconds


async def feed(publisher: Publisher, updates: Sequence[ArticleUpdate], run: Run) -> None:
    """So many a second, whatever comes out meanwhile."""
    began = asyncio.get_running_loop().time()
    for number, update in enumerate(updates):
        with suppress(TimeoutError):
            async with asyncio.timeout_at(began + number / LIVE_RATE):
                await asyncio.Event().wait()
        run.sent[update.article_id, update.version] = time.monotonic()
        await publisher.publish([update])


def summarise(run: Run, updates: Sequence[ArticleUpdate], rate: float, live: Sequence[ArticleUpdate]) -> dict[str, Any]:
    """The figures by name, in the order in which they are told."""
    came_out = [summary for _, summary in run.summaries.values()]
    parsed = sum(summary.sentences_unseen for summary in came_out)
    decided = [at - run.sent[key] for key, (at, _) in run.summaries.items() if key in run.sent]
    told = [at - run.sent[key] for key, at in run.alerts if key in run.sent]
    return {
        **size(list(updates)),
        "updates that came out": len(run.summaries),
        "dead letters": len(run.dead),
        "alerts": len(run.alerts),
        "updates that alerted": sum(summary.alerts > 0 for summary in came_out),
        "sentences parsed": f"{parsed:,}",
        "sentences skipped": f"{sum(summary.sentences for summary in came_out) - parsed:,}",
        "updates a second, backlog": f"{rate:.1f}",
        f"live updates at {LIVE_RATE:.0f} a second": len(live),
        "p50, p99 to the decision": percentiles(decided),
        "p50, p99 to the alert": percentiles(told),
        "cores, load at the end, Python": f"{os.cpu_count()}, {os.getloadavg()[0]:.1f}, {platform.python_version()}",
    }


def percentiles(seconds: Sequence[float]) -> str:
    if len(seconds) < 2:
        return "–"
    cuts = quantiles(seconds, n=100, method="inclusive")
    return f"{cuts[49] * 1000:,.0f} ms, {cuts[98] * 1000:,.0f} ms"
