"""The command line as others run it: in processes of its own, against a broker of the test's own."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from tests.integration.waiting import eventually_sync

WIREDELTA = (sys.executable, "-m", "streams.cli")
RUNS_AT_MOST = 90.0  # seconds


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def environment(**settings: Any) -> dict[str, str]:
    """This process's, with these of our settings and no others."""
    others = {name: value for name, value in os.environ.items() if not name.startswith("WIREDELTA_")}
    return others | {f"WIREDELTA_{name.upper()}": str(value) for name, value in settings.items()}


def wiredelta(*arguments: str, env: dict[str, str], given: str | None = None) -> subprocess.CompletedProcess[str]:
    """Run a command to its end. Bytes are UTF-8 both ways."""
    return subprocess.run(
        [*WIREDELTA, *arguments], env=env, input=given, capture_output=True, encoding="utf-8", timeout=RUNS_AT_MOST
    )


@contextmanager
def running(*arguments: str, env: dict[str, str], out: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A command that goes on; what it says is in `out`. Killed at the end, if it has not ended by then."""
    with out.open("wb") as file:
        process = start(*arguments, env=env, out=file)
        try:
            yield process
        finally:
            process.kill()
            process.wait()


def start(*arguments: str, env: dict[str, str], out: IO[bytes]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [*WIREDELTA, *arguments], env=env, stdin=subprocess.DEVNULL, stdout=out, stderr=out, start_new_session=True
    )


def wait_for(text: str, out: Path, process: subprocess.Popen[bytes], within: float = 60.0) -> None:
    """Until the process has said `text`; fails at once if it ends before."""

    def said() -> bool:
        ended = process.poll() is not None  # asked first: what it said last is read below
        if text in out.read_text(encoding="utf-8", errors="replace"):
            return True
        assert not ended, (
            f"it ended with {process.returncode}: {out.read_text(encoding='utf-8', errors='replace')[-2000:]}"
        )
        return False

    eventually_sync(said, f"{text!r} in what {process.args!r} says", within)
