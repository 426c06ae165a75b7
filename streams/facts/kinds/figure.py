"""Figures: numbers and levels, what they count, in which unit."""

import re
from collections.abc import Iterator, Mapping
from math import isclose

from schemas.base import Kind
from schemas.values import FigureValue, Value
from streams.facts.claim import Claim
from streams.facts.counted import Counted, counted_of, counts_nothing, figure_slots
from streams.facts.kinds.base import make_key
from streams.facts.language.clauses import Clause, objects_after
from streams.facts.language.terms import clip, overlap
from streams.facts.levels import levels
from streams.facts.lexicon.counts import CARRIERS, CHANGES, HOMES, HOW_OFTEN, MEASURES, PARTS, SCALES, SIZING
from streams.facts.numbers.quantities import Quantity
from streams.facts.numbers.units import as_told
from streams.facts.rows import FactRow
from streams.facts.scene import Scene

_INCIDENTAL = frozenset({"relcl", "acl", "appos", "advcl", "pcomp"})
_DURATION_UNITS = frozenset({"second", "minute", "hour", "day", "week", "month", "year", "decade"})


_LOOSE = frozenset({"about", "more than", "at least", "fewer than", "at most"})
ALIKE = 0.2  # an amount in the same unit, of what another noun says: the same where the one sentence replaces the other
NEAR = 0.05  # how far "about" reaches


_CLOCK = re.compile(
    r"\b(?:quarter|half|five|ten|twenty(?:-five)?)\s+(?:minutes\s+)?(?:past|to)\s+"
    r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|noon|midnight|the\s+hour)\b"
    r"|\b(?:after|before|past|about|around|at|by)\s+\w+\s+(?:in\s+the\s+(?:morning|afternoon|evening)|at\s+night)\b",
    re.I,
)
_YEARLY = re.compile(rf"\s+{HOW_OFTEN}")
_LENGTHS = frozenset({"km", "mi", "m", "nmi"})
_AWAY = re.compile(
    r"\s+(?:to\s+the\s+)?(?:(?:north|south)?-?(?:east|west)|north|south|away|off|from|inland|offshore)\b"
)
_PER = re.compile(
    r"\s+(?:per|a|an|each)\s+(?P<of>share|barrel|tonne|ton|ounce|litre|gallon|person|head|month|week|year|day|hour|unit)\b"
)


class Figures:
    name: Kind = "figure"

    def claims(self, scene: Scene) -> Iterator[Claim]:
        last: Counted | None = None
        for quantity in scene.quantities:
            if quantity.equivalent_of is not None or quantity.unit in _DURATION_UNITS or _of_clock(scene, quantity):
                continue
            tokens = scene.tree.at(quantity.start, quantity.end)
            clause = scene.clause_of(tokens[-1].i) if tokens else None
            if not tokens or scene.quoted(tokens[0].i) or (clause is not None and clause.void):
                continue
            counted = counted_of(scene, quantity, tokens, clause, last)
            if counts_nothing(scene, quantity, counted):
                continue
            if counted.head or counted.befalls or quantity.unit:
                last = counted
                if quantity.role != "from":
                    yield _claim(scene, quantity, counted, clause, tokens[-1].i)
        yield from levels(scene)

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
        if _apart(ours, theirs) or (theirs.get("past", "") > ours["past"] and not self.same(claim, known)):
            return 0.0  # the toll of another year is none that rises
        same_head = _same_head(claim, known)
        told = bool(claim.terms and known.terms)  # a line like "Confirmed cases: 31" has nothing but its noun
        agreement = overlap(claim.terms, known.terms) if told else 0.6 * same_head
        if claim.slots["was"] and claim.slots["was"] == _number(known.fact.value) and ours["unit"] == theirs["unit"]:
            return 1.0 if same_head else 0.8 * (ours["unit"] != "")
        same_fate = ours["befalls"] == theirs["befalls"] != ""
        if self.same(claim, known):
            return _telling(claim) + 0.3 * same_head + 0.35 * same_fate + 0.3 * agreement
        if _same_number(claim, known):
            return 0.6 * agreement  # the same number of something else: miles for kilometres, cases for tins
        if ours["unit"] != theirs["unit"]:
            return 0.0
        if not same_head:
            return ALIKE * (ours["unit"] != "")
        if same_fate:
            return 0.6 + 0.2 * agreement
        if ours["unit"] in ("level", "category"):
            return 0.45 + 0.5 * agreement
        moves = 0.4 if ours["moves"] and ours["head"] == theirs["head"] else 0.15
        return (0.3 if ours["unit"] and (ours["head"] or theirs["head"]) else moves) + 0.6 * agreement

    def same(self, claim: Claim, known: FactRow) -> bool:
        ours, theirs = (HOMES.get(head, head) for head in (claim.slots["head"], known.slots["head"]))
        measured = ours != theirs and {ours, theirs} <= MEASURES
        unit, other = claim.slots["unit"], known.slots["unit"]
        alike = unit == other or (not (unit and other) and _is_exact(claim))  # "3.7 million", "3.7 million pounds"
        return alike and _same_number(claim, known) and not measured

    def replaces(self, claim: Claim, known: FactRow) -> bool:
        return False

    def refines(self, claim: Claim, known: FactRow) -> bool:
        return False  # a count that becomes exact is a change: "about 40" to 43

    def removable(self, known: FactRow, only_deleted: bool) -> bool:
        return bool(known.fact.attribution) and known.slots.get("befalls") != ""


def _claim(scene: Scene, quantity: Quantity, counted: Counted, clause: Clause | None, token: int) -> Claim:
    measure = _measure(scene, quantity) or (counted.head if counted.head in SCALES else "")
    unit = measure or counted.head or "people"
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
        key=make_key("figure", counted.head, counted.befalls, "+".join(_modifiers(counted)), measure),
        subject=clip(f"{counted.noun} {counted.befalls}".strip() or _about(scene, clause) or unit),
        value=value,
        sentence=scene.index,
        within=scene.predicate(clause),
        clause=scene.index * 1000 + quantity.start + 500,  # figures change on their own: each is told by itself
        polarity="denied" if _denied(scene, clause, token) else "affirmed",
        modality=clause.modality if clause else "real",
        hedges=clause.hedges if clause else (),
        attribution=scene.attribution(clause) if clause else (),
        terms=scene.terms(clause) if clause else frozenset(),
        slots=figure_slots(
            head=counted.head,
            befalls=counted.befalls,
            part="yes" if counted.part else "",
            moves="yes" if clause is not None and _moves(scene, clause) else "",
            unit=measure,
            past="yes" if clause is not None and scene.long_ago(clause) else "",
            was=_was(scene, quantity),
            of=_measures(scene, clause) if measure else "",
            telling="yes" if quantity.number is None or quantity.number >= 20 else "",
            core="yes" if clause and _is_core(scene, clause, counted) else "",
        ),
        background=_background(scene, quantity, clause, counted)
        and not (clause is None and counted.label and not scene.guidance),
        was=_was(scene, quantity) or None,
    )


def _apart(ours: Mapping[str, str], theirs: Mapping[str, str]) -> bool:
    """Whether two figures are of those whom other things befell, or of some and of all of them."""
    fates = {ours["befalls"], theirs["befalls"]} - {""}
    return len(fates) > 1 or ours["part"] != theirs.get("part", "")


def _is_core(scene: Scene, clause: Clause, counted: Counted) -> bool:
    """Whether it counts those who do it or to whom it is done, be it "a total of" them."""
    heads = [i for i in (clause.object, clause.subject) if i is not None]
    carried = (o.i for i in heads if scene.tree.tokens[i].lemma in CARRIERS for o in objects_after(scene.tree, i, "of"))
    return counted.token in (*heads, *carried)


def _moves(scene: Scene, clause: Clause) -> bool:
    """ "Has been widened to 260,000 cars", "now covers 19,000 households": another number than before."""
    return clause.lemma in CHANGES or any(t.lemma == "now" for t in scene.tree.kids(clause.head, "advmod"))


def _modifiers(counted: Counted) -> tuple[str, ...]:
    return ("part", *counted.modifiers) if counted.part else counted.modifiers


def _of_clock(scene: Scene, quantity: Quantity) -> bool:
    """Whether a number tells the time in words: "ten past four", "a quarter to nine"."""
    return any(m.start() < quantity.end and quantity.start < m.end() for m in _CLOCK.finditer(scene.tree.text))


def _denied(scene: Scene, clause: Clause | None, token: int) -> bool:
    """Whether the number is in what the verb is said not to do or be: "did not injure 12", "has not risen to 12".

    "12 did not come" counts those who did not; "have no power" denies the power; "did not rule out more after a cut to
    4%" denies no cut.
    """
    if clause is None or not any(True for _ in scene.tree.kids(clause.head, "neg")):
        return False
    tree = scene.tree
    aims = [clause.object] if clause.object is not None else [t.i for t in tree.kids(clause.head, "prep", "npadvmod")]
    above = [token, *(t.i for t in tree.ancestors(token))]
    aim = next((i for i in above if i in aims), None)
    between = above[: above.index(aim)] if aim is not None else []
    return aim is not None and all(tree.tokens[i].dep != "prep" or tree.tokens[i].lemma == "of" for i in between)


def _about(scene: Scene, clause: Clause | None) -> str:
    """Whose amount it is, where no noun is counted: the subject of the clause."""
    return scene.actors.of(scene.tree, clause.subject).text if clause and clause.subject is not None else ""


def _measures(scene: Scene, clause: Clause | None) -> str:
    """The noun of which a clause tells the amount: "the fire" that "has spread over 2,800 acres of forest"."""
    token = scene.tree.tokens[clause.subject] if clause and clause.subject is not None else None
    return token.lemma if token and token.pos == "NOUN" else ""


def _measure(scene: Scene, quantity: Quantity) -> str:
    """The unit, with what it is per: ``USD/share`` in "$36 per share"."""
    per = _PER.match(scene.tree.text, quantity.end) if quantity.unit else None
    unit = as_told(quantity.unit)
    return f"{unit}/{per['of']}" if per else unit


def _was(scene: Scene, quantity: Quantity) -> str:
    """The number that the text says it was before: "from 12 to 17"."""
    if quantity.role != "to" or quantity.partner is None:
        return ""
    return str(scene.quantities[quantity.partner].number)


def _readable(quantity: Quantity, counted: Counted) -> str:
    if quantity.unit or not counted.head:
        return f"{_hedged(quantity)} {counted.befalls}".strip()
    told = quantity.text.lower() in ("nobody", "none", "no one") or quantity.text.lower().endswith(counted.noun.lower())
    noun = "" if told else counted.noun
    return " ".join(filter(None, [_hedged(quantity), noun, counted.befalls]))


def _hedged(quantity: Quantity) -> str:
    loose = quantity.comparator not in ("exactly", "between") and quantity.comparator not in quantity.text
    loose = loose and not quantity.text.lower().startswith(("a few", "several", "dozens", "hundreds", "thousands"))
    return f"{quantity.comparator} {quantity.text}" if loose else quantity.text


def _is_rate(scene: Scene, clause: Clause, counted: Counted) -> bool:
    """ "Are visited by 90,000 people a year": so it is at all times."""
    after = scene.tree.text[scene.tree.tokens[counted.token].end :]
    return clause.simple_present and not scene.guidance and _YEARLY.match(after) is not None


def _is_way(scene: Scene, quantity: Quantity) -> bool:
    """ "20 miles to the north", "within 20 miles of the head": where, not how much."""
    text = scene.tree.text
    within = text[: quantity.start].rstrip().lower().endswith("within")
    return quantity.unit in _LENGTHS and (within or _AWAY.match(text, quantity.end) is not None)


def _background(scene: Scene, quantity: Quantity, clause: Clause | None, counted: Counted) -> bool:
    if clause is None or scene.looks_back(clause) or _describes(scene, counted) or _sizes_up(scene, clause, counted):
        return True
    return (
        _is_rate(scene, clause, counted)
        or _is_way(scene, quantity)
        or (clause.relation in _INCIDENTAL and not scene.results(clause))
    )


def _sizes_up(scene: Scene, clause: Clause, counted: Counted) -> bool:
    """ "The town has 800 inhabitants", "employs 2,400 people": how large something is at all times."""
    simple = clause.simple_present and clause.modality == "real" and not clause.passive
    if scene.guidance or not simple or any(t.lemma == "now" for t in scene.tree.kids(clause.head)):
        return False
    return clause.lemma in SIZING or (clause.lemma == "have" and scene.tree.tokens[counted.token].lemma in PARTS)


def _describes(scene: Scene, counted: Counted) -> bool:
    """ "Tolven, a town of 800 people": a number within what somebody or something is said to be."""
    tree = scene.tree
    within = [tree.tokens[counted.token], *tree.ancestors(counted.token)] if counted.token is not None else []
    what = next((t for t in within if t.dep == "appos"), None)
    article = tree.kid(what.i, "det") if what and what.i != counted.token else None
    return article is not None and article.lemma in ("a", "an")


def _telling(claim: Claim) -> float:
    """How much a number tells by itself of what is meant: 118,000 and $1.2bn do, 40 does somewhat, two does not."""
    assert isinstance(claim.value, FigureValue)
    number = claim.value.number
    if number is None or _is_exact(claim):
        return 0.55
    if claim.slots["unit"] not in ("", "%"):
        return 0.4
    return 0.4 if number >= 20 else 0.15


def _is_exact(claim: Claim) -> bool:
    """Whether a number is too large or too fine to be another thing's by chance."""
    assert isinstance(claim.value, FigureValue)
    number = claim.value.number
    return number is not None and (number >= 1000 or number != int(number))


def _same_head(claim: Claim, known: FactRow) -> bool:
    ours, theirs = claim.slots["head"], known.slots["head"]
    if ours == theirs or {ours, theirs} <= {"people", ""}:
        return True
    if claim.slots["unit"] and {ours, claim.slots["of"]} & {theirs, known.slots.get("of")} - {"", None}:
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
