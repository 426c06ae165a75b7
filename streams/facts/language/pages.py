"""Pages of guidance: what a text like "Travel advice for Jamaica" says holds now, and is no report of what happened."""

from streams.facts.language.parse import Tree
from streams.facts.lexicon.pages import FURNITURE, GUIDANCE, LIVE_PAGE

_FINITE = frozenset({"VBD", "VBP", "VBZ", "MD"})


def is_guidance(headline: Tree) -> bool:
    """Whether a headline only names a page of guidance: "Entry requirements - Mexico", not "Spain tightens rules"."""
    return any(token.lemma in GUIDANCE for token in headline.tokens) and not any(
        token.tag in _FINITE for token in headline.tokens
    )


def is_furniture(line: str) -> bool:
    """Whether a line is of the site and not of the text: "Cookie settings", "We are closing this live page"."""
    plain = line.strip().lower()
    if any(words in plain for words in LIVE_PAGE):
        return True
    return not plain.endswith((".", "!", "?", ":")) and any(words in plain for words in FURNITURE)
