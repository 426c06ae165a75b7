"""Removal: claims that a version no longer makes, and articles that are canceled."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from schemas.alerts import Alert
from schemas.changes import FactChange
from schemas.facts import Fact
from schemas.updates import ArticleUpdate
from streams.facts.alerting import RANK, build_alert, certainty, change_record
from streams.facts.kinds import kinds
from streams.facts.language.notes import names
from streams.facts.language.text import lead_end, stems
from streams.facts.memory import Memory
from streams.facts.reading import Reading, Vanished
from streams.facts.rows import FactRow
from streams.facts.state import State
from streams.facts.values import telling_words

MAX_RELATED = 50  # facts told along with a canceled article's lead: an alert has to fit into a message
MAX_NEW = 3  # unseen sentences of a version that has not been rewritten
LOST = 0.6  # the share of a line's words that no new line has, from which on it was taken out and not reworded
LOST_WORDS = {"clause": 6, "list": 6, "general": 8}  # and how many they must be


def removed(
    update: ArticleUpdate,
    memory: Memory,
    reading: Reading,
    state: State,
    asserted: set[str],
    silence: str | None,
    at: datetime,
) -> list[FactChange]:
    """A record for each claim that vanished alone, and for an article that is canceled all that only it asserted."""
    teller = RemovalTeller(update, reading.notes, _lead_end(memory), at, silence)
    if update.status == "canceled":
        return teller.canceled(_only_here(update, memory, state), state)
    return teller.removed(_gone(memory, reading, state, asserted), state)


@dataclass(frozen=True, slots=True)
class Gone:
    """A fact that nothing in a version asserts any more; those of one ``place`` are told as one."""

    row: FactRow
    told: bool
    place: str


def _gone(memory: Memory, reading: Reading, state: State, asserted: set[str]) -> list[Gone]:
    """The facts of the vanished sentences that nothing else in the version asserts."""
    vanished = {v.fingerprint: v for v in reading.vanished}
    rows = [row for row in memory.article.sentences if row.f in vanished] if memory.article else []
    fates = {claim.slots["befalls"] for claim in reading.claims if claim.kind == "figure"} - {""}
    found: dict[str, Gone] = {}
    for sentence in rows:
        how = vanished[sentence.f]
        retold = any(i in asserted and (row := state.fact(i)) and _tells(row) for i in sentence.ids)
        for identity in sentence.ids:
            row = state.fact(identity)
            if row and identity not in asserted and row.fact.state == "active":
                gone = _as_gone(row, how, reading)
                counted_anew = row.fact.kind == "figure" and row.slots.get("befalls") in fates
                found[identity] = replace(gone, told=gone.told and not counted_anew and not retold)
    return list(found.values())


def _tells(row: FactRow) -> bool:
    """Whether a fact that stands shows that its sentence is told in other words: an amount or somebody's words."""
    return row.fact.kind == "quote" or (row.fact.kind == "figure" and bool(row.slots["telling"] or row.slots["unit"]))


def _as_gone(row: FactRow, how: Vanished, reading: Reading) -> Gone:
    """A claim is told where it went alone; a line of guidance where no new line has its words.

    Where much is told anew, words and numbers make room for it; an accusation does not.
    """
    if form := row.slots.get("guidance"):
        own = stems(row.slots["words"].split())
        if form in LOST_WORDS and len(own - reading.brought) >= max(LOST_WORDS[form], LOST * len(own)):
            return Gone(row, True, f"passage {how.passage}")
    new = sum(not s.seen and s.sentence.field == "body" for s in reading.sentences)
    alone = how.alone and (new <= MAX_NEW or row.fact.kind == "action")
    told = (alone or how.only) and kinds()[row.fact.kind].removable(row, how.only)
    return Gone(row, told, how.fingerprint)


def _lead_end(memory: Memory) -> int:
    """Where the first paragraph of the version before ends."""
    return lead_end(memory.text.update.body) if memory.text else 0


def _only_here(update: ArticleUpdate, memory: Memory, state: State) -> list[FactRow]:
    if memory.article is None:
        return []
    ids = [*(i for sentence in memory.article.sentences for i in sentence.ids), *memory.article.earlier]
    facts = [row for i in ids if (row := state.fact(i))]
    distinct = {row.fact.key: row for row in facts if row.fact.state == "active"}
    return [row for row in distinct.values() if set(row.fact.asserted) <= {update.article_id}]


def _place(row: FactRow) -> tuple[bool, bool, int, int]:
    """By which a canceled article's lead fact comes first: the headline's, then what a sentence says by itself."""
    evidence = row.fact.evidence
    return evidence.field != "headline", bool(row.slots.get("frame")), evidence.start, RANK[row.fact.kind]


@dataclass(frozen=True)
class RemovalTeller:
    """Tells of claims that are gone: ``after`` is null, the evidence is the old version's."""

    update: ArticleUpdate
    notes: str
    lead_end: int
    detected_at: datetime
    silence: str | None

    def removed(self, gone: list[Gone], state: State) -> list[FactChange]:
        """A record for each fact that vanished."""
        records: list[FactChange] = []
        alerts: dict[str, Alert] = {}
        for item in sorted(gone, key=lambda item: RANK[item.row.fact.kind]):
            row, place = item.row, item.place
            if not item.told or self.silence:
                records.append(self._record(row, None, self.silence or "background"))
                continue
            named = names(self.notes, telling_words(row.fact))
            alert = None if place in alerts else self._retraction(row, (), silent_edit=not named)
            records.append(self._record(row, alert, "claim removed" if alert else f"told with {alerts[place].id}"))
            alerts.setdefault(place, alert) if alert else None
            state.put(self._without(row, alerts[place]), ())
        return records

    def _without(self, row: FactRow, alert: Alert) -> FactRow:
        """The row without this article's assertion; removed where no other article makes it."""
        others = {a: said for a, said in row.fact.asserted.items() if a != self.update.article_id}
        fact = row.fact.model_copy(update={"asserted": others, "state": "active" if others else "removed"})
        return row.model_copy(update={"fact": fact, "last_alert": str(alert.id)})

    def canceled(self, rows: list[FactRow], state: State) -> list[FactChange]:
        """One retraction, of the lead fact; the rest along with it."""
        ordered = sorted(rows, key=_place)
        if not ordered:
            return []
        lead, *rest = ordered
        along = tuple(row.fact for row in rest[:MAX_RELATED])
        alert = None if self.silence else self._retraction(lead, along, silent_edit=False)
        for row in ordered:
            state.put(row.model_copy(update={"fact": row.fact.model_copy(update={"state": "retracted"})}), ())
        reason = f"told with {alert.id}" if alert else self.silence or "background"
        beyond = "article canceled" if alert else reason
        return [
            self._record(lead, alert, beyond),
            *(self._record(row, None, reason) for row in rest[:MAX_RELATED]),
            *(self._record(row, None, beyond) for row in rest[MAX_RELATED:]),
        ]

    def _retraction(self, row: FactRow, related: tuple[Fact, ...], silent_edit: bool) -> Alert:
        return build_alert(
            self.update,
            "retraction",
            self._said_here(row.fact),
            None,
            related=related,
            priority="flash" if self._was_lead(self._said_here(row.fact)) else "urgent",
            certainty=certainty(row.fact),
            silent_edit=silent_edit,
            flip_flop=False,
            supersedes=UUID(row.last_alert) if row.last_alert else None,
            detected_at=self.detected_at,
        )

    def _said_here(self, fact: Fact) -> Fact:
        """The fact as this article last said it: its value, and the sentence of its own that is gone."""
        mine = fact.asserted.get(self.update.article_id)
        return fact.model_copy(update={"value": mine.value, "evidence": mine.evidence}) if mine else fact

    def _was_lead(self, fact: Fact) -> bool:
        return fact.evidence.field == "headline" or fact.evidence.start < self.lead_end

    def _record(self, row: FactRow, alert: Alert | None, reason: str) -> FactChange:
        said = self._said_here(row.fact)
        at = self.detected_at
        return change_record(self.update, "removed", said, None, reason=reason, alert=alert, detected_at=at)
