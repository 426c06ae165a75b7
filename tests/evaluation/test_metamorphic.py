"""Some hundred metamorphic cases, made of the stories that ship with the project; `make evaluate` runs thousands."""

from pathlib import Path

import pytest

from tests.evaluation import figures, floors
from tests.evaluation.data import Shared
from tests.evaluation.metamorphic.cases import cases, passages
from tests.evaluation.metamorphic.measure import Rates, measure, rates

EACH = 4
ALONE = Shared(looked_in=Path(), data=None, stories=None, tools=None)


@pytest.fixture(scope="module")
def measured() -> dict[str, Rates]:
    return rates(measure(cases(passages(ALONE), EACH)))


def test_hundreds_of_cases_of_either_sort_are_made(measured: dict[str, Rates]) -> None:
    assert measured["meaning kept"].cases > 100
    assert measured["meaning changed"].cases > 50


def test_the_rates_hold_their_floors(measured: dict[str, Rates]) -> None:
    totals = {name: measured[name] for name in ("meaning kept", "meaning changed")}
    held = floors.load("test")
    assert len(held) == 3
    assert floors.misses(figures.of_metamorphic(totals), held) == []
