"""The short form of `make chaos`: every sort of fault on three workers, with the small tracker."""

import logging
import random
from concurrent.futures import Future
from pathlib import Path

import pytest

from deploy.kafka.cluster import Cluster
from tests.chaos.faults import SHORT, draw
from tests.chaos.feed import feed, lines
from tests.chaos.fleet import Fleet
from tests.chaos.report import report
from tests.chaos.run import Chaos
from tests.integration.emptying import empty
from tests.integration.undisturbed import small_updates
from tests.integration.workers import Expected, expected_of_fake

SEED, WORKERS = 7, 3
STORIES, VERSIONS = 60, 8

log = logging.getLogger(__name__)


@pytest.mark.timeout(900)
async def test_faults_at_random_change_nothing(single: Cluster, tmp_path: Path) -> None:
    settings = single.settings(app_id="wiredelta-chaos")
    empty(settings)
    chance = random.Random(SEED)
    faults = draw(SHORT, WORKERS, chance)
    updates = small_updates(STORIES, VERSIONS)
    given = feed(updates, len(faults), settings.partitions, lines)
    undisturbed: Future[Expected] = Future()
    undisturbed.set_result(expected_of_fake(updates))
    fleet = Fleet(settings, tmp_path, WORKERS, fake=True)
    chaos = Chaos(single, settings, fleet, given, chance, log.info, expected_of_fake)
    result = await chaos.run(faults, undisturbed)
    for line in report(result):
        log.info(line)
    assert result.updates == len(given.updates)
    assert result.exits["killed"] == SHORT.kills
    assert not [end for end in result.exits if end.endswith(("HOLE", "LOST_ROW", "FAILED"))]
    assert sum(len(times) for name, times in result.takeovers.items() if name == "freeze") == SHORT.freezes
