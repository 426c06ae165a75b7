"""A worker that is killed at any point and started again on the same data folder ends where an undisturbed one ends."""

import random
import signal
from contextlib import suppress
from pathlib import Path

import pytest

from schemas.updates import ArticleUpdate
from streams import backtest as backtest_module
from streams.settings import Settings
from tests.agents import fake_tracker
from tests.agents.messages import update_json
from tests.integration.stories import stories
from tests.integration.waiting import eventually
from tests.integration.workers import (
    PATIENCE,
    Broker,
    Expected,
    Worker,
    alerts,
    evict,
    expected,
    publish_updates,
    table_rows,
)

STORIES, VERSIONS = 60, 3
RANDOM_KILLS = 3
SEED = 20260302
UPDATES = [
    ArticleUpdate.model_validate_json(update_json(f"article-{number}", version))
    for version in range(1, VERSIONS + 1)
    for number in range(STORIES)
]

pytestmark = pytest.mark.timeout(600)  # of several processes, each of which takes seconds to start


@pytest.fixture
def undisturbed(monkeypatch: pytest.MonkeyPatch) -> Expected:
    """By the small tracker, which lets a worker start in half the time."""
    for name in ("recall", "read", "track", "StoryChangedError"):
        monkeypatch.setattr(backtest_module, name, getattr(fake_tracker, name))
    found = expected(UPDATES)
    assert len(found.alert_ids) == STORIES * VERSIONS
    return found


async def assert_ends_as_undisturbed(worker: Worker, settings: Settings, undisturbed: Expected) -> None:
    """The same alerts and rows. Rows come after alerts, and a worker that stops gives up its batch: waits for both."""

    async def all_written() -> bool:
        told = {alert["id"] for alert in await alerts(settings)}
        return told >= undisturbed.alert_ids and await table_rows(settings) == undisturbed.rows

    with suppress(AssertionError):  # below it is told what differs
        await eventually(all_written, "all alerts are told and all rows written", within=PATIENCE)
    assert worker.stop() == 0
    assert {alert["id"] for alert in await alerts(settings)} == undisturbed.alert_ids
    assert await table_rows(settings) == undisturbed.rows


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
