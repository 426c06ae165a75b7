"""Weighing: how likely each unseen sentence of a version is to be news, and what of it is told then."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from schemas.base import Kind
from streams.facts.diff import Found
from streams.facts.language.pages import is_furniture
from streams.facts.news.features import Features, Page, features
from streams.facts.news.forest import likelihood
from streams.facts.sentence_times import is_of_sentence
from streams.facts.telling import SILENT, leads


class Limits(NamedTuple):
    """From which likelihood on a sentence is told: in any case, as a whole if need be; what is new in it, of the kinds
    that rewordings yield by the dozen and of the others; what is known and has changed."""

    whole: float
    new_open: float
    new_closed: float
    changed: float


# By cross-validation over the stories that may be learnt from: the best F1, and of equal ones the most quiet.
OF_NEWS = Limits(0.45, 0.4, 0.3, 0.1)
OF_EDIT = Limits(0.43, 0.2, 0.2, 0.1)  # few sentences have no background among them; the stories do not tell it apart
OF_LINE = Limits(0.3, 0.2, 0.2, 0.1)  # an article of one sentence has none at all
OF_NO_NEWS = Limits(1.01, 1.01, 1.01, 0.4)
NEWS = 0.8  # of a version none of whose sentences is as likely as this, only what has changed is told
FEW = 3  # unseen sentences; a version with no more of them is an edit, and each counts
_OPEN: frozenset[Kind] = frozenset({"figure", "position", "participant", "action"})
_CLOSED: frozenset[Kind] = frozenset({"event-status", "event-time"})  # a statement is told whenever it is a new one


@dataclass(frozen=True)
class Weighed:
    """An unseen sentence of the body, by its index in the version, with the likelihood that it is news."""

    index: int
    features: Features
    likelihood: float


def weigh(page: Page, found: Sequence[Found]) -> list[Weighed]:
    weighed = []
    for index, sentence in enumerate(page.reading.sentences):
        if sentence.seen or sentence.note or sentence.sentence.field != "body" or is_furniture(sentence.sentence.text):
            continue
        described = features(page, sentence, index, [f for f in found if f.claim.sentence == index])
        weighed.append(Weighed(index, described, likelihood(described)))
    return weighed


def judged(found: Sequence[Found], weighed: Sequence[Weighed]) -> list[Found]:
    """What was found, with the reason ``no news`` or ``new fact`` where a sentence's weight decides."""
    likely = {w.index: w.likelihood for w in weighed}
    limits = _limits(weighed)
    muted = [_muted(f, likely.get(f.claim.sentence, 1.0), limits) for f in found]
    said = {f.claim.sentence for f in muted if _is_told(f) or f.reason == "stale"}
    promoted = {id(f) for n, p in likely.items() if p >= limits.whole and n not in said and (f := _first(muted, n))}
    return [replace(f, reason="new fact") if id(f) in promoted else f for f in muted]


def _limits(weighed: Sequence[Weighed]) -> Limits:
    if len(weighed) == 1 and weighed[0].features["share unseen"] == 1:
        return OF_LINE
    if len(weighed) <= FEW:
        return OF_EDIT
    return OF_NEWS if max(w.likelihood for w in weighed) >= NEWS else OF_NO_NEWS


def _muted(f: Found, likelihood: float, limits: Limits) -> Found:
    return replace(f, reason="no news") if _is_told(f) and likelihood < _limit(f, limits) else f


def _limit(f: Found, limits: Limits) -> float:
    if f.outcome != "new":
        return limits.changed
    return limits.new_open if f.claim.kind in _OPEN else limits.new_closed if f.claim.kind in _CLOSED else 0.0


def _is_told(f: Found) -> bool:
    return f.outcome not in ("same", "refined") and f.reason not in SILENT


def _first(found: Sequence[Found], sentence: int) -> Found | None:
    """What a sentence is told by that has nothing told: by kind, and as a whole (its frame) where there is no other.

    Not by the time of what it tells.
    """
    new = [f for f in found if f.claim.sentence == sentence and f.outcome == "new" and not is_of_sentence(f.claim)]
    return min(new, key=leads, default=None)
