"""Event times: when a known event begins, ends or is planned, and how long it takes."""

import re
from collections.abc import Iterator
from datetime import timedelta

from schemas.base import Kind
from schemas.values import EventTimeValue
from streams.facts.claim import Claim
from streams.facts.context import Event
from streams.facts.kinds.base import make_key
from streams.facts.language.clauses import Clause
from streams.facts.language.events import mention_of_noun, mention_of_verb, noun_class, verb_class
from streams.facts.language.terms import clip, telling_words
from streams.facts.lexicon import events as words
from streams.facts.rows import FactRow
from streams.facts.scene import A_DAY, Scene
from streams.facts.sentence_times import match as same_place
from streams.facts.sentence_times import sentence_times, time_slots, time_value
from streams.facts.times.mentions import TimeMention

_ROLES = {"ended": "end", "begin": "begin", "ongoing": "begin", "resumed": "begin"}
_SECONDS = {
    "second": 1,
    "minute": 60,
    "hour": 3600,
    "day": 86_400,
    "week": 604_800,
    "month": 2_678_400,
    "quarter": 8_035_200,
}
_DURATIVE = frozenset(
    {"last", "speak", "talk", "take", "meet", "run", "continue", "go on", "spend", "end", "finish", "conclude"}
)
RETOLD = 0.25  # another event of the class at the same time: the same where the one sentence replaces the other
_LIMIT = re.compile(r"\b(?:before|until|till)(?: about| around| at)? *\Z", re.I)


class EventTimes:
    name: Kind = "event-time"

    def claims(self, scene: Scene) -> Iterator[Claim]:
        of_events = {mention.start: claim for claim, mention in self._of_events(scene)}
        yield from of_events.values()
        yield from sentence_times(scene, of_events.keys())

    def _of_events(self, scene: Scene) -> Iterator[tuple[Claim, TimeMention]]:
        for clause in scene.clauses:
            mentions = [m for m in scene.times_of(clause) if m.kind in ("moment", "duration")]
            if clause.void or not mentions or scene.quoted(clause.head):
                continue
            event = _event(scene, clause)
            if event is None:
                continue
            roles: dict[str, TimeMention] = {}
            for mention in sorted(mentions, key=_width):  # of several times for one role, the most exact
                if role := _role(scene, clause, mention):
                    roles.setdefault(role, mention)
            yield from ((_claim(scene, clause, event, mention, role), mention) for role, mention in roles.items())

    def index_terms(self, claim: Claim) -> frozenset[str]:
        if claim.slots.get("frame"):
            return frozenset(f"time in {word}" for word in telling_words(claim.terms))
        event = claim.slots["event"]
        return frozenset({f"time {event}", f"time of {event.split('|')[0]} {claim.slots['role']}"})

    def match(self, claim: Claim, known: FactRow) -> float:
        ours, theirs = claim.slots, known.slots
        if ours.get("frame") and theirs.get("frame"):
            return same_place(claim, known)
        if ours["event"] != theirs["event"]:
            of_class = ours["event"].split("|")[0] == theirs["event"].split("|")[0] != ""
            return RETOLD * (of_class and ours["role"] == theirs["role"] and self.same(claim, known))
        if ours["role"] == theirs["role"]:
            return 1.0
        return 0.9 if {ours["role"], theirs["role"]} == {"begin", "planned"} else 0.0

    def same(self, claim: Claim, known: FactRow) -> bool:
        ours, theirs = _values(claim, known)
        if claim.slots.get("frame") and ours.text.lower() == theirs.text.lower():
            return True  # "on Thursdays", read against another week
        if ours.minutes is not None or theirs.minutes is not None:
            return ours.minutes == theirs.minutes and claim.slots["most"] == known.slots.get("most", "")
        if claim.slots["any_day"] and ours.at and theirs.at:
            return theirs.precision == "minute" and (ours.at - theirs.at) % A_DAY == timedelta(0)
        return _covers((theirs, known.slots), (ours, claim.slots))

    def replaces(self, claim: Claim, known: FactRow) -> bool:
        return True

    def refines(self, claim: Claim, known: FactRow) -> bool:
        ours, theirs = _values(claim, known)
        return ours.minutes is None and theirs.minutes is None and _covers((ours, claim.slots), (theirs, known.slots))

    def removable(self, known: FactRow, only_deleted: bool) -> bool:
        return False


def _not_before(scene: Scene, mention: TimeMention) -> bool:
    """ "will not reopen before noon": at noon, not at no time."""
    return _LIMIT.search(scene.tree.text[: mention.start]) is not None


def _width(mention: TimeMention) -> int:
    return _SECONDS.get(mention.precision or "minute", 31_622_400)


def _values(claim: Claim, known: FactRow) -> tuple[EventTimeValue, EventTimeValue]:
    ours, theirs = claim.value, known.fact.value
    assert isinstance(ours, EventTimeValue) and isinstance(theirs, EventTimeValue)
    return ours, theirs


def _covers(fine: tuple[EventTimeValue, dict[str, str]], coarse: tuple[EventTimeValue, dict[str, str]]) -> bool:
    """Whether the finer moment lies within the coarser one: Tuesday 15:00 in Tuesday, by the day where it was said."""
    (inner, inner_slots), (outer, outer_slots) = fine, coarse
    if inner.at is None or outer.at is None:
        return False
    width = _SECONDS.get(outer.precision or "day", 31_622_400)
    if width < _SECONDS.get(inner.precision or "day", 31_622_400):
        return False
    if inner.precision == "day" and "" != inner_slots.get("part", "") != outer_slots.get("part", "") != "":
        return False  # Thursday morning, Thursday evening
    if outer.precision == "day" and inner_slots["day"] and outer_slots["day"]:
        return inner_slots["day"] == outer_slots["day"]
    return 0 <= (inner.at - outer.at).total_seconds() < width


def _event(scene: Scene, clause: Clause) -> Event | None:
    """The event that the clause is about: its subject or object, what it is itself, or one in a phrase below it."""
    tree = scene.tree
    cls = verb_class(tree, clause, scene.context)
    for head in (clause.subject, clause.object if clause.lemma not in words.JOINING else None):
        named = head is not None and (noun_class(tree, head) or _is_awaited(scene, clause, head))
        if head is not None and named and (clause.lemma in words.STATUS_VERBS or not cls):
            return scene.event(head, mention_of_noun(tree, head, scene.actors, clause, scene.day_of(clause)))
    if cls:
        return scene.event(clause.head, mention_of_verb(tree, clause, cls, scene.actors, scene.day_of(clause)))
    return None


def _is_awaited(scene: Scene, clause: Clause, head: int) -> bool:
    """ "The list is expected on Friday": whatever is awaited for a time is an event."""
    tree, token = scene.tree, scene.tree.tokens[head]
    if token.pos != "NOUN" or token.lemma in words.DOERS or tree.kid(clause.head, "xcomp", "ccomp"):
        return False
    due = any(t.lemma == "due" and tree.kid(t.i, "xcomp") is None for t in tree.kids(clause.head, "acomp"))
    return due if clause.lemma == "be" else clause.passive and clause.lemma in ("expect", "schedule", "set", "slate")


def _role(scene: Scene, clause: Clause, mention: TimeMention) -> str | None:
    if clause.modality in ("possible", "requested"):
        return None
    if mention.kind == "duration":
        return "duration" if clause.lemma in _DURATIVE and mention.minutes is not None else None
    if mention.at is None:
        return None
    move = words.STATUS_VERBS.get(clause.lemma, "")
    role = _ROLES.get(move)
    if role == "end":
        return role
    if role == "begin" and clause.tense == "present" and mention.at <= scene.reference:
        return role  # "the vote opens at noon", told after noon
    after_verb = mention.start > scene.tree.tokens[clause.head].start
    is_when = clause.lemma == "be" and after_verb and mention.at > scene.reference  # "the deadline is 15 April"
    if scene.prospective(clause) or move == "planned" or is_when or (role and mention.at > scene.reference):
        return "planned"
    return role


def _attributive(scene: Scene, mention: TimeMention) -> bool:
    """Whether a length of time only tells which is meant: "the three-day walkout"."""
    if mention.kind != "duration":
        return False
    last = scene.tree.at(mention.start, mention.end)[-1:]
    return any(t.dep in ("amod", "compound", "nmod", "nummod") and t.head > t.i for t in last)


def _claim(scene: Scene, clause: Clause, event: Event, mention: TimeMention, role: str) -> Claim:
    return Claim(
        kind="event-time",
        key=make_key("event-time", event.slot, role),
        subject=clip(f"{event.name}, {role}"),
        value=time_value(mention),
        sentence=scene.index,
        within=scene.predicate(clause),
        clause=scene.predicate(clause) if role != "duration" else scene.index * 1000 + mention.start + 750,
        polarity="affirmed" if _not_before(scene, mention) else clause.polarity,
        modality=clause.modality,
        hedges=clause.hedges,
        attribution=scene.attribution(clause),
        terms=scene.terms(clause),
        slots={"event": event.slot, "role": role} | time_slots(scene, mention),
        background=scene.looks_back(clause) or _attributive(scene, mention),
    )


KIND = EventTimes()
