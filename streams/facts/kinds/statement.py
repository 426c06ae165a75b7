"""Statements: that a statement, readout, report, order or verdict is out, or expected."""

from collections.abc import Iterator

from schemas.base import Kind
from schemas.values import StatementValue
from streams.facts.claim import Claim
from streams.facts.kinds.base import make_key
from streams.facts.language.actors import Actor
from streams.facts.language.clauses import Clause, phrase
from streams.facts.language.parse import Token
from streams.facts.language.terms import clip
from streams.facts.lexicon.statements import FORMS, RELEASE
from streams.facts.rows import FactRow
from streams.facts.scene import Scene


class Statements:
    name: Kind = "statement"

    def claims(self, scene: Scene) -> Iterator[Claim]:
        for clause in scene.clauses:
            if clause.void or clause.lemma not in RELEASE or scene.quoted(clause.head):
                continue
            if clause.simple_present and clause.passive and not scene.guidance:
                continue  # "its decisions are published at noon"
            document = clause.subject if clause.passive else clause.object
            issuer = clause.agent if clause.passive else clause.subject
            if document is not None and scene.tree.tokens[document].lemma in FORMS and not _of_itself(scene, document):
                yield _claim(scene, clause, scene.tree.tokens[document], issuer)

    def index_terms(self, claim: Claim) -> frozenset[str]:
        return frozenset({f"statement i {claim.slots['issuer']}", f"statement f {claim.slots['form']}"})

    def match(self, claim: Claim, known: FactRow) -> float:
        ours, theirs = claim.slots, known.slots
        if ours["form"] != theirs["form"]:
            return 0.0
        if ours["issuer"] != theirs["issuer"]:
            return 0.5 if not ours["issuer"] or not theirs["issuer"] else 0.0
        if ours["about"] and theirs["about"] and ours["about"] != theirs["about"]:
            return 0.4
        return 1.0

    def same(self, claim: Claim, known: FactRow) -> bool:
        ours, theirs = claim.value, known.fact.value
        assert isinstance(ours, StatementValue) and isinstance(theirs, StatementValue)
        return ours.status == theirs.status or theirs.status == "released"  # what is out does not become expected

    def replaces(self, claim: Claim, known: FactRow) -> bool:
        return True

    def refines(self, claim: Claim, known: FactRow) -> bool:
        return False

    def removable(self, known: FactRow, only_deleted: bool) -> bool:
        return False


def _of_itself(scene: Scene, document: int) -> bool:
    """ "This bulletin is published by the ministry": a page that names its publisher."""
    return any(t.lemma in ("this", "these") for t in scene.tree.kids(document, "det"))


def _claim(scene: Scene, clause: Clause, document: Token, issuer: int | None) -> Claim:
    by = scene.actors.of(scene.tree, issuer) if issuer is not None else _possessor(scene, document)
    status = "released" if clause.modality == "real" else "expected"
    form = FORMS[document.lemma]
    about = " ".join(
        t.lemma for t in phrase(scene.tree, document.i) if t.pos in ("NOUN", "PROPN") and t.i != document.i
    )
    name = by.text if by else "unnamed"
    return Claim(
        kind="statement",
        key=make_key("statement", by.canonical if by else "", form, about),
        subject=clip(f"{name} {document.lemma}"),
        value=StatementValue(text=status, status="released" if status == "released" else "expected"),
        sentence=scene.index,
        within=scene.predicate(clause),
        clause=scene.predicate(clause),
        polarity=clause.polarity,
        modality=clause.modality,
        hedges=clause.hedges,
        attribution=scene.attribution(clause),
        terms=scene.terms(clause),
        slots={"issuer": by.canonical if by else "", "form": form, "about": ""},
        background=scene.looks_back(clause),
    )


def _possessor(scene: Scene, document: Token) -> Actor | None:
    owner = scene.tree.kid(document.i, "poss")
    return scene.actors.of(scene.tree, owner.i) if owner else None


KIND = Statements()
