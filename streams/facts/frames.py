"""Frames: a sentence as the row of its telling words, to see where the same sentence has another word in its place."""

from collections.abc import Sequence
from difflib import SequenceMatcher

from rapidfuzz.distance import LCSseq

from streams.facts.language.actors import name_tokens
from streams.facts.language.parse import Token, Tree
from streams.facts.language.terms import term
from streams.facts.lexicon.actors import METONYMS
from streams.facts.lexicon.levels import DEGREES, LEVELS
from streams.facts.lexicon.modality import STRICT_SPEECH
from streams.facts.numbers.units import as_told
from streams.facts.scene import Scene
from streams.facts.times.mentions import TimeMention

MAX_WORDS = 60  # of a frame
KEPT = 0.7  # the share of the longer frame's words that must stand, in their order, for two frames to be one sentence
PLACES = 2  # in which words may be exchanged; with more the sentence has been rewritten
EXCHANGED = 3  # words in one place
ADDED = 2  # words that may come or go elsewhere

_LENGTHS = {"month": 7, "quarter": 7, "year": 4}  # of an ISO date, by what is known of it
_CLASS = {"NOUN": "N", "ADJ": "J", "VERB": "V", "ADV": "R", "PRON": "O", "NUM": "J"}
_PASSED_OVER = frozenset({"DET", "PUNCT", "AUX", "SPACE", "SYM", "X"})
TIMES = {"once": "#1", "twice": "#2", "thrice": "#3"}
_NOT = frozenset({"not", "no", "never", "n't"})
_FILLERS = frozenset(
    {"still", "now", "also", "already", "meanwhile", "however", "too", "then", "later", "just", "that", "as", "to"}
)


_LEFT_OUT = _FILLERS | STRICT_SPEECH  # who says so may say, add or explain it


def frame(scene: Scene) -> list[str]:
    """The words that tell: no articles and auxiliaries; times and amounts as what they come to, quotes as one mark."""
    return _row(scene, _stand_ins(scene))


def skeleton(scene: Scene) -> list[str]:
    """The frame with each time as ``@`` and each amount as ``#``, whatever they come to."""
    return _row(scene, [(start, end, mark[:1]) for start, end, mark in _stand_ins(scene)])


def _row(scene: Scene, spans: list[tuple[int, int, str]]) -> list[str]:
    words: list[str] = []
    last: tuple[int, int, str] | None = None
    for token in scene.tree.tokens:
        inside = next((span for span in spans if span[0] <= token.start < span[1]), None)
        if inside is not None:
            if inside != last:
                words.append(inside[2])
        elif token.tag == "MD" or token.lemma in _NOT or not (token.pos in _PASSED_OVER or token.lemma in _LEFT_OUT):
            words.append(_word(scene.tree, token) or "")
        last = inside
    return [word for word in words if word][:MAX_WORDS]


def _stand_ins(scene: Scene) -> list[tuple[int, int, str]]:
    quotes = [(q.start, q.end, '"') for q in scene.quotations]
    times = [(m.start, m.end, "" if scene.of_telling(m) else _moment(scene, m)) for m in scene.times["past"]]
    amounts = [(q.start, q.end, f"#{q.number}{q.low or ''}{q.high or ''}{as_told(q.unit)}") for q in scene.quantities]
    return quotes + times + amounts


def _moment(scene: Scene, mention: TimeMention) -> str:
    """As far as it is known: ``@2025-03-21T15:00``, ``@T15:00``, ``@2025-03-21``, ``@2025-03``; a length in minutes."""
    if mention.at is None:
        return f"@{mention.minutes}" + (f"-{mention.most_minutes}" if mention.most_minutes else "")
    there = mention.at.astimezone(scene.zone)
    day = (mention.day or there.date()).isoformat()
    if mention.precision == "minute":
        return f"@T{there:%H:%M}" if scene.of_any_day(mention) else f"@{day}T{there:%H:%M}"
    return f"@{day[: _LENGTHS.get(mention.precision or '', 10)]}"


def _word(tree: Tree, token: Token) -> str | None:
    """The word with a letter for its class, as ``dam/N``; a name by its last part, a country by one of its names."""
    if token.pos == "ADV" and token.lemma in TIMES:
        return TIMES[token.lemma]
    if token.i == 0 and token.pos == "NOUN" and token.tag == "NN":
        return f"{term(token)}/P"  # a name that begins a sentence looks like any noun
    if token.pos != "PROPN":
        return f"{term(token)}/{_CLASS.get(token.pos, 'x')}"
    if token.dep in ("compound", "nmod") and tree.tokens[token.head].pos == "PROPN":
        return None
    name = " ".join(t.text.lower() for t in name_tokens(tree, token))
    return f"{METONYMS.get(name, token.text.lower()).replace(' ', '_')}/P"


def _stands_in(side: list[str]) -> bool:
    return any(word[0] in "@#" for word in side)


def likeness(ours: list[str], theirs: list[str]) -> float:
    """The share of the longer frame's words that stand in both, in the same order."""
    return LCSseq.similarity(_bare(theirs), _bare(ours)) / max(len(ours), len(theirs), 1)


def days_named(words: list[str]) -> int:
    """How many days, months and years a frame names."""
    return sum(word[0] == "@" and "-" in word for word in words)


def _bare(words: list[str]) -> list[str]:
    """The words without their class, which the parser may see otherwise in another sentence."""
    return [word.rpartition("/")[0] or word for word in words]


def _edits(ours: list[str], theirs: list[str]) -> list[tuple[str, int, int, int, int]]:
    matcher = SequenceMatcher(None, _bare(theirs), _bare(ours), autojunk=False)
    return [op for op in matcher.get_opcodes() if op[0] != "equal"]


def exchanged(ours: list[str], theirs: list[str]) -> bool:
    """Whether the same sentence has other words in one or two places, and nothing else of weight."""
    if likeness(ours, theirs) < KEPT:
        return False
    edits = _edits(ours, theirs)
    replaced = [(theirs[a:b], ours[c:d]) for kind, a, b, c, d in edits if kind == "replace"]
    others = [(b - a) + (d - c) for kind, a, b, c, d in edits if kind != "replace"]
    if any(_negations(theirs[a:b]) != _negations(ours[c:d]) for _, a, b, c, d in edits) or _moved(ours, theirs):
        return True
    if not 0 < len(replaced) <= PLACES or sum(others) > ADDED:
        return False
    if _reworded(edits, theirs, ours):
        return False
    return any(_differ(old, new) for old, new in replaced)


def same_but_for_values(ours: list[str], theirs: list[str]) -> bool:
    """Whether two skeletons are of one sentence: as many times and amounts, and hardly a word more or less."""
    if any(ours.count(mark) != theirs.count(mark) for mark in "@#"):
        return False
    if LCSseq.similarity(_bare(theirs), _bare(ours)) < (len(ours) + len(theirs) - ADDED) / 2:
        return False  # so many words came or went, however the two are laid side by side
    edits = _edits(ours, theirs)
    changed = [words for _, a, b, c, d in edits for words in (theirs[a:b], ours[c:d])]
    replaced = any(kind == "replace" for kind, *_ in edits)
    return not replaced and not any(map(_negations, changed)) and sum(map(len, changed)) <= ADDED


def _negations(words: list[str]) -> int:
    return sum(word.rpartition("/")[0] in _NOT for word in words) % 2


def _reworded(edits: Sequence[tuple[str, int, int, int, int]], theirs: list[str], ours: list[str]) -> bool:
    """Whether both exchanges stand in one phrase of common words: "acute altitude sickness", "high-altitude ills"."""
    if len(edits) != PLACES or edits[1][1] - edits[0][2] > 1:
        return False
    return not any(word[-2:] == "/P" or word[0] in "@#" for _, a, b, c, d in edits for word in theirs[a:b] + ours[c:d])


def _moved(ours: list[str], theirs: list[str]) -> bool:
    """Whether a word of likelihood or risk is strengthened in one of the two only: "very likely" is not "likely"."""
    some, others = _degrees(ours), _degrees(theirs)
    return any(some[word] != others[word] for word in some.keys() & others.keys())


def _degrees(words: list[str]) -> dict[str, str]:
    """The words of a scale, each with the word of degree before it, or with nothing."""
    bare = _bare(words)
    return {w: before if before in DEGREES else "" for before, w in zip(["", *bare], bare, strict=False) if w in LEVELS}


def _differ(old: list[str], new: list[str]) -> bool:
    sides = [{word[-1] for word in side if word[-2:-1] == "/"} for side in (old, new)]
    if max(len(old), len(new)) > EXCHANGED or any("O" in classes for classes in sides):
        return False
    if not all(classes & {"N", "P", "J"} or _stands_in(side) for classes, side in zip(sides, (old, new), strict=True)):
        return False  # verbs and adverbs are changed for others that mean the same all the time
    if ("P" in sides[0]) != ("P" in sides[1]) and any("N" in classes for classes in sides):
        return False  # a name for a description: "the company" for "Sorrel Hydro"
    if _shortened(old, new) or _shortened(new, old):
        return False
    return not any(_akin(o, n) for o in old for n in new)


def _shortened(short: list[str], full: list[str]) -> bool:
    """Whether one side is the other's initials: "OVD" for "Oropouche virus disease"; of a name the last word stands."""
    initials = "".join(word[0] for word in full)
    return len(short) == 1 and len(initials) > 1 and short[0].rpartition("/")[0].endswith(initials)


def _akin(old: str, new: str) -> bool:
    """Whether one word is the other in another form, or one time holds the other."""
    if old[0] in "@#" or new[0] in "@#":
        return old[0] == new[0] == "@" and "-" in old + new and (old[1:] in new or new[1:] in old)
    return old[:4] == new[:4]
