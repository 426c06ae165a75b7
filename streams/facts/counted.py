"""What a number counts: the noun, what befell those counted, or nothing at all."""

from dataclasses import dataclass, replace

from streams.facts.language.clauses import Clause, objects_after, phrase
from streams.facts.language.parse import Token
from streams.facts.language.terms import is_content, term
from streams.facts.lexicon.counts import (
    ANYBODY,
    BEFALLS,
    CARE,
    CARRIERS,
    CHANGES,
    INFANTS,
    LEAVING,
    PEOPLE,
    PERSONS,
    TOLLS,
)
from streams.facts.lexicon.modality import REQUEST
from streams.facts.numbers.quantities import Quantity
from streams.facts.scene import Scene

_SOME = frozenset({"they", "them", "whom"})
MANY = 20  # a smaller bare number may be a score, an hour or one of those spoken of
FEW = 12  # who say the same
_BODIES = frozenset({"body", "corpse", "survivor", "evacuee", "shelter", "hospital"})  # counted as what they are


# What is compared of a figure beside its value.
_SLOTS = ("head", "befalls", "part", "moves", "unit", "past", "was", "of", "telling", "core")


def figure_slots(**said: str) -> dict[str, str]:
    """The slots of a figure, whatever finds it; those that are not said are empty."""
    return dict.fromkeys(_SLOTS, "") | said


@dataclass(frozen=True, slots=True)
class Counted:
    """What a number counts: ``head`` is the noun's lemma, ``noun`` the noun as written, ``token`` where it stands."""

    head: str
    noun: str
    befalls: str
    modifiers: tuple[str, ...]
    token: int
    label: bool = False  # stands before a colon: "Burned area: 7,450 acres"
    part: bool = False  # some of those of whom it was told already: "three of them died in the market"


def counted_of(
    scene: Scene, quantity: Quantity, tokens: list[Token], clause: Clause | None, last: Counted | None
) -> Counted:
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
    those = head is not None and head.pos not in ("NOUN", "PROPN") and lemma in BEFALLS  # "four of the injured"
    fate = befalls != "" and lemma not in _BODIES and (those or BEFALLS.get(lemma) == befalls)
    if fate:
        lemma = "people"  # "71 dead", "eight die", "Hospitalised: 6"
    if head is None and not quantity.unit and not lemma and _is_bare(scene, tokens[-1], quantity):
        lemma = "people"  # "more than 20,000 have had their plans wrecked"
    noun = "people" if fate or (lemma == "people" and not head) or (befalls and not head) else head.text if head else ""
    return Counted(
        head=lemma or ("people" if befalls else ""),
        noun=noun,
        befalls=befalls,
        modifiers=modifiers[:4],
        token=head.i if head else tokens[-1].i,
        label=_label(scene, tokens[0]) is not None,
        part=befalls != "" and _is_part(scene, tokens[-1], head, befalls),
    )


def _is_bare(scene: Scene, number: Token, quantity: Quantity) -> bool:
    """Whether a number stands for those who do it, or to whom it is done."""
    some = quantity.number is not None and quantity.number >= MANY
    return some and number.dep in ("nsubj", "nsubjpass") and scene.sentence.field == "body"


def _is_part(scene: Scene, number: Token, head: Token | None, befalls: str) -> bool:
    """ "Three of them died", "three of the dead": some of those whom the same befell; not "two of them children"."""
    whole = next(objects_after(scene.tree, number.i, "of"), None)
    counted = whole is not None and (head is None or head.i == whole.i)
    return whole is not None and counted and (whole.lemma in _SOME or BEFALLS.get(whole.lemma) == befalls)


def _runs_on(scene: Scene, tokens: list[Token], last: Counted) -> bool:
    """A bare number after "to" that goes on from the noun just counted."""
    prep = scene.tree.tokens[tokens[-1].head]
    return tokens[-1].dep == "pobj" and prep.lemma == "to" and 0 < prep.i - last.token <= 2


def counts_nothing(scene: Scene, quantity: Quantity, counted: Counted) -> bool:
    """ "the two men" points at what is known; "no word", "no plan" count nothing."""
    if quantity.number == 1 and quantity.unit and quantity.text[:1].isalpha():
        return True  # "one dollar bought": a measure, not an amount
    if not quantity.unit and (_is_age(scene, quantity) or _is_of_sources(scene, quantity, counted)):
        return True
    head = scene.tree.tokens[counted.token]
    bare = scene.tree.at(quantity.start, quantity.end)[-1]
    if any(t.lemma in ("the", "these", "those") for t in scene.tree.kids(bare.i, "det")):
        return True  # "one of the three"
    definite = any(t.lemma in ("the", "these", "those", "both") for t in scene.tree.kids(head.i, "det", "predet"))
    if definite and quantity.number in (1, 2, 3) and not quantity.unit:
        return True
    someone = counted.befalls and (head.lemma in ANYBODY or head.pos != "NOUN")
    return quantity.number == 0 and quantity.numerals[0].zero_word and not someone and head.tag != "NNS"


def _is_of_sources(scene: Scene, quantity: Quantity, counted: Counted) -> bool:
    """ "Two people briefed on the talks said": how many say so."""
    few = quantity.number is not None and quantity.number <= FEW and counted.befalls == ""
    return few and any(
        counted.token in (t.i for t in scene.tree.subtree(source))
        for clause in scene.clauses
        for source in clause.sources
    )


def _is_age(scene: Scene, quantity: Quantity) -> bool:
    """ "a woman of 31": who they are, not how many."""
    token = scene.tree.at(quantity.start, quantity.end)[-1]
    prep = scene.tree.tokens[token.head]
    whose = scene.tree.tokens[prep.head]
    return token.dep == "pobj" and prep.lemma == "of" and whose.lemma in PERSONS and whose.tag == "NN"


def _normal(lemma: str) -> str:
    return "people" if lemma in PEOPLE else "infant" if lemma in INFANTS else lemma


def _head(scene: Scene, quantity: Quantity, tokens: list[Token]) -> Token | None:
    """The noun that a number counts, or with a unit the noun that it measures."""
    tree, token = scene.tree, tokens[-1]
    if label := _label(scene, tokens[0]):
        return label
    inside = {t.i for t in tokens}
    while token.head in inside and token.head != token.i:
        token = tree.tokens[token.head]
    if not quantity.unit and token.pos != "NUM" and token.pos in ("NOUN", "PROPN"):
        return token
    if token.dep in ("nummod", "quantmod", "compound", "amod", "det", "npadvmod", "nmod"):
        head = tree.tokens[token.head]
        return head if head.pos in ("NOUN", "PROPN") else _next_noun(scene, token)
    of = next(objects_after(tree, token.i, "of", "in"), None)
    if of is not None and (of.pos in ("NOUN", "PROPN") or of.lemma in BEFALLS):  # "four of the injured"
        return of
    if of is not None and of.pos == "PRON":  # "three of them children"
        return _next_noun(scene, of)
    return _measured(scene, token)


def _label(scene: Scene, first: Token) -> Token | None:
    """What stands before a colon: "Confirmed cases: 31", "Customers affected: 412,000"."""
    before = scene.tree.tokens[max(0, first.i - 3) : first.i]
    if len(before) < 2 or before[-1].text != ":":
        return None
    *more, label, _ = before
    if label.pos == "VERB" and more and more[0].pos in ("NOUN", "PROPN"):
        return more[0]
    return label if label.pos in ("NOUN", "PROPN", "VERB") else None


def _next_noun(scene: Scene, token: Token) -> Token | None:
    """The noun that follows with nothing but modifiers between, where the parse missed it."""
    for following in scene.tree.tokens[token.i + 1 : token.i + 5]:
        if following.pos in ("NOUN", "PROPN"):
            return following
        if following.pos not in ("ADJ", "ADV", "VERB") and following.text != "-":
            return None
    return None


def _measured(scene: Scene, token: Token) -> Token | None:
    """What a bare number or an amount is of: "turnout of 74%", "raise spending to 48bn", "the toll stands at 17"."""
    tree = scene.tree
    head = tree.tokens[token.head]
    if token.dep == "pobj" and head.lemma == "in" and scene.tree.tokens[head.head].pos != "NOUN" and _in_words(token):
        return None  # "broke in two", "one in three"
    if token.dep == "pobj" and head.lemma in ("of", "to", "at", "from", "by", "in"):
        governor = tree.tokens[head.head]
        if governor.pos in ("NOUN", "PROPN"):
            return _carried(scene, governor)
        clause = _moving(scene, token) or scene.clause_of(token.i)
        if clause is None:
            return None
        measured = clause.object if clause.object is not None and clause.object != token.i else clause.subject
        return _carried(scene, tree.tokens[measured]) if measured is not None else None
    if token.dep in ("attr", "dobj") and head.lemma in {"be", "stand", "reach", "hit", "total", "exceed"}:
        subject = tree.kid(head.i, "nsubj")
        return _carried(scene, subject) if subject and subject.pos == "NOUN" else None
    return None


def _moving(scene: Scene, number: Token) -> Clause | None:
    """The clause that moves a number to another, be it above the one where the number stands: "raised the number of
    fires it knew of to 14"."""
    above = {t.i for t in scene.tree.ancestors(number.i)}
    return next((c for c in scene.clauses if c.head in above and c.lemma in CHANGES), None)


def _in_words(token: Token) -> bool:
    return token.text.isalpha()


def _carried(scene: Scene, noun: Token) -> Token:
    if noun.lemma in CARRIERS:
        inner = next(objects_after(scene.tree, noun.i, "of"), None)
        return inner or noun
    return noun


def _befalls(scene: Scene, head: Token | None, clause: Clause | None) -> str:
    """What befell those counted: by the noun itself, what modifies it, or the predicate that it belongs to."""
    tree = scene.tree
    near = [head, *tree.kids(head.i, "amod", "acl", "relcl", "compound")] if head else []
    near = [t for t in near if t.lemma != "hospital"]  # which is in none
    whole = near if head and head.pos != "NOUN" else []  # "four of the injured are in critical condition"
    near = [t for t in near if t not in whole]
    if clause is not None:
        predicate = tree.tokens[clause.head]
        near += [predicate, *tree.kids(clause.head, "acomp", "attr", "oprd", "prt", "advmod", "xcomp")]
        places = list(objects_after(tree, clause.head, "in", "to"))
        near += [*places, *(t for place in places if place.lemma in CARE for t in tree.kids(place.i, "amod"))]
        if predicate.lemma in REQUEST | {"force"} and _made_to_leave(scene, clause):
            return "displaced"
        if predicate.lemma in CHANGES and clause.subject is not None:
            near += tree.subtree(clause.subject)
    return next((BEFALLS[t.lemma] for t in [*near, *whole] if t.lemma in BEFALLS), "")


def _made_to_leave(scene: Scene, clause: Clause) -> bool:
    """ "ordered to leave", "forced from their homes"."""
    tree = scene.tree
    if any(t.lemma in LEAVING for t in tree.kids(clause.head, "xcomp", "ccomp")):
        return True
    from_ = (p for p in tree.kids(clause.head, "prep") if p.lemma in ("from", "out"))
    return any(t.lemma in ("home", "house") for p in from_ for t in tree.subtree(p.i))
