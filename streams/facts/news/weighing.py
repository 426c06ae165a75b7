"""Weighing: how likely each unseen sentence of a version is to be news, and what of it is told then."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from schemas.base import Kind
from streams.facts.diff import Found
from streams.facts.news.features import Features, Page, features
from streams.facts.news.forest import likelihood
from streams.facts.telling import SILENT, leads

TOLD = 0.5  # from this likelihood on a sentence is told in any case, by what is new in it, or as a whole
# Below these nothing of a sentence is told: what is new of the kinds that rewordings yield by the dozen, of the others,
# and what is known and has changed. From the share that was wanted of each in stories not learnt from.
NEW_OPEN, NEW_CLOSED, CHANGED = 0.45, 0.3, 0.15
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
        if sentence.seen or sentence.note or sentence.sentence.field != "body":
            continue
        described = features(page, sentence, index, [f for f in found if f.claim.sentence == index])
        weighed.append(Weighed(index, described, likelihood(described)))
    return weighed


def judged(found: Sequence[Found], weighed: Sequence[Weighed]) -> list[Found]:
    """What was found, with the reason ``no news`` or ``new fact`` where a sentence's weight decides."""
    likely = {w.index: w.likelihood for w in weighed}
    muted = [_muted(f, likely.get(f.claim.sentence, 1.0)) for f in found]
    said = {f.claim.sentence for f in muted if _is_told(f) or f.reason == "stale"}
    promoted = {id(f) for n, p in likely.items() if p >= TOLD and n not in said and (f := _first(muted, n))}
    return [replace(f, reason="new fact") if id(f) in promoted else f for f in muted]


def _muted(f: Found, likelihood: float) -> Found:
    return replace(f, reason="no news") if _is_told(f) and likelihood < _limit(f) else f


def _limit(f: Found) -> float:
    if f.outcome != "new":
        return CHANGED
    return NEW_OPEN if f.claim.kind in _OPEN else NEW_CLOSED if f.claim.kind in _CLOSED else 0.0


def _is_told(f: Found) -> bool:
    return f.outcome not in ("same", "refined") and f.reason not in SILENT


def _first(found: Sequence[Found], sentence: int) -> Found | None:
    """What a sentence is told by that has nothing told: by kind, and as a whole (its frame) where there is no other."""
    new = [f for f in found if f.claim.sentence == sentence and f.outcome == "new"]
    return min(new, key=leads, default=None)
