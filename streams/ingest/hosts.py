"""Manners towards a host: so many requests at once, and a pause between their beginnings."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

AT_ONCE = 2


@dataclass
class Host:
    slots: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_ONCE))
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    next_at: float = 0.0


@dataclass
class Hosts:
    """By name."""

    _hosts: dict[str, Host] = field(default_factory=dict)

    @asynccontextmanager
    async def turn(self, host: str, pause: float) -> AsyncIterator[None]:
        """Wait for a turn, and hold it for the block's length. The next one begins ``pause`` seconds later at least."""
        one = self._hosts.setdefault(host, Host())
        async with one.slots:
            async with one.turn:
                await asyncio.sleep(max(0.0, one.next_at - time.monotonic()))
                one.next_at = time.monotonic() + pause
            yield
