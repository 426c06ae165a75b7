"""Telling: which of the found changes become alerts, and how loud, how sure and how open they are."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import get_args
from uuid import UUID

from schemas.alerts import Alert, Priority
from schemas.alerts import Change as AlertChange
from schemas.base import Kind
from schemas.updates import ArticleUpdate
from schemas.values import EventStatusValue
from streams.facts.alerting import RANK, build_alert, certainty
from streams.facts.claim import Claim
from streams.facts.diff import Found
from streams.facts.kinds.event_status import DONE
from streams.facts.language.notes import names
from streams.facts.lexicon.events import ACTS_OF_LAW
from streams.facts.reading import Reading
from streams.facts.values import telling_words

SILENT = frozenset({"background", "stale", "no news", "below similarity"})
_SAYS_SO = re.compile(
    r"\b(?:from .{1,40} to|earlier|now|revised|no longer|instead|raised|lowered|rose|risen|fell|fallen|dropped|grew"
    r"|grown|widened|was to have|had said|previously|originally|increased|decreased|extended|moved|changed|more days?"
    r"|third|another)\b",
    re.I,
)
_LOUDEST_FIRST: tuple[Priority, ...] = get_args(Priority)
_OPEN: frozenset[Kind] = frozenset({"position", "participant", "action"})
_COVERS: frozenset[Kind] = frozenset({"event-status", "event-time", "statement", "quote", "figure"})
_MOVES_BY_ITSELF: frozenset[Kind] = frozenset({"event-status", "statement"})


@dataclass(frozen=True)
class Told:
    """A change with its reason, and with its alert where it is told."""

    found: Found
    reason: str
    alert: Alert | None = None


def leads(f: Found) -> tuple[bool, bool, int]:
    """Sorts what is told of one sentence: by kind, a small new number of nothing much last, a frame after all.

    What was done and nobody knew of as an event to come is told as an action: "she has resigned". Of frames, what is
    new is told as an action before one of its times.
    """
    framed, rank = bool(f.claim.slots.get("frame")), RANK[f.claim.kind] if not _is_deed(f) else len(RANK)
    return framed, is_slight(f), -rank if framed and f.outcome == "new" else rank


def _is_deed(f: Found) -> bool:
    """Whether a verb by itself says that something has been done that was not known as an event before."""
    return f.outcome == "new" and isinstance(f.claim.value, EventStatusValue) and f.claim.value.text == DONE


def is_slight(f: Found) -> bool:
    """ "two warnings", or a number said in passing: a new one that tells less than what was done."""
    slots = f.claim.slots
    if f.claim.kind != "figure" or f.outcome != "new":
        return False
    return f.claim.background or not (slots["telling"] or slots["unit"] or slots["befalls"])


def _heads(news: list[Found], passages: dict[int, int]) -> dict[int, Found]:
    """For each change, by its id(), the one that it is told with: the first by kind of its clause, often itself.

    What a clause changes comes before what is new in it: it reopened, though nobody had told of a reopening.
    What a passage of guidance adds, by its sentences in ``passages``, is told as one.
    """
    counted = {f.claim.within for f in news if _is_core(f) and not is_slight(f)}
    moved = {f.claim.clause for f in news if f.claim.kind in _OPEN and f.outcome != "new" and not _of_frame(f.claim)}
    groups: dict[int, Found] = {}
    clauses: dict[int, list[Found]] = {}
    added: dict[int, Found] = {}
    heads: dict[int, Found] = {}
    for f in sorted(news, key=lambda f: (f.claim.clause in moved and f.outcome == "new", _after(f, counted), leads(f))):
        same_clause = clauses.setdefault(f.claim.sentence, [])
        head = groups.get(f.claim.clause) or next((g for g in same_clause if _carries(g, f)), None) or f
        if head is f and f.claim.kind in _OPEN and f.outcome == "new" and f.claim.sentence in passages:
            head = added.setdefault(passages[f.claim.sentence], f)
        groups.setdefault(f.claim.clause, head)
        same_clause.append(head)
        heads[id(f)] = head
    return heads


def _after(f: Found, counted: set[int]) -> bool:
    """Whether something new is told by how many it befell: 130 flights, not their cancellation."""
    return f.claim.kind == "event-status" and f.outcome == "new" and f.claim.within in counted


def _tells(f: Found) -> bool:
    """Whether a known fact by itself shows that its clause is known: not a small number, which may be of anything."""
    return f.claim.kind != "figure" or f.claim.slots["telling"] == "yes"


def _of_frame(claim: Claim) -> bool:
    """Whether a fact is of its sentence's frame: told where that changes, and by itself no news."""
    return bool(claim.slots.get("frame"))


def _first_told(f: Found) -> tuple[bool, int, int]:
    """What of a lead comes first: the facts of its clauses by kind; where there are none its sentence as a whole."""
    rank = RANK[f.claim.kind]
    return (True, -rank, f.claim.sentence) if _of_frame(f.claim) else (False, rank, f.claim.sentence)


def _carries(head: Found, f: Found) -> bool:
    """Whether a change is told with another of its clause: an open kind with any, what an event is of with it."""
    if is_slight(f):
        return True
    if f.claim.kind in _OPEN:
        return f.claim.within == head.claim.within or _of_frame(f.claim)
    pair = {f.claim.kind, head.claim.kind} == {"figure", "event-status"} and f.claim.within == head.claim.within
    return pair and any(_is_core(g) for g in (f, head))


def _is_core(f: Found) -> bool:
    """Whether a number is of those to whom it happens: "130 flights were cancelled"."""
    fresh = f.outcome == "new" or f.reason == "plan done"
    return f.claim.kind == "figure" and fresh and f.claim.slots["core"] == "yes"


@dataclass(frozen=True)
class Teller:
    """Decides for one version. ``silence`` is the reason why nothing of it is told (withheld, baseline …), or None."""

    update: ArticleUpdate
    reading: Reading
    detected_at: datetime
    silence: str | None
    lead_only: bool

    def tell(self, found: list[Found]) -> list[Told]:
        """A decision for each change; of a clause with several, the first by kind is told, the others along with it."""
        covered = {g.claim.within for g in found if g.claim.kind in _COVERS and g.outcome == "same" and _tells(g)}
        news = [f for f in found if self._is_news(f, covered)]
        if self.lead_only and not self.silence:
            news = [lead] if (lead := self._lead(found)) else []
        heads = _heads(news, self._passages())
        along = {id(head): [g for g in news if heads[id(g)] is head and g is not head] for head in heads.values()}
        alerts = {id(head): self._alert(head, along[id(head)]) for head in heads.values()}
        return [self._told(f, heads.get(id(f)), alerts) for f in found]

    def _passages(self) -> dict[int, int]:
        """On a page of guidance, for each unseen sentence the first of those that stand together with it."""
        found: dict[int, int] = {}
        for n, read in enumerate(self.reading.sentences if self.reading.guidance else ()):
            if not read.seen:
                found[n] = found.get(n - 1, n)
        return found

    def _told(self, f: Found, head: Found | None, alerts: dict[int, Alert]) -> Told:
        if head is None:
            return Told(f, self._silent_reason(f))
        alert = alerts[id(head)]
        return Told(f, f.reason, alert) if head is f else Told(f, f"told with {alert.id}")

    def _silent_reason(self, f: Found) -> str:
        if f.outcome in ("same", "refined"):
            return f.reason
        if self.silence or f.reason in SILENT:
            return self.silence or f.reason
        return "story opened" if self.lead_only else "background"

    def _is_news(self, f: Found, covered: set[int]) -> bool:
        """Whether a change may be told; ``covered`` are the clauses of which a closed kind is known already."""
        if self.silence or f.outcome in ("same", "refined") or f.reason in SILENT:
            return False
        return self._body_or_lead(f) and not (
            f.claim.kind == "action" and f.outcome == "new" and f.claim.within in covered
        )

    def _body_or_lead(self, f: Found) -> bool:
        """A headline is told only where it changes what is known: what is new in it, the body proves."""
        headline = self.reading.sentences[f.claim.sentence].sentence.field == "headline"
        return self.lead_only or not headline or f.outcome != "new"

    def _lead(self, news: list[Found]) -> Found | None:
        """What a new story is about: the headline's event, or else the first fact of the first paragraph."""
        leading = [f for f in news if self.in_lead(f)]
        return min(leading, key=_first_told, default=None)

    def in_lead(self, f: Found) -> bool:
        """Whether a fact is told in the headline or the first paragraph."""
        sentence = self.reading.sentences[f.claim.sentence].sentence
        return sentence.field == "headline" or sentence.paragraph == self.reading.first_paragraph

    def _alert(self, f: Found, along: list[Found]) -> Alert:
        change: AlertChange = "initial" if f.outcome == "new" else "retraction" if self._withdrawn(f) else "update"
        after = f.after.fact
        return build_alert(
            self.update,
            change,
            f.known,
            after,
            related=tuple(g.after.fact for g in along),
            priority=min((self._priority(g) for g in (f, *along)), key=_LOUDEST_FIRST.index),
            certainty=certainty(after),
            silent_edit=change != "initial" and self._silent_edit(f),
            flip_flop=f.flip_flop,
            supersedes=UUID(f.before.last_alert) if f.before and f.before.last_alert else None,
            detected_at=self.detected_at,
        )

    def _withdrawn(self, f: Found) -> bool:
        return f.outcome == "denied" and self.update.article_id in (f.before.fact.asserted if f.before else {})

    def _priority(self, f: Found) -> Priority:
        flash = (
            f.claim.kind == "event-status"
            or f.claim.slots.get("verb") in ACTS_OF_LAW
            or f.claim.slots.get("befalls") in ("dead", "injured", "missing")
            or (f.claim.kind == "statement" and f.before is not None)
            or self._withdrawn(f)
        )
        if flash and self.in_lead(f) and f.claim.modality != "possible":
            return "flash"
        return "urgent" if flash or self.in_lead(f) else "routine"

    def _silent_edit(self, f: Found) -> bool:
        mine = f.before is not None and self.update.article_id in f.before.fact.asserted
        by_itself = (
            f.claim.kind in _MOVES_BY_ITSELF
            or f.claim.slots.get("befalls", "") != ""
            or f.claim.slots.get("role") == "end"
        )
        sentence = self.reading.sentences[f.claim.sentence].sentence.text
        named = f.before is not None and names(self.reading.notes, telling_words(f.after.fact, f.before.fact))
        return mine and not by_itself and not named and not _SAYS_SO.search(sentence)
