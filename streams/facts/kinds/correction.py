"""Corrections: the publisher's own correction, clarification or editor's note."""

import re
from collections.abc import Iterator

from schemas.base import Kind
from schemas.values import CorrectionValue
from streams.facts.claim import Claim
from streams.facts.kinds.base import make_key
from streams.facts.language.text import words
from streams.facts.rows import FactRow
from streams.facts.scene import Scene

_LABEL = r"(?:corrections?|clarifications?|editor'?s'? note|amendment|update|erratum|for the record)"
_NOTE = re.compile(
    rf"^\W*(?:{_LABEL}\b\s*(?:\([^)]*\))?\s*[:\u2013\u2014-]|this (?:article|story|post|page|report|piece) "
    r"(?:was|has been) (?:amended|corrected|updated to correct)|(?:an|the) (?:earlier|previous|original|initial) "
    r"version of this|in an earlier version|we (?:have corrected|apologi[sz]e))",
    re.I,
)
_ABOUT_TEXT = re.compile(
    r"\b(?:earlier|previous|original|initial) version|\bmisstat|\bincorrect|\bwrong(?:ly)?\b|\berror\b|\bmisspel|\bamended|"
    r"\bcorrected|\bclarif|\bshould (?:have )?(?:read|said)|, not ",
    re.I,
)
_OLD_NEW = re.compile(
    r"\b(?P<new>[\w$\u00a3\u20ac%.,-]+(?: [\w%.,-]+)?), not (?P<old>[\w$\u00a3\u20ac%.,-]+(?: [\w%]+)?)"
)


_ABOUT = re.compile(
    r"^(?:an|the|this|in an?|our)\b.{0,40}?\b(?:version(?:\s+of\s+(?:this|the)\s+\w+)?|article|story|post|page|report|piece)\b"
    r"(?:\s+(?:incorrectly|wrongly|mistakenly|erroneously|gave|said|stated|misstated|that|has been|was|the))*\s*",
    re.I,
)


class Corrections:
    name: Kind = "correction"
    one_at_a_time = False
    novelty = 0.0

    def claims(self, scene: Scene) -> Iterator[Claim]:
        text = scene.tree.text
        if scene.sentence.field == "headline" or not _NOTE.match(text) or not _ABOUT_TEXT.search(text):
            return
        note = re.sub(rf"^\W*{_LABEL}\s*(?:\([^)]*\))?\s*[:\u2013\u2014-]\s*", "", text, flags=re.I)
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

    def refines(self, claim: Claim, known: FactRow) -> bool:
        return False

    def removable(self, known: FactRow, only_deleted: bool) -> bool:
        return False


KIND = Corrections()
