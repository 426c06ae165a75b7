"""Short pieces of real text, and the ways in which a transformation may take hold of them."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from random import Random

SENTENCE_END = re.compile(r"(?<=[a-z0-9)%][.!?])\s+(?=[A-Z\"“])|(?<=[.!?][\"”])\s+(?=[A-Z])")
QUOTED = re.compile(r'"[^"\n]{1,400}"|“[^”\n]{1,400}”')
ABBREVIATION = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|Prof|St|Sept|Oct|Nov|Dec|Jan|Feb|Inc|Corp|Kan|Calif|No)\.$|\b[A-Z]\.$")


@dataclass(frozen=True)
class Passage:
    """``outlet``: who publishes it; a transformation that changes it makes an article of another outlet."""

    headline: str
    paragraphs: tuple[str, ...]
    outlet: str = "example.org"

    @property
    def body(self) -> str:
        return "\n\n".join(self.paragraphs)

    def with_body(self, body: str) -> "Passage":
        return replace(self, paragraphs=tuple(body.split("\n\n")))


Transformation = Callable[[Passage, Random], Passage | None]  # None: the passage offers nothing to take hold of
Respell = Callable[[re.Match[str]], str | None]


def sentences(paragraph: str) -> list[str]:
    """A plain split that rather leaves two sentences together than cuts one."""
    parts: list[str] = []
    for part in SENTENCE_END.split(paragraph):
        if parts and ABBREVIATION.search(parts[-1]):
            parts[-1] += " " + part
        else:
            parts.append(part)
    return parts


def unquoted(pattern: re.Pattern[str], body: str) -> Iterator[re.Match[str]]:
    """Matches outside of quotes."""
    quotes = [match.span() for match in QUOTED.finditer(body)]
    for match in pattern.finditer(body):
        if not any(start < match.end() and match.start() < end for start, end in quotes):
            yield match


def respell_all(passage: Passage, pattern: re.Pattern[str], respell: Respell) -> Passage | None:
    """Every match outside of quotes written otherwise; a respelling of None leaves its match as it is."""
    body, moved = passage.body, 0
    for match in list(unquoted(pattern, body)):
        new = respell(match)
        if new is not None:
            body = body[: match.start() + moved] + new + body[match.end() + moved :]
            moved += len(new) - len(match.group())
    return passage.with_body(body) if body != passage.body else None


def change_one(passage: Passage, rng: Random, pattern: re.Pattern[str], change: Respell) -> Passage | None:
    """One match outside of quotes replaced: one whose words stand nowhere else in the passage."""
    body = passage.body
    matches = [match for match in unquoted(pattern, body) if _once(match.group(), body)]
    rng.shuffle(matches)
    for match in matches:
        new = change(match)
        if new is not None and new != match.group():
            return passage.with_body(body[: match.start()] + new + body[match.end() :])
    return None


def _once(words: str, body: str) -> bool:
    left, right = (r"(?<!\w)" if words[0].isalnum() else ""), (r"(?!\w)" if words[-1].isalnum() else "")
    return len(re.findall(left + re.escape(words) + right, body)) == 1


def words_pattern(words: Iterator[str] | dict[str, str] | list[str]) -> re.Pattern[str]:
    """Any of the words, whole."""
    return re.compile(r"\b(?:" + "|".join(re.escape(word) for word in words) + r")\b")


def like(model: str, word: str) -> str:
    """The word with a capital if the model has one."""
    return word[:1].upper() + word[1:] if model[:1].isupper() else word
