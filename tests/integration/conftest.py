"""A broker for each test: noida-db starts in 30 ms, so no test meets another's topics, groups or data."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from streams.embedded import EmbeddedBroker
from streams.settings import Settings


@pytest.fixture
def broker(tmp_path: Path) -> Iterator[EmbeddedBroker]:
    with EmbeddedBroker(tmp_path / "broker") as embedded:
        yield embedded


@pytest.fixture
def settings(broker: EmbeddedBroker, tmp_path: Path) -> Settings:
    """Settings of a worker or client on ``broker``, with a data folder of the test's own. No topic is there yet."""
    return Settings(broker=broker.address, app_id="wiredelta-test", data_dir=tmp_path / "worker")
