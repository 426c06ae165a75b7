"""Participants: who is appointed, elected, chosen or leaves in a role."""

from collections.abc import Iterator

from schemas.base import Kind
from schemas.values import ParticipantValue
from streams.facts.claim import Claim
from streams.facts.kinds.base import make_key
from streams.facts.language.clauses import Clause, objects_after, phrase
from streams.facts.language.terms import clip
from streams.facts.lexicon.actors import OFFICES
from streams.facts.rows import FactRow
from streams.facts.scene import Scene

_APPOINT = frozenset(
    {"appoint", "name", "elect", "choose", "select", "nominate", "promote", "install", "crown", "pick"}
)
_IDENTIFY = frozenset({"name", "identify"})
_TAKE_OFFICE = frozenset({"take over", "serve", "act", "return", "start", "step in"})
_FOR_NOW = frozenset({"interim", "acting", "caretaker", "temporary", "new", "next"})
_SUCCEED = frozenset({"replace", "succeed"})


class Participants:
    name: Kind = "participant"

    def claims(self, scene: Scene) -> Iterator[Claim]:
        for clause in scene.clauses:
            if clause.void or scene.quoted(clause.head) or clause.modality not in ("real", "planned"):
                continue
            found = _appointed(scene, clause) or _successor(scene, clause) or _identified(scene, clause)
            found = found or _in_office(scene, clause)
            if found:
                yield _claim(scene, clause, *found)

    def index_terms(self, claim: Claim) -> frozenset[str]:
        return frozenset({f"participant r {claim.slots['role']}", f"participant a {claim.slots['actor']}"})

    def match(self, claim: Claim, known: FactRow) -> float:
        return 1.0 if claim.slots["role"] == known.slots["role"] else 0.0

    def same(self, claim: Claim, known: FactRow) -> bool:
        return claim.slots["actor"] == known.slots["actor"]

    def replaces(self, claim: Claim, known: FactRow) -> bool:
        return False

    def refines(self, claim: Claim, known: FactRow) -> bool:
        return False

    def removable(self, known: FactRow, only_deleted: bool) -> bool:
        return False


def _appointed(scene: Scene, clause: Clause) -> tuple[int, str] | None:
    """The person and the role of "the board named Ana Ruiz chief executive", "Ana Ruiz was elected mayor"."""
    if clause.lemma not in _APPOINT:
        return None
    tree = scene.tree
    person = clause.subject if clause.passive else clause.object
    role = tree.kid(clause.head, "oprd", "attr", "xcomp") or next(objects_after(tree, clause.head, "as", "to"), None)
    if person is None or role is None or role.i == person or tree.tokens[person].pos != "PROPN":
        return None
    return person, _role(scene, role.i)


def _role(scene: Scene, head: int) -> str:
    """The office, whoever holds it for how long."""
    return " ".join(
        t.lemma for t in phrase(scene.tree, head) if t.pos in ("NOUN", "PROPN", "ADJ") and t.lemma not in _FOR_NOW
    )


def _identified(scene: Scene, clause: Clause) -> tuple[int, str] | None:
    """ "He was named as Owen Prask", "the dead man has been identified as Owen Prask"."""
    if clause.lemma not in _IDENTIFY or not clause.passive or clause.subject is None:
        return None
    tree = scene.tree
    as_ = objects_after(tree, clause.head, "as")
    name = next((o for o in (*as_, *tree.kids(clause.head, "oprd", "attr")) if o.pos == "PROPN"), None)
    who = tree.tokens[clause.subject]
    return (name.i, f"identity of {who.lemma}") if name is not None and who.pos != "PROPN" else None


def _in_office(scene: Scene, clause: Clause) -> tuple[int, str] | None:
    """ "Jonas Holt will be interim chief executive", "has become chair", "has taken over as coach"."""
    tree = scene.tree
    if clause.subject is None or tree.tokens[clause.subject].pos != "PROPN":
        return None
    if clause.lemma == "be" and clause.modality == "planned" and _in_charge(scene, clause):
        return clause.subject, "in charge"
    if clause.lemma == "become" or (clause.lemma == "be" and clause.modality == "planned"):
        office = tree.kid(clause.head, "attr")
    elif clause.lemma in _TAKE_OFFICE:
        as_ = objects_after(tree, clause.head, "as")
        office = next(as_, None)
    else:
        return None
    return (clause.subject, _role(scene, office.i)) if office and office.lemma in OFFICES else None


def _in_charge(scene: Scene, clause: Clause) -> bool:
    """ "Sam Cole will be in charge until May"."""
    return any(o.lemma == "charge" for o in objects_after(scene.tree, clause.head, "in"))


def _successor(scene: Scene, clause: Clause) -> tuple[int, str] | None:
    if clause.lemma not in _SUCCEED:
        return None
    new, old = (clause.agent, clause.subject) if clause.passive else (clause.subject, clause.object)
    if new is None or old is None:
        return None
    named = scene.tree.kid(new, "appos")  # "by the finance chief, Jan Peters"
    if scene.tree.tokens[new].pos not in ("PROPN", "PRON") and not (named and named.pos == "PROPN"):
        return None
    return new, f"successor of {scene.actors.of(scene.tree, old).canonical}"


def _claim(scene: Scene, clause: Clause, person: int, role: str) -> Claim:
    actor = scene.actors.of(scene.tree, person)
    return Claim(
        kind="participant",
        key=make_key("participant", role),
        subject=clip(role),
        value=ParticipantValue(text=clip(actor.text), actor=clip(actor.text)),
        sentence=scene.index,
        within=scene.predicate(clause),
        clause=scene.predicate(clause),
        polarity=clause.polarity,
        modality=clause.modality,
        hedges=clause.hedges,
        attribution=scene.attribution(clause),
        terms=scene.terms(clause),
        slots={"role": role, "actor": actor.canonical},
        background=scene.looks_back(clause),
    )


KIND = Participants()
