"""Floors and ceilings: what fails, what rises, and what is never lowered."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.evaluation.figures import less_is_better
from tests.evaluation.floors import misses, raised

GOOD, BAD = "stories/open/f1", "real/canada/editorial/alerted"
values = st.dictionaries(
    st.sampled_from([GOOD, BAD, "metamorphic/x/silent"]), st.floats(0, 1).map(lambda v: round(v, 3))
)


@pytest.mark.parametrize(
    "name",
    [
        "real/canada/editorial/alerted",
        "real/uk/update/alerts each",
        "stories/dev/false_per_quiet",
        "real/calfire/same/alerted",
    ],
)
def test_of_some_figures_less_is_better(name: str) -> None:
    assert less_is_better(name)


@pytest.mark.parametrize("name", ["real/uk/update/alerted", "stories/dev/f1", "metamorphic/meaning kept/silent"])
def test_of_the_others_more_is_better(name: str) -> None:
    assert not less_is_better(name)


def test_a_figure_under_its_floor_or_over_its_ceiling_is_missed() -> None:
    assert len(misses({GOOD: 0.5, BAD: 0.4}, {GOOD: 0.6, BAD: 0.3})) == 2
    assert misses({GOOD: 0.6, BAD: 0.3}, {GOOD: 0.6, BAD: 0.3}) == []


def test_what_was_not_measured_is_not_missed() -> None:
    assert misses({}, {GOOD: 0.6}) == []


def test_a_floor_rises_to_just_under_its_figure() -> None:
    assert raised({GOOD: 0.807, BAD: 0.203}, {GOOD: 0.6, BAD: 0.3}) == {GOOD: 0.79, BAD: 0.22}


@given(values, values)
def test_a_run_never_lowers_a_floor_and_always_passes_what_it_raises(
    now: dict[str, float], held: dict[str, float]
) -> None:
    after = raised(now, held)
    for name, floor in held.items():
        assert after[name] <= floor if less_is_better(name) else after[name] >= floor
    assert misses(now, {name: floor for name, floor in after.items() if name not in held}) == []
