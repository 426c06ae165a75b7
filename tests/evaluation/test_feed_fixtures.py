"""Thousands of feeds, good and broken, and ninjs documents, from the test suites of other projects."""

import json
import tarfile
import time
from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest

from streams.sources.content import Content, Unreadable
from streams.sources.kinds.feed import Feed
from streams.sources.kinds.feed import read as read_feed
from streams.sources.kinds.push import Push
from streams.sources.kinds.push import read as read_push
from streams.sources.markup import text_of
from streams.sources.times import moment
from tests.evaluation.data import shared

FEED = Feed.model_validate({"name": "fixture", "kind": "feed", "url": "https://fixture.example/feed"})
PUSH = Push.model_validate({"name": "fixture", "kind": "push", "token": "fixture"})
NOT_FEEDS = ("newsinjson/", "newsml-g2/")
VALID_SINCE_1_2 = {  # what a document uses, not what it follows, can be seen in it
    "1.0/014_type_component.json", "1.0/016_infosource.json",
    "1.1/001_type_component.json", "1.1/002_infosource.json",
}  # fmt: skip
SECONDS = 2.0  # of computing, for one feed
AGREES = 0.94  # of the values that gofeed's suite expects; docs/sources.md names those that differ


@cache
def fixtures() -> dict[str, bytes]:
    data = shared().data
    archive = data / "feed_fixtures.tar.xz" if data else None
    if archive is None or not archive.is_file():
        pytest.skip(f"feed_fixtures.tar.xz is not in {shared().looked_in} (EVALUATION_DATA names another place)")
    with tarfile.open(archive) as files:
        return {
            member.name.removeprefix("./"): content.read()
            for member in files
            if member.isfile() and (content := files.extractfile(member))
        }


def feed(body: bytes) -> list[Any]:
    return read_feed(Content(body, "", ""), FEED).items


@pytest.mark.timeout(300)
def test_every_feed_is_read_or_refused_with_a_reason() -> None:
    slow, outcomes = [], Counter[str]()
    for name, body in fixtures().items():
        if name.startswith(NOT_FEEDS):
            continue
        began = time.process_time()
        try:
            feed(body)
            outcomes["read"] += 1
        except Unreadable as error:
            assert str(error).startswith("not a ") and "\n" not in str(error), name
            outcomes["refused"] += 1
        if time.process_time() - began > SECONDS:
            slow.append(name)
    assert slow == []
    assert outcomes["read"] > 4000 and outcomes["refused"] > 0


def expected_of_gofeed() -> Iterator[tuple[bytes, list[dict[str, Any]]]]:
    """Feeds and what gofeed's suite expects of their items."""
    for name, body in fixtures().items():
        told = fixtures().get(name.removesuffix(".xml") + ".json")
        if name.startswith("gofeed/") and name.endswith(".xml") and told is not None:
            expected = json.loads(told)
            items = expected.get("items") or expected.get("entries") or []
            if items:
                yield body, items


def values(item: dict[str, Any]) -> dict[str, Any]:
    """By the names that an Item has, where anything is expected."""
    guid, link = item.get("guid") or item.get("id"), item.get("link") or next(iter(item.get("links") or []), None)
    said = {
        "headline": " ".join(text_of(item.get("title") or "").split()),
        "guid": guid.get("value") if isinstance(guid, dict) else guid,
        "url": link.get("href") if isinstance(link, dict) else link,
        "published_at": moment(item.get("publishedParsed") or item.get("pubDateParsed")),
        "updated_at": moment(item.get("updatedParsed")),
    }
    return {name: value for name, value in said.items() if value}


def test_titles_links_ids_and_dates_are_those_that_another_parser_finds() -> None:
    compared = Counter[tuple[str, bool]]()
    for body, expected in expected_of_gofeed():
        items = feed(body)
        assert len(items) == len(expected)
        for item, one in zip(items, expected, strict=True):
            compared.update((name, getattr(item, name) == value) for name, value in values(one).items())
    print(sorted(compared.items()))
    agree = sum(count for (_, same), count in compared.items() if same)
    assert agree / compared.total() >= AGREES
    assert compared.total() > 80


def test_ninjs_documents_that_are_valid_are_taken() -> None:
    valid = {name: body for name, body in fixtures().items() if "newsinjson/" in name and "/should_pass/" in name}
    for name, body in valid.items():
        assert len(read_push(Content(body, "", ""), PUSH).items) == 1, name
    assert len(valid) > 150


def test_ninjs_documents_that_are_valid_in_no_version_are_refused() -> None:
    invalid = {name: body for name, body in fixtures().items() if "newsinjson/" in name and "/should_fail/" in name}
    taken = set()
    for name, body in invalid.items():
        try:
            read_push(Content(body, "", ""), PUSH)
            taken.add(name.split("/test_suite/")[1].replace("should_fail/", ""))
        except Unreadable as refused:
            assert str(refused).startswith(("not a ninjs document: ", "not valid JSON: ")), name
    assert taken == VALID_SINCE_1_2
    assert len(invalid) == 70
