"""Cyclic garbage, collected while no batch is at work.

Amid one Python would go through all that a long article has made, and hold up the event loop for 60 ms. Batches leave
no cycles behind (counted: none in 600 updates), so there is time.
"""

import gc
import time

OVERDUE = 300.0  # seconds after which a worker that is never idle collects all the same

_collected_at = time.monotonic()


def take_over() -> None:
    """From here on only `collect` does; what is there now stays, and is not gone through."""
    gc.collect()
    gc.freeze()
    gc.disable()


def collect(idle: bool) -> None:
    """To be called every second or so."""
    global _collected_at
    if idle or time.monotonic() - _collected_at > OVERDUE:
        gc.collect()
        _collected_at = time.monotonic()
