"""What an unseen sentence is weighed by: what is new in it, where it stands, and what the diff found in it."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import get_args

from schemas.base import Kind
from streams.facts.diff import Found
from streams.facts.outline import Outline
from streams.facts.reading import Reading, SentenceRead
from streams.facts.state import State

_KINDS: tuple[Kind, ...] = get_args(Kind)
Features = dict[str, float]


class Page:
    """The version as a whole, as far as its sentences are weighed by it."""

    def __init__(self, reading: Reading, state: State, new_outlet: bool, age: timedelta) -> None:
        """``age``: how old the story was when the version came."""
        self.reading, self.state, self.new_outlet, self.age = reading, state, new_outlet, age
        self.body = [s for s in reading.sentences if s.sentence.field == "body"]
        self.unseen = sum(not s.seen for s in self.body)
        self.place = {s.sentence.fingerprint: n for n, s in enumerate(self.body)}
        self.headline = frozenset(
            word for s in reading.sentences if s.sentence.field == "headline" and not s.seen for word in s.outline.words
        )
        self.headline_new = frozenset(word for word in self.headline if not state.knows(word))


def features(page: Page, sentence: SentenceRead, index: int, found: Sequence[Found]) -> Features:
    """By name; ``found`` is what the diff found in the sentence."""
    return {
        **_of_words(sentence.outline, page.state),
        **_of_clause(sentence.outline),
        **_of_place(page, sentence, index),
        **_of_found(found),
    }


def _of_words(outline: Outline, state: State) -> Features:
    words = outline.words
    return {
        "words": len(words),
        "new words": _unknown(words, state),
        "share of new words": _unknown(words, state) / max(1, len(words)),
        "new names": _unknown(outline.names, state),
        "new nouns": _unknown(outline.nouns, state),
        "new verbs": _unknown(outline.verbs, state),
        "new adjectives": _unknown(outline.adjectives, state),
        "numbers": len(outline.numbers),
        "new numbers": _unknown(outline.numbers, state),
        "new hours": _unknown(outline.clocks, state),
        "known hours": len(outline.clocks) - _unknown(outline.clocks, state),
    }


def _unknown(words: Iterable[str], state: State) -> float:
    return float(sum(not state.knows(word) for word in words))


def _of_clause(outline: Outline) -> Features:
    return {
        "tokens": outline.tokens,
        "names": len(outline.names),
        "verbs": len(outline.verbs),
        "past": float(outline.tense == "past"),
        "present": float(outline.tense == "present"),
        "perfect": float(outline.perfect),
        "planned": float(outline.modality == "planned"),
        "spoken": float(outline.spoken),
        "sourced": float(outline.sourced),
        "quoting": float(outline.quoting),
        "weekday": float(outline.weekday),
        "looks back": float(outline.looks_back),
        "recent": float(outline.recent),
        "ahead": float(outline.ahead),
    }


def _of_place(page: Page, sentence: SentenceRead, index: int) -> Features:
    words = sentence.outline.words
    return {
        "depth": page.place.get(sentence.sentence.fingerprint, 0) / max(1, len(page.body)),
        "lead": float(sentence.sentence.paragraph == page.reading.first_paragraph),
        "unseen sentences": page.unseen,
        "share unseen": page.unseen / max(1, len(page.body)),
        "new outlet": float(page.new_outlet),
        "of headline": len(page.headline & words) / max(1, len(page.headline)),
        "of new headline": len(page.headline_new & words) / max(1, len(page.headline_new)),
        "replaces": page.reading.likeness.get(index, 0.0),
        "sentences gone": page.reading.gone,
        "days": page.age / timedelta(days=1),
    }


def _of_found(found: Sequence[Found]) -> Features:
    facts = [f for f in found if not f.claim.slots.get("frame")]
    counts = {f"{kind} {outcome}": 0.0 for kind in _KINDS for outcome in ("same", "new", "changed")}
    for f in facts:
        counts[f"{f.claim.kind} {f.outcome if f.outcome in ('same', 'new') else 'changed'}"] += 1
    frames = [f for f in found if f.claim.slots.get("frame")]
    return counts | {
        "facts": len(facts),
        "background": sum(f.claim.background for f in facts),
        "plans": sum(f.claim.modality != "real" for f in facts),
        "frame same": float(any(f.outcome == "same" for f in frames)),
        "frame changed": float(any(f.outcome == "changed" for f in frames)),
    }
