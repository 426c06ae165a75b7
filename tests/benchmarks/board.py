"""`make bench-board`: the board's own figures, into docs/benchmarks.md.

A view rebuilt from 100,000 alerts on Kafka, what questions to it take, what a page weighs, and alerts to 300 readers.
"""

import asyncio
import gzip
import os
import platform
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import quantiles
from typing import Any
from uuid import UUID

import httpx2
from aiokafka import AIOKafkaProducer

from schemas.alerts import Alert
from schemas.topics import ALERT_TOPICS
from streams.board.address import board_address
from streams.board.web.render import STATIC
from streams.cli.run.child import ChildProcess, board_process
from streams.embedded import EmbeddedBroker
from streams.kafka import make_producer, started
from streams.settings import Settings
from streams.topics import ensure_topics
from streams.wire import encode_alert
from tests.benchmarks.report import write_section
from tests.integration.commands import free_port
from tests.unit.cli.samples import alert, toll_fact

STORED = 100_000  # alerts
STORIES = 500
READERS = 300
RATE, SECONDS = 10, 20  # alerts a second to all readers, and for how long
ASKED = 10  # times that each question is put

TITLE = "The board"
METHOD = """\
`make bench-board` writes this section: a board in a process of its own, on the embedded broker, with alerts of 500
stories on 8 partitions. *Rebuild* is from the board's start until it says that it is live. Questions are put over HTTP,
one after the other, with the alerts stored; 10 times each. *Fan-out*: readers of `/stream` in another process, alerts
at a fixed rate; delay is from handing an alert to Kafka's producer until a reader has it, over all readers and alerts.
Memory is the board's resident set. *Page weight* is what a browser loads for the first page, compressed as it is sent.
"""

QUESTIONS = {
    "first page (HTML, 40 alerts)": "/",
    "alerts of a story": "/alerts?story=story-7",
    "text that is rare": "/alerts?q=place+4711",
    "text that is everywhere": "/alerts?q=killed",
    "a CEL expression that nothing meets (2,000 looked at)": "/alerts?where=after.value.number+%3C+0",
    "story page": "/story",
    "feed": "/feed.atom",
}


def main() -> None:
    figures: dict[str, Any] = {}
    with EmbeddedBroker() as broker:
        settings = Settings(broker=broker.address, board_port=free_port())
        asyncio.run(ensure_topics(settings))
        asyncio.run(store(settings, STORED))
        began = time.monotonic()
        with board_process(settings) as board:
            board.wait_until_ready()
            wait_until_live(board_address(settings))
            took = time.monotonic() - began
            figures[f"rebuild from {STORED:,} alerts"] = f"{took:.1f} s, {STORED / took:,.0f} a second"
            figures["memory after the rebuild"] = megabytes(board)
            figures |= questions(board_address(settings))
            figures["page weight, first page with style sheet and script"] = weight(board_address(settings))
            delays = asyncio.run(fan_out(settings))
            figures[f"alert to {READERS} readers at {RATE} a second: delay p50, p99"] = delays
            figures[f"memory with {READERS} readers"] = megabytes(board)
    load = f"{os.getloadavg()[0]:.1f}"
    if os.getloadavg()[0] > 2 * (os.cpu_count() or 1):
        load += " (a machine busy with other work: no measure of the board)"
    figures["cores, load at the end, Python"] = f"{os.cpu_count()}, {load}, {platform.python_version()}"
    write_section(TITLE, METHOD, {"one board": figures})


def made_up(number: int, **more: Any) -> Alert:
    moment = datetime.now(UTC) - timedelta(days=1) + timedelta(milliseconds=number)
    sentence = f"At least {number % 900} people were killed at place {number % 7919}, the governor said on Tuesday."
    usual = {
        "id": UUID(int=number),
        "kind": "figure",
        "story_id": f"story-{number % STORIES}",
        "after": toll_fact(number % 900, sentence),
        "before": None,
        "change": "initial",
        "detected_at": moment,
        "updated_at": moment,
    }
    return alert(**usual | more)


async def store(settings: Settings, count: int) -> None:
    producer = make_producer(settings)
    async with started(producer, settings):
        for begin in range(1, count + 1, 2_000):
            numbers = range(begin, min(begin + 2_000, count + 1))
            await asyncio.gather(*[await send(producer, made_up(number)) for number in numbers])


async def send(producer: AIOKafkaProducer, one: Alert) -> Any:
    key, value, headers = encode_alert(one)
    return await producer.send(ALERT_TOPICS[one.kind].name, value, key=key, headers=headers)


def wait_until_live(address: str) -> None:
    with httpx2.Client(timeout=60) as client, client.stream("GET", f"{address}/stream?shape=none") as answer:
        for line in answer.iter_lines():
            if '"state": "live"' in line:
                return


def megabytes(board: ChildProcess) -> str:
    pages = int(Path(f"/proc/{board.pid}/statm").read_text().split()[1])
    return f"{pages * os.sysconf('SC_PAGE_SIZE') / 1e6:.0f} MB"


def questions(address: str) -> dict[str, str]:
    told = {}
    with httpx2.Client(timeout=60) as client:
        for name, path in QUESTIONS.items():
            took = []
            for _ in range(ASKED):
                began = time.monotonic()
                client.get(address + path).raise_for_status()
                took.append((time.monotonic() - began) * 1000)
            told[f"{name}: p50, p95"] = percentiles(took, 50, 95)
    return told


def percentiles(milliseconds: Sequence[float], *wanted: int) -> str:
    cuts = quantiles(milliseconds, n=100)
    return ", ".join(f"{cuts[percent - 1]:,.0f} ms" for percent in wanted)


def weight(address: str) -> str:
    with httpx2.Client(timeout=60, headers={"Accept-Encoding": "gzip"}) as client:
        sent = [client.get(address + path) for path in ("/", *(f"/static/{one.name}" for one in STATIC.iterdir()))]
    plain = sum(len(one.content) for one in sent)
    packed = sum(
        len(gzip.compress(one.content)) if "content-encoding" in one.headers else len(one.content) for one in sent
    )
    return f"{packed / 1000:.0f} KB ({plain / 1000:.0f} KB before compression)"


async def fan_out(settings: Settings) -> str:
    """Every alert must reach every reader; else the command fails."""
    total, delays = RATE * SECONDS, list[float]()
    sent: dict[str, float] = {}
    joined = asyncio.Semaphore(0)

    async def read(client: httpx2.AsyncClient) -> None:
        seen = 0
        async with client.stream("GET", f"{board_address(settings)}/stream") as answer:
            async for line in answer.aiter_lines():
                if line.startswith("event: link"):
                    joined.release()
                elif line.startswith("id: ") and line[4:] in sent:
                    delays.append((time.monotonic() - sent[line[4:]]) * 1000)
                    seen += 1
                    if seen == total:
                        return

    limits = httpx2.Limits(max_connections=READERS + 10)
    async with httpx2.AsyncClient(timeout=None, limits=limits) as client:
        readers = [asyncio.create_task(read(client)) for _ in range(READERS)]
        for _ in range(READERS):
            await joined.acquire()
        producer = make_producer(settings)
        async with started(producer, settings):
            for number in range(total):
                began = time.monotonic()
                one = made_up(STORED + 1 + number)
                sent[str(one.id)] = began
                await send(producer, one)
                await asyncio.sleep(max(0.0, 1 / RATE - (time.monotonic() - began)))
            await asyncio.wait_for(asyncio.gather(*readers), 120)
    assert len(delays) == total * READERS
    return percentiles(delays, 50, 99)


if __name__ == "__main__":
    main()
