"""Actions: any other new development, by what was done, by whom, to what. The open class: the one that likeness may mute."""

from collections.abc import Iterator

from schemas.base import Kind
from schemas.values import ActionValue
from streams.facts.claim import Claim
from streams.facts.clauses import Clause
from streams.facts.kinds.base import Scene, clip, make_key, overlap, telling_words
from streams.facts.lexicon.modality import SPEECH
from streams.facts.lexicon.stances import STANCES, STATIVE
from streams.facts.rows import FactRow

_TOLD = frozenset({"ROOT", "ccomp", "conj", "parataxis"})
_LIGHT = frozenset({"do", "make", "get", "go", "come", "let", "help", "try", "use", "say", "accord", "follow"})
MIN_TERMS = 2  # content words of a clause; with fewer it says too little to be told apart


class Actions:
    name: Kind = "action"
    one_at_a_time = False
    novelty = 0.34

    def claims(self, scene: Scene) -> Iterator[Claim]:
        for clause in scene.clauses:
            if _is_action(scene, clause):
                claim = _claim(scene, clause)
                if len(claim.terms) >= MIN_TERMS:
                    yield claim

    def index_terms(self, claim: Claim) -> frozenset[str]:
        return frozenset(f"action w {word}" for word in sorted(claim.terms, key=lambda w: (-len(w), w))[:8])

    def match(self, claim: Claim, known: FactRow) -> float:
        agreement = overlap(claim.terms, known.terms)
        if claim.slots["verb"] == known.slots["verb"]:
            return min(1.0, 0.25 + agreement) if agreement >= 0.4 else 0.0
        return agreement if agreement >= 0.6 else 0.0

    def same(self, claim: Claim, known: FactRow) -> bool:
        return not (
            known.fact.modality == "planned" and claim.modality == "real" and claim.slots["verb"] == known.slots["verb"]
        )

    def refines(self, claim: Claim, known: FactRow) -> bool:
        return False

    def removable(self, known: FactRow) -> bool:
        return known.slots["verb"] in ("accuse", "allege", "blame", "claim")


def _is_action(scene: Scene, clause: Clause) -> bool:
    if clause.void or clause.subject is None or scene.quoted(clause.head) or clause.relation not in _TOLD:
        return False
    if clause.lemma in STATIVE or clause.lemma in SPEECH or clause.lemma in _LIGHT or clause.lemma in STANCES:
        return False
    return clause.modality in ("real", "planned", "requested") and scene.tree.tokens[clause.head].pos == "VERB"


def _claim(scene: Scene, clause: Clause) -> Claim:
    assert clause.subject is not None
    tree = scene.tree
    doer = clause.agent if clause.passive else clause.subject
    agent = scene.actors.of(tree, doer).canonical if doer is not None else ""
    patient = clause.subject if clause.passive else clause.object
    done_to = tree.tokens[patient].lemma if patient is not None else ""
    return Claim(
        kind="action",
        key=make_key("action", clause.lemma, agent, done_to, "+".join(telling_words(scene.terms(clause)))),
        subject=clip(scene.actors.of(tree, clause.subject).text),
        value=ActionValue(text=scene.short(_words(scene, clause)), occurred=clause.modality == "real"),
        sentence=scene.index,
        within=scene.predicate(clause),
        clause=scene.index * 1000 + clause.head,
        polarity=clause.polarity,
        modality=clause.modality,
        hedges=clause.hedges,
        attribution=scene.attribution(clause),
        terms=scene.terms(clause),
        slots={"verb": clause.lemma, "agent": agent},
        background=clause.past_cue,
    )


def _words(scene: Scene, clause: Clause) -> str:
    subject = {t.i for t in scene.tree.subtree(clause.subject)} if clause.subject is not None else set()
    aside = {
        t.i for k in scene.tree.kids(clause.head, "conj", "advcl", "parataxis", "cc") for t in scene.tree.subtree(k.i)
    }
    kept = [t for t in scene.tree.subtree(clause.head) if t.i not in subject | aside and t.dep != "punct"]
    return " ".join(t.text for t in kept)


KIND = Actions()
