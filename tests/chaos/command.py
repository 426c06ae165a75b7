"""Faults at random on workers and broker, in rounds of two and of three workers, over real articles.

Each round has an Apache Kafka of its own and all of the articles. It fails where an alert or a row differs from those
of the run that nothing disturbed, where there is a dead letter, or where a worker does not stop on SIGTERM in time.
"""

import asyncio
import logging
import multiprocessing
import random
import sys
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from pathlib import Path

import click

from deploy.kafka.cluster import Cluster
from deploy.kafka.errors import KafkaUnavailable
from schemas.updates import ArticleUpdate
from tests.chaos.faults import FULL, Counts, draw, share
from tests.chaos.feed import english, feed, real_updates
from tests.chaos.fleet import Fleet
from tests.chaos.report import report
from tests.chaos.run import Chaos
from tests.evaluation.data import shared
from tests.integration.workers import Expected, expected

SEED = 20260302


@click.command()
@click.option("--seed", default=SEED, show_default=True, help="The same seed brings the same faults in the same order.")
@click.option("--workers", multiple=True, type=click.IntRange(2, 5), default=[2, 3], help="A round each.  [2, 3]")
def main(seed: int, workers: Sequence[int]) -> None:
    """Kill, stop and freeze workers at random and restart the broker under them, over real articles.

    \b
    Example:
      python -m tests.chaos --workers 2 --seed 7
    """
    logging.basicConfig(level="ERROR")
    logging.getLogger("aiokafka").setLevel("CRITICAL")  # a broker that is away is meant
    stories = shared().stories
    if stories is None:
        sys.exit(f"there are no articles: neither ../shared nor EVALUATION_DATA is there ({shared().looked_in})")
    updates = real_updates(stories)
    try:
        with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
            undisturbed = pool.submit(expected, updates)  # takes minutes: meanwhile workers are killed
            for number, counts in enumerate(share(FULL, len(workers))):
                asyncio.run(_round(workers[number], counts, random.Random(seed + number), updates, undisturbed))
    except KafkaUnavailable as error:
        sys.exit(f"tests.chaos: {error}")


async def _round(
    size: int, counts: Counts, chance: random.Random, updates: Sequence[ArticleUpdate], undisturbed: Future[Expected]
) -> None:
    began = time.monotonic()
    folder = Path(tempfile.mkdtemp(prefix="wiredelta-chaos-"))  # its logs stay, to be read where something is wrong
    click.echo(f"{size} workers, {counts}; logs in {folder}")
    with Cluster() as cluster:
        settings = cluster.settings(app_id="wiredelta-chaos")
        faults = draw(counts, size, chance)
        given = feed(updates, len(faults), settings.partitions, english)
        chaos = Chaos(cluster, settings, Fleet(settings, folder, size), given, chance, click.echo)
        result = await chaos.run(faults, undisturbed)
    for line in report(result):
        click.echo(line)
    click.echo(f"{time.monotonic() - began:.0f} s\n")
