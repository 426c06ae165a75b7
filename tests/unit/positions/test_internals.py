"""What of Faust and aiokafka is replaced, and why it still has to be: where one fails, look at the override again."""

import inspect
from importlib.metadata import version
from pathlib import Path

import pytest
from aiokafka import AIOKafkaProducer
from aiokafka.consumer.group_coordinator import GroupCoordinator
from faust.agents.agent import Agent
from faust.stores import memory, rocksdb
from faust.streams import Stream as FaustStream
from faust.tables.base import Collection
from faust.tables.recovery import Recovery
from faust.transport.consumer import Consumer
from faust.transport.drivers.aiokafka import AIOKafkaConsumerThread, Producer
from faust.transport.producer import ProducerBuffer
from mode.services import Service

from streams.positions import lease, seek
from streams.positions.lease import Lease


def source(what: object) -> str:
    return inspect.getsource(what)  # type: ignore[arg-type]


@pytest.mark.parametrize(("package", "pinned"), [("faust-streaming", "0.15.3"), ("aiokafka", "0.14.0")])
def test_versions_whose_internals_are_replaced_are_pinned(package: str, pinned: str) -> None:
    assert version(package) == pinned
    project = Path(__file__).parents[3] / "pyproject.toml"
    assert f'"{package}=={pinned}"' in project.read_text()


def test_recovery_still_resumes_before_it_seeks() -> None:
    code = source(Recovery.on_recovery_completed) if Recovery.on_recovery_completed.__module__ != seek.__name__ else ""
    code = code or Path(inspect.getfile(Recovery)).read_text().partition("async def on_recovery_completed")[2]
    assert 0 < code.index("consumer.resume_partitions(") < code.index("consumer.perform_seek()")


def test_gaps_still_count_as_done() -> None:
    code = Path(inspect.getfile(Consumer)).read_text()
    assert "gap_for_tp.addi(offset_from, offset_to + 1)" in code
    assert "acked.extend(stuff_to_add)" in code
    assert "await self.perform_seek()" in source(Consumer.getmany)


def test_the_changelogs_futures_are_still_dropped() -> None:
    assert "self.send_changelog(" in source(Collection._send_changelog)
    assert "return" not in source(Collection._send_changelog)


def test_stores_still_keep_rows_as_they_are_read_here() -> None:
    assert "self._dbs[partition]" in source(rocksdb.Store._db_for_partition)
    assert "self._key_partition" in source(memory.Store.__post_init__)
    assert "self._key_partition" not in source(memory.Store.persisted_offset)


def test_a_slow_buffer_still_ends_a_flush_early() -> None:
    code = source(Producer.flush) + source(ProducerBuffer.flush_atmost)
    assert "await self.buffer.flush()" in code
    assert "except asyncio.TimeoutError:\n                    return flushed_messages" in code


def test_take_events_still_reads_in_a_task_of_its_own() -> None:
    assert "self._enable_passive(" in source(FaustStream.take_events)
    assert "await channel.throw(exc)" in source(FaustStream._passive_drainer)


def test_aiokafka_still_begins_its_heartbeats_after_the_assignment_is_taken_in() -> None:
    code = source(GroupCoordinator.ensure_active_group)
    assert code.index("await self._do_rejoin_group(") < code.index("self._start_heartbeat_task()")
    assert "if self._heartbeat_task is None:" in source(GroupCoordinator._start_heartbeat_task)


def test_what_is_replaced_is_still_there() -> None:
    assert callable(AIOKafkaConsumerThread.getmany)
    assert "self.generation" in source(GroupCoordinator.__init__) + source(GroupCoordinator.reset_generation)
    assert "self.client" in source(AIOKafkaProducer.__init__)
    lease.install()
    assert Producer._producer_type is lease.LeasedProducer
    seek.install()
    assert Recovery.on_recovery_completed is seek._on_recovery_completed


def test_a_lease_runs_for_the_session_timeout(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Lease, "seconds", 6.0)
    assert not Lease.runs()
    monkeypatch.setattr(Lease, "confirmed_at", lease.now() - 5)
    assert Lease.runs()
    monkeypatch.setattr(Lease, "confirmed_at", lease.now() - 7)
    assert not Lease.runs()


def test_agents_still_let_an_actor_end_unnoticed_and_a_crash_still_stops_service_by_service() -> None:
    assert "aref.actor_task = task\n        self._actors.add(aref)" in source(Agent._prepare_actor)
    ended = source(Agent._execute_actor).partition("await coro")[2]
    assert ended.lstrip().startswith("except")  # nothing is done where it ends without an error
    assert "node._crash(reason)" in source(Service._crash)
