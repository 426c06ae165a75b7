"""Java processes that never outlive whoever started them."""

import functools
import os
import re
import shutil
import signal
import subprocess
from pathlib import Path

from deploy.kafka.errors import KafkaUnavailable

NEEDED = 17  # Apache Kafka 4's brokers
STOP_WITHIN = 30.0  # seconds; a broker hands its partitions over first

# Reading the pipe from this process ends when this process does, however it ends, kill -9 included; then Java is
# killed. (PR_SET_PDEATHSIG would do it when the thread that started Java ends, which a test's thread does.)
GUARD = """
log=$1 scratch=$2; shift 2
exec 3<&0
"$@" >>"$log" 2>&1 3<&- </dev/null & java=$!
{ read -r _; trap '' TERM; kill -KILL "$java"; [ -z "$scratch" ] || rm -rf -- "$scratch"; } <&3 >/dev/null 2>&1 &
reader=$!
exec 3<&- </dev/null
echo "$java"
exec >/dev/null
wait "$java" 2>/dev/null; code=$?
kill "$reader" 2>/dev/null
exit "$code"
"""


@functools.cache
def java() -> str:
    """The command. Raises `KafkaUnavailable` where there is none, or only an older one."""
    found = shutil.which("java")
    said = subprocess.run([found, "-version"], capture_output=True, text=True).stderr if found else ""
    version = re.search(r'version "(\d+)', said)
    if found is None or version is None or int(version[1]) < NEEDED:
        state = "is absent" if version is None else f"is {version[1]} here"
        raise KafkaUnavailable(
            f"Java {state}, and Apache Kafka needs {NEEDED}: on Debian, apt install default-jre-headless"
        )
    return found


class JavaProcess:
    """A Java process under a guard that ends it with this process."""

    def __init__(self, arguments: list[str], log: Path, scratch: Path | None = None) -> None:
        """``scratch``: a folder that goes with this process, where that is killed and cannot remove it itself."""
        command = ["/bin/sh", "-c", GUARD, "wiredelta-kafka-guard", str(log), str(scratch or ""), java(), *arguments]
        self._guard = subprocess.Popen(  # in a session of its own, so that Ctrl-C reaches this process alone
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True
        )
        assert self._guard.stdout is not None
        self.pid = int(self._guard.stdout.readline())

    @property
    def is_running(self) -> bool:
        return self._guard.poll() is None

    def wait(self, within: float) -> int:
        """Its exit code. Raises `subprocess.TimeoutExpired`."""
        code = self._guard.wait(within)
        for pipe in (self._guard.stdin, self._guard.stdout):
            assert pipe is not None
            pipe.close()
        return code

    def stop(self) -> None:
        """SIGTERM, and SIGKILL where that does not end it."""
        self.send(signal.SIGTERM)
        self.send(signal.SIGCONT)  # it may be paused
        try:
            self.wait(STOP_WITHIN)
        except subprocess.TimeoutExpired:
            self.kill()

    def kill(self) -> None:
        """SIGKILL."""
        self.send(signal.SIGKILL)
        self.wait(STOP_WITHIN)

    def send(self, what: signal.Signals) -> None:
        """A signal, if it still runs."""
        if self.is_running:
            os.kill(self.pid, what)
