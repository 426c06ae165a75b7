"""Facts and spans of time in words, as a terminal, a page and a feed show them alike."""

import re
from datetime import timedelta

from schemas.facts import Fact

CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\s]+")


def printable(words: str) -> str:
    """Text from outside on one line, without what could steer a terminal (escapes, direction overrides)."""
    return CONTROL.sub(" ", words).strip()


def duration(span: timedelta | float) -> str:
    """Seconds as a person says them: `0.8 s`, `12 s`, `3 min`, `5 h`, `2 days`."""
    seconds = span.total_seconds() if isinstance(span, timedelta) else span
    for limit, unit, name in ((60, 1, "s"), (3600, 60, "min"), (2 * 86400, 3600, "h"), (float("inf"), 86400, "days")):
        if seconds < limit:
            amount = seconds / unit
            return f"{amount:.1f} {name}" if name == "s" and amount < 10 else f"{amount:.0f} {name}"
    raise AssertionError("no span is longer than infinity")


def fact_words(fact: Fact) -> str:
    """`subject: value`, with what qualifies it."""
    return f"{printable(fact.subject)}: {value_words(fact)}"


def value_words(fact: Fact) -> str:
    """The value as a reader would say it, with denial, modality, hedges and state where they are not the plain ones."""
    marks = [
        *(["denied"] if fact.polarity == "denied" else []),
        *([fact.modality] if fact.modality != "real" else []),
        *map(printable, fact.hedges),
        *([fact.state] if fact.state != "active" else []),
    ]
    words = printable(fact.value.text)
    return f"{words} ({', '.join(marks)})" if marks else words


def value_in_sentence(fact: Fact) -> re.Pattern[str] | None:
    """What finds the fact's value in its (printable) sentence; None where it is said in other words."""
    sentence = printable(fact.evidence.sentence)
    for words in _ways_to_say(fact):
        pattern = re.compile(rf"(?i)(?<!\w){re.escape(words)}(?!\w)")
        if pattern.search(sentence):
            return pattern
    return None


def _ways_to_say(fact: Fact) -> list[str]:
    """What to look for in the sentence, best first: the readable text, then the value's parts."""
    parts = fact.value.model_dump(include={"number", "status", "words", "actor", "new"}, exclude_none=True)
    ways = [f"{part:,}" if isinstance(part, int | float) else printable(part) for part in parts.values()]
    return [way for way in (printable(fact.value.text), *ways) if way]
