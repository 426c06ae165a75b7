"""Values compared."""

import json

from schemas.alerts import canonical_value
from schemas.facts import Fact
from schemas.values import Value
from streams.facts.language.text import words


def canonical(value: Value) -> str:
    """A value without its readable text, as compact JSON: equal for equal values."""
    return json.dumps(canonical_value(value), separators=(",", ":"), sort_keys=True)


def telling_words(*facts: Fact) -> list[str]:
    """The lower-case words and numbers of what facts are of and say, to see whether a note speaks of them."""
    return [word for fact in facts for word in words(f"{fact.kind} {fact.subject} {fact.value.text}")]
