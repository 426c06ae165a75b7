"""Sentences are parsed once a run: the same ones stand in hundreds of small stories, and parsing is what takes time.

The rules are tested without the learnt weights: each sentence may be news and none must be, so that a rule's test does
not hang on what was learnt last. The weights have tests of their own (``test_news.py``).
"""

from collections.abc import Iterator

import pytest

from streams.facts import reading
from streams.facts.news import weighing
from tests.unit.facts.desk import parse_once


@pytest.fixture(scope="session", autouse=True)
def trees_are_shared() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reading, "parse", parse_once)
        yield


@pytest.fixture(autouse=True)
def rules_alone(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.path.name != "test_news.py":
        monkeypatch.setattr(weighing, "NEWS", 0.0)
        monkeypatch.setattr(weighing, "likelihood", lambda _: weighing.OF_NEWS.new_open)
