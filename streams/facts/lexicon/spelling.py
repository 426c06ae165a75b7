"""British and American spelling of the same word, brought to one."""

import re
from functools import lru_cache

_RULES = (
    (re.compile(r"(?<=[a-z]{3})is(e|ed|es|ing|ation)$"), r"iz\1"),
    (re.compile(r"(?<=[a-z]{2})our(s|ed|ing|able|ful)?$"), r"or\1"),
    (re.compile(r"(?<=[a-z]{2}[bt])re(s|d)?$"), r"er\1"),
    (re.compile(r"(?<=[aeiou])ll(ed|ing|er)$"), r"l\1"),
    (re.compile(r"ogue$"), r"og"),
    (re.compile(r"ae(?=[mnsd])"), r"e"),
    (re.compile(r"yse(d|s)?$"), r"yze\1"),
)
_SAME = {
    "defence": "defense",
    "offence": "offense",
    "licence": "license",
    "grey": "gray",
    "tyre": "tire",
    "programme": "program",
    "cheque": "check",
    "aluminium": "aluminum",
    "kerb": "curb",
}


@lru_cache(maxsize=32_768)
def one_spelling(word: str) -> str:
    """A lower-case word in the spelling that stands for both; not for display."""
    word = _SAME.get(word, word)
    for pattern, replacement in _RULES:
        word = pattern.sub(replacement, word)
    return word
