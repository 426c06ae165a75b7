"""A thread that sees whether the event loop turns, as the loop cannot report itself.

Does not see a loop whose thread holds the interpreter's lock for good: then /healthz has no answer.
"""

import asyncio
import sys
import threading
import time
import traceback
from types import FrameType

from streams.positions import Exit, die

TICK = 1.0  # seconds


class LoopWatch:
    """Ends the process where the loop that runs ``beat`` stands still for so many seconds."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._beats = 0
        self._loop_thread: int | None = None

    async def beat(self) -> None:
        """Run for ever on the loop to watch."""
        self._loop_thread = threading.get_ident()
        threading.Thread(target=self._watch, name="loop-watch", daemon=True).start()
        while True:
            self._beats += 1
            await asyncio.sleep(TICK / 4)

    def _watch(self) -> None:
        """Counts ticks in which the loop did not turn: a frozen process has no ticks."""
        seen, still = 0, 0
        while still * TICK < self.seconds:
            time.sleep(TICK)
            still = still + 1 if seen == self._beats else 0
            seen = self._beats
        frame = sys._current_frames().get(self._loop_thread or 0)
        traceback.print_stack(frame)
        die(Exit.STALLED, f"the event loop stood still for {self.seconds:g} s, {_place(frame)}")


def _place(frame: FrameType | None) -> str:
    """The innermost line that is at work."""
    if frame is None:
        return "and its thread has ended"
    [line] = traceback.extract_stack(frame, limit=1)
    return f"in {line.name} ({line.filename}:{line.lineno})"
