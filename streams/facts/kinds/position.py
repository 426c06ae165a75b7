"""Positions: who supports, agrees to, rejects, denies, demands or considers what."""

from collections.abc import Iterator

from schemas.base import Kind
from schemas.values import PositionValue
from streams.facts.claim import Claim
from streams.facts.kinds.base import make_key
from streams.facts.language.clauses import Clause, pobjs
from streams.facts.language.parse import Token
from streams.facts.language.terms import clip, is_content, overlap, telling_words, term
from streams.facts.lexicon.actors import ORG_NOUNS
from streams.facts.lexicon.counts import PERSONS
from streams.facts.lexicon.modality import SPEECH, STRICT_SPEECH
from streams.facts.lexicon.stances import (
    AGAINST,
    BACKING,
    BALLOTS,
    GIVING,
    GIVING_UP,
    JUDGEMENTS,
    LEANINGS,
    NAMING,
    OPPOSED,
    REPORTS,
    STANCES,
    STATIVE,
    TAKING,
    UNTRUE,
    VOTES,
)
from streams.facts.rows import FactRow
from streams.facts.scene import Scene

_TOLD = frozenset({"ROOT", "ccomp", "conj", "parataxis"})
_NO_INTENTION = (STATIVE | STRICT_SPEECH | {"stay"}) - {"respond", "reply"}
_NAMED_BY_STANCE = (STANCES.keys() - {"appeal"}) | {"vote", "call"}
_JUDGE = frozenset({"rule", "find", "decide", "come down"})
_IMPERSONAL = frozenset({"be", "become", "cost", "last", "need", "require", "take"})


class Positions:
    name: Kind = "position"

    def claims(self, scene: Scene) -> Iterator[Claim]:
        for clause in scene.clauses:
            if clause.void or scene.quoted(clause.head) or clause.subject is None:
                continue
            if scene.tree.tokens[clause.subject].lemma == "you":
                continue  # advice to the reader: "you should consider the risks"
            if clause.relation in _TOLD and (stance := _stance(scene, clause)):
                claim = _claim(scene, clause, stance)
                if claim.slots["topic"] or claim.slots["vote"] or stance == "denies":
                    yield claim

    def index_terms(self, claim: Claim) -> frozenset[str]:
        topic = sorted(claim.slots["topic"].split(), key=lambda w: (-len(w), w))[:5]
        return frozenset({f"position a {claim.slots['actor']}", *(f"position t {word}" for word in topic)})

    def match(self, claim: Claim, known: FactRow) -> float:
        ours, theirs = frozenset(claim.slots["topic"].split()), frozenset(known.slots["topic"].split())
        agreement = overlap(ours, theirs) or 0.7 * bool(
            claim.slots["vote"] and known.slots["vote"] and not (ours and theirs)
        )
        if claim.slots["actor"] == known.slots["actor"]:
            return 0.2 + 0.8 * agreement if agreement else 0.0
        alike = claim.slots["stance"] == known.slots.get("stance", claim.slots["stance"])
        return 0.6 * agreement if len(ours & theirs) > 1 and alike else 0.0

    def same(self, claim: Claim, known: FactRow) -> bool:
        ours, theirs = claim.value, known.fact.value
        assert isinstance(ours, PositionValue) and isinstance(theirs, PositionValue)
        return not any(ours.stance in a and theirs.stance in b for a, b in (OPPOSED, OPPOSED[::-1]))

    def replaces(self, claim: Claim, known: FactRow) -> bool:
        return False

    def refines(self, claim: Claim, known: FactRow) -> bool:
        return False

    def removable(self, known: FactRow, only_deleted: bool) -> bool:
        return known.fact.attribution[:1] not in ((), (known.fact.subject,))


def _stance(scene: Scene, clause: Clause) -> str | None:
    """The stance that a clause tells: by its verb, by how a vote was cast, or by what its subject will do."""
    if leaning := _leaning(scene, clause):
        return leaning
    if clause.passive and clause.agent is None:
        return None  # "a strike was called for Monday": nobody's
    if clause.lemma in _JUDGE and (side := _side(scene, clause)):
        return side
    if clause.lemma == "vote":
        return _cast(scene, clause)
    if judgement := "denies" if _refuted(scene, clause) else _judgement(scene, clause):
        return judgement
    return _by_verb(scene, clause)


def _by_verb(scene: Scene, clause: Clause) -> str | None:
    """The stance of a verb, of what it asks for, or of what those who say so will do."""
    if clause.lemma in SPEECH and _is_tag(scene, clause):
        return None  # "…, the company admitted on Tuesday"
    called = _called(scene, clause) if clause.lemma in ("call", "appeal") else None
    if called is not None or _is_demanded(scene, clause):
        return None if called is False else "demands"
    stance = STANCES.get(clause.lemma)
    if stance and (clause.passive or clause.modality != "possible"):
        return stance
    if stance in ("agrees", "supports") and _is_own(scene, clause):
        return "considers"  # "it could accept observers, it said"
    return _intention(scene, clause)


def _cast(scene: Scene, clause: Clause) -> str | None:
    """How a vote was cast: "voted no", "voted against it"."""
    cast = (BALLOTS.get(t.lemma) for t in scene.tree.kids(clause.head))
    sides = (stance for prep, stance in VOTES.items() if pobjs(scene.tree, clause.head, prep))
    return next(filter(None, cast), None) or next(sides, None)


def _called(scene: Scene, clause: Clause) -> bool | None:
    """Whether something is called for, or somebody on to do it; None where nobody is called on."""
    tree = scene.tree
    her_to_go = any(_is_for(scene, below) for below in tree.kids(clause.head, "advcl", "ccomp", "xcomp"))
    if clause.lemma == "call" and (her_to_go or pobjs(tree, clause.head, "for")):
        return True
    if pobjs(tree, clause.head, "on", "upon", "to"):
        return tree.kid(clause.head, "xcomp", "advcl") is not None
    return None


def _is_for(scene: Scene, below: Token) -> bool:
    return any(t.lemma == "for" for t in scene.tree.kids(below.i, "mark"))


def _is_tag(scene: Scene, clause: Clause) -> bool:
    """Whether a verb of speech only says whose word it is that stands before it."""
    said = scene.tree.kid(clause.head, "ccomp")
    return said is not None and said.i < clause.head


def _is_demanded(scene: Scene, clause: Clause) -> bool:
    """Whether somebody says what a person should do; what the public should is advice."""
    if clause.modality != "requested" or clause.relation != "ccomp" or not clause.sources or clause.subject is None:
        return False
    person = scene.tree.tokens[clause.subject]
    named = person.pos == "PROPN" or person.lemma in ("he", "she") or person.lemma in PERSONS
    return named and person.tag in ("NNP", "PRP", "NN") and not _is_own(scene, clause)


def _side(scene: Scene, clause: Clause) -> str | None:
    """ "ruled in favour of the miners", "ruled against the sale"."""
    for prep in scene.tree.kids(clause.head, "prep"):
        after = {prep.lemma, *(t.lemma for t in scene.tree.kids(prep.i, "pobj"))}
        if after & {"against", "favour", "favor"}:
            return "rejects" if "against" in after else "supports"
    return None


def _leaning(scene: Scene, clause: Clause) -> str | None:
    """ "is against it", "are opposed to it", "has come out in favour of it", "gave its approval to it"."""
    tree = scene.tree
    if clause.lemma in GIVING | TAKING and clause.object is not None and tree.tokens[clause.object].lemma in BACKING:
        return "supports" if clause.lemma in GIVING else "rejects"
    if clause.lemma in GIVING_UP and clause.object is not None and tree.tokens[clause.object].lemma in AGAINST:
        return "agrees"
    if clause.passive and clause.lemma in ("oppose", "prepare") and clause.agent is None:
        aimed = tree.kid(clause.head, "xcomp") or pobjs(tree, clause.head, "to")
        return ("rejects" if clause.lemma == "oppose" else "agrees") if aimed else None
    if clause.lemma not in ("be", "remain", "come out", "stand", "speak out"):
        return None
    for token in tree.kids(clause.head, "acomp", "prep", "attr"):
        inner = [token.lemma, token.text.lower(), *(t.lemma for t in tree.kids(token.i, "pobj") if token.lemma == "in")]
        stance = next((LEANINGS[lemma] for lemma in inner if lemma in LEANINGS), None)
        if stance and (token.dep != "acomp" or tree.kid(token.i, "xcomp") or _aims(scene, token)):
            return stance
    return None


def _aims(scene: Scene, leaning: Token) -> bool:
    """ "Open to talks", not "open from Tuesday"."""
    preps = {t.lemma for t in scene.tree.kids(leaning.i, "prep")}
    return bool(preps & {"to", "of", "about", "toward", "towards"}) and "from" not in preps


def _refuted(scene: Scene, clause: Clause) -> bool:
    """ "Claims that they were warned are untrue"."""
    if clause.lemma != "be" or clause.subject is None or clause.polarity == "denied":
        return False
    said = scene.tree.tokens[clause.subject].lemma in REPORTS
    return said and any(t.lemma in UNTRUE for t in scene.tree.kids(clause.head, "acomp", "attr"))


def _judgement(scene: Scene, clause: Clause) -> str | None:
    """ "The sentence was too lenient, the agency said", "she called the step disproportionate"."""
    tree = scene.tree
    if clause.lemma in NAMING and clause.object is not None:
        said = [
            *tree.kids(clause.head, "oprd", "acomp", "ccomp"),
            *_as(scene, clause),
            *tree.kids(clause.object, "amod"),
        ]
    elif clause.lemma == "be" and clause.sources and clause.modality == "real" and clause.relation != "ROOT":
        said = list(tree.kids(clause.head, "acomp"))
    else:
        return None
    return next(filter(None, (_weighed(scene, word, clause) for word in said)), None)


def _as(scene: Scene, clause: Clause) -> Iterator[Token]:
    """ "described it as unfair"."""
    near = [clause.head] if clause.object is None else [clause.head, clause.object]
    return (t for i in near for p in scene.tree.kids(i, "prep") if p.lemma == "as" for t in scene.tree.kids(p.i))


def _weighed(scene: Scene, word: Token, clause: Clause) -> str | None:
    """The stance of a judging word: "too" anything is against it, and "not right" is."""
    too = any(t.lemma == "too" for t in scene.tree.kids(word.i, "advmod"))
    stance = "rejects" if too else JUDGEMENTS.get(word.lemma)
    turned = stance is not None and clause.polarity == "denied"
    return ("supports" if stance == "rejects" else "rejects") if turned else stance


def _intention(scene: Scene, clause: Clause) -> str | None:
    """ "She would not resign, she said": what somebody says of what they will do themselves."""
    if clause.modality != "planned" or clause.passive or clause.lemma in _NO_INTENTION:
        return None
    if clause.subject is None or not clause.sources or clause.relation not in ("ccomp", "conj", "ROOT", "parataxis"):
        return None
    if clause.lemma in _IMPERSONAL and scene.tree.tokens[clause.subject].lemma == "it":
        return None  # "it will take a week to clear, the airport said"
    return "considers" if _is_own(scene, clause) else None


def _is_own(scene: Scene, clause: Clause) -> bool:
    """Whether those who say so speak of themselves."""
    if clause.subject is None or not clause.sources:
        return False
    subject = scene.actors.of(scene.tree, clause.subject)
    speaker = scene.actors.of(scene.tree, clause.sources[0])
    token = scene.tree.tokens[clause.subject]
    own = (token.pos == "PRON" and token.lemma in ("he", "she", "it", "they")) or token.lemma in ORG_NOUNS
    return own or subject.canonical == speaker.canonical


def _claim(scene: Scene, clause: Clause, stance: str) -> Claim:
    holder = _holder(scene, clause)
    actor = scene.actors.of(scene.tree, holder)
    topic = _topic(scene, clause, holder)
    held = "rejects" if clause.polarity == "denied" else stance
    return Claim(
        kind="position",
        key=make_key("position", actor.canonical, "+".join(telling_words(topic))),
        subject=clip(actor.text),
        value=PositionValue(text=scene.short(_words(scene, clause, holder)), stance=held),
        sentence=scene.index,
        within=scene.predicate(clause),
        clause=scene.predicate(clause),
        modality=clause.modality,
        polarity="denied" if clause.polarity == "denied" and stance == "rejects" else "affirmed",
        hedges=clause.hedges,
        attribution=scene.attribution(clause) or (clip(actor.text),),
        terms=scene.terms(clause),
        slots={
            "actor": actor.canonical,
            "topic": " ".join(sorted(topic)),
            "vote": "yes" if clause.lemma == "vote" else "",
            "stance": held,
            "verb": clause.lemma,
            "done": "yes" if clause.modality == "real" and (clause.tense == "past" or clause.perfect) else "",
        },
        background=scene.looks_back(clause),
    )


def _holder(scene: Scene, clause: Clause) -> int:
    """Whose position it is: who does it, or of what is called untrue, who says so."""
    holder = clause.agent if clause.passive else clause.subject
    assert holder is not None
    of_speaker = clause.lemma == "be" and (_refuted(scene, clause) or _judgement(scene, clause) is not None)
    of_speaker = of_speaker or _is_demanded(scene, clause)
    return clause.sources[0] if clause.sources and of_speaker else holder


def _topic(scene: Scene, clause: Clause, holder: int) -> set[str]:
    left_out = {t.i for t in scene.tree.subtree(holder)} | {clause.head} | _outside(scene, clause)
    left_out |= {t.i for q in scene.quantities for t in scene.tree.at(q.start, q.end)}
    found = {term(t) for t in scene.tree.subtree(clause.head) if is_content(t) and t.i not in left_out}
    if _leaning(scene, clause):
        return found - BACKING - LEANINGS.keys() - {"oppose", "prepare"}
    return found if clause.lemma in _NAMED_BY_STANCE else found | {clause.lemma}


def _outside(scene: Scene, clause: Clause) -> set[int]:
    """The tokens of those who say so, of conjoined clauses and of asides: not what the position is about."""
    tree = scene.tree
    beside = [t for t in tree.kids(clause.head, "conj", "advcl", "parataxis") if not _is_for(scene, t)]
    cut = [*clause.sources, *(t.i for t in beside)]
    return {t.i for i in cut for t in tree.subtree(i)}


def _words(scene: Scene, clause: Clause, holder: int) -> str:
    """The predicate with its complements, as written."""
    tree = scene.tree
    left_out = {t.i for t in tree.subtree(holder)} | _outside(scene, clause)
    kept = [t for t in tree.subtree(clause.head) if t.i not in left_out and t.i >= _first(scene, clause)]
    return (
        " ".join(t.text for t in kept if t.dep != "punct" or t.text == "-").replace(" - ", "-").replace(" n't", "n't")
    )


def _first(scene: Scene, clause: Clause) -> int:
    return min([clause.head, *(t.i for t in scene.tree.kids(clause.head, "aux", "auxpass", "neg"))])


KIND = Positions()
