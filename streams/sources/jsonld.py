"""The schema.org objects that a page carries as JSON-LD."""

import json
from collections.abc import Iterator
from typing import Any

from lxml import etree

MAX_DEPTH = 8  # of a graph in a graph


def objects(tree: etree._Element) -> Iterator[dict[str, Any]]:
    """All objects with a type, outer ones first. A script that is no JSON is passed over: pages have such."""
    for script in tree.iter("script"):
        if (script.get("type") or "").split(";")[0].strip().lower() == "application/ld+json":
            try:
                said = json.loads(script.text or "", strict=False)
            except (ValueError, RecursionError):
                continue
            yield from _objects(said, 0)


def of_type(tree: etree._Element, *types: str) -> dict[str, Any] | None:
    """The first object of one of these types (``LiveBlogPosting``, ``NewsArticle``)."""
    return next((one for one in objects(tree) if types_of(one) & set(types)), None)


def types_of(one: dict[str, Any]) -> set[str]:
    named = one.get("@type")
    names = named if isinstance(named, list) else [named]
    return {name.rpartition("/")[2] for name in names if isinstance(name, str)}


def text(value: object) -> str:
    """A property that should be text; of several, the first."""
    if isinstance(value, list):
        return text(value[0]) if value else ""
    if isinstance(value, dict):
        return text(value.get("@value") or value.get("text") or value.get("@id") or "")
    return value if isinstance(value, str) else ""


def _objects(said: object, depth: int) -> Iterator[dict[str, Any]]:
    if depth > MAX_DEPTH:
        return
    if isinstance(said, list):
        for one in said:
            yield from _objects(one, depth + 1)
    elif isinstance(said, dict):
        if "@type" in said:
            yield said
        for value in (said.get("@graph"), said.get("mainEntity"), said.get("mainEntityOfPage")):
            yield from _objects(value, depth + 1)
