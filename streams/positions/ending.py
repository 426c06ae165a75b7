"""How a worker ends when going on would lose or double something: at once, with one line and an exit code of its own.

Whoever supervises the process starts it again, and reading on from the stored positions puts things right.
"""

import os
from enum import IntEnum
from typing import NoReturn


class Exit(IntEnum):
    """Exit codes of a worker."""

    HOLE = 70  # messages are missing from a topic, or a position lies beyond its end
    EXPELLED = 71  # the consumer group went on without this worker
    LOST_ROW = 72  # a changelog record was not sent
    STUCK = 73  # a rebalance or a flush did not end
    FAILED = 74  # an agent raised: a bug, or more dead letters in a row than are allowed
    STALLED = 75  # the event loop, an agent or a source stood still
    CUT_OFF = 76  # no broker could be reached for too long


def die(code: Exit, line: str) -> NoReturn:
    """Nothing is flushed, committed or cleaned up: the local tables count as unclean from here on."""
    os.write(2, f"FATAL {code} {code.name}: {line}\n".encode())
    os._exit(code)
