"""An embedded Kafka broker, noida-db, for one machine: the demo, the tests, a first try. Not for production.

Data is kept in memory and written to the data folder within moments. For one worker: when the leader of a group leaves
while another member joins, noida-db 0.2.3 can keep the leader that has left, and the other waits for its assignment for
ever. It never evicts a member that died without leaving either, so whoever starts a worker anew on a running broker
calls `evict_members` first.
"""

import logging
import os
import random
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterable
from importlib.util import find_spec
from io import BytesIO
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from aiokafka.protocol.admin import DescribeGroupsRequest_v1
from aiokafka.protocol.group import LeaveGroupRequest_v1
from aiokafka.protocol.metadata import MetadataRequest_v1

log = logging.getLogger(__name__)

HOST = "127.0.0.1"
# Below the ports that systems hand out (from 32768 on Linux, 49152 on macOS): a client that reconnects to a broker
# that is down can otherwise be given the broker's own port, connect to itself and keep the broker from coming back.
PORTS = range(20_000, 32_768)
READY_WITHIN = 20.0  # seconds; it takes 0.1, and more where a large data folder is read
STOP_WITHIN = 20.0  # seconds; it writes its data before it ends
START_ATTEMPTS = 5  # another process may take the port that was found free
SESSION_TIMEOUT = 60.0  # seconds, of a worker of this broker: nobody would take over, so patience costs nothing
ANSWER_WITHIN = 5.0  # seconds, of one request

# Reading the pipe from this process ends when this process does, however it ends, kill -9 included; then the server
# is told to stop. Needs nothing but a POSIX shell, so it works on Linux and macOS alike.
GUARD = """
scratch=$1; shift
exec 3<&0
"$@" 3<&- </dev/null & server=$!
{ read -r _; kill -TERM "$server" 2>/dev/null; } <&3 & reader=$!
exec 3<&- </dev/null
wait "$server"; code=$?
kill "$reader" 2>/dev/null
[ -z "$scratch" ] || rm -rf -- "$scratch"
exit "$code"
"""


class EmbeddedBrokerError(RuntimeError):
    """The embedded broker cannot be had: one line that says why and what to do."""


class EmbeddedBroker:
    """``with EmbeddedBroker() as broker: broker.address``. Without a data folder, its data goes when it stops.

    The server ends with this process, however this process ends. Raises `EmbeddedBrokerError` where it cannot start.
    """

    def __init__(self, data_dir: Path | None = None, port: int | None = None) -> None:
        """``port``: any free one, if None; a broker that is started again keeps its port."""
        self.data_dir = data_dir
        self.port = port
        self._guard: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        """HOST:PORT, for ``WIREDELTA_BROKER``."""
        return f"{HOST}:{self.port}"

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def start(self) -> None:
        """Start the server and return once it answers a metadata request with its own address."""
        binary = _find_binary()
        for port in [self.port] if self.port else free_ports(START_ATTEMPTS):
            folder = self.data_dir or Path(tempfile.mkdtemp(prefix="wiredelta-broker-"))
            with tempfile.TemporaryFile() as output:
                self._guard = _spawn(binary, port, folder, output.fileno(), scratch=self.data_dir is None)
                if self._became_ready(port, output.fileno()):
                    self.port = port
                    log.warning("embedded broker at %s, for one machine and not for production", self.address)
                    return
                self.stop()
                reason = _last_line(output.fileno())
            if "already in use" not in reason:
                break
        raise EmbeddedBrokerError(f"the embedded broker (noida-db) did not start: {reason}")

    def stop(self) -> None:
        """Stop the server, which writes its data first, and remove a data folder that was only borrowed."""
        guard, self._guard = self._guard, None
        if guard is None:
            return
        assert guard.stdin is not None
        guard.stdin.close()
        try:
            guard.wait(STOP_WITHIN)
        except subprocess.TimeoutExpired:
            log.error("the embedded broker did not stop within %.0f s and is killed", STOP_WITHIN)
            os.killpg(guard.pid, signal.SIGKILL)
            guard.wait()

    def _became_ready(self, port: int, output: int) -> bool:
        """The server says that it has the port, so that it is not another's answer that is taken for its own."""
        assert self._guard is not None
        deadline = time.monotonic() + READY_WITHIN
        while self._guard.poll() is None and time.monotonic() < deadline:
            if f"{HOST}:{port}" in _read(output) and _answers(port):
                return True
            time.sleep(0.02)
        return False


def evict_members(address: str, group_ids: Iterable[str]) -> list[str]:
    """Make every member of these groups leave, and return the ids of those who did.

    For groups of which nobody is alive: the embedded broker keeps dead members for good, and who joins beside one waits
    for it. (Groups and members are forgotten when the broker itself restarts; committed offsets are kept.)
    """
    host, _, port = address.rpartition(":")
    evicted = []
    with socket.create_connection((host, int(port)), timeout=ANSWER_WITHIN) as conversation:
        for group_id in group_ids:  # one at a time: noida-db's answer about several cannot be decoded
            for member_id in _members(conversation, group_id):
                _ask(conversation, LeaveGroupRequest_v1(group_id, member_id))
                evicted.append(member_id)
    return evicted


def _members(conversation: socket.socket, group_id: str) -> list[str]:
    groups = _ask(conversation, DescribeGroupsRequest_v1([group_id])).to_object()["groups"]
    return [member["member_id"] for group in groups for member in group["members"]]


def _answers(port: int) -> bool:
    try:
        with socket.create_connection((HOST, port), timeout=ANSWER_WITHIN) as conversation:
            brokers = _ask(conversation, MetadataRequest_v1([])).brokers
    except OSError:
        return False
    return (HOST, port) in [(host, found) for _, host, found, _ in brokers]


def _ask(conversation: socket.socket, request: Any) -> Any:
    """One request and its response over Kafka's protocol: length, header, body."""
    message = request.build_request_header(correlation_id=1, client_id="wiredelta").encode() + request.encode()
    conversation.sendall(len(message).to_bytes(4, "big") + message)
    length = int.from_bytes(_receive(conversation, 4), "big")
    response = BytesIO(_receive(conversation, length))
    request.parse_response_header(response)
    return request.RESPONSE_TYPE.decode(response)


def _receive(conversation: socket.socket, length: int) -> bytes:
    received = b""
    while len(received) < length:
        part = conversation.recv(length - len(received))
        if not part:
            raise ConnectionError("the broker closed the connection")
        received += part
    return received


def _find_binary() -> Path:
    """The server itself: stopping its Python wrapper would leave it running."""
    package = find_spec("noida_db")
    if package is None or package.origin is None:
        raise EmbeddedBrokerError("the embedded broker is not installed: pip install 'wiredelta[embedded]'")
    binary = Path(package.origin).with_name("noida-db")
    if not os.access(binary, os.X_OK):  # not every installer keeps a wheel's permissions
        binary.chmod(0o755)
    return binary


def free_ports(count: int) -> list[int]:
    """So many of `PORTS` that nobody listens on just now."""
    return list(islice(filter(_is_free, random.sample(PORTS, len(PORTS))), count))


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
        return True


def _spawn(binary: Path, port: int, folder: Path, output: int, *, scratch: bool) -> subprocess.Popen[bytes]:
    """Start the server under its guard, in a session of its own so that Ctrl-C reaches this process alone."""
    server = [str(binary), "start", "--only", "kafka", "--kafka-port", str(port), "--data-dir", str(folder)]
    return subprocess.Popen(
        ["/bin/sh", "-c", GUARD, "wiredelta-broker-guard", str(folder) if scratch else "", *server],
        stdin=subprocess.PIPE,
        stdout=output,
        stderr=output,
        start_new_session=True,
    )


def _read(output: int) -> str:
    return os.pread(output, 100_000, 0).decode(errors="replace")


def _last_line(output: int) -> str:
    lines = _read(output).splitlines()
    errors = [line.removeprefix("error: ") for line in lines if line.startswith("error: ")]
    return (errors or lines or ["it said nothing"])[-1]
