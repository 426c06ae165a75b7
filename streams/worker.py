"""A worker process: topics made, the data folder taken, the app run until SIGTERM or Ctrl-C."""

import asyncio
import fcntl
import logging
import os
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

import faust

from streams import garbage
from streams.app import Wiredelta, changelogs, needs
from streams.rights import require_rights
from streams.settings import Settings
from streams.topics import ensure_topics

LOCK = "worker.lock"
SWITCH_INTERVAL = 0.001  # seconds (Python: 5 ms) until a thread that computes lets the event loop go on
OURS = ("wiredelta", "streams")  # loggers
# Of a child of Python's own, which tidies up after a worker and speaks of it after the worker's last line.
NOT_SAID = "ignore:resource_tracker:UserWarning"
REPEATS, REPEAT_SECONDS = 3, 10.0  # of one message of a Kafka client's log: a broker that is away makes thousands


class CannotStart(RuntimeError):
    """Something on this machine is in the way: one line says what, and which setting to change."""


class DataFolderInUse(CannotStart):
    """Another worker has the data folder."""


class NoDataFolder(CannotStart):
    """There is no data folder, and none can be made."""


class PortInUse(CannotStart):
    """Another program listens where the pages are to be served."""


def run_worker(settings: Settings) -> NoReturn:
    """Run until SIGTERM or SIGINT, then leave the group and exit 0.

    Raises `CannotStart`, `BrokerUnavailable`, `KafkaRefused` or `TopicError` (a `PartitionMismatch` among them) before
    it starts.
    Exits with a code of `streams.positions.Exit` and one line on stderr where it cannot go on.
    """
    set_up_logging(settings.log_level)
    os.environ["PYTHONWARNINGS"] = ",".join(filter(None, [os.environ.get("PYTHONWARNINGS"), NOT_SAID]))
    with owned(settings.data_dir):
        require_port(settings.web_host, settings.web_port)
        app = Wiredelta(settings)
        try:
            asyncio.run(require_broker(settings))
        except BaseException:
            app.readers.stop()
            raise
        worker = faust.Worker(app, quiet=True, override_logging=False, redirect_stdouts=False)
        worker.spinner = None
        garbage.take_over()
        sys.setswitchinterval(SWITCH_INTERVAL)
        worker.execute_from_commandline()


async def require_broker(settings: Settings) -> None:
    """Make the topics that are missing, and see that the worker may do its work on all of them."""
    await ensure_topics(settings, changelogs(settings))
    await require_rights(settings, needs(settings))


@contextmanager
def owned(folder: Path) -> Iterator[None]:
    """A lock that goes with the process, however it ends."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        opened = (folder / LOCK).open("w")
    except OSError as error:
        reason = f"{error.strerror or error} (set WIREDELTA_DATA_DIR)"
        raise NoDataFolder(f"the data folder {folder} cannot be used: {reason}") from None
    with opened as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise DataFolderInUse(f"another worker has the data folder {folder}: set WIREDELTA_DATA_DIR") from None
        yield


def require_port(host: str, port: int) -> None:
    """Raises `PortInUse`."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            reason = error.strerror or str(error)
            pages, change = "/metrics, /healthz and /readyz", "(set WIREDELTA_WEB_HOST, WIREDELTA_WEB_PORT)"
            raise PortInUse(f"{pages} cannot be served at {host}:{port}: {reason} {change}") from None


class LimitRepeats(logging.Filter):
    """Lets a message of others through so many times in so many seconds, whatever its arguments."""

    def __init__(self) -> None:
        super().__init__()
        self._since: dict[tuple[str, str], tuple[float, int]] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        if record.name.startswith(OURS):
            return True
        key, now = (record.name, str(record.msg)), time.monotonic()
        since, times = self._since.get(key, (now, 0))
        if now - since > REPEAT_SECONDS:
            since, times = now, 0
        self._since[key] = since, times + 1
        return times < REPEATS


def set_up_logging(level: str) -> None:
    """On stderr; "Worker ready" is shown at every level."""
    logging.basicConfig(level=level.upper(), format="%(asctime)s %(levelname)s %(name)s: %(message)s", force=True)
    logging.getLogger("wiredelta").setLevel(min(logging.INFO, logging.getLevelName(level.upper())))
    limit = LimitRepeats()
    for name in ("aiokafka", "faust", "mode"):
        logging.getLogger(name).setLevel(level.upper())
    logging.getLogger("mode.timers").setLevel(logging.ERROR)  # it complains of long commits: nothing depends on them
    for handler in logging.getLogger().handlers:
        handler.addFilter(limit)
