"""A cluster of one node or three on this machine, with data of its own."""

import base64
import shutil
import tempfile
import uuid
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from deploy.kafka.jars import classpath
from deploy.kafka.java import java
from deploy.kafka.node import HOST, Launch, Node
from deploy.kafka.security import ADMIN, Security
from streams.embedded import free_ports
from streams.settings import Settings

HEAP_MB = {1: 512, 3: 256}  # by number of nodes
LISTENERS = ("CLIENTS", "NODES", "CONTROLLERS")
SMALL = 10  # partitions of Kafka's own topics, in place of 50 that take seconds to make


class Cluster:
    """``with Cluster() as kafka: kafka.address``. Its data goes when it stops; its nodes end with this process."""

    def __init__(
        self, nodes: int = 1, users: tuple[str, ...] = (), properties: Mapping[str, str] | None = None
    ) -> None:
        """``nodes``: 1 or 3. With ``users``, clients need SASL_SSL, and nobody but the admin has any rights at first.

        ``properties`` are added to each node's configuration.
        """
        self.size, self.users, self.properties = nodes, users, dict(properties or {})
        self.nodes: tuple[Node, ...] = ()
        self.security: Security | None = None
        self._folder: Path | None = None

    @property
    def address(self) -> str:
        """HOST:PORT of each node, parted by commas, for ``WIREDELTA_BROKER``."""
        return ",".join(f"{HOST}:{node.port}" for node in self.nodes)

    def client_settings(self, user: str = ADMIN) -> dict[str, str]:
        """wiredelta's settings to reach it as this user, by their names in lower case."""
        security = self.security.client_settings(user) if self.security else {}
        return {"broker": self.address, **security}

    def settings(self, user: str = ADMIN, **others: Any) -> Settings:
        """The same, with others, as a whole."""
        return Settings(**{**self.client_settings(user), **others})

    def __enter__(self) -> Self:
        try:
            self.start()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def start(self) -> None:
        """Make the nodes, start them, and return once each is a member. Raises `KafkaUnavailable`."""
        java()
        jars = classpath()
        self._folder = Path(tempfile.mkdtemp(prefix="wiredelta-kafka-"))
        if self.users:
            self.security = Security.make(self._folder / "security", self.users)
        launch = Launch(jars, HEAP_MB[self.size], _new_cluster_id(), scratch=self._folder)
        self.nodes = self._make_nodes(launch)
        self._format()
        for node in self.nodes:
            node.launch()
        for node in self.nodes:
            node.await_ready()

    def stop(self) -> None:
        """Nobody will miss their data, and the last of three could not agree with anybody on how to hand over."""
        for node in self.nodes:
            node.kill()
        if self._folder is not None:
            shutil.rmtree(self._folder)
            self._folder = None

    def _make_nodes(self, launch: Launch) -> tuple[Node, ...]:
        assert self._folder is not None
        ports = free_ports(self.size * len(LISTENERS))
        of_node = {
            number: dict(zip(LISTENERS, ports[number - 1 :: self.size], strict=True)) for number in self._numbers
        }
        voters = ",".join(f"{number}@{HOST}:{of_node[number]['CONTROLLERS']}" for number in self._numbers)
        nodes = []
        for number in self._numbers:
            port = of_node[number]["CLIENTS"]
            security = self.security.client_settings(ADMIN) if self.security else {}
            client = Settings(broker=f"{HOST}:{port}", **security)  # type: ignore[arg-type]
            node = Node(number, port, self._folder / f"node-{number}", launch, client)
            node.configure(self._node_properties(number, of_node[number], voters))
            nodes.append(node)
        return tuple(nodes)

    @property
    def _numbers(self) -> range:
        return range(1, self.size + 1)

    def _node_properties(self, number: int, ports: Mapping[str, int], voters: str) -> dict[str, str]:
        addresses = {name: f"{name}://{HOST}:{port}" for name, port in ports.items()}
        return {
            "node.id": str(number),
            "process.roles": "broker,controller",
            "controller.quorum.voters": voters,
            "listeners": ",".join(addresses.values()),
            "advertised.listeners": f"{addresses['CLIENTS']},{addresses['NODES']}",
            "listener.security.protocol.map": ",".join(f"{name}:PLAINTEXT" for name in LISTENERS),
            "inter.broker.listener.name": "NODES",
            "controller.listener.names": "CONTROLLERS",
            **_cluster_properties(self.size),
            **(self.security.node_properties() if self.security else {}),
            **self.properties,
        }

    def _format(self) -> None:
        users = self.security.format_arguments() if self.security else []
        begun = [(node, node.begin_format(users)) for node in self.nodes]
        for node, process in begun:
            node.await_format(process)


def _cluster_properties(size: int) -> dict[str, str]:
    """Quick to start, to see a node gone and to share out a group; as safe as so many nodes can be."""
    return {
        "auto.create.topics.enable": "false",
        "default.replication.factor": str(size),
        "min.insync.replicas": str(size // 2 + 1),
        "offsets.topic.replication.factor": str(size),
        "offsets.topic.num.partitions": str(SMALL),
        "transaction.state.log.replication.factor": str(size),
        "transaction.state.log.min.isr": str(size // 2 + 1),
        "transaction.state.log.num.partitions": str(SMALL),
        "group.initial.rebalance.delay.ms": "0",
        "broker.session.timeout.ms": "3000",
        "broker.heartbeat.interval.ms": "500",
        "log.cleaner.dedupe.buffer.size": "16777216",
        "log.segment.delete.delay.ms": "1000",  # of deleted topics, which leave a minute's worth of folders otherwise
    }


def _new_cluster_id() -> str:
    """A UUID as Kafka writes it; one that began with a dash would be taken for an option."""
    return "w" + base64.urlsafe_b64encode(uuid.uuid4().bytes).decode().rstrip("=")[1:]
