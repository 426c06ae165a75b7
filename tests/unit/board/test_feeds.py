"""Feeds, read back with a feed parser: entries are facts, their ids stay, and what changes them updates them."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import feedparser
import pytest
from fastapi.testclient import TestClient

from schemas.alerts import Alert
from streams.board.web.feeds import FEEDS
from tests.unit.board.conftest import Take
from tests.unit.cli.samples import ENDED, NOON, alert, status_fact, toll_fact

EVIL = "<script>alert('x')</script> & \x0b\x00\ud7ff]]>"


def told(number: int, **more: Any) -> Alert:
    return alert(**{"id": UUID(int=number), "detected_at": NOON + timedelta(minutes=number)} | more)


def read(client: TestClient, path: str) -> Any:
    answer = client.get(path)
    assert answer.status_code == 200
    if path.startswith("/feed.json"):
        return answer.json()
    parsed = feedparser.parse(answer.content, response_headers={"content-type": answer.headers["content-type"]})
    assert not parsed.bozo, parsed.get("bozo_exception")
    return parsed


@pytest.mark.parametrize("path", ["/feed.atom", "/feed.rss"])
def test_an_entry_says_what_changed(client: TestClient, take: Take, path: str) -> None:
    take(told(1))
    [entry] = read(client, path).entries
    assert entry.title == "FLASH Trump–Putin call: ongoing → ended"
    assert entry.link == f"http://board.test/alert/{UUID(int=1)}"
    assert ENDED in entry.summary
    assert entry.updated_parsed[:5] if path == "/feed.atom" else entry.published_parsed[:5] == (2025, 3, 18, 12, 1)
    assert entry.id.startswith("urn:uuid:")


@pytest.mark.parametrize("form", FEEDS, ids=lambda form: form.name)
def test_when_a_fact_changes_again_its_entry_is_updated(client: TestClient, take: Take, form: Any) -> None:
    def entries() -> list[tuple[str, str]]:
        feed = read(client, form.path)
        if form.name == "JSON Feed":
            return [(item["id"], item["url"]) for item in feed["items"]]
        return [(entry.id, entry.link) for entry in feed.entries]

    take(told(1), told(2, kind="figure", after=toll_fact(3, "Three."), before=None))
    second, first = entries()
    take(told(3, supersedes=UUID(int=1), after=status_fact("resumed"), before=status_fact("ended")))
    updated, other = entries()
    assert other == second
    assert updated[0] == first[0]
    assert (first[1][-1], updated[1][-1]) == ("1", "3")


def test_atom_tells_when_an_entry_was_first_told_and_when_updated(client: TestClient, take: Take) -> None:
    take(told(1), told(5, supersedes=UUID(int=1)))
    [entry] = read(client, "/feed.atom").entries
    assert (entry.published, entry.updated) == ("2025-03-18T12:01:00+00:00", "2025-03-18T12:05:00+00:00")


@pytest.mark.parametrize("form", FEEDS, ids=lambda form: form.name)
def test_a_feed_keeps_to_its_filter_and_names_itself(client: TestClient, take: Take, form: Any) -> None:
    take(told(1), told(2, kind="quote", story_id="other"))
    answer = client.get(form.path, params={"kind": "quote", "where": "version > 1"})
    assert answer.headers["content-type"].startswith(form.media_type)
    parsed = answer.json() if form.name == "JSON Feed" else feedparser.parse(answer.content)
    assert len(parsed["items"] if form.name == "JSON Feed" else parsed.entries) == 1
    own = f"http://board.test{form.path}?kind=quote&where=version+%3E+1"
    if form.name == "JSON Feed":
        assert (parsed["feed_url"], parsed["version"]) == (own, "https://jsonfeed.org/version/1.1")
    else:
        assert [link.href for link in parsed.feed.links if link.rel == "self"] == [own]
    assert client.get(form.path, params={"where": "1 +"}).status_code == 422


@pytest.mark.parametrize("form", FEEDS, ids=lambda form: form.name)
def test_whatever_is_in_a_text_the_feed_can_be_read(client: TestClient, take: Take, form: Any) -> None:
    take(told(1, summary=EVIL, headline=EVIL, source=EVIL, after=status_fact("ended", EVIL)))
    feed = read(client, form.path)
    titles = [item["title"] for item in feed["items"]] if form.name == "JSON Feed" else [feed.entries[0].title]
    assert "]]>" in titles[0]
    assert b"<script>" not in client.get(form.path).content or form.name == "JSON Feed"


@pytest.mark.parametrize("form", FEEDS, ids=lambda form: form.name)
def test_a_feed_without_entries_can_be_read(client: TestClient, form: Any) -> None:
    feed = read(client, form.path)
    assert (feed["items"] if form.name == "JSON Feed" else feed.entries) == []
