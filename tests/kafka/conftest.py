"""Clusters of Apache Kafka's: a node without security for all tests that change nothing for good, others as needed."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from deploy.kafka.acls import grant, publisher, subscriber, worker
from deploy.kafka.cluster import Cluster
from deploy.kafka.errors import KafkaUnavailable

ROLES = ("publisher", "worker", "subscriber")


@contextmanager
def running(cluster: Cluster) -> Iterator[Cluster]:
    try:
        cluster.start()
        yield cluster
    except KafkaUnavailable as error:
        pytest.skip(str(error))
    finally:
        cluster.stop()


@pytest.fixture(scope="module")
def single() -> Iterator[Cluster]:
    with running(Cluster()) as cluster:
        yield cluster


@pytest.fixture(scope="module")
def three() -> Iterator[Cluster]:
    with running(Cluster(3)) as cluster:
        yield cluster


@pytest.fixture(scope="module")
def secure() -> Iterator[Cluster]:
    """With a user for each role, who has that role's rights."""
    with running(Cluster(users=ROLES)) as cluster:
        admin = cluster.settings()
        grant(admin, [*publisher("publisher"), *worker("worker", admin.app_id), *subscriber("subscriber")])
        yield cluster
