"""Clusters of Apache Kafka's: a node without security for all tests that change nothing for good, others as needed."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from deploy.kafka.acls import grant, ingester, publisher, subscriber, worker
from deploy.kafka.cluster import Cluster
from deploy.kafka.errors import KafkaUnavailable
from streams.settings import Settings
from tests.integration.emptying import empty

COMPACTS_OFTEN = {"log.cleaner.backoff.ms": "200"}  # every 15 s by default, where a topic asks for it
ROLES = ("publisher", "ingester", "worker", "subscriber")


@contextmanager
def running(cluster: Cluster) -> Iterator[Cluster]:
    try:
        cluster.start()
        yield cluster
    except KafkaUnavailable as error:
        pytest.skip(str(error))
    finally:
        cluster.stop()


@pytest.fixture(scope="session")
def single() -> Iterator[Cluster]:
    with running(Cluster(properties=COMPACTS_OFTEN)) as cluster:
        yield cluster


@pytest.fixture(scope="session")
def three() -> Iterator[Cluster]:
    with running(Cluster(3)) as cluster:
        yield cluster


@pytest.fixture(scope="module")
def secure() -> Iterator[Cluster]:
    """With a user for each role, who has that role's rights."""
    with running(Cluster(users=ROLES)) as cluster:
        admin = cluster.settings()
        of_workers = [*worker("worker", admin.app_id), *ingester("ingester", admin.app_id)]
        grant(admin, [*publisher("publisher"), *of_workers, *subscriber("subscriber")])
        yield cluster


@pytest.fixture
def settings(single: Cluster, tmp_path: Path) -> Settings:
    """Of a worker on a node that has been emptied, with a data folder of the test's own."""
    empty(single.settings())
    return single.settings(app_id="wiredelta-test", data_dir=tmp_path / "worker")
