"""A worker that can no longer do its work says why in its last line and ends; what it waits for can be asked."""

import asyncio
import json
import re
import signal
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from deploy.kafka.cluster import Cluster
from schemas.topics import DEAD_LETTERS
from streams.positions import Exit
from streams.settings import Settings
from streams.wire import decode_dead_letter
from tests.agents.messages import update_json
from tests.integration.waiting import eventually, eventually_sync
from tests.integration.workers import PATIENCE, Broker, Worker, alerts, publish, read_all

UPDATE = [("s", update_json("s"))]

pytestmark = pytest.mark.timeout(600)  # of several processes, each of which takes seconds to start


def ask(worker: Worker, page: str) -> tuple[int, Any]:
    """The status and what the page says; 0 where nobody answers."""
    try:
        with urlopen(f"{worker.web}{page}", timeout=10) as answer:
            return answer.status, json.load(answer)
    except HTTPError as error:
        return error.code, json.load(error)
    except OSError:
        return 0, None


def take_away(broker: Broker) -> None:
    broker.nodes[0].kill() if isinstance(broker, Cluster) else broker.stop()


def bring_back(broker: Broker) -> None:
    broker.nodes[0].start() if isinstance(broker, Cluster) else broker.start()


def assert_ends(worker: Worker, code: Exit, why: str) -> None:
    assert worker.wait_end() == code
    line = worker.said().splitlines()[-1]
    assert re.fullmatch(rf"FATAL {code} {code.name}: {why}", line), line


@pytest.mark.parametrize(
    ("stall", "code", "why"),
    [
        ("block-loop", Exit.STALLED, r"the event loop stood still for 4 s, in blocked \(.*stalls\.py:\d+\)"),
        ("end-agent", Exit.STALLED, "the agent track-facts has ended"),
        (
            "process-nothing",
            Exit.STALLED,
            r"nothing of news\.article-updates was processed for \d s, .* 1 messages? .*",
        ),
        ("crash", Exit.FAILED, r"ArithmeticError\('told to crash'\)"),
    ],
)
async def test_a_worker_that_stalls_says_why_and_ends(
    stall: str, code: Exit, why: str, settings: Settings, tmp_path: Path
) -> None:
    with Worker(settings, tmp_path / "worker.log", stall, fake=True, stall_timeout=4) as worker:
        worker.wait_ready()
        await publish(settings, UPDATE)
        assert_ends(worker, code, why)


async def test_a_worker_without_work_or_that_was_frozen_has_not_stalled(settings: Settings, tmp_path: Path) -> None:
    """The freeze is longer than a stall may be, and shorter than the session."""
    patient = settings.model_copy(update={"session_timeout": 60.0})
    with Worker(patient, tmp_path / "worker.log", fake=True, stall_timeout=2) as worker:
        worker.wait_ready()
        worker.process.send_signal(signal.SIGSTOP)
        await asyncio.sleep(5)  # there is no condition to wait for: nothing happens
        worker.process.send_signal(signal.SIGCONT)
        await publish(settings, UPDATE)

        async def told() -> bool:
            return len(await alerts(settings)) == 1

        await eventually(told, "an alert", within=PATIENCE)
        await asyncio.sleep(5)
        assert worker.stop() == 0


async def test_a_text_that_is_never_read_is_buried_and_the_rest_goes_on(settings: Settings, tmp_path: Path) -> None:
    bodies = {"a": "one = 1", "b": "hang the reader", "c": "two = 2"}
    with Worker(settings, tmp_path / "worker.log", fake=True, read_timeout=2) as worker:
        worker.wait_ready()
        await publish(settings, [(story, update_json(story, body=body)) for story, body in bodies.items()])

        async def told_and_buried() -> bool:
            return len(await alerts(settings)) == 2 and len(await read_all(settings, DEAD_LETTERS.name)) == 1

        await eventually(told_and_buried, "an alert for each of the others, and a dead letter", within=PATIENCE)
        assert worker.metric("wiredelta_read_process_restarts_total") >= 1
        assert worker.stop() == 0
    [record] = await read_all(settings, DEAD_LETTERS.name)
    letter = decode_dead_letter(record.key, record.value, record.headers)
    assert (letter.key, letter.reason) == (b"b", "failed")
    assert letter.detail == "ReadTimedOut: the text was not read within 2 s"


def test_a_worker_whose_broker_is_away_for_too_long_says_so_and_ends(
    broker: Broker, settings: Settings, tmp_path: Path
) -> None:
    with Worker(settings, tmp_path / "worker.log", fake=True, broker_timeout=6) as worker:
        worker.wait_ready()
        take_away(broker)
        try:
            assert_ends(
                worker,
                Exit.CUT_OFF,
                rf"Kafka could not be reached for 6 s: no Kafka broker answers at {broker.address} .*",
            )
        finally:
            bring_back(broker)


def test_pages_tell_what_a_worker_waits_for(broker: Broker, settings: Settings, tmp_path: Path) -> None:
    ready = {"ready": True, "waiting_for": []}
    with Worker(settings, tmp_path / "worker.log", fake=True) as worker:
        seen = []

        def is_ready() -> bool:
            seen.append(ask(worker, "/readyz"))
            return seen[-1] == (200, ready)

        eventually_sync(is_ready, "the worker is ready", PATIENCE)
        assert {status for status, _ in seen} <= {0, 200, 503}
        assert all(content["waiting_for"] for status, content in seen if status == 503)
        assert ask(worker, "/healthz") == (200, {"alive": True})
        take_away(broker)
        try:
            eventually_sync(lambda: ask(worker, "/readyz")[0] == 503, "it is no longer ready", PATIENCE)
            eventually_sync(
                lambda: "no Kafka broker answers" in str(ask(worker, "/readyz")[1]), "the page says why", PATIENCE
            )
            assert ask(worker, "/healthz") == (200, {"alive": True})
        finally:
            bring_back(broker)
