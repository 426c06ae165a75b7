"""The demo's worker: a process that ends when its standard input does, which is when the demo ends, however it ends."""

import os
import shutil
import signal
import sys
import tempfile
import threading
import time

from streams.settings import load_settings
from streams.worker import CannotStart, run_worker

STOP_WITHIN = 5.0  # seconds; without a broker the worker might wait for one


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="wiredelta-worker-") as folder:
        threading.Thread(target=_end_with_parent, args=(folder,), daemon=True).start()
        try:
            run_worker(load_settings(data_dir=folder))
        except CannotStart as error:
            sys.exit(str(error))


def _end_with_parent(folder: str) -> None:
    sys.stdin.buffer.read()
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(STOP_WITHIN)
    shutil.rmtree(folder, ignore_errors=True)
    os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    main()
