"""Quotes: a speaker's words, new, altered or removed."""

from collections.abc import Iterator

from rapidfuzz import fuzz

from schemas.base import Kind
from schemas.values import QuoteValue
from streams.facts.claim import Claim
from streams.facts.kinds.base import make_key
from streams.facts.language.clauses import Clause
from streams.facts.language.quotes import Quotation
from streams.facts.language.terms import clip
from streams.facts.language.text import words
from streams.facts.lexicon.modality import SPEECH
from streams.facts.lexicon.spelling import one_spelling
from streams.facts.lexicon.stances import NAMING
from streams.facts.rows import FactRow
from streams.facts.scene import Scene

MIN_WORDS = 2  # a single word in quotation marks is a name or a doubt, not a quote
ALTERED = 50.0  # of 100 (rapidfuzz ratio of the words): above it, another text is the same quote with other words


_CONTRACTIONS = {
    "won't": "will not",
    "can't": "can not",
    "cannot": "can not",
    "n't": " not",
    "'re": " are",
    "'ll": " will",
    "'ve": " have",
    "'m": " am",
    "it's": "it is",
    "It's": "It is",
    "that's": "that is",
    "That's": "That is",
}
_SPEAKING = (
    SPEECH
    | NAMING
    | frozenset(
        "accuse urge ask speak shout cry sob sigh whisper laugh blast slam criticise criticize mock thank".split()
    )
)


class Quotes:
    name: Kind = "quote"

    def claims(self, scene: Scene) -> Iterator[Claim]:
        pieces = [q for q in scene.quotations if q.count >= MIN_WORDS]
        if not pieces:
            return
        clause = _speech(scene)
        if clause is None and any(not scene.quoted(c.head) for c in scene.clauses):
            return  # a title or a doubt, not somebody's words
        speaker = _speaker(scene, clause)
        if speaker is None:
            return
        for quotation in _joined(scene, pieces, clause):
            yield _claim(scene, quotation, speaker, clause)

    def index_terms(self, claim: Claim) -> frozenset[str]:
        rare = sorted(set(words(claim.slots["words"])), key=lambda w: (-len(w), w))[:5]
        return frozenset(f"quote w {word}" for word in rare)

    def match(self, claim: Claim, known: FactRow) -> float:
        same_speaker = claim.slots["speaker"] == known.slots["speaker"]
        ours, theirs = claim.slots["words"], known.slots["words"]
        if _within(ours, theirs) or _within(theirs, ours):
            return 1.0 if same_speaker else 0.9
        alike = fuzz.ratio(ours.split(), theirs.split())
        return alike / 100 if same_speaker and alike >= ALTERED else 0.0

    def same(self, claim: Claim, known: FactRow) -> bool:
        ours, theirs = claim.slots["words"], known.slots["words"]
        same_words = _within(ours, theirs) or _within(theirs, ours)
        assert isinstance(claim.value, QuoteValue) and isinstance(known.fact.value, QuoteValue)
        fragment = claim.value.fragment or known.fact.value.fragment  # the words of many, not one speaker's alone
        one = claim.slots["speaker"] == known.slots["speaker"] or claim.slots["pronoun"]  # "she said": who, is known
        return same_words and bool(fragment or one)

    def replaces(self, claim: Claim, known: FactRow) -> bool:
        return False

    def refines(self, claim: Claim, known: FactRow) -> bool:
        return False

    def removable(self, known: FactRow, only_deleted: bool) -> bool:
        return True


def _claim(scene: Scene, quotation: Quotation, speaker: tuple[str, str], clause: Clause | None) -> Claim:
    canonical, name = speaker
    spoken = " ".join(map(one_spelling, words(_in_full(quotation.words))))
    value = QuoteValue(text=quotation.words, words=quotation.words, fragment=_fragment(quotation), where=None)
    return Claim(
        kind="quote",
        key=make_key("quote", canonical, spoken),
        subject=clip(name),
        value=value,
        sentence=scene.index,
        within=scene.predicate(clause),
        clause=scene.index * 1000 + quotation.start + 250,
        attribution=(clip(name),),
        terms=frozenset(spoken.split()),
        slots={"speaker": canonical, "words": spoken, "pronoun": "yes" if _by_pronoun(scene, clause) else ""},
        background=clause is not None and scene.looks_back(clause),
    )


def _in_full(text: str) -> str:
    """Without contractions: "we're" is "we are"."""
    for short, full in _CONTRACTIONS.items():
        text = text.replace(short, full)
    return text


def _fragment(quotation: Quotation) -> bool:
    return quotation.count < 5 or not quotation.words[:1].isupper()


def _joined(scene: Scene, pieces: list[Quotation], clause: Clause | None) -> list[Quotation]:
    """A quote split round its attribution ("We heard it," he said, "and ran.") is one."""
    text = scene.tree.text
    if len(pieces) < 2 or clause is None:
        return pieces
    joined = [pieces[0]]
    for piece in pieces[1:]:
        between = text[joined[-1].end : piece.start]
        verb = scene.tree.tokens[clause.head]
        split = joined[-1].end <= verb.start < piece.start and text[joined[-1].end - 1] in ',"' and len(between) < 120
        if split and between.rstrip('" ').endswith((",", ":")):
            joined[-1] = Quotation(joined[-1].start, piece.end, f"{joined[-1].words} {piece.words}")
        else:
            joined.append(piece)
    return joined


def _speech(scene: Scene) -> Clause | None:
    """The clause outside of the quotation marks that says who speaks."""
    outside = [c for c in scene.clauses if not scene.quoted(c.head)]
    speaking = [c for c in outside if c.lemma in _SPEAKING]
    return next(iter(speaking), None)


def _speaker(scene: Scene, clause: Clause | None) -> tuple[str, str] | None:
    if clause is None:
        return (scene.actors.person, scene.actors.person.title()) if scene.actors.person else None
    for i in [*([clause.subject] if clause.subject is not None else []), *clause.sources]:
        if not scene.quoted(i):
            actor = scene.actors.of(scene.tree, i)
            return actor.canonical, actor.text
    if clause.agent is not None:
        actor = scene.actors.of(scene.tree, clause.agent)
        return actor.canonical, actor.text
    return None


def _by_pronoun(scene: Scene, clause: Clause | None) -> bool:
    if clause is None or clause.subject is None:
        return False
    return scene.tree.tokens[clause.subject].pos == "PRON"


def _within(part: str, whole: str) -> bool:
    return f" {part} " in f" {whole} "


KIND = Quotes()
