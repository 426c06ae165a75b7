"""Worker processes for tests: started, waited for, killed at a chosen point, and what they left in Kafka."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from unittest.mock import patch
from urllib.request import urlopen

from aiokafka import ConsumerRecord
from prometheus_client.parser import text_string_to_metric_families

from deploy.kafka.cluster import Cluster
from schemas.changes import FactChange
from schemas.topics import ALERT_TOPICS, ARTICLE_UPDATES
from schemas.updates import ArticleUpdate
from streams import backtest as backtest_module
from streams.backtest import MemoryRows, backtest
from streams.client.reader import Reader
from streams.client.story import known_facts_changelog
from streams.embedded import EmbeddedBroker, evict_members
from streams.facts.rows import StoryRow, decode, is_story_row
from streams.facts.tracker import StoryChangedError
from streams.kafka import make_producer, started
from streams.settings import Settings
from tests.agents import fake_tracker
from tests.integration.commands import environment, free_port
from tests.integration.waiting import eventually_sync

SCRIPT = Path(__file__).parent / "worker_script.py"
ROOT = Path(__file__).parents[2]
READY = "Worker ready"
PATIENCE = 150.0  # seconds; what is waited for takes a few, and far more where the machine is busy with others
Broker = EmbeddedBroker | Cluster


@dataclass(frozen=True)
class Expected:
    """What the pure code makes of updates, in one go: the ids of their alerts, and the table's rows."""

    alert_ids: frozenset[str]
    rows: Mapping[bytes, Any]


def expected_of_fake(updates: Sequence[ArticleUpdate]) -> Expected:
    """What the small tracker makes of them."""
    names = ("recall", "read", "track", "StoryChangedError")
    with patch.multiple(backtest_module, **{name: getattr(fake_tracker, name) for name in names}):
        return expected(updates)


def expected(updates: Sequence[ArticleUpdate]) -> Expected:
    rows = MemoryRows()
    outcomes = [outcome for _, outcome in backtest(updates, rows)]
    tracked = [outcome for outcome in outcomes if not isinstance(outcome, StoryChangedError)]
    changes = [change for one in tracked for change in one.changes if isinstance(change, FactChange)]
    told = {str(change.alert.id) for change in changes if change.alert is not None}
    return Expected(frozenset(told), {key: comparable(key, row) for key, row in rows._rows.items()})


class Worker:
    """A worker on a broker. ``fault`` names a point of `worker_script.py` at which it kills itself.

    ``fake``: with the tracker of `tests.agents.fake_tracker`, which starts in half the time.
    """

    def __init__(self, settings: Settings, log: Path, fault: str = "", fake: bool = False, **more: Any) -> None:
        self.settings, self.log = settings, log
        self._begins_at = log.stat().st_size if log.exists() else 0  # several workers share a log, one after another
        self.environment = environment(
            broker=settings.broker,
            app_id=settings.app_id,
            data_dir=settings.data_dir,
            partitions=settings.partitions,
            store=settings.store,
            session_timeout=settings.session_timeout,
            web_port=free_port(),
            **{"log_level": "info", **more},
        ) | {"PYTHONPATH": str(ROOT)}
        with log.open("ab") as out:
            self.process = subprocess.Popen(
                [sys.executable, str(SCRIPT), fault, "fake" if fake else ""],
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
            )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.process.kill()
        self.process.wait()

    @property
    def web(self) -> str:
        return f"http://127.0.0.1:{self.environment['WIREDELTA_WEB_PORT']}"

    def metric(self, name: str) -> float:
        """The sum of a metric's series on /metrics."""
        with urlopen(f"{self.web}/metrics", timeout=10) as answer:
            families = list(text_string_to_metric_families(answer.read().decode()))
        return sum(sample.value for family in families for sample in family.samples if sample.name == name)

    def said(self) -> str:
        return self.log.read_bytes()[self._begins_at :].decode(errors="replace")

    @property
    def is_ready(self) -> bool:
        """It has had its partitions, and has not ended since."""
        return self.process.poll() is None and READY in self.said()

    def wait_frozen(self) -> None:
        """Until it has stopped itself (SIGSTOP)."""

        def frozen() -> bool:
            return os.waitid(os.P_PID, self.process.pid, os.WSTOPPED | os.WNOHANG | os.WNOWAIT) is not None

        eventually_sync(frozen, f"the worker has stopped itself, {self.log}", PATIENCE)

    def wait_ready(self) -> None:
        def ready() -> bool:
            assert self.process.poll() is None, f"it ended with {self.process.returncode}: {self.said()[-2000:]}"
            return self.is_ready

        eventually_sync(ready, f"the worker is ready, {self.log}", PATIENCE)

    def wait_end(self, within: float = PATIENCE) -> int:
        try:
            eventually_sync(lambda: self.process.poll() is not None, f"the worker ends, {self.log}", within)
        except AssertionError as error:
            self.process.send_signal(signal.SIGUSR1)  # Faust then tells where each of its tasks is
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(2)
            raise AssertionError(f"{error}: {self.said()[-20_000:]}") from None
        return self.process.wait()

    def stop(self, within: float = PATIENCE) -> int:
        """SIGTERM; its exit code."""
        self.process.send_signal(signal.SIGTERM)
        return self.wait_end(within)


def evict(broker: Broker, settings: Settings) -> None:
    """The embedded broker keeps members that were killed, and who joins beside one waits for it."""
    if isinstance(broker, EmbeddedBroker):
        evict_members(broker.address, [settings.app_id])


async def publish(settings: Settings, values: Iterable[tuple[str, bytes | None]]) -> None:
    """Raw values on ``news.article-updates``, each with its key."""
    producer = make_producer(settings)
    async with started(producer, settings):
        sent = [await producer.send(ARTICLE_UPDATES.name, value, key=key.encode()) for key, value in values]
        for one in sent:
            await one


async def publish_to(settings: Settings, partition: int, key: bytes | None, value: bytes) -> None:
    """One raw value, on a partition that its key need not lead to."""
    producer = make_producer(settings)
    async with started(producer, settings):
        await producer.send_and_wait(ARTICLE_UPDATES.name, value, key=key, partition=partition)


async def publish_updates(settings: Settings, updates: Iterable[ArticleUpdate]) -> None:
    await publish(settings, [(update.story_key, update.model_dump_json().encode()) for update in updates])


async def read_all(settings: Settings, *topics: str) -> list[ConsumerRecord]:
    async with Reader(settings, topics, until_eos=True) as reader:
        return [record async for record in reader]


async def alerts(settings: Settings) -> list[dict[str, Any]]:
    """All alerts, repeats included."""
    records = await read_all(settings, *(topic.name for topic in ALERT_TOPICS.values()))
    return [json.loads(record.value) for record in records]


async def table_rows(settings: Settings) -> Mapping[bytes, Any]:
    """The rows of ``known-facts`` as the changelog leaves them, without when they were written."""
    rows: dict[bytes, bytes] = {}
    for record in await read_all(settings, known_facts_changelog(settings)):
        if record.key.startswith(b"\0"):
            continue  # positions and undo records
        if record.value is None:
            rows.pop(record.key, None)
        else:
            rows[record.key] = record.value
    return {key: comparable(key, row) for key, row in rows.items()}


def comparable(key: bytes, row: bytes) -> Any:
    """A row without the one time in it that tells when the worker ran: a story's ``last_active``."""
    return decode(StoryRow, row).model_dump(exclude={"last_active"}) if is_story_row(key) else row
