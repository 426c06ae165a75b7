"""Events: which one is meant, so that a second call does not end the first one again."""

from datetime import date

import pytest

from streams.facts.context import MAX_EVENTS, Event, StoryContext
from streams.facts.language.actors import Actors
from streams.facts.language.clauses import clauses_of
from streams.facts.language.events import Mention, mention_of_noun, noun_class, resolve
from streams.facts.language.parse import parse


def mention(sentence: str) -> Mention:
    """The first event that a sentence names by a noun."""
    [tree] = parse([sentence])
    clauses = clauses_of(tree)
    [head, *_] = [t.i for t in tree.tokens if noun_class(tree, t.i)]
    return mention_of_noun(tree, head, Actors(StoryContext()), clauses[0])


def numbers(*mentions: Mention) -> list[int]:
    context = StoryContext()
    return [resolve(mention, context).number for mention in mentions]


def call(*who: str, **more: object) -> Mention:
    return Mention("call", "call", frozenset(who), **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("sentence", "cls"),
    [
        ("The telephone call ended.", "call"),
        ("The conversation ended.", "call"),
        ("The walkout ended.", "strike"),
        ("The referendum was held.", "vote"),
        ("The funeral was held.", "ceremony"),
        ("The wildfire was put out.", "fire"),
        ("The truce held.", "ceasefire"),
        ("The tremor was weak.", "earthquake"),
    ],
)
def test_an_event_noun_has_a_class(sentence: str, cls: str) -> None:
    assert mention(sentence).cls == cls


@pytest.mark.parametrize("sentence", ["The mayor ate.", "The call for help was heard.", "The bridge fell."])
def test_other_nouns_are_no_events(sentence: str) -> None:
    [tree] = parse([sentence])
    assert [t.text for t in tree.tokens if noun_class(tree, t.i)] == []


def test_a_mention_has_its_parties_matter_ordinal_and_article() -> None:
    found = mention("A second call between Ana Ruiz and Jon Berg ended.")
    assert (found.cls, found.who, found.ordinal, found.indefinite) == ("call", {"ruiz", "berg"}, 2, True)
    found = mention("The vote on the harbour budget ended.")
    assert (found.ordinal, found.indefinite) == (None, False)
    assert {"harbour", "budget"} <= found.topic or {"harbor", "budget"} <= found.topic


@pytest.mark.parametrize(
    ("second", "number"),
    [
        (call(), 1),
        (call("ruiz"), 1),
        (call("ruiz", "berg"), 1),
        (call("ruiz", "berg", ordinal=2), 2),
        (call(ordinal=2), 2),
        (call("ruiz", "lund"), 2),
        (call("lund"), 2),
        (call("ruiz", "berg", day=date(2025, 3, 18)), 1),
    ],
)
def test_which_call_is_meant_while_the_first_goes_on(second: Mention, number: int) -> None:
    assert numbers(call("ruiz", "berg"), second) == [1, number]


def test_the_same_day_is_the_same_event_and_another_day_one_after_it_another() -> None:
    context = StoryContext()
    monday, tuesday = date(2025, 3, 17), date(2025, 3, 18)
    first = resolve(call("ruiz", "berg", day=monday), context)
    first.status = "ended"
    assert resolve(call("ruiz", "berg", day=monday), context).number == 1
    assert resolve(call("ruiz", "berg", day=tuesday), context).number == 2


def test_an_indefinite_one_after_the_end_of_the_first_is_another() -> None:
    context = StoryContext()
    first = resolve(Mention("strike", "the strike", topic=frozenset({"dockers", "port"})), context)
    first.status = "ended"
    new = Mention("strike", "a strike", topic=frozenset({"bakers"}), indefinite=True)
    assert resolve(new, context).number == 2
    assert resolve(Mention("strike", "the strike"), context).number == 2  # the one spoken of last


def test_ordinals_go_to_their_own_instances() -> None:
    first, second, third = (Mention("vote", "vote", ordinal=n) for n in (1, 2, 3))
    assert numbers(Mention("vote", "the vote"), second, first, third, second) == [1, 2, 1, 3, 2]


def test_classes_are_numbered_apart() -> None:
    assert numbers(Mention("vote", "vote"), Mention("strike", "strike"), Mention("vote", "vote")) == [1, 1, 1]


def test_a_story_keeps_the_events_spoken_of_last() -> None:
    context = StoryContext()
    for number in range(MAX_EVENTS + 5):
        context.add_event(Event(cls=f"class {number}", number=1))
    assert [len(context.events), context.events[0].cls] == [MAX_EVENTS, "class 5"]


def test_an_event_is_named_by_its_parties_or_as_first_written() -> None:
    context = StoryContext()
    assert resolve(call("putin", "trump"), context).name in ("Trump–Putin call", "Putin–Trump call")
    assert resolve(call("putin", "trump"), context).slot == "call|putin+trump|1"
    assert resolve(Mention("vote", "the harbour vote"), context).name == "the harbour vote"
