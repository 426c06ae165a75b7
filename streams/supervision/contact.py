"""Whether a broker can be reached: by the group's heartbeats, and where these are out by asking."""

import time

from aiokafka.admin import AIOKafkaAdminClient

from streams.kafka import BrokerUnavailable, KafkaRefused, connection, started
from streams.positions import Exit, Lease, die
from streams.settings import Settings

LOOK_EVERY = 2.0  # seconds; heartbeats come every second


class Contact:
    """``lost``: why no broker can be reached, in one line; None while one can."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.lost: str | None = None
        self._lost_at = 0.0

    async def look(self) -> None:
        """Ends the process where no broker could be reached for longer than is allowed."""
        why = None if Lease.age() < 2 * LOOK_EVERY else await self._ask()
        if why is None:
            self.lost = None
            return
        now = time.monotonic()
        if self.lost is None:
            self._lost_at = now
        self.lost = why
        if now - self._lost_at >= self.settings.broker_timeout:
            die(Exit.CUT_OFF, f"Kafka could not be reached for {self.settings.broker_timeout:g} s: {why}")

    async def _ask(self) -> str | None:
        """With a client of its own, as one that has just started is told most clearly what is wrong."""
        try:
            async with started(AIOKafkaAdminClient(**connection(self.settings)), self.settings):
                return None
        except (BrokerUnavailable, KafkaRefused) as error:
            return str(error)
