"""Quoted spans: found in a whole paragraph, then cut to its sentences, since a quote may run over several."""

import re
from dataclasses import dataclass

from streams.facts.language.text import Sentence, plain, words

_DOUBLE = re.compile(r'"(?!\s)([^"]*)(?:"|$)')  # a mark before a space opens nothing
_SINGLE = re.compile(r"(?<![\w])'(?=\S)((?:[^']|(?<=\w)'(?=\w)){2,600}?)'(?![\w])")


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words inside quotation marks; offsets in the sentence are those of the words without the marks."""

    start: int
    end: int
    words: str

    @property
    def count(self) -> int:
        return len(words(self.words))


def quotations_of(sentence: str) -> list[Quotation]:
    """The quotations of a text in their order; single marks count only where there are no double ones."""
    text = plain(sentence)
    pattern = _DOUBLE if '"' in text else _SINGLE
    found = (m for m in pattern.finditer(text) if m.end(1) - m.start(1) > 1)
    return [Quotation(m.start(1), m.end(1), m.group(1).strip(" ,")) for m in found]


def quotations_by_sentence(sentences: list[Sentence], field: str) -> list[list[Quotation]]:
    """For each of the sentences of one paragraph the quotations in it; ``field`` is the text that they are from."""
    if not sentences:
        return []
    start, end = sentences[0].start, sentences[-1].end
    spans = [(q.start + start, q.end + start) for q in quotations_of(field[start:end])]
    return [[cut for span in spans if (cut := _cut(span, sentence, field))] for sentence in sentences]


def _cut(span: tuple[int, int], sentence: Sentence, field: str) -> Quotation | None:
    start, end = max(span[0], sentence.start), min(span[1], sentence.end)
    if end - start < 2:
        return None
    return Quotation(start - sentence.start, end - sentence.start, plain(field[start:end]).strip(" ,"))
