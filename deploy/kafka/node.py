"""One node of a cluster, broker and controller in one."""

import signal
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from confluent_kafka import KafkaException

from deploy.kafka.admin import admin_client
from deploy.kafka.errors import KafkaUnavailable
from deploy.kafka.java import JavaProcess
from streams.settings import Settings

LOGGING = Path(__file__).with_name("log4j2.properties")
HOST = "127.0.0.1"
READY_WITHIN = 120.0  # seconds; one node takes 4, three together 6 to 11
FORMATTED_WITHIN = 60.0  # seconds; takes 2
ANSWER_WITHIN, ASK_AGAIN = 2.0, 0.1  # seconds


@dataclass(frozen=True)
class Launch:
    """How the nodes of a cluster are run."""

    classpath: str
    heap_mb: int
    cluster_id: str
    scratch: Path | None

    def java(self, main_class: str, *arguments: str) -> list[str]:
        """What comes after ``java``."""
        options = [f"-Xmx{self.heap_mb}m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData"]
        return [*options, f"-Dlog4j2.configurationFile={LOGGING}", "-cp", self.classpath, main_class, *arguments]


class Node:
    """A node keeps its port, its folder and its data however often it is stopped, killed and started."""

    def __init__(self, number: int, port: int, folder: Path, launch: Launch, client: Settings) -> None:
        """``client``: settings of a client that may ask this node, and no other, what it knows."""
        self.number, self.port, self.folder, self.client = number, port, folder, client
        self._launch = launch
        self._process: JavaProcess | None = None

    @property
    def log(self) -> Path:
        """What the node says; it goes on in the same file after a restart."""
        return self.folder / "kafka.log"

    @property
    def is_running(self) -> bool:
        """A paused node is running."""
        return self._process is not None and self._process.is_running

    def configure(self, properties: Mapping[str, str]) -> None:
        """Write its configuration, ``server.properties``."""
        self.folder.mkdir(parents=True)
        lines = {**properties, "log.dirs": str(self.folder / "data")}
        self._properties.write_text("".join(f"{name}={value}\n" for name, value in lines.items()))

    def begin_format(self, arguments: list[str]) -> JavaProcess:
        """Make its data folder a part of the cluster; `await_format` waits for it."""
        tool = ["format", "--cluster-id", self._launch.cluster_id, "--config", str(self._properties), *arguments]
        return self._java(self.folder / "format.log", "kafka.tools.StorageTool", *tool)

    def await_format(self, process: JavaProcess) -> None:
        if process.wait(FORMATTED_WITHIN) != 0:
            reason = _last_line(self.folder / "format.log")
            raise KafkaUnavailable(f"the data folder of Kafka's node {self.number} was not made: {reason}")

    def start(self) -> None:
        """Start it, and return once it answers as a member of the cluster. Raises `KafkaUnavailable`."""
        self.launch()
        self.await_ready()

    def launch(self) -> None:
        """Start it and return at once: the first nodes of a cluster wait for each other."""
        assert not self.is_running, f"node {self.number} is running"
        self._process = self._java(self.log, "kafka.Kafka", str(self._properties))

    def await_ready(self) -> None:
        admin, deadline = admin_client(self.client), time.monotonic() + READY_WITHIN
        while time.monotonic() < deadline and self.is_running:
            try:
                if self.number in admin.list_topics(timeout=ANSWER_WITHIN).brokers:
                    return
            except KafkaException:
                pass
            threading.Event().wait(ASK_AGAIN)
        reason = f"nothing within {READY_WITHIN:.0f} s" if self.is_running else _last_line(self.log)
        self.stop()
        raise KafkaUnavailable(f"Kafka's node {self.number} did not start: {reason}")

    def stop(self) -> None:
        """SIGTERM: it hands over its partitions and closes its log."""
        if self._process is not None:
            self._process.stop()

    def kill(self) -> None:
        """SIGKILL."""
        if self._process is not None:
            self._process.kill()

    def pause(self) -> None:
        """SIGSTOP: it keeps its connections and says nothing."""
        if self._process is not None:
            self._process.send(signal.SIGSTOP)

    def resume(self) -> None:
        if self._process is not None:
            self._process.send(signal.SIGCONT)

    @property
    def _properties(self) -> Path:
        return self.folder / "server.properties"

    def _java(self, log: Path, main_class: str, *arguments: str) -> JavaProcess:
        return JavaProcess(self._launch.java(main_class, *arguments), log, self._launch.scratch)


def _last_line(log: Path) -> str:
    """Of what is not a part of a stack trace."""
    lines = [line for line in log.read_text(errors="replace").splitlines() if line and line[0] not in "\t "]
    return (lines or ["it said nothing"])[-1]
