"""A worker that is killed at any point and started again on the same data folder ends where an undisturbed one ends."""

import random
import signal
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from schemas.changes import FactChange
from schemas.updates import ArticleUpdate
from streams.backtest import MemoryRows, backtest
from streams.embedded import EmbeddedBroker
from streams.facts.tracker import StoryChangedError
from streams.settings import Settings
from tests.integration.stories import stories
from tests.integration.waiting import eventually
from tests.integration.workers import Worker, alerts, comparable, evict, publish_updates, table_rows

STORIES = 40
RANDOM_KILLS = 3
SEED = 20260302


@dataclass(frozen=True)
class Undisturbed:
    """What the pure code makes of the updates, in one go."""

    updates: Sequence[ArticleUpdate]
    alert_ids: frozenset[str]
    rows: Mapping[bytes, Any]


@pytest.fixture(scope="module")
def undisturbed() -> Undisturbed:
    updates, rows = stories(STORIES), MemoryRows()
    outcomes = [outcome for _, outcome in backtest(updates, rows)]
    tracked = [outcome for outcome in outcomes if not isinstance(outcome, StoryChangedError)]
    changes = [change for one in tracked for change in one.changes if isinstance(change, FactChange)]
    told = {str(change.alert.id) for change in changes if change.alert is not None}
    return Undisturbed(updates, frozenset(told), {key: comparable(key, row) for key, row in rows._rows.items()})


async def assert_as_undisturbed(settings: Settings, undisturbed: Undisturbed) -> None:
    async def all_told() -> bool:
        return {alert["id"] for alert in await alerts(settings)} >= undisturbed.alert_ids

    await eventually(all_told, "all alerts are told", within=60)
    assert len(undisturbed.alert_ids) >= STORIES * 2
    assert {alert["id"] for alert in await alerts(settings)} == undisturbed.alert_ids
    assert await table_rows(settings) == undisturbed.rows


async def test_killed_at_each_point_of_a_batch(
    broker: EmbeddedBroker, settings: Settings, undisturbed: Undisturbed, tmp_path: Path
) -> None:
    log = tmp_path / "worker.log"
    for number, fault in enumerate(("before-rows", "amid-rows:2", "before-position:1", "amid-rows")):
        with Worker(settings, log, fault) as worker:
            if number == 0:
                worker.wait_ready()
                await publish_updates(settings, undisturbed.updates)
            assert worker.wait_end() == -signal.SIGKILL
        evict(broker, settings)
    with Worker(settings, log) as worker:
        await assert_as_undisturbed(settings, undisturbed)
        assert worker.stop() == 0


async def test_killed_at_random_while_updates_come_in(
    broker: EmbeddedBroker, settings: Settings, undisturbed: Undisturbed, tmp_path: Path
) -> None:
    log, chance = tmp_path / "worker.log", random.Random(SEED)
    kills = sorted(chance.sample(range(len(undisturbed.alert_ids) - 1), RANDOM_KILLS))
    published = False
    for alerts_before in kills:
        with Worker(settings, log) as worker:
            if not published:
                worker.wait_ready()
                await publish_updates(settings, undisturbed.updates)
                published = True

            async def told_so_many(wanted: int = alerts_before) -> bool:
                return len({alert["id"] for alert in await alerts(settings)}) >= wanted

            await eventually(told_so_many, f"{alerts_before} alerts", within=60)
            worker.process.kill()
        evict(broker, settings)
    with Worker(settings, log) as worker:
        await assert_as_undisturbed(settings, undisturbed)
        assert worker.stop() == 0
