"""Feeds of all formats, and what is none."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streams.sources.content import Content, Unreadable
from streams.sources.kinds.feed import Feed, read

SOURCE = Feed(name="desk", kind="feed", url="https://desk.example/feed", timezone="Europe/London")
RSS = """<?xml version="1.0"?><rss version="2.0"><channel><item><guid isPermaLink="false">a1</guid>
<link>https://desk.example/a1</link><title>Five &amp; six</title><pubDate>Mon, 02 Mar 2026 09:00:00 +0100</pubDate>
<description>&lt;p&gt;First.&lt;/p&gt;&lt;p&gt;Second &lt;b&gt;one&lt;/b&gt;.&lt;/p&gt;</description></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Desk</title><entry><id>urn:a1</id><title>One</title>
<link href="https://desk.example/a1"/><published>2026-03-02T09:00:00Z</published><updated>2026-03-02T10:00:00Z</updated>
<summary>Short.</summary><content type="html">&lt;p&gt;Longer text.&lt;/p&gt;</content></entry></feed>"""
JSON = """{"version": "https://jsonfeed.org/version/1.1", "title": "Desk", "items": [{"id": "a1",
"url": "https://desk.example/a1", "title": "One", "content_html": "<p>First.</p><p>Second.</p>",
"date_published": "2026-03-02T09:00:00", "tags": ["flood"]}]}"""


def of(text: str | bytes, content_type: str = "", source: Feed = SOURCE) -> list[object]:
    body = text.encode() if isinstance(text, str) else text
    return list(read(Content(body, content_type, "https://desk.example/feed"), source).items)


def test_rss() -> None:
    [item] = read(Content(RSS.encode(), "", "https://desk.example/feed"), SOURCE).items
    assert (item.guid, item.url, item.headline) == ("a1", "https://desk.example/a1", "Five & six")
    assert item.body == "First.\n\nSecond one."
    assert item.published_at == datetime(2026, 3, 2, 8, tzinfo=UTC)
    assert item.updated_at is None


def test_atom_has_both_times_and_the_longer_text() -> None:
    [item] = read(Content(ATOM.encode(), "", "https://desk.example/feed"), SOURCE).items
    assert (item.guid, item.body) == ("urn:a1", "Longer text.")
    assert item.updated_at == datetime(2026, 3, 2, 10, tzinfo=UTC)


def test_json_feed_in_the_outlets_own_zone() -> None:
    [item] = read(Content(JSON.encode(), "", "https://desk.example/feed"), SOURCE).items
    assert (item.guid, item.body) == ("a1", "First.\n\nSecond.")
    assert item.published_at == datetime(2026, 3, 2, 9, tzinfo=UTC)


def test_a_story_by_jmespath() -> None:
    source = SOURCE.model_validate({**SOURCE.model_dump(), "story_id": {"jmespath": "tags[0]"}})
    [item] = read(Content(JSON.encode(), "", "https://desk.example/feed"), source).items
    assert item.story_id == "flood"


@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-1", "utf-16"])
def test_the_charset_of_the_header_counts(charset: str) -> None:
    text = RSS.replace('<?xml version="1.0"?>', "").replace("First", "Müller")
    [item] = read(Content(text.encode(charset), f"application/xml; charset={charset}", ""), SOURCE).items
    assert item.body.startswith("Müller.")


def test_a_feed_that_is_cut_off_gives_what_is_there() -> None:
    assert len(of(RSS[: RSS.index("</item>")])) == 1


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("<html><body>Not found</body></html>", "not a feed: it has no element of RSS, RDF, Atom or JSON Feed"),
        ("", "not a feed"),
        ('{"version": "https://jsonfeed.org/version/1", "items": 3}', "not a JSON Feed: items: "),
        ('{"a": ', "not a feed: not valid JSON"),
    ],
)
def test_what_is_no_feed_is_refused(body: str, told: str) -> None:
    with pytest.raises(Unreadable, match="^" + told):
        of(body)


def test_entities_are_not_expanded_without_end() -> None:
    bombs = "".join(f'<!ENTITY b{n} "{f"&b{n - 1};" * 10}">' for n in range(1, 12))
    bomb = f'<!DOCTYPE rss [<!ENTITY b0 "boom">{bombs}<!ENTITY f SYSTEM "file:///etc/passwd">]>' + RSS.replace(
        '<?xml version="1.0"?>', ""
    ).replace("Five", "&b11;&f;")
    try:
        found = str(of(bomb))
    except Unreadable:
        return
    assert len(found) < 10_000 and "root:" not in found


@given(st.binary(max_size=400))
def test_no_bytes_are_a_crash(body: bytes) -> None:
    try:
        of(body)
    except Unreadable as error:
        assert "\n" not in str(error)
