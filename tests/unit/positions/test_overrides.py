"""What each replacement of Faust's and aiokafka's internals is for, on the real objects, without a broker.

Each test fails where its replacement is taken away. That upstream still needs it is told by `test_internals`.
"""

import asyncio
import logging
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from aiokafka.consumer.group_coordinator import GroupCoordinator
from aiokafka.protocol.produce import ProduceRequest
from faust.tables.recovery import Recovery
from faust.transport.consumer import Consumer
from faust.transport.drivers.aiokafka import AIOKafkaConsumerThread
from faust.types import TP

from streams.positions import App, NotHeld, Positions, Table, lease, seek
from streams.positions import app as app_module
from streams.positions import table as table_module
from streams.positions.ending import Exit
from streams.positions.lease import Lease, LeasedProducer

SOURCE = TP("updates", 0)


class Died(BaseException):
    def __init__(self, code: Exit, line: str) -> None:
        super().__init__(f"{code.name}: {line}")


@pytest.fixture(autouse=True)
def _die_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    def die(code: Exit, line: str) -> None:
        raise Died(code, line)

    for module in (app_module, lease, seek, table_module):
        monkeypatch.setattr(module, "die", die)


@pytest.fixture
def app(tmp_path: Path) -> App:
    """One that was never started: there is no broker."""
    app = App(
        "overrides", env={}, broker="kafka://127.0.0.1:1", store="memory://", datadir=str(tmp_path), topic_partitions=1
    )
    table = app.Table("facts", key_type=bytes, value_type=bytes, partitions=1)
    assert isinstance(table, Table)
    Positions(app, SOURCE.topic, table)
    return app


def positions_of(app: App) -> Positions[Any]:
    return app.positions[SOURCE.topic]


async def test_an_error_in_the_task_that_reads_a_stream_ends_the_process(app: App) -> None:
    """Not only that task, which leaves the agent to wait for ever."""
    channel: Any = app.channel()
    stream = channel.stream()
    app.flow_control.resume()
    await stream.channel.throw(RuntimeError("a bug"))
    with pytest.raises(Died, match="FAILED"):
        await asyncio.wait_for(stream._passive_drainer(channel), 10)


async def test_an_agent_that_raises_ends_the_process(app: App) -> None:
    with pytest.raises(Died, match="FAILED: track: RuntimeError"):
        await app._on_agent_error(SimpleNamespace(name="track"), RuntimeError("a bug"))


@pytest.mark.parametrize("stopped_cleanly", [True, False])
async def test_local_tables_are_trusted_after_a_clean_stop_alone(app: App, stopped_cleanly: bool) -> None:
    store = Path(app.conf.tabledir) / "facts.db"
    store.parent.mkdir(parents=True)
    store.write_bytes(b"rows")
    if stopped_cleanly:
        app._clean_mark.touch()
    await app.on_first_start()
    assert store.exists() == stopped_cleanly
    assert not app._clean_mark.exists(), "whether it will stop cleanly this time is not known yet"


async def test_partitions_are_closed_before_faust_waits_for_what_is_at_work(
    app: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    positions_of(app).open(0, 5)
    app.open_generation = 1
    seen = []

    async def waits(self: Any, revoked: set[TP]) -> None:
        seen.append((app.open_generation, dict(positions_of(app).admitted)))

    monkeypatch.setattr(app_module.faust.App, "_on_partitions_revoked", waits)
    await app._on_partitions_revoked({SOURCE})
    assert seen == [(None, {})]


@pytest.fixture
def flushed_early(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    async def returns_at_once(self: Any, logger: Any) -> None:
        """As Faust's does where the buffer is slow."""

    monkeypatch.setattr(app_module.faust.App, "_producer_flush", returns_at_once)
    yield


async def test_a_flush_ends_when_every_changelog_record_is_acknowledged(app: App, flushed_early: None) -> None:
    [table] = app.tables.values()
    assert isinstance(table, Table)
    table.unsent = 1
    flushing = asyncio.create_task(app._producer_flush(logging.getLogger()))
    done, _ = await asyncio.wait([flushing], timeout=0.05)
    assert not done
    table.unsent = 0
    await asyncio.wait_for(flushing, 10)


async def test_a_flush_that_does_not_end_ends_the_process(app: App, flushed_early: None) -> None:
    [table] = app.tables.values()
    assert isinstance(table, Table)
    table.unsent, app.conf.broker_rebalance_timeout = 1, 0.02
    with pytest.raises(Died, match="STUCK"):
        await app._producer_flush(logging.getLogger())


async def test_a_worker_that_stops_flushes_its_changelog_while_its_tables_are_open(
    app: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    happened: list[str] = []

    def noted(name: str) -> Any:
        async def note(*arguments: Any) -> None:
            happened.append(name)

        return note

    monkeypatch.setattr(App, "_producer_flush", noted("flushed"))
    monkeypatch.setattr(app_module.faust.App, "on_stop", noted("tables closed"))
    app.conf.appdir.mkdir(parents=True)
    await app.on_stop()
    assert happened == ["flushed", "tables closed"]
    assert app._clean_mark.exists()


async def test_rows_of_a_batch_do_not_hold_the_stream_back(app: App, monkeypatch: pytest.MonkeyPatch) -> None:
    """Faust does at a hundred records on their way, and a batch has thousands."""

    async def nothing(self: Any) -> None: ...

    monkeypatch.setattr(app_module.faust.App, "on_start", nothing)
    await app.on_start()
    buffer: Any = app.producer.buffer
    for number in range(1000):
        buffer.pending.put_nowait(number)
    await asyncio.wait_for(buffer.wait_until_ebb(), 10)  # raises where it would flush: no producer runs


async def test_a_rebalance_that_does_not_end_ends_the_process(app: App, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(app_module, "STUCK_AFTER", 0.0)
    with pytest.raises(Died, match="STUCK: a rebalance"):
        await asyncio.wait_for(App._watch_rebalances.fun(app), 10)


async def test_a_changelog_record_that_is_lost_ends_the_process(app: App, monkeypatch: pytest.MonkeyPatch) -> None:
    [table] = app.tables.values()
    assert isinstance(table, Table)
    sent = asyncio.get_running_loop().create_future()
    monkeypatch.setattr(table_module.faust.Table, "send_changelog", lambda *args, **kwargs: sent)
    table.send_changelog(0, b"key", b"row")
    assert table.unsent == 1
    sent.set_exception(RuntimeError("larger than max.message.bytes"))
    seen: list[object] = []
    asyncio.get_running_loop().set_exception_handler(lambda loop, context: seen.append(context["exception"]))
    await asyncio.sleep(0)
    assert ["LOST_ROW" in str(error) for error in seen] == [True]
    assert table.unsent == 0


async def heartbeat(generation: int, confirmed: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    async def answered(self: Any) -> bool:
        return confirmed

    monkeypatch.setattr(lease, "_do_heartbeat", answered)
    await GroupCoordinator._do_heartbeat(SimpleNamespace(generation=generation))


async def test_a_heartbeat_renews_the_lease_if_the_group_confirms_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Lease, "seconds", 60.0)
    monkeypatch.setattr(Lease, "confirmed_at", float("-inf"))
    await heartbeat(4, False, monkeypatch)
    assert not Lease.runs()
    await heartbeat(4, True, monkeypatch)
    assert Lease.runs()


async def test_a_member_that_was_expelled_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(Died, match="EXPELLED"):
        await heartbeat(lease.NO_GENERATION, False, monkeypatch)


async def test_heartbeats_go_on_while_an_assignment_is_taken_in(monkeypatch: pytest.MonkeyPatch) -> None:
    beating: list[str] = []

    async def opens_stores(self: Any, generation: int, member: str) -> None:
        assert beating == ["begun"]
        beating.append(f"assigned to {member} in generation {generation}")

    monkeypatch.setattr(lease, "_on_join_complete", opens_stores)
    coordinator = SimpleNamespace(_start_heartbeat_task=lambda: beating.append("begun"))
    await GroupCoordinator._on_join_complete(coordinator, 3, "me")
    assert beating == ["begun", "assigned to me in generation 3"]


async def test_nothing_is_produced_while_the_lease_is_out(monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[object] = []

    async def send(node: int, request: object) -> None:
        sent.append(request)

    monkeypatch.setattr("aiokafka.AIOKafkaProducer.__init__", lambda self: setattr(self, "client", client))
    monkeypatch.setattr("aiokafka.AIOKafkaProducer.__del__", lambda self: None, raising=False)
    monkeypatch.setattr(Lease, "seconds", 0.0)
    monkeypatch.setattr(Lease, "confirmed_at", float("-inf"))
    client = SimpleNamespace(send=send)
    producer, request = LeasedProducer(), ProduceRequest(None, -1, 1000, [])
    await producer.client.send(1, "metadata, say")
    sending = asyncio.create_task(producer.client.send(1, request))
    await asyncio.wait([sending], timeout=lease.RETRY * 3)
    assert sent == ["metadata, say"]
    monkeypatch.setattr(Lease, "seconds", float("inf"))
    await asyncio.wait_for(sending, 10)
    assert sent == ["metadata, say", request]


async def fetch(thread: Any, wanted: set[TP], monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """What Faust's own fetch was asked for."""
    asked: list[object] = []

    async def fetched(self: Any, active: object, seconds: float) -> dict[TP, list[object]]:
        asked.append(active)
        wanted.clear()  # as a rebalance does amid a fetch
        assert not self.fetched.is_set()
        return {}

    monkeypatch.setattr(seek, "_getmany", fetched)
    await AIOKafkaConsumerThread.getmany(thread, wanted, 1.0)
    return [set(one) for one in asked]  # type: ignore[call-overload]


async def test_a_fetcher_that_is_held_fetches_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    assert await fetch(SimpleNamespace(held=True), {SOURCE}, monkeypatch) == []


async def test_no_partitions_are_none_and_not_all(monkeypatch: pytest.MonkeyPatch) -> None:
    assert await fetch(SimpleNamespace(held=False), set(), monkeypatch) == []


async def test_a_fetch_keeps_its_partitions_and_tells_when_it_is_over(monkeypatch: pytest.MonkeyPatch) -> None:
    thread = SimpleNamespace(held=False)
    assert await fetch(thread, {SOURCE}, monkeypatch) == [{SOURCE}]
    assert thread.fetched.is_set()


async def test_faust_itself_seeks_nowhere() -> None:
    """It would go back to the committed offset whenever a fetch comes back amid a rebalance."""

    async def seek_to_committed() -> None:
        pytest.fail("it did")

    await Consumer.perform_seek(SimpleNamespace(seek_to_committed=seek_to_committed))  # type: ignore[arg-type]


def test_what_is_applied_is_committed_and_not_what_was_acknowledged(app: App) -> None:
    positions_of(app).open(0, 5)
    consumer: Any = SimpleNamespace(
        app=app, _acked={SOURCE: [5, 6, 7]}, _acked_index={SOURCE: {5, 6, 7}}, _gap={SOURCE: None}
    )
    assert Consumer._new_offset(consumer, SOURCE) == 5
    assert consumer._acked == {SOURCE: []}


class RecoveryEnd:
    """Of Faust's recovery what its end needs. What happens is noted in order; ``generation`` is the consumer's."""

    def __init__(self, app: App, generation: int, closed: int = 0) -> None:
        self.happened: list[str] = []
        self.thread = SimpleNamespace(held=False, fetched=asyncio.Event())
        self.thread.fetched.set()
        self.tables, self.completed = SimpleNamespace(values=list, **self._notes("actives")), asyncio.Event()
        self.app = SimpleNamespace(
            consumer=self,
            positions=app.positions,
            open_generation=None,
            consumer_generation_id=generation,
            closed_generation=closed,
            conf=app.conf,
            on_rebalance_complete=SimpleNamespace(send=self._nothing),
            on_rebalance_end=lambda: None,
            flow_control=SimpleNamespace(resume=lambda: None),
            assignor=SimpleNamespace(assigned_standbys=lambda: {SOURCE}),
            _fetcher=SimpleNamespace(maybe_start=self._nothing),
        )
        self._thread, self._buffered_partitions = self.thread, {SOURCE}
        self._committed_offset, self._read_offset = dict[TP, Any](), dict[TP, Any]()
        self.log = logging.getLogger("test")

    def _notes(self, name: str) -> dict[str, Any]:
        return {f"on_{name}_ready": lambda: self.happened.append(name)}

    async def _nothing(self) -> None: ...

    async def _wait(self, what: Any, **limits: float) -> None:
        await what

    def _set_recovery_ended(self) -> None: ...

    def _is_changelog_tp(self, tp: TP) -> bool:
        return tp != SOURCE

    def assignment(self) -> set[TP]:
        return {SOURCE, TP("changelog", 0)}

    async def earliest_offsets(self, *partitions: TP) -> dict[TP, int]:
        return dict.fromkeys(partitions, 2)

    async def highwaters(self, *partitions: TP) -> dict[TP, int]:
        return dict.fromkeys(partitions, 10)

    async def seek_wait(self, targets: dict[TP, int]) -> None:
        self.happened.append(f"seek to {targets[SOURCE]}, held: {self.thread.held}")

    def resume_partitions(self, partitions: set[TP]) -> None:
        assert partitions == {SOURCE}
        self.happened.append(f"resume, held: {self.thread.held}, buffered: {len(self._buffered_partitions)}")

    def resume_flow(self) -> None:
        self.happened.append("flow")


def store_position(app: App, position: int) -> None:
    [table] = app.tables.values()
    table.data.data[b"\0position/0"] = b"%d" % position  # type: ignore[attr-defined]


async def test_after_a_recovery_the_source_is_sought_while_held_and_only_then_resumed(app: App) -> None:
    store_position(app, 7)
    end: Any = RecoveryEnd(app, generation=3)
    await Recovery.on_recovery_completed(end, 3)
    assert end.happened == ["seek to 7, held: True", "resume, held: True, buffered: 0", "flow", "actives"]
    assert (end.app.open_generation, positions_of(app).applied, end.thread.held) == (3, {0: 7}, False)
    assert end.completed.is_set()


async def test_a_fetch_in_flight_is_awaited_before_the_seek(app: App) -> None:
    end: Any = RecoveryEnd(app, generation=3)
    end.thread.fetched.clear()
    ending = asyncio.create_task(Recovery.on_recovery_completed(end, 3))
    await asyncio.wait([ending], timeout=0.05)
    assert end.happened == []
    end.thread.fetched.set()
    await asyncio.wait_for(ending, 10)
    assert end.happened[0] == "seek to 2, held: True"


@pytest.mark.parametrize(("generation", "closed"), [(4, 0), (3, 3)])
async def test_a_recovery_that_another_rebalance_has_overtaken_opens_nothing(
    app: App, generation: int, closed: int
) -> None:
    end: Any = RecoveryEnd(app, generation, closed)
    await Recovery.on_recovery_completed(end, 3)
    assert (end.happened, end.app.open_generation, end.thread.held) == ([], None, False)


@pytest.mark.parametrize("overtaken", [True, False])
async def test_a_table_that_is_closed_amid_the_seek_is_an_error_only_where_nothing_overtook_it(
    app: App, monkeypatch: pytest.MonkeyPatch, overtaken: bool
) -> None:
    end: Any = RecoveryEnd(app, generation=3)

    def closed(_: int) -> int:
        end.app.closed_generation = 3 if overtaken else 0
        raise NotHeld("facts, partition 0")

    monkeypatch.setattr(positions_of(app), "stored", closed)
    if overtaken:
        await Recovery.on_recovery_completed(end, 3)
    else:
        with pytest.raises(NotHeld):
            await Recovery.on_recovery_completed(end, 3)
    assert (end.happened, end.app.open_generation, end.thread.held) == ([], None, False)


async def test_a_position_beyond_the_topics_end_ends_the_process(app: App) -> None:
    store_position(app, 11)
    end: Any = RecoveryEnd(app, generation=3)
    with pytest.raises(Died, match="HOLE: updates-0: the position 11 lies beyond the topic's end 10"):
        await Recovery.on_recovery_completed(end, 3)


async def test_a_position_that_retention_has_overtaken_goes_on_with_what_is_there(
    app: App, caplog: pytest.LogCaptureFixture
) -> None:
    store_position(app, 1)
    end: Any = RecoveryEnd(app, generation=3)
    await Recovery.on_recovery_completed(end, 3)
    assert end.happened[0] == "seek to 2, held: True"
    assert "updates-0: offsets 1 to 1 are gone from the broker" in caplog.text
