"""A round of faults over a feed, and what it left in Kafka held against the run that nothing disturbed."""

import asyncio
import random
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any

from deploy.kafka.cluster import Cluster
from schemas.topics import DEAD_LETTERS
from schemas.updates import ArticleUpdate
from streams.app import changelogs
from streams.client.publisher import Publisher
from streams.settings import Settings
from streams.topics import ensure_topics
from tests.chaos.faults import Fault
from tests.chaos.feed import Feed
from tests.chaos.fleet import Fleet
from tests.chaos.watch import Watch
from tests.integration.waiting import eventually
from tests.integration.workers import Expected, alerts, expected, read_all, table_rows

THROUGH_WITHIN = 600.0  # seconds, for the updates between two faults: real articles, on a busy machine
UNDER_WAY = 0.3  # of a chunk that is through when the fault comes

Say = Callable[[str], None]


@dataclass
class Result:
    """Measured. Takeovers: seconds from the fault until a probe of each partition is through, by sort of fault."""

    takeovers: dict[str, list[float]] = field(default_factory=dict)
    stops: list[float] = field(default_factory=list)
    exits: Counter[str] = field(default_factory=Counter)
    updates: int = 0
    decided: int = 0  # summaries on the wire, repeats included
    alerts: int = 0
    alert_repeats: int = 0


@dataclass
class Chaos:
    """A round. ``say`` is told what happens, a line each."""

    cluster: Cluster
    settings: Settings
    fleet: Fleet
    feed: Feed
    chance: random.Random
    say: Say
    expected: Callable[[Sequence[ArticleUpdate]], Expected] = expected
    result: Result = field(default_factory=Result)

    async def run(self, faults: Sequence[Fault], of_feed: Future[Expected]) -> Result:
        """``of_feed``: what an undisturbed run makes of the feed without its probes.

        Raises AssertionError where something is lost, doubled in the rows, or stuck.
        """
        await ensure_topics(self.settings, changelogs(self.settings))
        async with Watch(self.settings) as self.watch, Publisher(self.settings) as self.publisher:
            with self.fleet:
                await asyncio.to_thread(self.fleet.wait_ready)
                for number, fault in enumerate(faults):
                    await self._disturb(number, fault)
                await asyncio.to_thread(self.fleet.wait_ready)
                await self.watch.until(self.feed.updates, THROUGH_WITHIN)
                undisturbed = await asyncio.to_thread(self._undisturbed, of_feed)
                await self._settle(undisturbed)
                await asyncio.to_thread(self.fleet.shut_down)
            self._count()
        await self._compare(undisturbed)
        return self.result

    def _undisturbed(self, of_feed: Future[Expected]) -> Expected:
        """The stories of the probes are no others'."""
        known, probes = of_feed.result(), self.expected(self.feed.all_probes)
        return Expected(known.alert_ids | probes.alert_ids, {**known.rows, **probes.rows})

    async def _disturb(self, number: int, fault: Fault) -> None:
        chunk, probes = self.feed.chunks[number], self.feed.probes[number]
        if fault.kind != "kill":  # a hasty kill may have come before; what is still starting can only be killed
            await asyncio.to_thread(self.fleet.wait_ready)
        await self.publisher.publish(chunk)
        await self.watch.until(chunk, THROUGH_WITHIN, UNDER_WAY)
        began = time.monotonic()
        await asyncio.gather(self._strike(fault), self.publisher.publish(probes))
        if fault.at_once:
            self.fleet.supervise()
        if fault.hasty:
            self.say(f"{number + 1}. {_name(fault)}, and the next at once")
            return
        seconds = await self.watch.until(probes, THROUGH_WITHIN) - began
        self.result.takeovers.setdefault(_name(fault), []).append(seconds)
        self.say(f"{number + 1}. {_name(fault)}: all partitions go on after {seconds:.1f} s")
        await asyncio.to_thread(self.fleet.wait_ready)

    async def _strike(self, fault: Fault) -> None:
        victims = self.chance.sample(self.fleet.slots, fault.victims)
        [node] = self.cluster.nodes
        match fault.kind:
            case "kill":
                await asyncio.to_thread(self.fleet.kill, victims)
            case "stop":
                await asyncio.to_thread(self.fleet.stop, victims[0])
            case "freeze":
                await asyncio.to_thread(self.fleet.freeze, victims[0])
            case "broker stop":
                await asyncio.to_thread(node.stop)
                await asyncio.to_thread(node.start)
            case "broker kill":
                await asyncio.to_thread(node.kill)
                await asyncio.to_thread(node.start)

    async def _settle(self, undisturbed: Expected) -> None:
        """All rows are written: a worker that stops would give up a batch."""

        async def all_written() -> bool:
            return await table_rows(self.settings) == undisturbed.rows and undisturbed.alert_ids <= {
                alert["id"] for alert in await alerts(self.settings)
            }

        try:
            await eventually(all_written, "all rows are written and all alerts told", within=30)
        except AssertionError:
            self.say("the rows or the alerts differ")  # `_compare` tells in what

    def _count(self) -> None:
        self.result.stops, self.result.exits = self.fleet.stop_seconds, self.fleet.exits
        self.result.updates, self.result.decided = len(self.watch.times), self.watch.times.total()

    async def _compare(self, undisturbed: Expected) -> None:
        told = Counter(alert["id"] for alert in await alerts(self.settings))
        self.result.alerts, self.result.alert_repeats = len(told), told.total() - len(told)
        dead = await read_all(self.settings, DEAD_LETTERS.name)
        lost, more = undisturbed.alert_ids - told.keys(), told.keys() - undisturbed.alert_ids
        assert not lost, f"{len(lost)} alerts are lost"
        assert not more, f"{len(more)} alerts are told that the undisturbed run does not tell"
        assert not dead, f"{len(dead)} dead letters"
        differ = _difference(await table_rows(self.settings), undisturbed.rows)
        assert not differ, f"{len(differ)} rows differ, such as {differ[:3]}"


def _name(fault: Fault) -> str:
    return f"{fault.kind} of {fault.victims}" if fault.kind == "kill" else fault.kind


def _difference(found: Mapping[bytes, Any], wanted: Mapping[bytes, Any]) -> list[bytes]:
    return sorted(key for key in found.keys() | wanted.keys() if found.get(key) != wanted.get(key))
