"""One sentence as the kinds see it."""

import re
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from schemas.values import MAX_TEXT
from streams.facts.context import Event, StoryContext
from streams.facts.language.actors import Actors
from streams.facts.language.clauses import Clause
from streams.facts.language.events import Mention, resolve
from streams.facts.language.parse import Tree
from streams.facts.language.quotes import Quotation
from streams.facts.language.terms import clip, is_content, term
from streams.facts.language.text import Sentence
from streams.facts.lexicon.events import STATUS_VERBS
from streams.facts.lexicon.modality import PLAN, STRICT_SPEECH
from streams.facts.numbers.quantities import Quantity
from streams.facts.times.days import find_days
from streams.facts.times.mentions import TimeMention

_ASIDE = frozenset({"relcl", "appos", "advcl", "parataxis"})
_DATED = re.compile(r"\b(?:as (?:of|at|on)|updated|published|posted|correct)(?: on| at)?[\s:]*\Z", re.I)
_SET_OFF = re.compile(r"\s[-\u2013\u2014|]\s*\Z")
_MOVES = frozenset({"move", "shift", "bring forward", "move forward", "move back", "adjourn", "extend"})
LONG_AGO = timedelta(days=182)
A_DAY = timedelta(days=1)


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
    guidance: bool = False  # stands on a page of guidance
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
        """Whether a clause looks ahead: planned itself, "is due on Friday", "opens on 4 May", "put off until"."""
        if _is_moved(clause):
            return True
        if clause.lemma == "be" and any(t.lemma == "due" for t in self.tree.kids(clause.head, "acomp")):
            return True
        move = STATUS_VERBS.get(clause.lemma)
        if clause.simple_present and not clause.passive and move in ("begin", "held", "ended"):
            return True
        return clause.modality == "planned" or (clause.passive and clause.tense == "present" and clause.lemma in PLAN)

    def results(self, clause: Clause) -> bool:
        """ "…, killing 12 people", "…, ending a strike": what comes of the main clause is as new as that is."""
        tree, token = self.tree, self.tree.tokens[clause.head]
        if clause.relation != "advcl" or token.tag != "VBG" or clause.perfect or token.head > clause.head:
            return False
        first = tree.subtree(clause.head)[0].i
        return first > token.head and not any(True for _ in tree.kids(clause.head, "mark", "aux"))

    def looks_back(self, clause: Clause) -> bool:
        """Whether a clause tells of a time before the story: "had said", "earlier", "in 2009"."""
        return clause.past_cue or self.long_ago(clause)

    def long_ago(self, clause: Clause) -> bool:
        """Whether a clause names a time in an earlier year, half a year or more before the update."""
        times = (m.at for m in self.times_of(clause) if m.at and m.kind == "moment" and not self._since(m))
        return any(at.year < self.reference.year and self.reference - at > LONG_AGO for at in times)

    def _since(self, mention: TimeMention) -> bool:
        """Whether something has held or been unequalled since then: "the highest since 1996"."""
        return self.tree.text[: mention.start].rstrip().lower().endswith("since")

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
        """The day that a clause names, in the outlet's zone; not one to which something is moved."""
        if _is_moved(clause):
            return None
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

    def of_any_day(self, mention: TimeMention) -> bool:
        """Whether a time of day stands in a sentence that names no day: that is read off the time of the update."""
        if mention.precision != "minute":
            return False
        return all(day.precision != "day" for day in find_days(self.tree.text, self.reference.date(), None))

    def of_telling(self, mention: TimeMention) -> bool:
        """Whether a time dates the telling, not what is told: "said on Monday", "as of 24 May", a title's own date."""
        tokens = self.tree.at(mention.start, mention.end)
        if not tokens:
            return True  # in the dateline
        clause = self.clause_of(tokens[0].i)
        before, after = self.tree.text[: mention.start], self.tree.text[mention.end :]
        if clause is None and _SET_OFF.search(before) and not after.strip(" .)"):
            return True
        return (clause is not None and clause.lemma in STRICT_SPEECH) or _DATED.search(before) is not None

    def attribution(self, clause: Clause) -> tuple[str, ...]:
        """Who says so, the nearest first, as written."""
        return tuple(self.actors.of(self.tree, i).text[:MAX_TEXT] for i in clause.sources)

    def short(self, text: str) -> str:
        """A value's text from the sentence's own words: at most 80 characters and six tenths of the sentence."""
        return clip(text, min(MAX_TEXT, max(20, int(0.6 * len(self.sentence.text)))))

    def clocks(self, clause: Clause | None = None) -> frozenset[str]:
        """The moments, to the minute, that a clause or the whole sentence names: ``@2025-05-11T02:30``."""
        times = self.times["past"] if clause is None else self.times_of(clause)
        return frozenset(f"@{m.at:%Y-%m-%dT%H:%M}" for m in times if m.at and m.precision == "minute")

    def terms(self, clause: Clause) -> frozenset[str]:
        """The content lemmas of a clause, without who says so and what is said aside of somebody."""
        sources = {t.i for i in clause.sources for t in self.tree.subtree(i)}
        others = {t.i for other in self._beside(clause) for t in self.tree.subtree(other)}
        own = self.tree.subtree(clause.head, _ASIDE)
        return frozenset(term(t) for t in own if is_content(t) and t.i not in sources | others)

    def _beside(self, clause: Clause) -> list[int]:
        """The predicates that are joined to a clause and have a subject of their own: "…, and prosecutors seized"."""
        heads = {c.head for c in self.clauses}
        joined = (t for t in self.tree.kids(clause.head, "conj") if t.i in heads)
        return [t.i for t in joined if self.tree.kid(t.i, "nsubj", "nsubjpass")]


def _is_moved(clause: Clause) -> bool:
    """Whether a clause says that something is put to another time."""
    return STATUS_VERBS.get(clause.lemma) == "postponed" or clause.lemma in _MOVES
