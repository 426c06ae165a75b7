"""Alerts, as dicts, for the scoring to judge."""

from typing import Any


def fact(kind: str, sentence: str, start: int, **value: Any) -> dict[str, Any]:
    return {
        "kind": kind,
        "key": f"{kind}|something",
        "value": value,
        "evidence": {"field": "body", "start": start, "end": start + len(sentence), "sentence": sentence},
    }


def alert(
    kind: str, body: str, sentence: str, value: str, *, change: str = "initial", version: int = 2, **more: Any
) -> dict[str, Any]:
    return {
        "article_id": "a",
        "version": version,
        "kind": kind,
        "change": change,
        "priority": "urgent",
        "silent_edit": False,
        "before": None,
        "after": fact(kind, sentence, body.index(sentence), number=value),
    } | more


def entry(sentence: str, value: str, **more: Any) -> dict[str, Any]:
    return {"kind": "figure", "change": "initial", "sentence": sentence, "value": value, "weight": 1} | more


def line(body: str, version: int = 2, *expect: dict[str, Any], allow: tuple[str, ...] = ()) -> dict[str, Any]:
    update = {"article_id": "a", "version": version, "source": "example.org", "headline": "", "body": body}
    return {"update": update, "expect": list(expect), "allow": list(allow), "note": "", "trap": ["figure"]}
