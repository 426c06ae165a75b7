"""Waiting for a condition, in place of sleeping and hoping."""

import asyncio
import threading
import time
from collections.abc import Awaitable, Callable

POLL_SECONDS = 0.02


async def eventually(condition: Callable[[], Awaitable[bool]], what: str, within: float = 30.0) -> None:
    """Return once ``condition`` is true; fail the test, naming ``what``, if it is not within so many seconds."""
    deadline = time.monotonic() + within
    while not await condition():
        assert time.monotonic() < deadline, f"not within {within:.0f} s: {what}"
        await asyncio.to_thread(threading.Event().wait, POLL_SECONDS)


def eventually_sync(condition: Callable[[], bool], what: str, within: float = 30.0) -> None:
    """The same for a condition that awaits nothing."""
    deadline = time.monotonic() + within
    while not condition():
        assert time.monotonic() < deadline, f"not within {within:.0f} s: {what}"
        threading.Event().wait(POLL_SECONDS)
