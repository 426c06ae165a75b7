"""The Faust app that writes only while it owns its partitions, and trusts local tables only after a clean stop.

Internals touched, of faust-streaming 0.15.3: ``App._on_partitions_revoked`` and ``App._producer_flush`` (returns early
while the producer's buffer is slow, so that a rebalance overtakes changelog records), ``App.on_stop``,
``Stream._passive_drainer``, ``Agent._actors`` and, of mode 0.7.1, ``Service._crash`` (which stops service by service,
some of which wait for the one that crashed).
"""

import asyncio
import shutil
import time
import traceback
from pathlib import Path
from typing import Any

import faust
from faust.types import TP
from mode import Service

from streams.positions import lease, seek
from streams.positions.ending import Exit, die
from streams.positions.positions import Positions
from streams.positions.table import Table

STUCK_AFTER = 300.0  # seconds that a rebalance may take with its recovery
BUFFERED = 20_000  # messages: beyond, Faust holds the stream back (at 100 by default, with a warning each time)


class Stream(faust.Stream):  # type: ignore[type-arg]
    """``take_events`` reads the topic in a task of its own; Faust lets it die alone, and the agent waits for ever."""

    async def _passive_drainer(self, channel: Any, declare: bool = False) -> None:
        self._passive_started.set()
        try:
            async for _ in self:
                pass
        except Exception as error:
            traceback.print_exception(error)
            die(Exit.FAILED, f"{channel}: {error!r}")
        finally:
            self._channel_stop_iteration(channel)
            self._passive = False


class App(faust.App):
    """Every agent of it reads raw bytes (`raw_topic`) through a `Positions`, which it knows by the topic's name."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, Table=Table, Stream=Stream, **kwargs)
        self.open_generation: int | None = None  # whose messages may be applied; None: a rebalance is under way
        self.closed_generation: int | None = None  # the last one whose partitions were revoked
        self.positions: dict[str, Positions[Any]] = {}
        lease.install()
        seek.install()

    def raw_topic(self, name: str) -> Any:
        """Faust decodes values as JSON unless told otherwise, and a message that is none ends the stream."""
        return self.topic(name, key_type=bytes, value_type=bytes, key_serializer="raw", value_serializer="raw")

    def close(self) -> None:
        """Nothing is applied from here on, until the next assignment is recovered."""
        self.open_generation, self.closed_generation = None, self.consumer_generation_id
        for positions in self.positions.values():
            positions.close()

    async def on_first_start(self) -> None:
        if not self._clean_mark.exists():
            shutil.rmtree(self.conf.tabledir, ignore_errors=True)
        self._clean_mark.unlink(missing_ok=True)
        lease.Lease.seconds = self.conf.broker_session_timeout
        await super().on_first_start()

    async def on_start(self) -> None:
        buffer: Any = self.producer.buffer
        buffer.max_messages = BUFFERED
        await super().on_start()

    async def on_stop(self) -> None:
        self.close()
        await self._producer_flush(self.log)  # while the tables are still open
        await super().on_stop()
        if not self.crashed:
            self._clean_mark.touch()

    @property
    def _clean_mark(self) -> Path:
        return Path(self.conf.appdir) / "stopped-cleanly"

    async def _on_partitions_revoked(self, revoked: set[TP]) -> None:
        self.close()  # Faust then flushes the producer, and only after that rejoins
        await super()._on_partitions_revoked(revoked)

    async def _on_agent_error(self, agent: Any, error: BaseException) -> None:
        """Faust would lose the message, restart the agent and go on."""
        traceback.print_exception(error)
        die(Exit.FAILED, f"{agent.name}: {error!r}")

    def _crash(self, reason: BaseException) -> None:
        traceback.print_exception(reason)
        die(Exit.FAILED, repr(reason))

    def ended_agents(self) -> list[str]:
        """Those that no longer read. Faust starts them before the first partition comes, and waits for none of them."""
        return [name for name, agent in self.agents.items() if not any(_runs(actor) for actor in agent._actors)]

    async def _producer_flush(self, logger: Any) -> None:
        await super()._producer_flush(logger)
        deadline = time.monotonic() + self.conf.broker_rebalance_timeout / 2
        while any(table.unsent for table in self.tables.values() if isinstance(table, Table)):
            if time.monotonic() > deadline:
                die(Exit.STUCK, "the broker did not take the changelog's records in time")
            await asyncio.sleep(0.005)

    @Service.task
    async def _watch_rebalances(self) -> None:
        """Recovery ends without a word where one of its waits runs out of time."""
        open_at = time.monotonic()
        while not self.should_stop:
            await self.sleep(1.0)
            if self.open_generation is not None:
                open_at = time.monotonic()
            elif time.monotonic() - open_at > STUCK_AFTER and not self.should_stop:
                die(Exit.STUCK, f"a rebalance did not end within {STUCK_AFTER:.0f} s")


def _runs(actor: Any) -> bool:
    return actor.actor_task is not None and not actor.actor_task.done()
