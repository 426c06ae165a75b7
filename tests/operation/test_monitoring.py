"""Every alerting rule fires of its fault and reaches a webhook; every panel of the dashboards has data."""

import asyncio
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from deploy.grafana.dashboards import expressions, generated
from schemas.polls import Poll
from schemas.topics import SOURCE_POLLS
from streams.app import changelogs
from streams.embedded import SESSION_TIMEOUT, EmbeddedBroker
from streams.kafka import make_producer, started
from streams.settings import Settings
from streams.topics import ensure_topics
from tests.agents.messages import update_json
from tests.integration.boards import RunningBoard, running_board
from tests.integration.workers import Worker, publish
from tests.operation.monitoring import Monitoring, monitoring
from tests.operation.test_prometheus import ALERTS

CAUSED = {
    "WiredeltaDeadLetters", "WiredeltaReadersRestart", "WiredeltaSlow", "WiredeltaAlertStorm", "WiredeltaDisk",
    "WiredeltaSources", "WiredeltaNoUpdates", "WiredeltaSilentSource", "WiredeltaWorkerDown", "WiredeltaLagGrows",
}  # fmt: skip


@pytest.fixture
def settings(tmp_path: Path) -> Iterator[Settings]:
    with EmbeddedBroker(tmp_path / "broker") as broker:
        settings = Settings(broker=broker.address, app_id="wiredelta-test", data_dir=tmp_path / "worker")
        settings = settings.model_copy(update={"session_timeout": SESSION_TIMEOUT})
        asyncio.run(ensure_topics(settings, changelogs(settings)))
        yield settings


def send(settings: Settings, first: int, count: int) -> None:
    """So many updates, each of a story of its own; each but a story's first raises an alert."""
    stories = [(f"article-{number}", version) for version in (1, 2) for number in range(first, first + count)]
    asyncio.run(publish(settings, [(name, update_json(name, version)) for name, version in stories]))


async def fail_thrice(settings: Settings) -> None:
    producer = make_producer(settings)
    async with started(producer, settings):
        for _ in range(3):
            poll = Poll(
                source="herald", kind="feed", outlet="The Herald", polled_at=datetime.now(UTC), outcome="failed",
                error="HTTP 503", interval=60, max_interval=3600,
            )  # fmt: skip
            await producer.send_and_wait(SOURCE_POLLS.name, poll.model_dump_json().encode(), key=b"herald")


def kill_readers(settings: Settings) -> None:
    """A text that ends the process that reads it: once with others, and once alone."""
    for number in range(3):
        say(settings, f"killer-{number}", "kill the reader")


def say(settings: Settings, article: str, body: str) -> None:
    update = json.loads(update_json(article, 1)) | {"body": body}
    asyncio.run(publish(settings, [(article, json.dumps(update).encode())]))


def assert_panels_have_data(found: Monitoring) -> None:
    for path, text in generated().items():
        for expression in expressions(text):
            found.wait_for_data(expression)
        assert path.exists()


@pytest.mark.timeout(420)
def test_each_fault_is_told_and_each_panel_has_data(settings: Settings, tmp_path: Path) -> None:
    assert {rule["alert"] for rule in ALERTS} == CAUSED
    worker = Worker(settings, tmp_path / "worker.log", fake=True)
    with worker, running_board(settings, tmp_path) as board:
        worker.wait_ready()
        with monitoring(tmp_path, int(worker.environment["WIREDELTA_WEB_PORT"]), port_of(board)) as found:
            found.wait_for_data("wiredelta_board_connected == 1")
            send(settings, 0, 40)
            asyncio.run(fail_thrice(settings))
            kill_readers(settings)
            for name in ("WiredeltaReadersRestart", "WiredeltaDisk", "WiredeltaSlow", "WiredeltaSources"):
                found.wait_for_alert(name)
            assert found.wait_for_alert("WiredeltaDeadLetters")["reason"] == "failed"
            assert_panels_have_data(found)
            found.wait_for_alert("WiredeltaNoUpdates")
            assert found.wait_for_alert("WiredeltaSilentSource")["source"]
            found.wait_for_data("avg_over_time(wiredelta:alerts:per_minute[30s] offset 15s) < 1")
            send(settings, 100, 100)
            found.wait_for_alert("WiredeltaAlertStorm")
            say(settings, "slow", "hang the reader")
            for number in range(8):  # it reads on and on, and more comes in
                send(settings, 1000 + number * 20, 20)
                found.wait_for_data(f"wiredelta:lag:sum > {number * 40}")
            found.wait_for_alert("WiredeltaLagGrows")
            worker.process.kill()
            worker.process.wait()
            found.wait_for_data("absent(wiredelta_lag) and on() wiredelta:lag:sum > 0")
            assert found.wait_for_alert("WiredeltaWorkerDown")["severity"] == "critical"
            assert set(found.received) == CAUSED


def port_of(board: RunningBoard) -> int:
    return int(board.address.rpartition(":")[2])
