"""An outline of a parsed sentence: its words by class, its numbers, and how its main clause stands. Small: it travels
from the process that reads to the one that tracks."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from streams.facts.language.parse import Tree
from streams.facts.language.terms import is_content, term, told_words
from streams.facts.lexicon.modality import SPEECH
from streams.facts.scene import Scene

NOW = timedelta(hours=1)
LAST_DAY = timedelta(hours=29)  # "on Monday", told on Tuesday before dawn
_WEEKDAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())


@dataclass(frozen=True, slots=True)
class Outline:
    """Content lemmas by class, ``told`` with what is in digits; ``numbers`` as ``#12``, ``clocks`` as in a `Scene`.

    ``tokens`` is their number.

    ``tense``, ``perfect``, ``modality`` and ``spoken`` are of the main clause.
    """

    names: frozenset[str] = frozenset()
    nouns: frozenset[str] = frozenset()
    verbs: frozenset[str] = frozenset()
    adjectives: frozenset[str] = frozenset()
    told: frozenset[str] = frozenset()
    numbers: frozenset[str] = frozenset()
    clocks: frozenset[str] = frozenset()
    tokens: int = 0
    tense: str = "none"
    perfect: bool = False
    modality: str = ""
    spoken: bool = False  # a verb of speech
    sourced: bool = False  # somebody says it
    quoting: bool = False
    weekday: bool = False
    looks_back: bool = False  # to a time before the story
    recent: bool = False  # names a time of the last day
    ahead: bool = False  # names a time to come

    @property
    def words(self) -> frozenset[str]:
        return self.names | self.nouns | self.verbs | self.adjectives

    @property
    def used(self) -> frozenset[str]:
        """All that a story remembers to have used."""
        return self.words | self.told | self.numbers | self.clocks


def outline(scene: Scene) -> Outline:
    tree, clauses = scene.tree, scene.clauses
    ages = list(_ages(scene))
    main = next((clause for clause in clauses if clause.relation == "ROOT"), None)
    return Outline(
        names=_of_class(tree, "PROPN"),
        nouns=_of_class(tree, "NOUN"),
        verbs=_of_class(tree, "VERB"),
        adjectives=_of_class(tree, "ADJ"),
        told=told_words(tree),
        numbers=frozenset(f"#{q.number if q.number is not None else (q.low, q.high)}" for q in scene.quantities),
        clocks=scene.clocks(),
        tokens=len(tree.tokens),
        tense=main.tense if main else "none",
        perfect=bool(main and main.perfect),
        modality=main.modality if main else "",
        spoken=bool(main and main.lemma in SPEECH),
        sourced=any(clause.sources for clause in clauses),
        quoting='"' in tree.text,
        weekday=any(token.lemma in _WEEKDAYS for token in tree.tokens),
        looks_back=main is not None and scene.looks_back(main),
        recent=any(-NOW <= age < LAST_DAY for age in ages),
        ahead=any(age < -NOW for age in ages),
    )


def _ages(scene: Scene) -> Iterator[timedelta]:
    """How long ago the moments are that a sentence names, be it read as looking back or ahead."""
    for mention in (*scene.times["past"], *scene.times["future"]):
        if mention.at and mention.kind == "moment" and mention.precision in ("minute", "hour", "day"):
            yield scene.reference - mention.at


def _of_class(tree: Tree, pos: str) -> frozenset[str]:
    return frozenset(term(token) for token in tree.tokens if token.pos == pos and is_content(token))
