"""How a process of the demo's ends: when its standard input does, which is when the demo ends, however it ends."""

import os
import shutil
import signal
import sys
import threading
import time

STOP_WITHIN = 5.0  # seconds; without a broker a process might wait for one


def end_with_parent(folder: str | None = None) -> None:
    """From now on. ``folder`` is removed where the process has to be killed."""
    threading.Thread(target=_end, args=(folder,), daemon=True).start()


def _end(folder: str | None) -> None:
    sys.stdin.buffer.read()
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(STOP_WITHIN)
    if folder:
        shutil.rmtree(folder, ignore_errors=True)
    os.kill(os.getpid(), signal.SIGKILL)
