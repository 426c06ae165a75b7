"""Levels: where on a scale of colours, grades or numbers something stands. Figures, with their place as the number."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from schemas.values import FigureValue
from streams.facts.claim import Claim
from streams.facts.counted import figure_slots
from streams.facts.kinds.base import make_key
from streams.facts.language.clauses import Clause
from streams.facts.language.parse import Token
from streams.facts.language.terms import clip
from streams.facts.lexicon.scales import COLOURS, GRADES, NUMBERED, ORDINARY
from streams.facts.scene import Scene

_COLOUR, _GRADE = "|".join(COLOURS), "|".join(GRADES)
_PLACES = COLOURS | GRADES | ORDINARY
_WARNING = r"alert|warning|code|advisory|watch|status"
_STANDS = r"[^.;:,]{0,40}?\s(?:to|at|is|was|remains?|stays?|now)\s+(?:its\s+)?[\"'“]?"
_FROM = rf"(?:from\s+[\"'“]?(?P<was>{_COLOUR}|{_GRADE}|\d|{'|'.join(ORDINARY)})\b[\"'”]?\s+)?"
_FORMS = tuple(
    re.compile(form, re.I)
    for form in (
        # "raised its alert level from yellow to red", "the threat level stands at severe"
        rf"\b(?P<of>(?:\w+\s+)?(?:level|rating|status|code|warning|alert|advisory))\b(?:[^.;:,]{{0,30}}?\s{_FROM})?{_STANDS}(?P<at>{_COLOUR}|{_GRADE})\b",
        # "a red weather warning", "an orange alert"
        rf"\b(?P<at>{_COLOUR})(?:[\s-]+\w+)?[\s-]+(?P<of>{_WARNING})s?\b",
        # "a Category 4 hurricane", "level four", "from level 2 to level 3"
        rf"\b(?P<of>{'|'.join(NUMBERED)})[\s-]+(?P<at>[1-7]|{'|'.join(ORDINARY)})\b(?![\d.,]*\d|\s*(?:m|km|metres?|meters?|feet)\b)",
    )
)


@dataclass(frozen=True, slots=True)
class Level:
    """``of`` names the scale, ``number`` is the place on it; ``was``: the place that the text says it had before."""

    start: int
    end: int
    text: str
    of: str
    number: int
    was: int | None


def levels(scene: Scene) -> Iterator[Claim]:
    """A claim for each level that stands in the sentence's own words."""
    for level in find_levels(scene.tree.text):
        tokens = scene.tree.at(level.start, level.end)
        clause = _clause(scene, tokens) if tokens else None
        if tokens and not scene.quoted(tokens[0].i) and not (clause is not None and clause.void):
            yield _claim(scene, level, clause)


def _clause(scene: Scene, tokens: list[Token]) -> Clause | None:
    """The clause that tells it; "to level 3" may be taken for a verb."""
    clause = scene.clause_of(tokens[0].i)
    head = scene.tree.tokens[clause.head] if clause else None
    taken = head is not None and head in tokens and head.head != head.i
    return scene.clause_of(head.head) if head is not None and taken else clause


def find_levels(text: str) -> list[Level]:
    """In the order of the text; of two that overlap the first form's."""
    found: list[Level] = []
    for form in _FORMS:
        for m in form.finditer(text):
            if not any(m.start() < other.end and other.start < m.end() for other in found):
                found.append(_level(m))
    return sorted(found, key=lambda level: level.start)


def _level(m: re.Match[str]) -> Level:
    of = m["of"].lower().split()[-1]
    was = m.groupdict().get("was")
    at = m["at"].lower()
    text = f"{m['of']} {m['at']}" if of in NUMBERED and not (at in COLOURS or at in GRADES) else m["at"]
    return Level(m.start(), m.end(), text, of, _place(at), _place(was.lower()) if was else None)


def _place(word: str) -> int:
    return int(word) if word.isdigit() else _PLACES[word]


def _claim(scene: Scene, level: Level, clause: Clause | None) -> Claim:
    unit = "level" if level.of != "category" else level.of
    was = str(level.was or "")
    return Claim(
        kind="figure",
        key=make_key("figure", level.of, "", "", unit),
        subject=clip(scene.tree.text[level.start : level.end]),
        value=FigureValue(text=clip(level.text), number=level.number, unit=unit),
        sentence=scene.index,
        within=scene.predicate(clause),
        clause=scene.index * 1000 + level.start + 500,
        modality=clause.modality if clause else "real",
        hedges=clause.hedges if clause else (),
        attribution=scene.attribution(clause) if clause else (),
        terms=scene.terms(clause) if clause else frozenset(),
        slots=figure_slots(head=level.of, unit=unit, was=was, telling="yes"),
        background=clause is None or scene.looks_back(clause) or clause.relation in ("relcl", "acl", "appos"),
        was=was or None,
    )
