"""Apache Kafka as the launcher runs it: nodes that come and go, and nothing that stays when it ends."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from aiokafka import AIOKafkaProducer

from deploy.kafka import jars
from deploy.kafka.admin import admin_client
from deploy.kafka.cluster import Cluster
from deploy.kafka.errors import KafkaUnavailable
from deploy.kafka.node import Node
from schemas.topics import ARTICLE_UPDATES
from streams.client.reader import Reader
from streams.embedded import PORTS
from streams.kafka import make_producer, started
from streams.settings import Settings
from streams.topics import ensure_topics
from tests.integration.waiting import eventually_sync

ROOT = Path(__file__).parents[2]
TOPIC = ARTICLE_UPDATES.name


async def publish(settings: Settings, *values: bytes) -> None:
    await ensure_topics(settings)
    producer = make_producer(settings)
    async with started(producer, settings):
        for value in values:
            await producer.send_and_wait(TOPIC, value, key=value)


async def published(settings: Settings) -> set[bytes]:
    async with Reader(settings, [TOPIC], until_eos=True) as reader:
        return {record.value async for record in reader}


def is_open(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@pytest.mark.parametrize("end", [Node.stop, Node.kill])
async def test_a_node_that_ends_comes_back_with_its_port_and_its_data(single: Cluster, end: object) -> None:
    [node], value = single.nodes, str(end).encode()
    await publish(single.settings(), value)
    address = single.address
    assert callable(end)
    end(node)
    assert not node.is_running
    assert not is_open(node.port)
    node.start()
    assert single.address == address
    assert value in await published(single.settings())


async def test_a_node_that_is_paused_answers_when_it_is_resumed(single: Cluster) -> None:
    [node] = single.nodes
    await publish(single.settings(), b"before")
    producer = make_producer(single.settings())
    async with started(producer, single.settings()):
        node.pause()
        sent = asyncio.ensure_future(producer.send_and_wait(TOPIC, b"meanwhile", key=b"meanwhile"))
        done, _ = await asyncio.wait([sent], timeout=1.0)
        assert not done
        assert node.is_running
        node.resume()
        await sent
    assert {b"before", b"meanwhile"} <= await published(single.settings())


async def test_three_nodes_lose_one_and_nothing_that_was_acknowledged(three: Cluster) -> None:
    """Writes go on within seconds, and the node catches up when it is back."""
    settings = three.settings()
    await ensure_topics(settings)
    lost = three.nodes[0]
    acknowledged: set[bytes] = set()
    producer = make_producer(settings)
    async with started(producer, settings):
        await send(producer, range(100), acknowledged)
        lost.kill()
        begun = time.monotonic()
        await send(producer, range(100, 200), acknowledged)
        stood_still = time.monotonic() - begun
    assert len(acknowledged) == 200
    assert stood_still < 60  # 3 to 5 s on an idle machine
    rest = settings.model_copy(update={"broker": ",".join(f"127.0.0.1:{node.port}" for node in three.nodes[1:])})
    assert await published(rest) == acknowledged
    lost.start()
    eventually_sync(lambda: in_sync(three) == 3, "the node has caught up", within=60)
    three.nodes[1].kill()
    three.nodes[1].start()
    assert await published(settings) == acknowledged


async def send(producer: AIOKafkaProducer, numbers: range, acknowledged: set[bytes]) -> None:
    for number in numbers:
        value = b"%d" % number
        await producer.send_and_wait(TOPIC, value, key=value)
        acknowledged.add(value)


def in_sync(cluster: Cluster) -> int:
    """The replicas in sync of the partition that has fewest."""
    topics = admin_client(cluster.settings()).list_topics(timeout=10).topics
    return min(len(partition.isrs) for partition in topics[TOPIC].partitions.values())


def test_three_nodes_are_one_cluster_on_loopback_ports_that_no_client_is_given(three: Cluster) -> None:
    seen = [admin_client(node.client).list_topics(timeout=10) for node in three.nodes]
    assert len({one.cluster_id for one in seen}) == 1
    assert [{broker.host for broker in one.brokers.values()} for one in seen] == [{"127.0.0.1"}] * 3
    ports = [node.port for node in three.nodes]
    assert all(sorted(broker.port for broker in one.brokers.values()) == sorted(ports) for one in seen)
    assert all(port in PORTS for port in ports)
    assert max(PORTS) < 32_768


def test_a_node_that_cannot_start_is_told_in_one_line_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    refused = {"num.io.threads": "0"}
    with pytest.raises(KafkaUnavailable, match=r"num\.io\.threads") as caught, Cluster(properties=refused):
        pytest.fail("it started")
    assert "\n" not in str(caught.value)
    assert processes_of(tmp_path) == []
    assert list(tmp_path.iterdir()) == []


def processes_of(folder: Path) -> list[str]:
    """Those that name the folder in their command, Kafka's nodes by their configuration."""
    listed = subprocess.run(["ps", "-ww", "-eo", "stat=,args="], capture_output=True, text=True, check=True)
    return [line for line in listed.stdout.splitlines() if str(folder) in line and not line.startswith("Z")]


@pytest.mark.parametrize("death", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_nothing_is_left_however_the_launcher_ends(death: signal.Signals, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "deploy.kafka"]
    environment = os.environ | {"TMPDIR": str(tmp_path)}
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, start_new_session=True
    ) as launcher:
        try:
            assert launcher.stdout is not None
            said = [launcher.stdout.readline() for _ in range(3)]
            assert said[0].startswith(f"Apache Kafka {jars.kafka_version()}, 1 node, ready after ")
            port = int(said[2].removeprefix("export WIREDELTA_BROKER=127.0.0.1:"))
            assert is_open(port)
            assert processes_of(tmp_path)
            os.killpg(launcher.pid, death)  # as a terminal does on Ctrl-C
            launcher.communicate(timeout=60)
        finally:
            launcher.kill()
    eventually_sync(lambda: not is_open(port) and not processes_of(tmp_path), "the node is gone")
    eventually_sync(lambda: list(tmp_path.iterdir()) == [], "its data is gone")


def test_the_committed_sums_are_those_of_what_the_pom_fetches(tmp_path: Path) -> None:
    jars.update_sums(tmp_path / "sums")
    assert (tmp_path / "sums").read_text() == jars.SUMS.read_text()


@pytest.mark.parametrize(
    ("arguments", "line"),
    [([], "deploy.kafka: Java is absent"), (["--update-sums"], "deploy.kafka: Maven is absent (mvn), which fetches")],
)
def test_what_is_absent_ends_it_with_one_line_and_status_2(arguments: list[str], line: str, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "deploy.kafka", *arguments],
        cwd=ROOT,
        env=os.environ | {"PATH": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert done.stderr.startswith(line)
