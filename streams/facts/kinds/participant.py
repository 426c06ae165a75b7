"""Participants: who is appointed, elected, chosen or leaves in a role."""

from collections.abc import Iterator

from schemas.base import Kind
from schemas.values import ParticipantValue
from streams.facts.claim import Claim
from streams.facts.kinds.base import make_key
from streams.facts.language.clauses import Clause, phrase
from streams.facts.language.terms import clip
from streams.facts.rows import FactRow
from streams.facts.scene import Scene

_APPOINT = frozenset(
    {"appoint", "name", "elect", "choose", "select", "nominate", "promote", "install", "crown", "pick"}
)
_SUCCEED = frozenset({"replace", "succeed"})


class Participants:
    name: Kind = "participant"

    def claims(self, scene: Scene) -> Iterator[Claim]:
        for clause in scene.clauses:
            if clause.void or scene.quoted(clause.head) or clause.modality not in ("real", "planned"):
                continue
            found = _appointed(scene, clause) or _successor(scene, clause)
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
    role = tree.kid(clause.head, "oprd", "attr", "xcomp") or next(
        (o for p in tree.kids(clause.head, "prep") if p.lemma in ("as", "to") for o in tree.kids(p.i, "pobj")), None
    )
    if person is None or role is None or role.i == person or tree.tokens[person].pos != "PROPN":
        return None
    return person, " ".join(t.lemma for t in phrase(tree, role.i) if t.pos in ("NOUN", "PROPN", "ADJ"))


def _successor(scene: Scene, clause: Clause) -> tuple[int, str] | None:
    if clause.lemma not in _SUCCEED:
        return None
    new, old = (clause.agent, clause.subject) if clause.passive else (clause.subject, clause.object)
    if new is None or old is None or scene.tree.tokens[new].pos not in ("PROPN", "PRON"):
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
