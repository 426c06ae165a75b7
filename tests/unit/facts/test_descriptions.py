"""What is so at all times is no news: descriptions, and what is said of a kind of thing."""

import pytest

from schemas.base import Kind
from streams.facts.memory import Memory
from streams.facts.reading import read
from tests.unit.facts.desk import Desk


def backgrounds(sentence: str, kind: Kind) -> list[bool]:
    [reading] = read([(Desk().update(sentence), Memory.blank())])
    return [c.background for c in reading.claims if c.kind == kind and not c.slots.get("frame")]


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [
        ("figure", "Tolven, a town of 800 people, was cut off."),
        ("figure", "The town has 800 inhabitants."),
        ("figure", "The reserve covers 1,200 hectares."),
        ("action", "Storms are given names."),
        ("action", "Warm winters make such slides more likely."),
    ],
)
def test_what_is_so_at_all_times_is_background(kind: Kind, sentence: str) -> None:
    assert backgrounds(sentence, kind) == [True]


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [
        ("figure", "The county has 800 cases."),
        ("figure", "The fire now covers 1,200 hectares."),
        ("figure", "The fire has covered 1,200 hectares."),
        ("figure", "The victims, 12 of them children, were taken to Tarn."),
        ("action", "Storms have torn down the bridge."),
        ("action", "The teachers march on the town hall."),
    ],
)
def test_what_is_so_now_is_not(kind: Kind, sentence: str) -> None:
    assert backgrounds(sentence, kind)[:1] == [False]
