"""Figures: numbers and levels, what they count, in which unit."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import isclose

from schemas.base import Kind
from schemas.values import FigureValue, Value
from streams.facts.claim import Claim
from streams.facts.kinds.base import make_key
from streams.facts.language.clauses import Clause, phrase
from streams.facts.language.parse import Token
from streams.facts.language.terms import clip, is_content, overlap, term
from streams.facts.lexicon.counts import BEFALLS, CARRIERS, CHANGES, INFANTS, MEASURES, PEOPLE, TOLLS
from streams.facts.numbers.quantities import Quantity
from streams.facts.rows import FactRow
from streams.facts.scene import Scene

_INCIDENTAL = frozenset({"relcl", "acl", "appos", "advcl", "pcomp"})
_DURATION_UNITS = frozenset({"second", "minute", "hour", "day", "week", "month", "year", "decade"})


@dataclass(frozen=True, slots=True)
class _Counted:
    """What a number counts: ``head`` is the noun's lemma, ``noun`` the noun as written, ``token`` where it stands."""

    head: str
    noun: str
    befalls: str
    modifiers: tuple[str, ...]
    token: int


_LOOSE = frozenset({"about", "more than", "at least", "fewer than", "at most"})
NEAR = 0.05  # how far "about" reaches


class Figures:
    name: Kind = "figure"
    one_at_a_time = False
    novelty = 0.34

    def claims(self, scene: Scene) -> Iterator[Claim]:
        last: _Counted | None = None
        for quantity in scene.quantities:
            if quantity.equivalent_of is not None or quantity.unit in _DURATION_UNITS:
                continue
            tokens = scene.tree.at(quantity.start, quantity.end)
            clause = scene.clause_of(tokens[-1].i) if tokens else None
            if not tokens or scene.quoted(tokens[0].i) or (clause is not None and clause.void):
                continue
            counted = _counted(scene, quantity, tokens, clause, last)
            if _no_count(scene, quantity, counted):
                continue
            if counted.head or counted.befalls or quantity.unit:
                last = counted
                if quantity.role != "from":
                    yield _claim(scene, quantity, counted, clause)

    def index_terms(self, claim: Claim) -> frozenset[str]:
        slots = claim.slots
        value = claim.value
        assert isinstance(value, FigureValue)
        return frozenset(
            {
                f"figure n {value.number if value.number is not None else (value.low, value.high)}",
                f"figure u {value.unit}",
            }
            | ({f"figure h {slots['head']}"} if slots["head"] else set())
            | ({f"figure b {slots['befalls']}"} if slots["befalls"] else set())
        )

    def match(self, claim: Claim, known: FactRow) -> float:
        ours, theirs = claim.slots, known.slots
        if ours["befalls"] != theirs["befalls"] and ours["befalls"] and theirs["befalls"]:
            return 0.0
        agreement = overlap(claim.terms, known.terms)
        same_head = _same_head(claim, known)
        if same_head and claim.slots["was"] and claim.slots["was"] == _number(known.fact.value):
            return 1.0
        same_fate = ours["befalls"] == theirs["befalls"] != ""
        if self.same(claim, known):
            return _telling(claim) + 0.3 * same_head + 0.35 * same_fate + 0.3 * agreement
        if _same_number(claim, known):
            return 0.6 * agreement  # the same number of something else: miles for kilometres, cases for tins
        if ours["unit"] != theirs["unit"]:
            return 0.0
        if not same_head:
            return 0.0
        if same_fate:
            return 0.6 + 0.2 * agreement
        return (0.3 if ours["unit"] else 0.15) + 0.6 * agreement

    def same(self, claim: Claim, known: FactRow) -> bool:
        measured = claim.slots["head"] != known.slots["head"] and {claim.slots["head"], known.slots["head"]} <= MEASURES
        return claim.slots["unit"] == known.slots["unit"] and _same_number(claim, known) and not measured

    def refines(self, claim: Claim, known: FactRow) -> bool:
        return False  # a count that becomes exact is a change: "about 40" to 43

    def removable(self, known: FactRow, only_deleted: bool) -> bool:
        return bool(known.fact.attribution) and known.slots.get("befalls") != ""


def _claim(scene: Scene, quantity: Quantity, counted: _Counted, clause: Clause | None) -> Claim:
    unit = quantity.unit or counted.head or "people"
    value = FigureValue(
        text=clip(_readable(quantity, counted)),
        number=quantity.number,
        low=quantity.low,
        high=quantity.high,
        unit=unit,
        comparator=quantity.comparator,
    )
    return Claim(
        kind="figure",
        key=make_key("figure", counted.head, counted.befalls, "+".join(counted.modifiers), quantity.unit or ""),
        subject=clip(f"{counted.noun} {counted.befalls}".strip() or unit),
        value=value,
        sentence=scene.index,
        within=scene.predicate(clause),
        clause=scene.index * 1000 + quantity.start + 500,  # figures change on their own: each is told by itself
        polarity=clause.polarity if clause and not quantity.numerals[0].zero_word else "affirmed",
        modality=clause.modality if clause else "real",
        hedges=clause.hedges if clause else (),
        attribution=scene.attribution(clause) if clause else (),
        terms=scene.terms(clause) if clause else frozenset(),
        slots={
            "head": counted.head,
            "befalls": counted.befalls,
            "unit": quantity.unit or "",
            "was": _was(scene, quantity),
            "telling": "yes" if quantity.number is None or quantity.number >= 20 else "",
            "core": "yes" if clause and counted.token in (clause.object, clause.subject) else "",
        },
        background=_background(scene, clause),
        was=_was(scene, quantity) or None,
    )


def _was(scene: Scene, quantity: Quantity) -> str:
    """The number that the text says it was before: "from 12 to 17"."""
    if quantity.role != "to" or quantity.partner is None:
        return ""
    return str(scene.quantities[quantity.partner].number)


def _readable(quantity: Quantity, counted: _Counted) -> str:
    if quantity.unit or not counted.head:
        return f"{_hedged(quantity)} {counted.befalls}".strip()
    noun = "" if quantity.text.lower() in ("nobody", "none", "no one") else counted.noun
    return " ".join(filter(None, [_hedged(quantity), noun, counted.befalls]))


def _hedged(quantity: Quantity) -> str:
    loose = quantity.comparator not in ("exactly", "between") and quantity.comparator not in quantity.text
    return f"{quantity.comparator} {quantity.text}" if loose else quantity.text


def _counted(
    scene: Scene, quantity: Quantity, tokens: list[Token], clause: Clause | None, last: _Counted | None
) -> _Counted:
    head = _head(scene, quantity, tokens)
    if quantity.unit is None and last is not None and (quantity.role == "to" or _runs_on(scene, tokens, last)):
        return last  # "from two batches to five", "by 76 votes to 73"
    if head is None and quantity.unit is None and tokens[-1].dep in ("nsubj", "nsubjpass", "conj") and last is not None:
        return replace(last, befalls=_befalls(scene, None, clause) or last.befalls)  # "and 36 were still missing"
    lemma = _normal(head.lemma) if head else ""
    befalls = "" if quantity.unit else _befalls(scene, head, clause)
    modifiers = (
        tuple(sorted({term(t) for t in phrase(scene.tree, head.i) if is_content(t) and t.i != head.i})) if head else ()
    )
    if lemma in TOLLS:
        lemma, befalls = "people", TOLLS[lemma]
    noun = head.text if head else "people" if befalls else ""
    return _Counted(
        lemma or ("people" if befalls else ""), noun, befalls, modifiers[:4], head.i if head else tokens[-1].i
    )


def _runs_on(scene: Scene, tokens: list[Token], last: _Counted) -> bool:
    """A bare number after "to" that goes on from the noun just counted."""
    prep = scene.tree.tokens[tokens[-1].head]
    return tokens[-1].dep == "pobj" and prep.lemma == "to" and 0 < prep.i - last.token <= 2


def _no_count(scene: Scene, quantity: Quantity, counted: _Counted) -> bool:
    """ "the two men" points at what is known; "no word", "no plan" count nothing."""
    if quantity.number == 1 and quantity.unit and quantity.text[:1].isalpha():
        return True  # "one dollar bought": a measure, not an amount
    head = scene.tree.tokens[counted.token]
    bare = scene.tree.at(quantity.start, quantity.end)[-1]
    if any(t.lemma in ("the", "these", "those") for t in scene.tree.kids(bare.i, "det")):
        return True  # "one of the three"
    definite = any(t.lemma in ("the", "these", "those", "both") for t in scene.tree.kids(head.i, "det", "predet"))
    if definite and quantity.number in (1, 2, 3) and not quantity.unit:
        return True
    return quantity.number == 0 and quantity.numerals[0].zero_word and not counted.befalls and head.tag != "NNS"


def _normal(lemma: str) -> str:
    return "people" if lemma in PEOPLE else "infant" if lemma in INFANTS else lemma


def _head(scene: Scene, quantity: Quantity, tokens: list[Token]) -> Token | None:
    """The noun that a number counts, or with a unit the noun that it measures."""
    tree, token = scene.tree, tokens[-1]
    inside = {t.i for t in tokens}
    while token.head in inside and token.head != token.i:
        token = tree.tokens[token.head]
    if not quantity.unit and token.pos != "NUM" and token.pos in ("NOUN", "PROPN"):
        return token
    if token.dep in ("nummod", "quantmod", "compound", "amod", "det", "npadvmod", "nmod"):
        head = tree.tokens[token.head]
        return head if head.pos in ("NOUN", "PROPN") else _next_noun(scene, token)
    of = next((o for p in tree.kids(token.i, "prep") if p.lemma in ("of", "in") for o in tree.kids(p.i, "pobj")), None)
    if of is not None and of.pos in ("NOUN", "PROPN"):
        return of
    if of is not None and of.pos == "PRON":  # "three of them children"
        return _next_noun(scene, of)
    return _measured(scene, token)


def _next_noun(scene: Scene, token: Token) -> Token | None:
    """The noun that follows with nothing but modifiers between, where the parse missed it."""
    for following in scene.tree.tokens[token.i + 1 : token.i + 5]:
        if following.pos in ("NOUN", "PROPN"):
            return following
        if following.pos not in ("ADJ", "ADV", "VERB", "PUNCT"):
            return None
    return None


def _measured(scene: Scene, token: Token) -> Token | None:
    """What a bare number or an amount is of: "turnout of 74%", "raise spending to 48bn", "the toll stands at 17"."""
    tree = scene.tree
    head = tree.tokens[token.head]
    if token.dep == "pobj" and head.lemma in ("of", "to", "at", "from", "by", "in"):
        governor = tree.tokens[head.head]
        if governor.pos in ("NOUN", "PROPN"):
            return _carried(scene, governor)
        clause = scene.clause_of(token.i)
        if clause is None:
            return None
        measured = clause.object if clause.object is not None and clause.object != token.i else clause.subject
        return _carried(scene, tree.tokens[measured]) if measured is not None else None
    if token.dep in ("attr", "dobj") and head.lemma in {"be", "stand", "reach", "hit", "total", "exceed"}:
        subject = tree.kid(head.i, "nsubj")
        return _carried(scene, subject) if subject and subject.pos == "NOUN" else None
    return None


def _carried(scene: Scene, noun: Token) -> Token:
    if noun.lemma in CARRIERS:
        inner = next(
            (o for p in scene.tree.kids(noun.i, "prep") if p.lemma == "of" for o in scene.tree.kids(p.i, "pobj")), None
        )
        return inner or noun
    return noun


def _befalls(scene: Scene, head: Token | None, clause: Clause | None) -> str:
    """What befell those counted: by the noun itself, what modifies it, or the predicate that it belongs to."""
    tree = scene.tree
    near = [head, *tree.kids(head.i, "amod", "acl", "relcl", "compound")] if head else []
    if clause is not None:
        predicate = tree.tokens[clause.head]
        near += [predicate, *tree.kids(clause.head, "acomp", "attr", "oprd", "prt", "advmod")]
        near += [o for p in tree.kids(clause.head, "prep") if p.lemma in ("in", "to") for o in tree.kids(p.i, "pobj")]
        if predicate.lemma in CHANGES and clause.subject is not None:
            near += tree.subtree(clause.subject)
    return next((BEFALLS[t.lemma] for t in near if t.lemma in BEFALLS), "")


def _background(scene: Scene, clause: Clause | None) -> bool:
    return clause is None or scene.looks_back(clause) or clause.relation in _INCIDENTAL


def _telling(claim: Claim) -> float:
    """How much a number tells by itself of what is meant: 118,000 and $1.2bn do, 40 does somewhat, two does not."""
    assert isinstance(claim.value, FigureValue)
    number = claim.value.number
    if number is None or number >= 1000 or number != int(number):
        return 0.55
    return 0.4 if number >= 20 else 0.15


def _same_head(claim: Claim, known: FactRow) -> bool:
    ours, theirs = claim.slots["head"], known.slots["head"]
    if ours == theirs or {ours, theirs} <= {"people", ""}:
        return True
    measured = claim.slots["unit"] != "" or not ours or not theirs  # what it is of may stand elsewhere in the clause
    return measured and (ours in known.terms or theirs in claim.terms)


def _number(value: Value) -> str:
    assert isinstance(value, FigureValue)
    return str(value.number)


def _same_number(claim: Claim, known: FactRow) -> bool:
    """Also where the text now only says about how many: "some 1,200" for 1,204."""
    ours, theirs = claim.value, known.fact.value
    assert isinstance(ours, FigureValue) and isinstance(theirs, FigureValue)
    if (ours.number, ours.low, ours.high) == (theirs.number, theirs.low, theirs.high):
        return True
    if ours.comparator not in _LOOSE or not ours.number or not theirs.number:
        return False
    return ours.number == float(f"{theirs.number:.1g}") or isclose(ours.number, theirs.number, rel_tol=NEAR)


KIND = Figures()
