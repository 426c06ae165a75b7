"""What a fact kind is, and what kinds share."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from schemas.base import Kind
from schemas.facts import MAX_KEY
from schemas.values import MAX_TEXT
from streams.facts.actors import Actors
from streams.facts.claim import Claim
from streams.facts.clauses import Clause
from streams.facts.context import Event, StoryContext
from streams.facts.events import Mention, resolve
from streams.facts.lexicon.spelling import one_spelling
from streams.facts.lexicon.modality import PLAN, SPEECH
from streams.facts.parse import Token, Tree
from streams.facts.quantities import Quantity
from streams.facts.quotes import Quotation
from streams.facts.rows import FactRow, digest
from streams.facts.text import Sentence
from streams.facts.times import TimeMention

_CONTENT = frozenset({"NOUN", "PROPN", "VERB", "ADJ"})
_LIGHT = frozenset({"be", "have", "do", "make", "take", "give", "get", "go", "other", "more", "such", "same"})


@dataclass(frozen=True)
class Scene:
    """One sentence as a kind sees it: its tree, and all that was found in it."""

    index: int
    sentence: Sentence
    tree: Tree
    clauses: list[Clause]
    quantities: list[Quantity]
    times: dict[str, list[TimeMention]]  # by the tense in which a bare weekday or date is read: past, future
    quotations: list[Quotation]
    actors: Actors
    context: StoryContext
    reference: datetime
    zone: ZoneInfo
    resolved: dict[int, Event] = field(default_factory=dict)

    def clause_of(self, i: int) -> Clause | None:
        """The innermost clause that a token stands in."""
        by_head = {clause.head: clause for clause in self.clauses}
        if i in by_head:
            return by_head[i]
        return next((by_head[t.i] for t in self.tree.ancestors(i) if t.i in by_head), None)

    def predicate(self, clause: Clause | None) -> int:
        """A number for the clause, one in the whole version."""
        return self.index * 1000 + (clause.head if clause else 999)

    def prospective(self, clause: Clause) -> bool:
        """Whether a clause looks ahead: planned itself, or "is expected on Thursday"."""
        return clause.modality == "planned" or clause.passive and clause.tense == "present" and clause.lemma in PLAN

    def quoted(self, i: int) -> bool:
        """Whether a token stands inside quotation marks, and so is its speaker's."""
        token = self.tree.tokens[i]
        return any(q.start <= token.start < q.end for q in self.quotations)

    def event(self, head: int, mention: Mention) -> Event:
        """The event that a token names or is; settled once a sentence, so that all kinds mean the same."""
        if head not in self.resolved:
            self.resolved[head] = resolve(mention, self.context)
        return self.resolved[head]

    def day_of(self, clause: Clause) -> date | None:
        """The day that a clause names, in the outlet's zone."""
        for mention in self.times_of(clause):
            if mention.at and mention.precision in ("minute", "hour", "day"):
                return mention.at.astimezone(self.zone).date()
        return None

    def times_of(self, clause: Clause) -> list[TimeMention]:
        """The times that stand in a clause itself, not in one below it."""
        return self._in_clause(clause, "future" if self.prospective(clause) else "past")

    def times_ahead(self, clause: Clause) -> list[TimeMention]:
        """The same, bare weekdays and dates read as those to come."""
        return self._in_clause(clause, "future")

    def _in_clause(self, clause: Clause, tense: str) -> list[TimeMention]:
        inside = [(mention, self.tree.at(mention.start, mention.end)) for mention in self.times[tense]]
        return [mention for mention, tokens in inside if tokens and self.clause_of(tokens[0].i) == clause]

    def attribution(self, clause: Clause) -> tuple[str, ...]:
        """Who says so, the nearest first, as written."""
        return tuple(self.actors.of(self.tree, i).text[:MAX_TEXT] for i in clause.sources)

    def short(self, text: str) -> str:
        """A value's text from the sentence's own words: at most 80 characters and six tenths of the sentence."""
        return clip(text, min(MAX_TEXT, max(20, int(0.6 * len(self.sentence.text)))))

    def terms(self, clause: Clause) -> frozenset[str]:
        """The content lemmas of a clause, without who says so."""
        sources = {t.i for i in clause.sources for t in self.tree.subtree(i)}
        return frozenset(term(t) for t in self.tree.subtree(clause.head) if is_content(t) and t.i not in sources)


class FactKind(Protocol):
    """One kind: how it is found in a sentence, where the same fact may be known, and what makes two the same."""

    name: Kind
    one_at_a_time: bool  # whether a key has one value only, so that another in the same version is a change

    novelty: float  # the share of unused words from which on a new fact is told; 0: always

    def claims(self, scene: Scene) -> Iterator[Claim]:
        """What a sentence says of this kind."""

    def index_terms(self, claim: Claim) -> frozenset[str]:
        """The index entries under which a fact like this one stands."""

    def match(self, claim: Claim, known: FactRow) -> float:
        """How sure it is that both are about the same: below 0.5 they are not."""

    def same(self, claim: Claim, known: FactRow) -> bool:
        """Of a match: whether both say the same."""

    def refines(self, claim: Claim, known: FactRow) -> bool:
        """Of a match that differs: whether the new one only is more exact."""

    def removable(self, known: FactRow, only_deleted: bool) -> bool:
        """Whether its silent removal is told: of a claim, or of what stood for now where the version did nothing else."""


def make_key(*slots: str) -> str:
    """Slots joined by ``|``; one that grows too long ends in a hash instead."""
    key = "|".join(" ".join(slot.lower().split()) for slot in slots)
    return key if len(key) <= MAX_KEY else f"{key[: MAX_KEY - 17]}~{digest(key).decode()}"


def clip(text: str, size: int = MAX_TEXT) -> str:
    """At most ``size`` characters, cut at a word."""
    text = " ".join(text.split())
    return text if len(text) <= size else text[: size - 1].rsplit(" ", 1)[0] + "\u2026"


def telling_words(terms: Iterable[str]) -> list[str]:
    """Of some content words the five longest, which tend to be the rarest, in alphabetical order."""
    return sorted(sorted(terms, key=lambda word: (-len(word), word))[:5])


def is_content(token: Token) -> bool:
    return token.pos in _CONTENT and token.lemma not in _LIGHT and token.lemma not in SPEECH and len(token.lemma) > 1


def term(token: Token) -> str:
    """The form in which a content word is compared: its lemma, in one spelling."""
    return one_spelling(token.lemma.removesuffix("'s"))


def overlap(some: frozenset[str], others: list[str] | frozenset[str]) -> float:
    """The share of the smaller set that both have; 0 where one is empty."""
    other = frozenset(others)
    return len(some & other) / min(len(some), len(other)) if some and other else 0.0
