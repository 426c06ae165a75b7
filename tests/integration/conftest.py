"""A broker for each test, embedded or Apache Kafka (``--broker``): no test meets another's topics, groups or data.

noida-db starts in 30 ms, so each test has its own. Apache Kafka takes 4 s: all tests have one, emptied before each.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from deploy.kafka.cluster import Cluster
from deploy.kafka.errors import KafkaUnavailable
from streams.embedded import SESSION_TIMEOUT, EmbeddedBroker
from streams.settings import Settings
from tests.integration.emptying import empty

EMBEDDED, KAFKA = "embedded", "kafka"
HERE = Path(__file__).parent


def _wanted(config: pytest.Config) -> list[str]:
    choice = config.getoption("--broker")
    return [EMBEDDED, KAFKA] if choice == "both" else [choice]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "broker" in metafunc.fixturenames:
        only = [name for name in (EMBEDDED, KAFKA) if metafunc.definition.get_closest_marker(name)]
        metafunc.parametrize("broker", only or _wanted(metafunc.config), indirect=True)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What is about one broker alone runs where that is wanted; what is about none, with the embedded one."""
    wanted = _wanted(config)
    others = [item for item in items if item.path.is_relative_to(HERE) and _broker_of(item) not in wanted]
    config.hook.pytest_deselected(items=others)
    items[:] = [item for item in items if item not in others]


def _broker_of(item: pytest.Item) -> str:
    parameters = getattr(item, "callspec", None)
    return str(parameters.params.get("broker", EMBEDDED)) if parameters else EMBEDDED


@pytest.fixture(scope="session")
def apache_kafka() -> Iterator[Cluster]:
    try:
        with Cluster() as cluster:
            yield cluster
    except KafkaUnavailable as error:
        pytest.skip(str(error))


@pytest.fixture
def broker(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[EmbeddedBroker | Cluster]:
    if request.param == KAFKA:
        cluster: Cluster = request.getfixturevalue("apache_kafka")
        empty(cluster.settings())
        yield cluster
        return
    with EmbeddedBroker(tmp_path / "broker") as embedded:
        yield embedded


@pytest.fixture
def settings(broker: EmbeddedBroker | Cluster, tmp_path: Path) -> Settings:
    """Settings of a worker or client on ``broker``, with a data folder of the test's own. No topic is there yet."""
    settings = Settings(broker=broker.address, app_id="wiredelta-test", data_dir=tmp_path / "worker")
    patient = isinstance(broker, EmbeddedBroker)
    return settings.model_copy(update={"session_timeout": SESSION_TIMEOUT}) if patient else settings
