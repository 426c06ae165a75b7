"""Sentences in capitals ("THE WARNING HAS BEEN LIFTED"), set as a text would have them: a parser knows no others."""

import re
from collections.abc import Set

SHOUTED = 0.8  # the share of capitals among a sentence's letters
ACRONYM = 4  # letters; a longer word that is not in the vocabulary is taken for a name
LEAST_WORDS = 3  # a shorter line may be an abbreviation or a name
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
_ENDINGS = ("", "s", "es", "d", "ed", "ing", "ly", "er", "est")


def is_shouted(text: str) -> bool:
    letters = [c for c in text if c.isalpha()]
    return len(_WORD.findall(text)) >= LEAST_WORDS and sum(c.isupper() for c in letters) > SHOUTED * len(letters)


def settled(text: str, vocabulary: Set[str]) -> str:
    """The sentence with small letters, but for its first one, names and acronyms: words not in the vocabulary.

    As long as it was, so that offsets hold.
    """
    words = _WORD.sub(lambda word: _small(word.group(), vocabulary), text)
    first = next((n for n, c in enumerate(words) if c.isalpha()), 0)
    return words[:first] + _large(words[first : first + 1]) + words[first + 1 :]


def _large(letter: str) -> str:
    return letter.upper() if len(letter.upper()) == len(letter) else letter


def _small(word: str, vocabulary: Set[str]) -> str:
    small = "".join(c.lower() if len(c.lower()) == 1 else c for c in word)
    if len(word) == 1 or _is_known(small, vocabulary):
        return small
    return word if len(word) <= ACRONYM else word[0] + small[1:]


def _is_known(word: str, vocabulary: Set[str]) -> bool:
    """Whether it is a form of a word of the vocabulary, which has base forms."""
    bases = (word.removesuffix(end) for end in _ENDINGS if word.endswith(end))
    return any({base, f"{base}e", base[:-1]} & vocabulary for base in bases)
