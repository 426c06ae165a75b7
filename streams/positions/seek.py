"""After a rebalance: hold the fetcher, await the fetch in flight, seek to the stored positions, open, resume.

Stock Faust resumes the source before it seeks; what is fetched meanwhile makes "gaps" that count as done, and messages
are lost. Internals replaced, of faust-streaming 0.15.3: ``Recovery.on_recovery_completed``, ``Consumer.perform_seek``,
``Consumer._new_offset``, ``AIOKafkaConsumerThread.getmany``. Upstream: faust-streaming issues 216, 221, 502 and pull
request 241.
"""

import asyncio
import logging
from typing import TYPE_CHECKING, Any

from faust.tables.recovery import Recovery
from faust.transport.consumer import Consumer
from faust.transport.drivers.aiokafka import AIOKafkaConsumerThread
from faust.types import TP

from streams.positions.ending import Exit, die
from streams.positions.table import NotHeld

if TYPE_CHECKING:
    from streams.positions.app import App
    from streams.positions.positions import Positions

log = logging.getLogger("wiredelta")

HELD = 0.05  # seconds between looks of a fetcher that is held

_getmany = AIOKafkaConsumerThread.getmany
_new_offset = Consumer._new_offset


async def _held_getmany(self: Any, active_partitions: Any, timeout: float) -> Any:  # noqa: ASYNC109 - Faust's
    """Faust hands its live set to the consumer's thread; emptied meanwhile it means "all partitions" to aiokafka."""
    wanted = frozenset(active_partitions or ())
    if getattr(self, "held", False) or not wanted:
        await asyncio.sleep(HELD)
        return {}
    self.fetched = asyncio.Event()
    try:
        return await _getmany(self, wanted, timeout)  # type: ignore[arg-type]
    finally:
        self.fetched.set()


async def _on_recovery_completed(self: Any, generation_id: int = 0) -> None:
    app, consumer, thread = self.app, self.app.consumer, self.app.consumer._thread
    await app.on_rebalance_complete.send()
    self._set_recovery_ended()
    for table in self.tables.values():
        await table.on_recovery_completed(self.actives_for_table[table], self.standbys_for_table[table])
    thread.held = True
    try:
        if not await _opened(self, generation_id):
            return  # another rebalance has begun, and its recovery comes here again
    finally:
        thread.held = False
    await app._fetcher.maybe_start()
    self.tables.on_actives_ready()
    if not app.assignor.assigned_standbys():
        self.tables.on_standbys_ready()
    app.on_rebalance_end()
    consumer.log.debug("positions: %s", {topic: positions.applied for topic, positions in app.positions.items()})
    log.info("Worker ready: %s partitions", sum(len(positions.applied) for positions in app.positions.values()))


async def _opened(recovery: Any, generation: int) -> bool:
    app, consumer = recovery.app, recovery.app.consumer
    timeout = app.conf.broker_request_timeout

    def superseded() -> bool:
        return bool(generation != app.consumer_generation_id or generation == app.closed_generation)

    if hasattr(consumer._thread, "fetched"):
        await recovery._wait(consumer._thread.fetched.wait(), timeout=timeout)
    if superseded():
        return False
    sources = {tp for tp in consumer.assignment() if not recovery._is_changelog_tp(tp)}
    if sources:
        try:
            await recovery._wait(_seek(app, sources), timeout=timeout)
        except NotHeld:  # a partition was taken away meanwhile, and its table closed
            if not superseded():
                raise
    if superseded():
        return False
    consumer._buffered_partitions.clear()
    consumer.resume_partitions(sources)
    app.open_generation = generation
    recovery.completed.set()
    app.flow_control.resume()
    consumer.resume_flow()
    return True


async def _seek(app: "App", sources: set[TP]) -> None:
    consumer: Any = app.consumer
    # Together: each waits behind a fetch on the same connection (Faust's fetch_max_wait_ms is 1500).
    earliest, ends = await asyncio.gather(consumer.earliest_offsets(*sources), consumer.highwaters(*sources))
    targets: dict[TP, int] = {}
    for tp in sources:
        positions = app.positions[tp.topic]
        targets[tp] = _target(tp, positions.stored(tp.partition), earliest[tp], ends[tp])
        positions.open(tp.partition, targets[tp])
        await asyncio.sleep(0)
    await consumer.seek_wait(targets)
    for tp, target in targets.items():
        consumer._committed_offset[tp] = consumer._read_offset[tp] = target or None


def _target(tp: TP, stored: int, earliest: int, end: int) -> int:
    if stored > end:
        die(
            Exit.HOLE,
            f"{tp.topic}-{tp.partition}: the position {stored} lies beyond the topic's end {end}: is it another topic "
            "of the same name? (a new app_id starts afresh)",
        )
    if 0 < stored < earliest:
        log.error("%s-%s: offsets %s to %s are gone from the broker", tp.topic, tp.partition, stored, earliest - 1)
    return max(stored, earliest)


async def _no_seek(self: Any) -> None:
    """Consumer.getmany also calls it, at any time after a rebalance; `_seek` does its work."""


def _applied(self: Any, tp: TP) -> int | None:
    """Faust counts acks, also of messages given up in a rebalance. What is applied is contiguous: commit that."""
    positions: Positions[Any] | None = self.app.positions.get(tp.topic)
    if positions is None:
        return _new_offset(self, tp)
    self._acked[tp].clear()
    self._acked_index[tp].clear()
    return positions.applied.get(tp.partition)


def install() -> None:
    Recovery.on_recovery_completed = _on_recovery_completed  # type: ignore[method-assign]
    AIOKafkaConsumerThread.getmany = _held_getmany  # type: ignore[method-assign]
    Consumer.perform_seek = _no_seek  # type: ignore[method-assign]
    Consumer._new_offset = _applied  # type: ignore[method-assign]
