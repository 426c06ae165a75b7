"""Two texts beside each other, and which words differ."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from rapidfuzz import fuzz
from rapidfuzz.distance import Indel

TOKEN = re.compile(r"\w+|\s+|[^\w\s]")
PARAGRAPH = re.compile(r"\S(?:.*\S)?(?:\n[^\S\n]*\S(?:.*\S)?)*")
MAX_MATRIX = 400_000_000  # bits that a comparison may take; larger texts count as rewritten from end to end
NEAR = 20  # old paragraphs that are looked through for the one that a new one replaces
GAP = 4  # characters between two changes that are no island worth leaving: a blank, a comma, "of"
ALIKE = 45.0  # per cent, from which on a paragraph counts as the other one rewritten

Piece = TypeVar("Piece")


@dataclass(frozen=True)
class Words:
    """A piece of text that is the same on both sides, or is not."""

    text: str
    changed: bool = False


@dataclass(frozen=True)
class Paragraph:
    """``start`` and ``end`` count characters of the text."""

    text: str
    start: int
    end: int

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True)
class Row:
    """A paragraph of the old text beside the one of the new text that it became; None where there is none."""

    old: Paragraph | None
    new: Paragraph | None
    old_words: Sequence[Words] = field(default=())
    new_words: Sequence[Words] = field(default=())

    @property
    def changed(self) -> bool:
        return any(words.changed for words in (*self.old_words, *self.new_words))


def paragraphs(text: str) -> list[Paragraph]:
    """Parted by blank lines."""
    return [Paragraph(found[0], found.start(), found.end()) for found in PARAGRAPH.finditer(text)]


def changed_words(old: str, new: str) -> tuple[list[Words], list[Words]]:
    """Both texts in pieces, word by word compared."""
    before, after = TOKEN.findall(old), TOKEN.findall(new)
    left: list[Words] = []
    right: list[Words] = []
    steps = [(same, "".join(gone), "".join(come)) for same, gone, come in _steps(before, after)]
    for at, (same, removed, added) in enumerate(steps):
        changed = not same or (0 < at < len(steps) - 1 and len(added) <= GAP and not any(map(str.isdigit, added)))
        _extend(left, removed, changed)
        _extend(right, added, changed)
    return left, right


def _extend(words: list[Words], text: str, changed: bool) -> None:
    """Pieces of the same sort that touch become one."""
    if words and words[-1].changed == changed:
        text = words.pop().text + text
    if text:
        words.append(Words(text, changed))


def side_by_side(old: str, new: str) -> list[Row]:
    """All paragraphs of both texts, in order; those that are rewritten stand beside each other."""
    before, after = paragraphs(old), paragraphs(new)
    rows: list[Row] = []
    gone: list[Paragraph] = []
    come: list[Paragraph] = []
    for same, removed, added in _steps(before, after):
        if not same:
            gone += removed
            come += added
            continue
        rows += _rewritten(gone, come)
        gone, come = [], []
        pairs = zip(removed, added, strict=True)
        rows += [Row(one, other, [Words(one.text)], [Words(other.text)]) for one, other in pairs]
    return [*rows, *_rewritten(gone, come)]


def _steps(before: Sequence[Piece], after: Sequence[Piece]) -> Iterator[tuple[bool, Sequence[Piece], Sequence[Piece]]]:
    """From the one to the other: stretches that are the same, and others that were put in another's place."""
    if len(before) * len(after) > MAX_MATRIX:
        yield False, before, after
        return
    for step in Indel.opcodes([str(one) for one in before], [str(one) for one in after]):
        gone, come = before[step.src_start : step.src_end], after[step.dest_start : step.dest_end]
        yield step.tag == "equal", gone, come


def _rewritten(gone: Sequence[Paragraph], come: Sequence[Paragraph]) -> Iterator[Row]:
    """Pairs in order, each new paragraph with the first old one from there on that is like it."""
    at = 0
    for new in come:
        partner = next(
            (i for i in range(at, min(at + NEAR, len(gone))) if fuzz.ratio(gone[i].text, new.text) >= ALIKE), None
        )
        if partner is None:
            yield Row(None, new, (), [Words(new.text, True)])
            continue
        yield from (Row(old, None, [Words(old.text, True)], ()) for old in gone[at:partner])
        old_words, new_words = changed_words(gone[partner].text, new.text)
        yield Row(gone[partner], new, old_words, new_words)
        at = partner + 1
    yield from (Row(old, None, [Words(old.text, True)], ()) for old in gone[at:])
