"""`demo`: a broker, a worker, a board, and a story told version by version, with what comes out of Kafka."""

import asyncio
import os
import secrets
import socket
import time
from collections.abc import AsyncIterator, Collection, Coroutine, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import SecretStr
from rich.console import Console
from rich.text import Text

from schemas.changes import CHANGE, UpdateSummary
from schemas.topics import DEAD_LETTERS, FACT_CHANGES
from schemas.updates import ArticleUpdate
from streams.board.address import board_address
from streams.cli.console import data, notes
from streams.cli.errors import Failed
from streams.cli.render import clock, print_alert, print_block, summary_line
from streams.cli.run.child import ChildProcess, board_process, worker_process
from streams.cli.run.failures import told_plainly
from streams.client.alerts import alert_topics
from streams.client.publisher import Publisher
from streams.client.reader import Reader
from streams.demo.story import story_updates
from streams.embedded import HOST, SESSION_TIMEOUT, EmbeddedBroker
from streams.settings import PREFIX, Settings
from streams.topics import ensure_topics
from streams.wire import decode_alert, decode_dead_letter
from streams.wording import printable

LOOK_EVERY = 0.5  # seconds, at whether the worker is still there

BOARD = """\
Watch it in a browser: {board}
"""
NEXT = """\
The broker, the worker and the board ({board}) run until Ctrl-C.
The board's admin token, which replays dead letters: {token}. In another terminal:

  export WIREDELTA_BROKER={broker}
  wiredelta subscribe --start-at earliest event-status --where 'after.value.status == "ended"'
  wiredelta facts {story}
  wiredelta publish your-story.jsonl
"""


def run(once: bool, pace: float) -> None:
    """Returns when the story has been told, if `once`; else runs until it is interrupted."""
    forget_settings()
    with told_plainly(), EmbeddedBroker() as broker:
        settings = own_settings(broker.address)
        with worker_process(settings) as worker, board_process(settings) as board:
            with notes().status("Starting a broker, a worker and a board on this machine …"):
                asyncio.run(ensure_topics(settings))
                board.wait_until_ready()
                worker.wait_until_ready()
            notes().print(BOARD.format(board=board_address(settings)), soft_wrap=True)
            asyncio.run(watched((worker, board), _perform(settings, once, pace)))


def own_settings(broker: str) -> Settings:
    token = SecretStr(secrets.token_urlsafe(9))
    return Settings(
        broker=broker,
        store="memory://",
        session_timeout=SESSION_TIMEOUT,
        admin_token=token,
        web_port=free_port(),
        board_port=free_port(),
        push_port=free_port(),
    )


def forget_settings() -> None:
    """The demo is a world of its own: what is set for another broker is not meant for it."""
    for name in [name for name in os.environ if name.upper().startswith(PREFIX)]:
        del os.environ[name]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port


async def watched(children: Collection[ChildProcess], work: Coroutine[Any, Any, None]) -> None:
    """The work, for as long as the processes live. Raises `Failed` when it has ended."""
    task = asyncio.ensure_future(work)
    try:
        while not (await asyncio.wait({task}, timeout=LOOK_EVERY))[0]:
            for child in children:
                child.check()
        await task
    finally:
        task.cancel()


async def _perform(settings: Settings, once: bool, pace: float) -> None:
    updates = story_updates()
    reader = Reader(settings, [FACT_CHANGES.name, DEAD_LETTERS.name, *alert_topics()])
    async with reader, Publisher(settings) as publisher:
        stage = Stage(publisher, aiter(reader), data())
        await stage.tell(updates, pace)
        if not once:
            assert settings.admin_token is not None
            words = {"broker": settings.broker, "story": updates[0].story_key, "board": board_address(settings)}
            notes().print(NEXT.format(token=settings.admin_token.get_secret_value(), **words), soft_wrap=True)
            await stage.show_what_comes()


@dataclass
class Stage:
    """Publishes, and shows what comes out of `news.fact-changes` and the alert topics."""

    publisher: Publisher
    records: AsyncIterator[Any]
    console: Console
    alerts: int = 0
    silent: int = 0

    async def tell(self, updates: Sequence[ArticleUpdate], pace: float) -> None:
        """Version by version, each after the one before has come out."""
        for number, update in enumerate(updates):
            began = time.monotonic()
            await self._tell(update)
            if number < len(updates) - 1:
                await asyncio.sleep(max(0.0, pace - (time.monotonic() - began)))
        self.console.print(f"The story is told: {len(updates)} versions, {self.alerts} alerts, {self.silent} silent.\n")

    async def _tell(self, update: ArticleUpdate) -> None:
        print_block(self.console, ("published",), [_announcement(update)])
        sent = time.monotonic()
        await self.publisher.publish([update])
        summary, shown = None, 0
        while summary is None or shown < summary.alerts:
            record = await anext(self.records)
            if record.topic == FACT_CHANGES.name:
                summary = _summary_in(record) or summary
            elif record.topic == DEAD_LETTERS.name:
                raise Failed(f"the worker could not process it: {_reason_in(record)}")
            else:
                self._show_alert(record, time.monotonic() - sent)
                shown += 1
        self._conclude(summary)

    def _show_alert(self, record: Any, latency: float | None) -> None:
        print_alert(self.console, decode_alert(record.value, record.headers), latency)
        self.alerts += 1

    def _conclude(self, summary: UpdateSummary) -> None:
        if summary.decision == "silent":
            print_block(self.console, (clock(summary.detected_at),), [summary_line(summary)])
            self.silent += 1
        self.console.print()

    async def show_what_comes(self) -> None:
        """Whatever somebody else publishes on this broker."""
        async for record in self.records:
            if record.topic == DEAD_LETTERS.name:
                notes().print(f"dead letter: {_reason_in(record)}")
            elif record.topic != FACT_CHANGES.name:
                self._show_alert(record, None)
            elif summary := _summary_in(record):
                print_block(self.console, (clock(summary.detected_at),), [summary_line(summary)])


def _announcement(update: ArticleUpdate) -> Text:
    written = f"{printable(update.source)} v{update.version}, {clock(update.updated_at)}: "
    return Text.assemble(written, (printable(update.headline), "bold"))


def _summary_in(record: Any) -> UpdateSummary | None:
    change = CHANGE.validate_json(record.value)
    return change if isinstance(change, UpdateSummary) else None


def _reason_in(record: Any) -> str:
    letter = decode_dead_letter(record.key, record.value, record.headers)
    return f"{letter.reason}: {letter.detail}"
