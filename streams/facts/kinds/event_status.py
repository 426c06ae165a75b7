"""Event status: an event is scheduled, goes on, is suspended, resumed, ended, cancelled or postponed."""

import re
from collections.abc import Iterator
from typing import get_args

from schemas.base import Kind
from schemas.values import EventStatus, EventStatusValue
from streams.facts.claim import Claim
from streams.facts.context import Event
from streams.facts.kinds.base import make_key
from streams.facts.language.clauses import Clause, objects_after, pobjs
from streams.facts.language.events import mention_of_noun, mention_of_verb, noun_class, noun_form, verb_class
from streams.facts.language.parse import Token
from streams.facts.language.terms import clip
from streams.facts.lexicon import events as words
from streams.facts.lexicon.stances import VOTES
from streams.facts.lexicon.statements import FORMS
from streams.facts.rows import FactRow
from streams.facts.scene import Scene

DONE = "done"  # in place of "ended", of what ends as it is done
RETOLD = 0.25  # another event of the class: the same one where the one sentence replaces the other
_UNTIL = re.compile(r"\b(?:until|till|through|up to)(?: (?:about|around|at|the end of))* *\Z", re.I)
_MOVES = frozenset({"begin", "ended", "suspended", "resumed", "cancelled", "postponed"})
_WHEN = frozenset({"before", "after", "when", "since", "while"})
_STATUSES = frozenset(get_args(EventStatus))


class EventStatuses:
    name: Kind = "event-status"

    def claims(self, scene: Scene) -> Iterator[Claim]:
        for clause in scene.clauses:
            if clause.void or scene.quoted(clause.head) or scene.long_ago(clause):
                continue
            of_noun = _of_noun(scene, clause)
            found = of_noun or _of_verb(scene, clause)
            if found:
                yield _claim(scene, clause, *found, _words(*found, of_verb=of_noun is None))

    def index_terms(self, claim: Claim) -> frozenset[str]:
        return frozenset({f"event {claim.slots['event']}", f"event of {claim.slots['event'].split('|')[0]}"})

    def match(self, claim: Claim, known: FactRow) -> float:
        if claim.slots["event"] == known.slots["event"]:
            return 1.0
        ours, theirs = claim.value, known.fact.value
        assert isinstance(ours, EventStatusValue) and isinstance(theirs, EventStatusValue)
        alike = (
            claim.slots["event"].split("|")[0] == known.slots["event"].split("|")[0] and ours.status == theirs.status
        )
        return RETOLD * alike

    def same(self, claim: Claim, known: FactRow) -> bool:
        """Also where the text only looks back: an event that has ended began and was planned before."""
        ours, theirs = claim.value, known.fact.value
        assert isinstance(ours, EventStatusValue) and isinstance(theirs, EventStatusValue)
        looks_back = claim.background or ours.status not in words.FORWARD[theirs.status]
        return ours.status == theirs.status or looks_back

    def replaces(self, claim: Claim, known: FactRow) -> bool:
        return True

    def refines(self, claim: Claim, known: FactRow) -> bool:
        return False

    def removable(self, known: FactRow, only_deleted: bool) -> bool:
        return only_deleted and known.slots.get("told") == "yes"


def _of_noun(scene: Scene, clause: Clause) -> tuple[Event, str] | None:
    """A status verb or state said of an event noun: "the call has ended", "pilots suspended the strike"."""
    declared = _declared(scene, clause)
    move = declared or _again(scene, clause) or words.STATUS_VERBS.get(clause.lemma) or _state(scene, clause)
    if move is None:
        return None
    intransitive = clause.passive or clause.object is None
    head = clause.subject if intransitive else clause.object
    if head is not None and _stands_for_event(scene, head) and clause.lemma in words.STATUS_VERBS and move in _MOVES:
        status = _status(clause, move, transitive=not intransitive)
        return (scene.context.events[-1], status) if status else None
    if head is None or not (_is_event(scene, clause, head, move) or (declared and _is_named(scene, head))):
        return None
    status = _status(clause, move, transitive=not intransitive)
    opens = clause.lemma in words.STATUS_VERBS and clause.tense == "present" and not clause.perfect
    if status in ("ongoing", "ended") and opens and _ahead(scene, clause):
        status = "scheduled"  # "the vote opens on July 14"
    if status is None:
        return None
    return scene.event(head, mention_of_noun(scene.tree, head, scene.actors, clause, scene.day_of(clause))), status


def _again(scene: Scene, clause: Clause) -> str | None:
    """ "Trains are running again": what runs or opens again has resumed."""
    again = any(t.lemma == "again" for t in scene.tree.kids(clause.head, "advmod"))
    return (
        "resumed"
        if again and clause.lemma in {"run", "open", "operate", "start", "begin", "flow", "sail", "fly"}
        else None
    )


def _declared(scene: Scene, clause: Clause) -> str | None:
    """ "declared the outbreak over", "was declared closed": the state in which somebody says that it is."""
    verb, _, particle = clause.lemma.partition(" ")
    if verb not in words.DECLARE:
        return None
    tree = scene.tree
    near = [t.i for t in tree.kids(clause.head, "prt", "advmod", "oprd", "acomp", "xcomp")]
    last = [tree.subtree(clause.object)[-1].i] if clause.object is not None else []
    said = [particle, *(tree.tokens[i].text.lower() for i in (*near, *last))]
    return next((words.STATES[word] for word in said if word in words.STATES), None)


def _is_named(scene: Scene, head: int) -> bool:
    return scene.tree.tokens[head].pos == "NOUN"


def _stands_for_event(scene: Scene, head: int) -> bool:
    """Whether "it" is the event spoken of last."""
    return scene.tree.tokens[head].lemma == "it" and bool(scene.context.events)


def _ahead(scene: Scene, clause: Clause) -> bool:
    """Whether it is said for a time to come; not where it lasts until then: "in force until noon"."""
    ahead = (m for m in scene.times_ahead(clause) if m.at and m.kind == "moment" and m.at > scene.reference)
    return any(not _UNTIL.search(scene.tree.text[: m.start]) for m in ahead)


def _is_event(scene: Scene, clause: Clause, head: int, move: str) -> bool:
    lemma = clause.lemma
    if noun_class(scene.tree, head):
        return True
    token = scene.tree.tokens[head]
    if lemma in words.HAPPEN and token.pos == "NOUN":
        return scene.sentence.field == "body"
    if lemma in words.ASPECTS and move in _MOVES and token.pos in ("NOUN", "VERB") and _is_doing(token):
        return scene.sentence.field == "body"
    strong = (move in words.STRONG and lemma not in words.WEAK_WORDS) or move == "resumed"
    in_force = lemma in ("be", "remain", "stay") and move == "ongoing" and _applies(scene, token)
    whole = strong or in_force or _takes_its_course(scene, clause, token)
    return whole and token.pos == "NOUN" and scene.sentence.field == "body"


def _takes_its_course(scene: Scene, clause: Clause, token: Token) -> bool:
    """Whether a thing is said to begin, go on, be held or end: "the count is under way", "the regatta ended"."""
    if token.lemma in words.DOERS or token.i != clause.subject or clause.object is not None:
        return False
    tree = scene.tree
    if tree.kid(clause.head, "xcomp", "ccomp") is not None:
        return False
    if clause.lemma == "be":
        return any(t.lemma in ("way", "progress") for t in objects_after(tree, clause.head, "under", "in"))
    if clause.lemma in ("hold", "stage"):
        return clause.passive and not clause.progressive and bool(scene.times_of(clause))
    within = any(t.lemma == "with" for t in tree.kids(clause.head, "prep")) or tree.kid(clause.head, "npadvmod")
    return clause.lemma in {"begin", "start", "commence", "end", "finish", "conclude"} and not within


def _applies(scene: Scene, token: Token) -> bool:
    """Whether something is said to be "in force" or "in effect"."""
    return any(t.lemma in ("force", "effect") for t in objects_after(scene.tree, token.head, "in"))


def _is_doing(token: Token) -> bool:
    """Whether a noun names what is done: "restoration", "drilling", "work"."""
    word = noun_form(token)
    return word == "work" or (word.endswith(words.DOINGS) and word not in words.NO_DOINGS and len(word) > 5)


def _state(scene: Scene, clause: Clause) -> str | None:
    """ "is under way", "remains suspended", "came to an end": a state as the complement of a verb that says no more."""
    enters = clause.lemma in {"come", "go", "enter", "bring", "grind", "draw", "put"}
    if not enters and clause.lemma not in {"be", "remain", "stay", "get", "keep"}:
        return None
    tree = scene.tree
    for token in tree.kids(clause.head, "acomp", "attr", "prep", "advmod", "oprd", "prt", "xcomp"):
        text = " ".join(t.text.lower() for t in tree.subtree(token.i)[:3])
        for state, status in words.STATES.items():
            whole = text == state or (text.startswith(state + " ") and len(state) > 3 and state != "over")  # "over pay"
            if whole and (not enters or state.startswith(("to ", "into ", "on "))):
                return status
    return None


def _status(clause: Clause, move: str, transitive: bool) -> str | None:
    """The status that a verb's move comes to, by tense and modality."""
    if clause.modality in ("possible", "requested") or clause.polarity == "denied":
        return None
    planned = clause.modality == "planned"
    if move in ("scheduled", "planned"):
        return "scheduled" if clause.passive or move == "scheduled" else None
    if move == "held" and clause.lemma in ("happen", "occur") and not planned:
        return None  # "the blast happened at noon": nobody had waited for it
    if move == "held":
        now = clause.progressive or (clause.tense == "present" and not clause.perfect)
        return "scheduled" if planned else "ongoing" if now else "ended"
    if move == "begin":
        return "scheduled" if planned else "ongoing"
    if clause.lemma == "last" and clause.tense == "past" and not planned:
        return None  # "lasted nine hours": how long it took
    if move in ("cancelled", "postponed"):
        return move
    if planned:
        return "scheduled" if move == "ended" and transitive else None
    return move if move in _STATUSES else None


def _of_verb(scene: Scene, clause: Clause) -> tuple[Event, str] | None:
    """A verb that is an event of itself: "are speaking by telephone", "will sign", "voted"."""
    if any(True for _ in scene.tree.kids(clause.head, "ccomp")) or _how_voted(scene, clause):
        return None  # "recalled that": words
    cls = verb_class(scene.tree, clause, scene.context)
    patient = clause.subject if clause.passive else clause.object
    document = patient is not None and scene.tree.tokens[patient].lemma in FORMS
    alone = clause.lemma == "walk out" and clause.subject is not None and _is_one(scene, clause.subject)
    if (
        alone
        or cls is None
        or document
        or clause.subject is None
        or clause.modality in ("possible", "requested")
        or clause.polarity == "denied"
    ):
        return None
    if clause.modality == "planned":
        status = "scheduled"
    elif clause.progressive:
        status = "ongoing" if clause.tense == "present" else "ended"
    elif clause.lemma in words.BEGUN and (clause.tense == "past" or clause.perfect):
        status = "ongoing"
    elif clause.tense == "past" or clause.perfect:
        status = "ended"
    elif clause.relation == "ROOT" and scene.sentence.field == "headline":
        status = "ongoing" if cls in words.LASTING else "ended"  # "MPs debate the leak", "minister resigns"
    else:
        return None
    event = scene.event(clause.head, mention_of_verb(scene.tree, clause, cls, scene.actors, scene.day_of(clause)))
    return None if status != "scheduled" and _is_to_come(scene, event) else (event, status)


def _is_to_come(scene: Scene, event: Event) -> bool:
    """Whether the event known is planned for a later day: who "voted no" did so in another vote."""
    planned = event.status in ("scheduled", "postponed") and event.day is not None
    return planned and str(event.day) > scene.reference.astimezone(scene.zone).date().isoformat()


def _is_one(scene: Scene, subject: int) -> bool:
    """Whether one person does it: who walks out alone is not on strike."""
    token = scene.tree.tokens[subject]
    return token.tag in ("NN", "NNP") and token.lemma.lower() not in words.CREWS


def _presupposed(scene: Scene, clause: Clause, status: str) -> bool:
    """ "before the company recalled it", "the ferry, which sank": known to the reader, says the form.

    Not "the search, which has been stood down": the present perfect brings news in an aside as well.
    """
    if clause.relation == "relcl" and clause.perfect and clause.tense == "present" and _is_aside(scene, clause):
        return False
    if scene.results(clause):
        return False
    aside = clause.relation in ("relcl", "acl", "advcl", "pcomp") and status != "scheduled"
    return aside or any(
        t.lemma in _WHEN and (t.dep == "mark" or t.lemma == "when")
        for t in scene.tree.kids(clause.head, "mark", "advmod")
    )


def _is_aside(scene: Scene, clause: Clause) -> bool:
    """Whether a comma parts a relative clause from its noun; without one it tells which is meant."""
    first = scene.tree.subtree(clause.head)[0].i
    return first > 0 and scene.tree.tokens[first - 1].text == ","


def _how_voted(scene: Scene, clause: Clause) -> bool:
    """ "voted against the sale", "voted to leave": a position."""
    tree = scene.tree
    return clause.lemma == "vote" and bool(
        tree.kid(clause.head, "xcomp") or pobjs(tree, clause.head, *VOTES, "in") or clause.object is not None
    )


def _words(event: Event, status: str, of_verb: bool) -> str:
    """Who has been arrested has not seen the arrest end: it is done."""
    done = of_verb and status == "ended" and event.slot.split("|")[0] not in words.LASTING
    return DONE if done else status


def _claim(scene: Scene, clause: Clause, event: Event, status: str, text: str) -> Claim:
    event.status = event.status if event.status and status not in words.FORWARD[event.status] else status
    return Claim(
        kind="event-status",
        key=make_key("event-status", event.slot),
        subject=clip(event.name),
        value=EventStatusValue(text=text, status=status),
        sentence=scene.index,
        within=scene.predicate(clause),
        clause=scene.predicate(clause),
        modality=clause.modality,
        hedges=clause.hedges,
        attribution=scene.attribution(clause),
        terms=scene.terms(clause),
        slots={"event": event.slot, "told": "" if status == "ended" or clause.past_cue else "yes"},
        background=scene.looks_back(clause) or _presupposed(scene, clause, status),
    )


KIND = EventStatuses()
