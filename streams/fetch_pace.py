"""A pause after an empty answer to a fetch that came at once.

Kafka holds a fetch until there is data or `fetch.max.wait.ms` is over. noida-db answers empty fetches at once, so that
aiokafka asks again 550 times a second: a third of a core for each consumer that has nothing to do. Touches
`aiokafka.consumer.fetcher.Fetcher._proc_fetch_request`, which returns whether an answer had anything in it; can go when
noida-db waits, which its test tells. With Apache Kafka nothing changes, as its empty answers do not come at once.
"""

import asyncio
import time
from contextlib import suppress
from typing import Any

from aiokafka.consumer.fetcher import Fetcher

AT_ONCE = 0.01  # seconds
PAUSE = 0.02  # seconds; at most this is added to a message's way

_proc_fetch_request = Fetcher._proc_fetch_request


async def _paced(self: Fetcher, *request: Any) -> bool:
    began = time.monotonic()
    had_something: bool = await _proc_fetch_request(self, *request)
    if not had_something and time.monotonic() - began < AT_ONCE:
        with suppress(asyncio.CancelledError):  # aiokafka cancels and awaits it, and expects an answer, at its end
            await asyncio.sleep(PAUSE)
    return had_something


def pace_fetches() -> None:
    """For all consumers of this process. May be called again."""
    Fetcher._proc_fetch_request = _paced
