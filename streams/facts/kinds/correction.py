"""Corrections: the publisher's own correction, clarification or editor's note."""

import re
from collections.abc import Iterator

from schemas.base import Kind
from schemas.values import CorrectionValue
from streams.facts.claim import Claim
from streams.facts.kinds.base import make_key
from streams.facts.language.notes import LABEL, is_note
from streams.facts.language.text import words
from streams.facts.rows import FactRow
from streams.facts.scene import Scene

_LABELLED = re.compile(rf"\W{{0,8}}+{LABEL}\s*(?:\([^)]{{0,60}}\))?\s*[:\u2013\u2014-]\s*", re.I)
_AMOUNT = r"[$\u00a3\u20ac]?[\w.,-]*\w%?(?: (?:million|billion|percent|per cent))?"
_OLD_NEW = re.compile(rf"(?<![\w$\u00a3\u20ac])(?P<new>{_AMOUNT}), not (?P<old>{_AMOUNT})")


_ABOUT = re.compile(
    r"^(?:an|the|this|in an?|our)\b.{0,40}?"
    r"\b(?:version(?:\s+of\s+(?:this|the)\s+\w+)?|article|story|post|page|report|piece)\b"
    r"(?:\s+(?:incorrectly|wrongly|mistakenly|erroneously|gave|said|stated|misstated|that|has been|was|the))*\s*",
    re.I,
)


class Corrections:
    name: Kind = "correction"

    def claims(self, scene: Scene) -> Iterator[Claim]:
        text = scene.tree.text
        if scene.sentence.field != "correction" and not is_note(text):
            return
        note = _LABELLED.sub("", text)
        change = _OLD_NEW.search(text)
        said = " ".join(words(note))
        yield Claim(
            kind="correction",
            key=make_key("correction", said),
            subject="correction",
            value=CorrectionValue(
                text=scene.short(_ABOUT.sub("", note) or note),
                note=note,
                old=change["old"] if change else None,
                new=change["new"] if change else None,
            ),
            sentence=scene.index,
            within=scene.index * 1000,
            clause=scene.index * 1000,
            terms=frozenset(said.split()),
            slots={"words": said},
        )

    def index_terms(self, claim: Claim) -> frozenset[str]:
        return frozenset({"correction"})

    def match(self, claim: Claim, known: FactRow) -> float:
        ours, theirs = claim.terms, frozenset(known.terms)
        return len(ours & theirs) / max(1, len(ours | theirs))

    def same(self, claim: Claim, known: FactRow) -> bool:
        return True

    def replaces(self, claim: Claim, known: FactRow) -> bool:
        return False

    def refines(self, claim: Claim, known: FactRow) -> bool:
        return False

    def removable(self, known: FactRow, only_deleted: bool) -> bool:
        return False


KIND = Corrections()
