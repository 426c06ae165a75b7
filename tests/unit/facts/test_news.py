"""How sentences are weighed: the forest as data, its features, and what is told or not by it."""

import json
from collections.abc import Iterator
from importlib.resources import files
from typing import Any

import pytest

from streams.facts.news import weighing
from streams.facts.news.forest import likelihood
from tests.unit.facts.desk import Desk, text

STORY = text(
    "A walker is missing on Harrow Fell since Saturday, police said.",
    "Graham Tully, 58, left the car park at Stang Bridge at 9 a.m.",
    "About 40 volunteers are searching the northern side of the fell.",
    "Mr Tully is a retired teacher from Leeds.",
)


def _splits(node: Any) -> Iterator[list[Any]]:
    if isinstance(node, list):
        yield node
        yield from _splits(node[2])
        yield from _splits(node[3])


@pytest.fixture(scope="module")
def forest() -> dict[str, Any]:
    data: dict[str, Any] = json.loads(files("streams.facts.news").joinpath("forest.json").read_text())
    return data


def _told() -> dict[str, float]:
    desk = Desk()
    desk.tell(STORY)
    outcome = desk.tell(text(STORY, "A helicopter has joined the search, the coastguard said on Sunday."))
    return outcome.tracked.weighed[0].features


def test_every_split_is_by_a_feature_that_there_is(forest: dict[str, Any]) -> None:
    used = {split[0] for tree in forest["trees"] for split in _splits(tree)}
    assert used <= set(_told())
    assert len(used) > 10


def test_the_weights_add_up_to_log_odds(forest: dict[str, Any]) -> None:
    features = _told()
    total = forest["bias"] + sum(_leaf(tree, features) for tree in forest["trees"])
    assert likelihood(features) == pytest.approx(1 / (1 + 2.718281828459045**-total))


def _leaf(node: Any, features: dict[str, float]) -> float:
    while isinstance(node, list):
        name, limit, left, right = node
        node = left if features[name] <= limit else right
    return float(node)


def test_a_development_in_known_words_is_told() -> None:
    desk = Desk()
    desk.tell(STORY)
    lead = "A walker who went missing on Harrow Fell has been found safe and well, police said."
    outcome = desk.tell(f"{lead}\n\n{STORY}", "Walker found safe on Harrow Fell")
    assert [alert.after.evidence.sentence for alert in outcome.alerts if alert.after] == [lead]


def test_an_outlet_that_tells_the_same_in_other_words_is_silent() -> None:
    desk = Desk()
    desk.tell(STORY)
    outcome = desk.tell(
        text(
            "Police are looking for a hiker who has not been seen on Harrow Fell since Saturday.",
            "Mr Tully, who is 58, set off from Stang Bridge car park at 9am.",
            "Some forty volunteers take part in the search of the fell's northern side.",
            "He taught at a school in Leeds until he retired.",
        ),
        article="b",
    )
    assert outcome.alerts == []
    assert "no news" in {change.reason for change in outcome.facts}


def test_only_unseen_sentences_of_the_body_are_weighed() -> None:
    desk = Desk()
    first = desk.tell(STORY)
    again = desk.tell(text(STORY, "The weather is bad."), "Walker missing on fell")
    assert first.tracked.weighed == ()
    assert [weighed.index for weighed in again.tracked.weighed] == [4]


def test_a_released_statement_is_told_whatever_it_weighs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(weighing, "likelihood", lambda _: 0.0)
    desk = Desk()
    desk.tell(STORY)
    alert = desk.tell(text(STORY, "The coastguard issued a statement.", "The hills are steep.")).alert
    assert (alert.kind, alert.change) == ("statement", "initial")


@pytest.mark.parametrize(("likely", "told"), [(0.79, ["update"]), (0.8, ["update", "initial"])])
def test_a_version_with_no_likely_news_tells_only_what_has_changed(
    monkeypatch: pytest.MonkeyPatch, likely: float, told: list[str]
) -> None:
    monkeypatch.setattr(weighing, "likelihood", lambda _: likely)
    monkeypatch.setattr(weighing, "FEW", 1)
    desk = Desk()
    desk.tell(text("A coach crashed on the pass.", "The crash killed 12 people."))
    outcome = desk.tell(
        text("A coach crashed on the pass.", "The crash killed 17 people.", "Police arrested the driver.")
    )
    assert [alert.change for alert in outcome.alerts] == told


def test_of_a_small_edit_each_sentence_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(weighing, "likelihood", lambda _: weighing.OF_NEWS.new_open)
    desk = Desk()
    desk.tell(text("A coach crashed on the pass.", "The crash killed 12 people."))
    outcome = desk.tell(
        text("A coach crashed on the pass.", "The crash killed 12 people.", "Police arrested the driver.")
    )
    assert [alert.change for alert in outcome.alerts] == ["initial"]
