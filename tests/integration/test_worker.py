"""A worker from start to stop: what it serves, where it refuses, what it does with messages in the wrong place."""

import asyncio
import json
from collections.abc import Iterable
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from confluent_kafka import KafkaError, Producer

from schemas.topics import ARTICLE_UPDATES, DEAD_LETTERS
from streams.facts.rows import story_prefix
from streams.kafka import partition_of
from streams.settings import Settings
from streams.topics import ensure_topics
from streams.wire import decode_dead_letter
from tests.agents.messages import update_json
from tests.integration.commands import environment, wiredelta
from tests.integration.waiting import eventually
from tests.integration.workers import PATIENCE, Broker, Worker, alerts, publish, publish_to, read_all, table_rows

pytestmark = pytest.mark.timeout(600)  # of several processes, each of which takes seconds to start


async def told(settings: Settings, count: int) -> None:
    """Wait until so many alerts are told, repeats included."""

    async def so_many() -> bool:
        return len(await alerts(settings)) >= count

    await eventually(so_many, f"{count} alerts", within=PATIENCE)


async def test_a_worker_stops_on_sigterm_and_goes_on_where_it_was(settings: Settings, tmp_path: Path) -> None:
    log = tmp_path / "worker.log"
    first = [(f"s{n}", update_json(f"s{n}", 1)) for n in range(20)]
    with Worker(settings, log, fake=True) as worker:
        worker.wait_ready()
        await publish(settings, first)
        await told(settings, 20)
        assert worker.stop(within=10) == 0
    assert (settings.data_dir / "v1" / "stopped-cleanly").exists()
    with Worker(settings, log, fake=True) as worker:
        worker.wait_ready()
        await publish(settings, [*first, ("s0", update_json("s0", 2))])
        await told(settings, 21)
        assert worker.stop(within=10) == 0
    assert len({alert["id"] for alert in await alerts(settings)}) == 21
    assert "Traceback" not in worker.said()


async def test_metrics_are_served_on_loopback_and_tables_are_not(settings: Settings, tmp_path: Path) -> None:
    with Worker(settings, tmp_path / "worker.log", fake=True) as worker:
        worker.wait_ready()
        await publish(settings, [("s", update_json("s", body="one = 1\ntwo = 2"))])
        await publish(settings, [("bad", b"{")])

        async def counted() -> bool:
            counts = [worker.metric(f"wiredelta_{name}_total") for name in ("alerts", "changes", "dead_letters")]
            return counts == [2, 2, 1]

        await eventually(counted, "alerts, changes and dead letters are counted")
        assert worker.metric("wiredelta_updates_total") == 1
        assert worker.metric("wiredelta_alert_after_receipt_seconds_count") == 2
        assert worker.metric("wiredelta_table_rows") > 0
        assert worker.metric("faust_messages_received_total") > 0

        async def lag_is_shown() -> bool:
            with await asyncio.to_thread(urlopen, worker.web + "/metrics") as answer:
                lines = answer.read().decode().splitlines()
            lags = [line for line in lines if line.startswith("wiredelta_lag{") and ARTICLE_UPDATES.name in line]
            return len(lags) == settings.partitions and all(line.endswith(" 0.0") for line in lags)

        await eventually(lag_is_shown, "there is a lag for each partition, and it is gone")
        for path in ("/table/known-facts/", "/router/"):
            with pytest.raises(HTTPError, match="404"):
                await asyncio.to_thread(urlopen, worker.web + path)
        assert worker.stop() == 0


async def test_misplaced_messages_get_to_their_story(settings: Settings, tmp_path: Path) -> None:
    right = partition_of(b"s", settings.partitions)
    with Worker(settings, tmp_path / "worker.log", fake=True) as worker:
        worker.wait_ready()
        await publish_to(settings, (right + 1) % settings.partitions, b"s", update_json("s", 1))
        await publish_to(settings, right, None, update_json("s", 2))
        await told(settings, 2)
        assert worker.metric("wiredelta_rekeyed_total") == 2
        assert worker.stop() == 0
    moved = [record for record in await read_all(settings, ARTICLE_UPDATES.name) if record.headers]
    assert {(record.key, record.partition, record.headers) for record in moved} == {
        (b"s", right, (("wiredelta-rekeyed", b"1"),))
    }
    assert len(moved) == 2


async def test_another_clients_partitioner_loses_nothing(settings: Settings, tmp_path: Path) -> None:
    """librdkafka's default puts a key by its CRC32, and a null key anywhere."""
    await ensure_topics(settings)
    keyed = [(f"s{n}", update_json(f"s{n}", version)) for version in (1, 2) for n in range(40)]
    keyless = [update_json(f"n{n}") for n in range(20)]
    publish_with_librdkafka(settings, [*keyed, *((None, value) for value in keyless)])
    sent = await read_all(settings, ARTICLE_UPDATES.name)
    misplaced = [one for one in sent if one.key is None or one.partition != partition_of(one.key, settings.partitions)]
    assert len(keyless) < len(misplaced) < len(sent)
    with Worker(settings, tmp_path / "worker.log", fake=True) as worker:
        worker.wait_ready()
        await told(settings, 100)
        assert worker.metric("wiredelta_rekeyed_total") == len(misplaced)
        assert worker.metric("wiredelta_dead_letters_total") == 0
        assert worker.stop() == 0
    moved = [one for one in await read_all(settings, ARTICLE_UPDATES.name) if one.headers]
    assert sorted(one.value for one in moved) == sorted(one.value for one in misplaced)
    assert all(one.partition == partition_of(one.key, settings.partitions) for one in moved)
    assert len({alert["id"] for alert in await alerts(settings)}) == 100
    assert await read_all(settings, DEAD_LETTERS.name) == []
    last = {key: json.loads(row) for key, row in (await table_rows(settings)).items() if key.endswith(b"facts")}
    assert {key: last[story_prefix(key) + b"facts"]["weather"] for key, _ in keyed} == {key: "2" for key, _ in keyed}


def publish_with_librdkafka(settings: Settings, messages: Iterable[tuple[str | None, bytes]]) -> None:
    refused: list[KafkaError] = []
    producer = Producer({"bootstrap.servers": settings.broker})
    for key, value in messages:
        producer.produce(
            ARTICLE_UPDATES.name, value, key, on_delivery=lambda error, _: refused.append(error) if error else None
        )
    assert producer.flush(30) == 0
    assert refused == []


async def test_a_text_that_kills_the_reading_process_is_buried_and_the_rest_goes_on(
    settings: Settings, tmp_path: Path
) -> None:
    bodies = {"a": "one = 1", "b": "kill the reader", "c": "two = 2"}
    with Worker(settings, tmp_path / "worker.log", fake=True) as worker:
        worker.wait_ready()
        await publish(settings, [(story, update_json(story, body=body)) for story, body in bodies.items()])
        await told(settings, 2)
        assert worker.stop() == 0
    [record] = await read_all(settings, DEAD_LETTERS.name)
    letter = decode_dead_letter(record.key, record.value, record.headers)
    assert (letter.reason, letter.key) == ("failed", b"b")
    assert "ended the process" in letter.detail


@pytest.mark.kafka
async def test_a_rebalance_loses_nothing(broker: Broker, settings: Settings, tmp_path: Path) -> None:
    other = settings.model_copy(update={"data_dir": tmp_path / "other"})
    updates = [(f"s{n}", update_json(f"s{n}", version)) for version in (1, 2, 3) for n in range(40)]
    with Worker(settings, tmp_path / "one.log", fake=True) as one:
        one.wait_ready()
        await publish(settings, updates[:60])
        with Worker(other, tmp_path / "two.log", fake=True) as two:
            await publish(settings, updates[60:90])
            two.wait_ready()
            await publish(settings, updates[90:])
            await told(settings, 90)
            assert one.stop() == 0
            await told(settings, 120)

            async def all_told() -> bool:
                return len({alert["id"] for alert in await alerts(settings)}) == 120

            await eventually(all_told, "an alert for each update", within=PATIENCE)
            assert two.stop() == 0
    facts = [row for key, row in (await table_rows(settings)).items() if key.endswith(b"facts")]
    assert [json.loads(row) for row in facts] == [{"weather": "3"}] * 40


async def test_idle_stories_leave_the_table(settings: Settings, tmp_path: Path) -> None:
    idle_days = 1 / 86_400  # a second
    busy = next(f"busy{n}" for n in range(1000) if _partition(f"busy{n}", settings) == _partition("idle", settings))
    with Worker(settings, tmp_path / "worker.log", fake=True, story_idle_days=idle_days) as worker:
        worker.wait_ready()
        await publish(settings, [("idle", update_json("idle"))])
        await told(settings, 1)
        version = 0

        async def forgotten() -> bool:
            nonlocal version
            version += 1
            await publish(settings, [(busy, update_json(busy, version))])
            return worker.metric("wiredelta_stories_forgotten_total") == 1

        await eventually(forgotten, "the idle story is forgotten")
        assert worker.stop() == 0
    kept = await table_rows(settings)
    assert not [key for key in kept if key.startswith(story_prefix("idle")) and not key.endswith(b"h")]
    assert [key for key in kept if key.startswith(story_prefix(busy))]


def _partition(story: str, settings: Settings) -> int:
    return partition_of(story.encode(), settings.partitions)


async def test_a_table_in_memory_is_read_anew_from_its_changelog(settings: Settings, tmp_path: Path) -> None:
    in_memory, log = settings.model_copy(update={"store": "memory://"}), tmp_path / "worker.log"
    for version in (1, 2):
        with Worker(in_memory, log, fake=True) as worker:
            worker.wait_ready()
            await publish(settings, [("s", update_json("s", version, f"same = 0\nweather = {version}"))])
            await told(settings, version + 1)
            assert worker.stop() == 0
    assert len(await alerts(settings)) == 3


async def test_another_partition_count_stops_the_worker_with_one_line(settings: Settings) -> None:
    await ensure_topics(settings.model_copy(update={"partitions": 3}))
    env = environment(broker=settings.broker, app_id=settings.app_id, data_dir=settings.data_dir)
    done = await asyncio.to_thread(wiredelta, "worker", env=env)
    assert done.returncode == 1
    [line] = done.stderr.splitlines()
    assert "3 partitions" in line
    assert "8" in line
    assert ARTICLE_UPDATES.name in line


async def test_a_data_folder_has_one_worker(settings: Settings, tmp_path: Path) -> None:
    env = environment(broker=settings.broker, app_id=settings.app_id, data_dir=settings.data_dir)
    with Worker(settings, tmp_path / "worker.log", fake=True) as worker:
        worker.wait_ready()
        done = await asyncio.to_thread(wiredelta, "worker", env=env)
        assert done.returncode == 1
        assert str(settings.data_dir) in done.stderr
        assert worker.stop() == 0
