"""The diff: each claim of a version against what is known of its fact (DESIGN: how facts are diffed)."""

from collections.abc import Set
from dataclasses import dataclass, replace
from datetime import datetime

from schemas.changes import Outcome
from schemas.facts import MAX_ASSERTIONS, Assertion, Evidence, Fact
from schemas.updates import ArticleUpdate
from schemas.values import EventStatusValue
from streams.facts.claim import Claim
from streams.facts.kinds import kinds
from streams.facts.kinds.base import FactKind
from streams.facts.language.notes import names
from streams.facts.language.text import stems
from streams.facts.reading import Reading
from streams.facts.rows import MAX_HISTORY, MAX_TERMS, FactRow, fact_id
from streams.facts.sentence_times import is_of_sentence
from streams.facts.state import State
from streams.facts.values import canonical, telling_words

MATCH = 0.5  # from here on a claim and a known fact are about the same
FRESH = ((3, 0.5), (4, 0.4))  # how many words, and which share, must be fresh for a line of guidance to be new
UNHEARD = 2  # words of it that the story must never have used
MAX_ITEM = 4  # words of weight of a list's item; a longer line without a verb is a title or a link
MAX_VERBS = 6  # of a fact, by which it was told
BESIDE = 0.75  # of 1: so like are two sayings of one action in other words, where the one stands beside the other
ALIGNED = 0.3  # added where the fact stood in the old sentence that the claim's one replaces


@dataclass(frozen=True)
class Found:
    """What a claim was found to be; ``reason`` is one of the closed list, ``before`` what was known."""

    claim: Claim
    outcome: Outcome
    reason: str
    before: FactRow | None
    after: FactRow
    identity: str
    flip_flop: bool = False

    @property
    def known(self) -> Fact | None:
        """The fact as it was, where this is not a new one."""
        return self.before.fact if self.before and self.outcome != "new" else None


class Diff:
    """Applies the claims of one version to a story's state.

    ``still`` are the facts of the body's sentences that the version has kept, ``titled`` those of a headline that it
    has kept; ``opening``: the story's first version.
    """

    def __init__(
        self,
        update: ArticleUpdate,
        reading: Reading,
        state: State,
        still: Set[str],
        titled: Set[str] = frozenset(),
        opening: bool = False,
    ) -> None:
        self.update = update
        self.reading = reading
        self.state = state
        self.still = still
        self.titled = titled
        self.opening = opening
        self.told: set[str] = set()  # the facts that the version's unseen sentences assert, by id
        self.last_keys: dict[str, str] = {}  # of a key that many new facts would have, the last that one was given
        self.newly: dict[str, int] = {}  # the sentences of facts that this version brought
        self.paired: dict[int, set[str]] = {n: {old} for n, old in reading.aligned.items()}
        self.scores: dict[tuple[int, str], tuple[FactRow, float]] = {}  # by claim and fact, as it was then

    def run(self) -> list[Found]:
        """What each claim was found to be, in the order of the text. Repeats are settled before anything can change."""
        found: dict[int, Found] = {}
        matches = {n: self._match(n, claim) for n, claim in enumerate(self.reading.claims)}
        for n, claim in enumerate(self.reading.claims):
            identity = self._repeated(claim, matches[n])
            if identity:
                found[n] = self._settle(claim, identity)
                self._pair(claim, identity)
        for n, claim in enumerate(self.reading.claims):
            if n not in found:
                found[n] = self._settle_new(n, claim)
        return _without_asides([found[n] for n in sorted(found)])

    def _settle_new(self, n: int, claim: Claim) -> Found:
        """A claim that repeats nothing known: it changes a fact that this version has not told yet, or is new."""
        fitting = [item for item in self._match(n, claim) if item[0] >= MATCH]
        if repeated := self._repeated(claim, fitting):
            return self._settle(claim, repeated)
        kind = kinds()[claim.kind]
        taken = self.told if self._in_headline(claim) else self.told | self.still
        free = [(score, i) for score, i in fitting if i not in taken or self._replaces(kind, claim, i)]
        return self._settle(claim, max(free)[1]) if free else self._new(claim)

    def _replaces(self, kind: FactKind, claim: Claim, identity: str) -> bool:
        row = self.state.fact(identity)
        return row is not None and kind.replaces(claim, row)

    def _in_headline(self, claim: Claim) -> bool:
        return self.reading.sentences[claim.sentence].sentence.field == "headline"

    def _match(self, n: int, claim: Claim) -> list[tuple[float, str]]:
        kind = kinds()[claim.kind]
        scored = []
        for identity in self.state.under(kind.index_terms(claim)):
            row = self.state.fact(identity)
            if row and row.fact.kind == claim.kind:
                score = self._score(n, claim, kind, identity, row)
                if score > 0 and not self._stands_beside(claim, row, identity, score):
                    scored.append((score + ALIGNED * self._aligned(claim, row), identity))
        return scored

    def _stands_beside(self, claim: Claim, row: FactRow, identity: str, score: float) -> bool:
        """Whether the version still has the sentence of something alike that was done: then this was done besides.

        So was what the same sentence tells of another verb.
        """
        if claim.kind != "action" or claim.slots["frame"] or claim.slots["verb"] == row.slots["verb"]:
            return False
        stands = identity in self.still or identity in self.titled
        return (score <= BESIDE and stands) or self.newly.get(identity) == claim.sentence

    def _score(self, n: int, claim: Claim, kind: FactKind, identity: str, row: FactRow) -> float:
        """Kept, for a claim that repeats nothing is matched twice, and few facts have changed in between."""
        before = self.scores.get((n, identity))
        if before is not None and before[0] is row:
            return before[1]
        score = kind.match(claim, row)
        self.scores[n, identity] = row, score
        return score

    def _pair(self, claim: Claim, identity: str) -> None:
        """A sentence that repeats one fact of an older sentence may tell that one's other facts anew."""
        row = self.state.fact(identity)
        if row and claim.kind in ("figure", "quote"):
            self.paired.setdefault(claim.sentence, set()).update(row.sentences.values())

    def _aligned(self, claim: Claim, row: FactRow) -> bool:
        return not self.paired.get(claim.sentence, set()).isdisjoint(row.sentences.values())

    def _fresh(self, words: frozenset[str]) -> list[str]:
        return [word for word in words if not self.state.knows(word)]

    def _adds(self, claim: Claim) -> bool:
        """Whether a line of guidance is no rewording of those that this version took out, and says what nobody said."""
        form, fresh, taken = claim.slots["guidance"], self._fresh(claim.words), self.reading.taken
        if taken is None or len(fresh) < (1 if form == "item" else UNHEARD):
            return adds(form, len(fresh), len(claim.words))
        return adds(form, len(stems(claim.words) - taken), len(claim.words))

    def _repeated(self, claim: Claim, scored: list[tuple[float, str]]) -> str | None:
        """The known fact that the claim repeats: as this article said it last, or as the story has it."""
        fitting = sorted((item for item in scored if item[0] >= MATCH), reverse=True)
        return next((i for _, i in fitting if (row := self.state.fact(i)) and self._same(claim, row)), None)

    def _same(self, claim: Claim, row: FactRow) -> bool:
        return claim.polarity == row.fact.polarity and self._unchanged(claim, row)

    def _unchanged(self, claim: Claim, row: FactRow) -> bool:
        """Whether a claim says what this article said last, or what the story says now."""
        if set(claim.slots.get("names", "").split()) - set(row.slots.get("words", "").split()):
            return False  # a line of guidance that names one more
        kind = kinds()[claim.kind]
        mine = row.fact.asserted.get(self.update.article_id)
        return kind.same(claim, row) or (mine is not None and kind.same(claim, _as_said(row, mine)))

    def _settle(self, claim: Claim, identity: str) -> Found:
        row = self.state.fact(identity)
        assert row is not None
        outcome, reason = self._judge(claim, row)
        after = self._after(claim, row, adopt=outcome != "same" and reason != "stale")
        if outcome == "denied" and self.update.article_id in row.fact.asserted:
            after = after.model_copy(update={"fact": after.fact.model_copy(update={"state": "retracted"})})
        self.state.put(after, kinds()[claim.kind].index_terms(claim))
        if not claim.background:  # "had said a day earlier that it was 23" does not say so now
            self.told.add(identity)
        other = canonical(claim.value) != canonical(row.fact.value)
        flip_flop = outcome == "changed" and other and canonical(claim.value) in row.history
        return Found(claim, outcome, reason, row, after, identity, flip_flop)

    def _judge(self, claim: Claim, row: FactRow) -> tuple[Outcome, str]:
        kind, fact = kinds()[claim.kind], row.fact
        mine = fact.asserted.get(self.update.article_id)
        if fact.state in ("removed", "retracted"):
            return "new", "new fact"
        if claim.polarity != fact.polarity:
            return ("denied", "denied") if claim.polarity == "denied" else ("reversed", "polarity reversed")
        if self._unchanged(claim, row):
            if fact.hedges and not claim.hedges and mine:
                return "hedge-dropped", "hedge dropped"
            same_verb = claim.slots.get("verb") == row.slots.get("verb")
            if claim.slots.get("done") and same_verb and fact.modality != "real" and not claim.background:
                return "changed", "plan done"
            return "same", "reworded" if mine else "known from another outlet"
        if kind.refines(claim, row):
            return "refined", "more exact"
        if mine is None and self.update.updated_at <= (row.as_of or fact.last_seen):
            return "changed", "stale"
        if self.reading.has_new_note and names(self.reading.notes, telling_words(self._row(claim, row).fact, fact)):
            return "corrected", "corrected"
        return "changed", "value changed"

    def _new(self, claim: Claim) -> Found:
        key = self.last_keys.get(claim.key, claim.key)
        while (taken := self.state.fact(fact_id(key))) is not None:
            key = _next_key(key, taken)
        self.last_keys[claim.key] = key
        after = self._row(replace(claim, key=key), None)
        if self._in_headline(claim) and not self.opening:  # the body will say it in full; until then nothing is known
            return Found(claim, "new", "background", None, after, fact_id(key))
        identity = self.state.put(after, kinds()[claim.kind].index_terms(claim))
        self.told.add(identity)
        self.newly[identity] = claim.sentence
        return Found(claim, "new", self._reason(claim), None, after, identity)

    def _reason(self, claim: Claim) -> str:
        if claim.background:
            return "background"
        known = claim.slots.get("guidance") and not self._adds(claim)
        return "below similarity" if known else "new fact"

    def _after(self, claim: Claim, row: FactRow, adopt: bool) -> FactRow:
        """The row with this version's assertion, and with its value where that is adopted.

        What the article says again in other words it has said as before: "it began at nine" does not undo "has ended".
        """
        told = self._row(replace(claim, key=row.fact.key), row)
        if adopt:
            return told
        asserted = dict(told.fact.asserted)
        mine = row.fact.asserted.get(self.update.article_id)
        if mine and claim.kind == "event-status" and kinds()[claim.kind].same(claim, _as_said(row, mine)):
            asserted[self.update.article_id] = mine
        fact = row.fact.model_copy(update={"asserted": asserted, "last_seen": self._last_seen(row)})
        return row.model_copy(update={"fact": fact, "sentences": told.sentences})

    def _last_seen(self, row: FactRow | None) -> datetime:
        return max(self.update.updated_at, row.fact.last_seen) if row else self.update.updated_at

    def _row(self, claim: Claim, known: FactRow | None) -> FactRow:
        evidence = self.evidence(claim)
        article = self.update.article_id
        assertion = Assertion(
            kind=claim.kind,
            version=self.update.version,
            updated_at=self.update.updated_at,
            value=claim.value,
            polarity=claim.polarity,
            modality=claim.modality,
            hedges=claim.hedges,
            evidence=evidence,
        )
        asserted = {k: v for k, v in known.fact.asserted.items() if k != article} if known else {}
        kept = dict([*asserted.items(), (article, assertion)][-MAX_ASSERTIONS:])
        fact = Fact(
            kind=claim.kind,
            key=claim.key,
            subject=claim.subject,
            value=claim.value,
            polarity=claim.polarity,
            modality=claim.modality,
            hedges=claim.hedges,
            attribution=claim.attribution,
            evidence=evidence,
            first_seen=known.fact.first_seen if known else self.update.updated_at,
            last_seen=self._last_seen(known),
            asserted=kept,
        )
        sentences = {k: v for k, v in known.sentences.items() if k in kept} if known else {}
        history = known.history if known else []
        same = known is not None and canonical(claim.value) == canonical(known.fact.value)
        return FactRow(
            fact=fact,
            terms=sorted(claim.terms)[:MAX_TERMS],
            slots=claim.slots if not known else {**claim.slots, **_kept_slots(claim, known)},
            history=[*history, canonical(claim.value)][-MAX_HISTORY:]
            if canonical(claim.value) not in history[-1:]
            else history,
            last_alert=known.last_alert if known else None,
            as_of=known.as_of if known and same else self.update.updated_at,
            sentences=sentences | {article: self.reading.sentences[claim.sentence].sentence.fingerprint},
        )

    def evidence(self, claim: Claim) -> Evidence:
        sentence = self.reading.sentences[claim.sentence].sentence
        return Evidence(
            article_id=self.update.article_id,
            version=self.update.version,
            source=self.update.source,
            url=self.update.url,
            field=sentence.field,
            start=sentence.start,
            end=sentence.end,
            sentence=sentence.text,
        )


def _without_asides(found: list[Found]) -> list[Found]:
    """What is no news beside the rest of its clause or sentence is a rewording.

    So is what the same sentence says to be over. That something is planned is none where no other time is said than
    the known one; nor is a new number's time, in "12,000 were without power at six" for "3,000 … at noon".
    """
    planned = {f.claim.within for f in found if f.claim.kind == "event-time" and f.outcome == "same"}
    last = {f.identity: f for f in found if f.claim.kind == "event-status" and not f.claim.background}
    counts = {f.claim.sentence for f in found if f.claim.kind == "figure" and f.outcome == "changed"}
    asides = [
        (_is_plan(f) and f.claim.within in planned)
        or (_times(f) and f.claim.sentence in counts)
        or (f.identity in last and _is_overtaken(f, last[f.identity]))
        for f in found
    ]
    return [replace(f, outcome="same", reason="reworded") if a else f for f, a in zip(found, asides, strict=True)]


def _is_overtaken(found: Found, last: Found) -> bool:
    """ "The search was halted but has since resumed": what is no longer so as the sentence ends."""
    return found is not last and found.claim.sentence == last.claim.sentence and last.outcome == "changed"


def _times(found: Found) -> bool:
    """Whether the time at which a sentence holds has changed."""
    return is_of_sentence(found.claim) and found.outcome == "changed" and found.claim.modality == "real"


def _is_plan(found: Found) -> bool:
    value = found.claim.value
    return found.outcome == "new" and isinstance(value, EventStatusValue) and value.status == "scheduled"


def adds(form: str, fresh: int, words: int) -> bool:
    """Whether a line of guidance with so many words, of which so many were not used before, is new guidance."""
    if form == "item":
        return 0 < fresh == words <= MAX_ITEM
    return form in ("clause", "list", "past") and any(fresh >= some and fresh >= share * words for some, share in FRESH)


def _as_said(row: FactRow, mine: Assertion) -> FactRow:
    """The row as if the story's value were the one that an article asserted."""
    return row.model_copy(update={"fact": row.fact.model_copy(update={"value": mine.value})})


def _kept_slots(claim: Claim, known: FactRow) -> dict[str, str]:
    """What a fact keeps when it is told anew: which event it is of, and by which verbs it was told before."""
    kept = {name: known.slots[name] for name in ("event",) if name in known.slots}
    if verbs := known.slots.get("verbs"):
        kept["verbs"] = "|".join(list(dict.fromkeys([*verbs.split("|"), claim.slots["verb"]]))[-MAX_VERBS:])
    return kept


def _next_key(key: str, taken: FactRow) -> str:
    stem, _, number = key.rpartition("#")
    return f"{stem}#{int(number) + 1}" if stem and number.isdigit() else f"{key[:390]}#2"
