"""What workers do when one of them, or a broker, is gone: taken over in time, nothing lost, nothing written twice."""

import asyncio
import signal
import time
from pathlib import Path

import pytest

from deploy.kafka.admin import admin_client
from deploy.kafka.cluster import Cluster
from deploy.kafka.node import Node
from schemas.topics import ALERT_TOPICS, ARTICLE_UPDATES, FACT_CHANGES
from schemas.updates import ArticleUpdate
from streams.app import changelogs
from streams.client.publisher import Publisher
from streams.positions import Exit
from streams.settings import Settings
from tests.chaos.feed import lines, probes
from tests.chaos.watch import Watch
from tests.integration.undisturbed import assert_as_undisturbed, assert_ends_as_undisturbed, small_updates
from tests.integration.waiting import eventually_sync
from tests.integration.workers import PATIENCE, Worker, expected_of_fake, publish_updates
from tests.kafka.admin import committed, ends, members

TAKEN_OVER_WITHIN = 15.0  # seconds after a kill -9, with the default session timeout
STOPS_WITHIN = 10.0  # seconds after SIGTERM
UPDATES = small_updates(60, 3)
WRITTEN = [FACT_CHANGES.name, *(topic.name for topic in ALERT_TOPICS.values())]

pytestmark = pytest.mark.timeout(600)  # of several processes, each of which takes seconds to start


async def all_go_on(settings: Settings, watch: Watch) -> float:
    """Seconds from now until a probe on each partition is through."""
    began = time.monotonic()
    async with Publisher(settings) as publisher:
        await publisher.publish(probes_of(settings))
    return await watch.until(probes_of(settings), PATIENCE) - began


def probes_of(settings: Settings) -> list[ArticleUpdate]:
    return probes(0, settings.partitions, lines)


def other(settings: Settings, tmp_path: Path) -> Settings:
    return settings.model_copy(update={"data_dir": tmp_path / "other"})


async def test_a_killed_worker_is_taken_over_within_15_seconds(settings: Settings, tmp_path: Path) -> None:
    undisturbed = expected_of_fake([*UPDATES, *probes_of(settings)])
    with (
        Worker(settings, tmp_path / "one.log", fake=True) as killed,
        Worker(other(settings, tmp_path), tmp_path / "two.log", fake=True) as survivor,
    ):
        killed.wait_ready()
        survivor.wait_ready()
        async with Watch(settings) as watch:
            await publish_updates(settings, UPDATES)
            await watch.until(UPDATES, PATIENCE, share=0.3)
            killed.process.kill()
            assert await all_go_on(settings, watch) <= TAKEN_OVER_WITHIN
        await assert_ends_as_undisturbed(survivor, settings, undisturbed)


async def test_a_stopped_worker_commits_leaves_the_group_and_is_taken_over_at_once(
    settings: Settings, tmp_path: Path
) -> None:
    """The session is so long that nobody would take over in time if it did not leave."""
    settings = settings.model_copy(update={"session_timeout": 120.0})
    undisturbed = expected_of_fake([*UPDATES, *probes_of(settings)])
    with (
        Worker(settings, tmp_path / "one.log", fake=True) as stopped,
        Worker(other(settings, tmp_path), tmp_path / "two.log", fake=True) as survivor,
    ):
        stopped.wait_ready()
        survivor.wait_ready()
        async with Watch(settings) as watch:
            await publish_updates(settings, UPDATES)
            await watch.until(UPDATES, PATIENCE, share=0.3)
            assert await asyncio.to_thread(stopped.stop, STOPS_WITHIN) == 0
            assert members(settings) == 1
            assert await all_go_on(settings, watch) <= TAKEN_OVER_WITHIN
        await assert_ends_as_undisturbed(survivor, settings, undisturbed)
    assert committed(settings, ARTICLE_UPDATES.name) == ends(settings, ARTICLE_UPDATES.name)
    assert members(settings) == 0


async def test_a_frozen_worker_that_wakes_writes_nothing(settings: Settings, tmp_path: Path) -> None:
    """It is frozen amid its rows, others have its partitions, and it goes on with the rest of its rows."""
    undisturbed = expected_of_fake(UPDATES)
    with Worker(settings, tmp_path / "one.log", "freeze-amid-rows:2", fake=True) as zombie:
        zombie.wait_ready()
        await publish_updates(settings, UPDATES)
        zombie.wait_frozen()
        with Worker(other(settings, tmp_path), tmp_path / "two.log", fake=True) as survivor:
            survivor.wait_ready()
            await assert_as_undisturbed(settings, undisturbed)
            topics = [*WRITTEN, *changelogs(settings)]
            before = {topic: ends(settings, topic) for topic in topics}
            zombie.process.send_signal(signal.SIGCONT)
            assert zombie.wait_end() in (Exit.EXPELLED, Exit.STUCK)  # the latter where a commit was refused first
            assert {topic: ends(settings, topic) for topic in topics} == before
            await assert_ends_as_undisturbed(survivor, settings, undisturbed)


async def test_a_broker_that_restarts_is_waited_for(single: Cluster, settings: Settings, tmp_path: Path) -> None:
    """After a SIGTERM and after a kill -9, by the same process, and updates that come meanwhile are not lost."""
    undisturbed = expected_of_fake(UPDATES)
    [node] = single.nodes
    with Worker(settings, tmp_path / "worker.log", fake=True) as worker:
        worker.wait_ready()
        async with Watch(settings) as watch, Publisher(settings) as publisher:
            await publisher.publish(UPDATES[:60])
            for number, end in enumerate((Node.stop, Node.kill), start=1):
                batch = UPDATES[number * 60 : number * 60 + 60]
                await publisher.publish(batch[:30])
                await asyncio.to_thread(end, node)
                rest = asyncio.create_task(publisher.publish(batch[30:]))
                await asyncio.to_thread(node.start)
                await rest
                await watch.until(batch, PATIENCE)
        assert worker.process.poll() is None, worker.said()[-2000:]
        await assert_ends_as_undisturbed(worker, settings, undisturbed)


async def test_a_cluster_that_loses_a_node_goes_on(three: Cluster, tmp_path: Path) -> None:
    """Any of the three, one after another, each of them leader of some partitions and one of them of the group."""
    settings = three.settings(app_id="wiredelta-nodes", data_dir=tmp_path / "worker")
    undisturbed = expected_of_fake(UPDATES)
    with Worker(settings, tmp_path / "worker.log", fake=True) as worker:
        worker.wait_ready()
        async with Watch(settings) as watch, Publisher(settings) as publisher:
            for number, node in enumerate(three.nodes):
                batch = UPDATES[number * 60 : number * 60 + 60]
                await publisher.publish(batch[:30])
                await asyncio.to_thread(node.kill)
                await publisher.publish(batch[30:])
                await watch.until(batch, PATIENCE)
                await asyncio.to_thread(node.start)
                await asyncio.to_thread(eventually_sync, lambda: all_in_sync(three), "the node has caught up", PATIENCE)
        assert worker.process.poll() is None, worker.said()[-2000:]
        await assert_ends_as_undisturbed(worker, settings, undisturbed)


def all_in_sync(cluster: Cluster) -> bool:
    topics = admin_client(cluster.settings()).list_topics(timeout=10).topics.values()
    return all(len(partition.isrs) == 3 for topic in topics for partition in topic.partitions.values())


async def test_an_exception_in_an_agent_ends_the_worker_and_loses_nothing(settings: Settings, tmp_path: Path) -> None:
    undisturbed, log = expected_of_fake(UPDATES), tmp_path / "worker.log"
    with Worker(settings, log, "raise-amid-rows:2", fake=True) as worker:
        worker.wait_ready()
        await publish_updates(settings, UPDATES)
        assert worker.wait_end() == Exit.FAILED
        assert "FATAL 74 FAILED: track-facts: RuntimeError('told to fail')" in worker.said()
    with Worker(settings, log, fake=True) as worker:
        worker.wait_ready()
        await assert_ends_as_undisturbed(worker, settings, undisturbed)
