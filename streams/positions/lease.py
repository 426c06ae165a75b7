"""The member's lease: nothing is produced unless the group confirmed this member within the session timeout.

A worker that was frozen (SIGSTOP, a suspended machine) wakes up with writes on their way, while its partitions are
another's. They are held back until the next heartbeat has its answer, which is that the group went on: then it ends.

aiokafka itself sends no heartbeat while an assignment is taken in, which is when Faust opens its stores: a worker with
many partitions, or a slow disk, would be expelled by each rebalance. Here it sends them from the assignment on.

Internals touched: ``GroupCoordinator._do_heartbeat``, ``GroupCoordinator._on_join_complete`` and
``AIOKafkaProducer.client.send`` of aiokafka 0.14.0,
``transport.drivers.aiokafka.Producer._producer_type`` of faust-streaming 0.15.3. Kafka fences zombies for transactional
producers alone (KIP-447), whose outputs Faust writes outside of the transaction (faust-streaming issue 502).
"""

import asyncio
import time
from typing import Any

from aiokafka import AIOKafkaProducer
from aiokafka.consumer.group_coordinator import GroupCoordinator
from aiokafka.protocol.produce import ProduceRequest
from faust.transport.drivers.aiokafka import Producer

from streams.positions.ending import Exit, die

RETRY = 0.02  # seconds
NO_GENERATION = -1  # what GroupCoordinator.reset_generation sets

_do_heartbeat = GroupCoordinator._do_heartbeat
_on_join_complete = GroupCoordinator._on_join_complete


def now() -> float:
    """Seconds on a clock that goes on while the machine sleeps, where there is one (Linux)."""
    return time.clock_gettime(getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC))


class Lease:
    """Of this process; there is one consumer in it."""

    confirmed_at = float("-inf")
    seconds = 0.0  # the session timeout

    @classmethod
    def age(cls) -> float:
        """Seconds since the heartbeat was sent that the group confirmed last."""
        return now() - cls.confirmed_at

    @classmethod
    def runs(cls) -> bool:
        return cls.age() <= cls.seconds


async def _leased_heartbeat(self: Any) -> bool:
    sent = now()
    confirmed: bool = await _do_heartbeat(self)
    if confirmed:
        Lease.confirmed_at = sent
    elif self.generation == NO_GENERATION:
        die(Exit.EXPELLED, "the consumer group went on without this worker")
    return confirmed


async def _beating_on_join_complete(self: Any, *assignment: Any) -> None:
    self._start_heartbeat_task()  # once more after this, where it does nothing then
    await _on_join_complete(self, *assignment)


class LeasedProducer(AIOKafkaProducer):  # type: ignore[misc]
    """Holds produce requests back while the lease is out."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        send = self.client.send

        async def leased_send(node: int, request: Any, **options: Any) -> Any:
            while isinstance(request, ProduceRequest) and not Lease.runs():  # noqa: ASYNC110 - time alone ends it
                await asyncio.sleep(RETRY)
            return await send(node, request, **options)

        self.client.send = leased_send


def install() -> None:
    GroupCoordinator._do_heartbeat = _leased_heartbeat
    GroupCoordinator._on_join_complete = _beating_on_join_complete
    Producer._producer_type = LeasedProducer  # type: ignore[assignment,method-assign]
