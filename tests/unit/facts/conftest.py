"""Sentences are parsed once a run: the same ones stand in hundreds of small stories, and parsing is what takes time."""

from collections.abc import Iterator

import pytest

from streams.facts import reading
from tests.unit.facts.desk import parse_once


@pytest.fixture(scope="session", autouse=True)
def trees_are_shared() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reading, "parse", parse_once)
        yield
