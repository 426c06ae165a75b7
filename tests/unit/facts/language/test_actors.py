"""Actors: one person or organisation under several names, within a story."""

import pytest

from streams.facts.context import StoryContext
from streams.facts.language.actors import Actors
from streams.facts.language.clauses import clauses_of
from streams.facts.language.parse import parse


def subjects(*sentences: str, actors: Actors | None = None) -> list[str]:
    """The canonical name of each sentence's first subject, read one after the other."""
    actors = actors or Actors(StoryContext())
    found = []
    for tree in parse(sentences):
        [subject, *_] = [c.subject for c in clauses_of(tree) if c.subject is not None]
        found.append(actors.of(tree, subject).canonical)
        actors.learn(tree)
    return found


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Ada Lindt spoke.", "Lindt left."),
        ("Governor Ada Lindt spoke.", "Ms Lindt left."),
        ("Dr. Ada Lindt spoke.", "Lindt left."),
        ("Prime Minister Omar Saleh spoke.", "Saleh left."),
        ("Lindt spoke.", "Ada Lindt left."),
        ("Ada Lindt spoke.", "She left."),
        ("Jon Berg won the race.", "He thanked the crew."),
        ("Ada Lindt, the governor of Tarn, spoke.", "The governor left."),
        ("The coach, Jon Berg, spoke.", "The coach left."),
        ("Northern Bank closed.", "The bank dismissed the staff."),
        ("Northern Bank closed.", "It dismissed the staff."),
        ("The Kremlin issued a statement.", "Moscow denied it."),
        ("The White House issued a statement.", "Washington denied it."),
        ("The United States sent a ship.", "The US sent another."),
        ("Downing Street issued a statement.", "Britain denied it."),
    ],
)
def test_two_names_of_one(first: str, second: str) -> None:
    one, other = subjects(first, second)
    assert one == other


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Ada Lindt spoke.", "Jon Berg left."),
        ("Ada Lindt spoke.", "The driver left."),
        ("Northern Bank closed.", "Southern Bank opened."),
        ("The Kremlin issued a statement.", "The White House denied it."),
        ("Northern Bank closed.", "She left."),
        ("Ada Lindt spoke.", "The governors left."),
    ],
)
def test_two_names_of_two(first: str, second: str) -> None:
    one, other = subjects(first, second)
    assert one != other


def test_a_person_is_known_by_the_surname_and_an_organisation_by_its_name() -> None:
    assert subjects("Governor Ada Lindt spoke.", "Northern Bank closed.") == ["lindt", "northern bank"]


def test_what_is_read_does_not_lose_the_name_as_written() -> None:
    actors = Actors(StoryContext())
    [tree] = parse(["Governor Ada Lindt spoke to the crew."])
    [subject] = [c.subject for c in clauses_of(tree)]
    assert subject is not None
    actor = actors.of(tree, subject)
    assert (actor.text, actor.named) == ("Ada Lindt", True)


def test_a_pronoun_without_anybody_stands_for_itself() -> None:
    [tree] = parse(["She left the hall."])
    [subject] = [c.subject for c in clauses_of(tree)]
    assert subject is not None
    actor = Actors(StoryContext()).of(tree, subject)
    assert (actor.canonical, actor.named) == ("she", False)


def test_who_was_spoken_of_goes_on_from_an_earlier_sentence() -> None:
    context = StoryContext()
    before = Actors(context)
    assert subjects("Ada Lindt spoke.", actors=before) == ["lindt"]
    assert subjects("She left.", actors=Actors(context, before.who)) == ["lindt"]
    assert subjects("She left.", actors=Actors(context)) == ["she"]


def test_names_are_kept_in_the_story_and_bounded() -> None:
    context = StoryContext()
    actors = Actors(context)
    for number in range(400):
        actors.canonical(f"Ada Lindt{number}")
    assert len(context.names) == 300
    assert actors.canonical("Ada Lindt399") == "lindt399"
