"""A process of the demo's, seen from the demo: its log is kept and its readiness is awaited."""

import os
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Collection
from types import TracebackType
from typing import Self

from pydantic import SecretStr

from streams.cli.errors import Failed
from streams.settings import PREFIX, Settings

READY_WITHIN = 90.0  # seconds; a worker takes 5 on an idle machine
STOP_WITHIN = 10.0  # seconds; longer than such a process gives itself
KEPT_LINES = 20  # of its log, for when it fails


class ChildProcess:
    """``with ChildProcess(…) as child: child.wait_until_ready()``. It ends when this one does.

    ``work`` is a module of ours that runs until its standard input ends, ``name`` what people call it, ``ready`` what
    its log says, in any order, once it can be used. ``arguments`` are the module's.
    """

    def __init__(self, name: str, work: str, ready: Collection[str], settings: Settings, *arguments: str) -> None:
        self._name, self._work, self._awaited = name, work, ready
        self._settings, self._arguments = settings, arguments
        self._ready = threading.Event()
        self._log: deque[str] = deque(maxlen=KEPT_LINES)

    def __enter__(self) -> Self:
        self._process = subprocess.Popen(
            [sys.executable, "-m", self._work, *self._arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            errors="replace",
            env=_environment(self._settings),
            start_new_session=True,  # Ctrl-C is for the demo, which then ends its processes
        )
        self._reader = threading.Thread(target=self._keep_log, daemon=True)
        self._reader.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        try:
            self._process.wait(STOP_WITHIN)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    @property
    def pid(self) -> int:
        return self._process.pid

    def wait_until_ready(self) -> None:
        """Raises `Failed` where the process ends, or takes too long."""
        if not self._ready.wait(READY_WITHIN):
            raise Failed(f"the {self._name} was not ready within {READY_WITHIN:.0f} s{self._last_words()}")
        self.check()

    def check(self) -> None:
        """Raises `Failed` if the process has ended."""
        code = self._process.poll()
        if code is not None:
            self._reader.join()
            raise Failed(f"the {self._name} ended with status {code}{self._last_words()}")

    def _keep_log(self) -> None:
        assert self._process.stderr is not None
        awaited = set(self._awaited)
        for line in self._process.stderr:
            self._log.append(line.rstrip())
            awaited -= {words for words in awaited if words in line}
            if not awaited:
                self._ready.set()
        self._process.wait()
        self._ready.set()  # it never will be, and there is nothing to wait for

    def _last_words(self) -> str:
        return ":\n" + "\n".join(self._log) if self._log else ", and said nothing"


def _environment(settings: Settings) -> dict[str, str]:
    given = settings.model_dump(exclude_unset=True)
    return os.environ | {PREFIX + name.upper(): _plain(value) for name, value in given.items()}


def _plain(value: object) -> str:
    return value.get_secret_value() if isinstance(value, SecretStr) else str(value)


def worker_process(settings: Settings) -> ChildProcess:
    return ChildProcess("worker", "streams.cli.run.demo_worker", ("Worker ready", "Texts can be read"), settings)


def board_process(settings: Settings) -> ChildProcess:
    return ChildProcess("board", "streams.cli.run.demo_board", ("Board ready",), settings)


def ingest_process(settings: Settings, sources: str) -> ChildProcess:
    """``sources``: the path of their file."""
    return ChildProcess("ingester", "streams.cli.run.demo_ingest", ("Ingester ready",), settings, sources)
