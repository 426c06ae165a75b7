"""What undoes another act is a change of it; what else was done to the same thing is not."""

import pytest

from streams.facts.lexicon.contraries import PAIRS, contrary
from tests.unit.facts.desk import Desk, text

SIDE = "The valley is popular with hikers."


def told(first: str, second: str) -> list[tuple[str, str, str | None]]:
    desk = Desk()
    desk.tell(text("A town was cut off by snow on Monday.", first, SIDE))
    outcome = desk.tell(text("A town was cut off by snow on Monday.", second, SIDE))
    return [(a.kind, a.change, a.before.evidence.sentence if a.before else None) for a in outcome.alerts]


def test_no_verb_undoes_itself() -> None:
    assert all(not one & other for one, other in PAIRS)


@pytest.mark.parametrize(("verb", "other"), [("impose", "lift"), ("lift", "impose"), ("turn down", "accept")])
def test_both_ways(verb: str, other: str) -> None:
    assert contrary(verb, other)
    assert not contrary(verb, verb)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("The governor imposed a curfew.", "The governor lifted the curfew."),
        ("Police closed the mountain road.", "Police have reopened the mountain road."),
        ("Contact with the probe has been lost.", "Contact with the probe has been restored."),
        ("The club appointed the new coach.", "The club has sacked the new coach."),
    ],
)
def test_what_undoes_an_act_is_an_update(first: str, second: str) -> None:
    assert [(change, was) for _, change, was in told(first, second)] == [("update", first)]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Police closed the mountain road.", "Police have reopened the harbour."),
        ("The shelter at Tarrant has been closed.", "The road to Tarrant has been closed."),
    ],
)
def test_the_same_of_another_thing_is_new(first: str, second: str) -> None:
    assert all(change == "initial" for _, change, _ in told(first, second))
    assert told(first, second)


def test_it_is_a_change_though_the_text_still_tells_the_first() -> None:
    desk = Desk()
    lost, restored = "Contact with the probe has been lost.", "Contact with the probe has been restored."
    desk.tell(text("A probe is on its way to the moon.", lost))
    assert desk.tell(text("A probe is on its way to the moon.", restored, lost)).alert.change == "update"
