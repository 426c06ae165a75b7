"""Content words: what a clause is about, in the form in which words are compared."""

from collections.abc import Iterable

from schemas.values import MAX_TEXT
from streams.facts.language.parse import Token, Tree
from streams.facts.lexicon.modality import SPEECH
from streams.facts.lexicon.spelling import one_spelling

_CONTENT = frozenset({"NOUN", "PROPN", "VERB", "ADJ"})
_LIGHT = frozenset({"be", "have", "do", "make", "take", "give", "get", "go", "other", "more", "such", "same"})


def clip(text: str, size: int = MAX_TEXT) -> str:
    """At most ``size`` characters, cut at a word."""
    text = " ".join(text.split())
    return text if len(text) <= size else text[: size - 1].rsplit(" ", 1)[0] + "\u2026"


def telling_words(terms: Iterable[str]) -> list[str]:
    """Of some content words the five longest, which tend to be the rarest, in alphabetical order."""
    return sorted(sorted(terms, key=lambda word: (-len(word), word))[:5])


def is_content(token: Token) -> bool:
    return token.pos in _CONTENT and token.lemma not in _LIGHT and token.lemma not in SPEECH and len(token.lemma) > 1


def term(token: Token) -> str:
    """The form in which a content word is compared: its lemma, in one spelling."""
    return one_spelling(token.lemma.removesuffix("'s").replace(",", ""))


def overlap(some: frozenset[str], others: list[str] | frozenset[str]) -> float:
    """The share of the smaller set that both have; 0 where one is empty."""
    other = frozenset(others)
    return len(some & other) / min(len(some), len(other)) if some and other else 0.0


def told_words(tree: Tree) -> frozenset[str]:
    """The words of a sentence that tell something: its content words and its numbers."""
    return frozenset(term(t) for t in tree.tokens if is_content(t) or is_number(t))


def named_words(tree: Tree) -> frozenset[str]:
    """The names in a sentence, but for a short form in brackets."""
    names = (t for t in tree.tokens if t.pos == "PROPN" and is_content(t) and not is_number(t))
    return frozenset(term(t) for t in names if t.i > 0 and tree.tokens[t.i - 1].text != "(")


def is_number(token: Token) -> bool:
    """Whether a token is written in digits."""
    return any(map(str.isdigit, token.text))
