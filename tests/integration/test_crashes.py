"""A worker that is killed at any point and started again on the same data folder ends where an undisturbed one ends."""

import random
import signal
from pathlib import Path

import pytest

from streams.settings import Settings
from tests.integration.stories import stories
from tests.integration.undisturbed import assert_ends_as_undisturbed, small_updates
from tests.integration.waiting import eventually
from tests.integration.workers import (
    PATIENCE,
    Broker,
    Expected,
    Worker,
    alerts,
    evict,
    expected,
    expected_of_fake,
    publish_updates,
)

STORIES, VERSIONS = 60, 3
RANDOM_KILLS = 3
SEED = 20260302
UPDATES = small_updates(STORIES, VERSIONS)

pytestmark = pytest.mark.timeout(600)  # of several processes, each of which takes seconds to start


@pytest.fixture
def undisturbed() -> Expected:
    """By the small tracker, which lets a worker start in half the time."""
    found = expected_of_fake(UPDATES)
    assert len(found.alert_ids) == STORIES * VERSIONS
    return found


async def test_killed_at_each_point_of_a_batch(
    broker: Broker, settings: Settings, undisturbed: Expected, tmp_path: Path
) -> None:
    log = tmp_path / "worker.log"
    for number, fault in enumerate(("before-rows", "amid-rows:2", "before-position:1", "amid-rows")):
        with Worker(settings, log, fault, fake=True) as worker:
            if number == 0:
                worker.wait_ready()
                await publish_updates(settings, UPDATES)
            assert worker.wait_end() == -signal.SIGKILL
        evict(broker, settings)
    with Worker(settings, log, fake=True) as worker:
        worker.wait_ready()
        await assert_ends_as_undisturbed(worker, settings, undisturbed)


async def test_killed_at_random_while_updates_are_tracked(
    broker: Broker, settings: Settings, undisturbed: Expected, tmp_path: Path
) -> None:
    log, chance = tmp_path / "worker.log", random.Random(SEED)
    for number, told in enumerate(sorted(chance.sample(range(len(UPDATES) - 1), RANDOM_KILLS))):
        with Worker(settings, log, fake=True) as worker:
            if number == 0:
                worker.wait_ready()
                await publish_updates(settings, UPDATES)

            async def so_many_told(wanted: int = told) -> bool:
                return len({alert["id"] for alert in await alerts(settings)}) >= wanted

            await eventually(so_many_told, f"{told} alerts", within=PATIENCE)
            worker.process.kill()
        evict(broker, settings)
    with Worker(settings, log, fake=True) as worker:
        worker.wait_ready()
        await assert_ends_as_undisturbed(worker, settings, undisturbed)


async def test_real_stories_survive_a_kill_amid_their_rows(broker: Broker, settings: Settings, tmp_path: Path) -> None:
    updates, log = stories(20), tmp_path / "worker.log"
    undisturbed = expected(updates)
    assert len(undisturbed.alert_ids) >= 40
    with Worker(settings, log, "amid-rows:3") as worker:
        worker.wait_ready()
        await publish_updates(settings, updates)
        assert worker.wait_end() == -signal.SIGKILL
    evict(broker, settings)
    with Worker(settings, log) as worker:
        worker.wait_ready()
        await assert_ends_as_undisturbed(worker, settings, undisturbed)
