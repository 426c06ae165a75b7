"""Groups run apart: an order kept, and a failure that costs no other group its outcome."""

from collections.abc import Iterator, Sequence

import pytest

from schemas.updates import ArticleUpdate
from streams.backtest import MemoryRows
from streams.facts.tracker import Tracked
from tests.evaluation import run
from tests.unit.cli.samples import update


def backtest(updates: Sequence[ArticleUpdate], rows: MemoryRows) -> Iterator[tuple[ArticleUpdate, Tracked]]:
    """In place of the code: fails on article `b`, finds nothing in others."""
    for one in updates:
        if one.article_id == "b":
            raise AssertionError("no holder")
        yield one, Tracked((), {})


@pytest.fixture(autouse=True)
def in_place(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "backtest", backtest)


def test_outcomes_come_in_the_order_of_the_groups() -> None:
    groups = [[update("a", 1), update("a", 2)], [update("c", 1)]]
    came = run.run_apart(groups)
    assert [[(o.update.article_id, o.update.version) for o in one] for one in came] == [
        [("a", 1), ("a", 2)],
        [("c", 1)],
    ]
    assert run.failures(o for one in came for o in one) == []


def test_a_failure_is_told_once_and_costs_only_its_own_group() -> None:
    came = run.run_apart([[update("a", 1)], [update("b", 1), update("b", 2)], [update("c", 1)]])
    assert [[o.failure is None for o in one] for one in came] == [[True], [False, False], [True]]
    (told,) = run.failures(o for one in came for o in one)
    assert told.startswith("b: AssertionError no holder (test_run.py:")
