"""Cyclic garbage, collected between batches.

Amid a batch Python would go through all that a long article has made, and hold up the event loop for 60 ms.
"""

import gc
import time

INTERVAL = 1.0  # seconds

_collected_at = 0.0


def take_over() -> None:
    """From here on nothing is collected but by `collect_if_due`; what is there now stays, and is not gone through."""
    gc.collect()
    gc.freeze()
    gc.disable()


def collect_if_due() -> None:
    """At a moment with few objects about, again and again."""
    global _collected_at
    if time.monotonic() - _collected_at > INTERVAL:
        gc.collect()
        _collected_at = time.monotonic()
