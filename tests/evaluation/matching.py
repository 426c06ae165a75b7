"""When an alert is what an entry of a story asks for. The rules are those of the story format."""

import re
from collections.abc import Sequence
from typing import Any

Alert = dict[str, Any]
Entry = dict[str, Any]

LONGEST_VALUE = 80  # characters; a longer string is a sentence, not a value (the words of a quote excepted)
VALUE_ONLY = {"figure", "event-time"}  # kinds whose value must be right in `value` itself, not in a key or a subject


def as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def same_sentence(a: str, b: str) -> bool:
    """One holds the other and is at least half of it, or they share at least 60 % of their words."""
    a, b = " ".join(a.split()), " ".join(b.split())
    if not a or not b:
        return False
    short, long = sorted((a, b), key=len)
    if short in long and len(short) >= len(long) / 2:
        return True
    x, y = _words(a), _words(b)
    return bool(x and y) and len(x & y) / len(x | y) >= 0.6


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.lower()))


def evidence(alert: Alert) -> dict[str, Any]:
    return ((alert.get("after") or alert.get("before") or {}).get("evidence")) or {}


def sentence(alert: Alert) -> str:
    return evidence(alert).get("sentence") or ""


def value_text(fact: dict[str, Any] | None, kind: str) -> str:
    """What the fact says, without its evidence and without any string that is just the sentence again."""
    if not fact:
        return ""
    longest = _longest_value((fact.get("evidence") or {}).get("sentence", ""), kind)
    parts = _leaves(fact.get("value"))
    if kind not in VALUE_ONLY:
        parts += _leaves([fact.get(name) for name in ("key", "subject", "state", "polarity")])
    return "\n".join(part for part in parts if len(part) <= longest)


def _longest_value(sentence: str, kind: str) -> float:
    if kind == "quote":
        return len(sentence)
    return min(LONGEST_VALUE, 0.7 * len(sentence)) if len(sentence) > 60 else LONGEST_VALUE


def _leaves(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [leaf for item in value.values() for leaf in _leaves(item)]
    if isinstance(value, list):
        return [leaf for item in value for leaf in _leaves(item)]
    return [] if value is None else [str(value)]


def right(alert: Alert, entry: Entry) -> bool:
    """Kind, change and value fit; the sentence is looked at apart."""
    kind, change = alert["kind"], alert["change"]
    if kind not in as_list(entry["kind"]) or change not in as_list(entry["change"]):
        return False
    sides = ["after", "before"] if change == "retraction" else ["after"]
    told = "\n".join(value_text(alert.get(side), kind) for side in sides)
    return bool(re.search(entry.get("value") or "", told, re.I))


def best_matching(edges: Sequence[Sequence[int]]) -> dict[int, int]:
    """Maximum bipartite matching: ``edges[i]`` are the entries that alert i fits; the result is entry -> alert."""
    taken: dict[int, int] = {}

    def place(alert: int, seen: set[int]) -> bool:
        for entry in edges[alert]:
            if entry not in seen:
                seen.add(entry)
                if entry not in taken or place(taken[entry], seen):
                    taken[entry] = alert
                    return True
        return False

    for alert in range(len(edges)):
        place(alert, set())
    return taken
