"""Feeds: RSS 0.9x to 2.0, RDF, Atom and JSON Feed. An item whose text changes is a new version of the same article."""

import io
import json
from calendar import timegm
from datetime import UTC, datetime
from typing import Any, Literal

import feedparser
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from schemas.errors import explain
from schemas.polls import Item
from streams.sources.content import Content, Seen, Unreadable
from streams.sources.kinds.base import Kind
from streams.sources.markup import cut, headline_of, paragraphs, text_of
from streams.sources.settings import Polled
from streams.sources.times import believed, moment

MAX_ID, MAX_ADDRESS = 2048, 8192
NOT_A_REASON = (feedparser.NonXMLContentType, feedparser.CharacterEncodingOverride)
JSON_FEED = "https://jsonfeed.org/version/"


class Feed(Polled):
    """``full_text``: where an item has only a summary, its text is taken from the page to which it links."""

    kind: Literal["feed"]
    full_text: bool = False


def read(content: Content, source: Feed) -> Seen:
    """The items of a feed. Raises `Unreadable` for what is none."""
    if content.body.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return Seen([_of_json(item, source) for item in _json_feed(content.body).items])
    headers = {"content-location": content.url}
    if content.content_type:
        headers["content-type"] = content.content_type
    # Never a string: feedparser takes one for an address or for a file's name.
    parsed = feedparser.parse(io.BytesIO(content.body), response_headers=headers)
    if not parsed.get("version") and not parsed.entries:
        raise Unreadable(_why_not(parsed))
    return Seen([_of_entry(entry, source) for entry in parsed.entries])


def _why_not(parsed: Any) -> str:
    reason = parsed.get("bozo_exception")
    syntax = reason is not None and not isinstance(reason, NOT_A_REASON)
    told = " ".join(str(reason).split()) if syntax else "it has no element of RSS, RDF, Atom or JSON Feed"
    return f"not a feed: {told}"[:300]


def _of_entry(entry: Any, source: Feed) -> Item:
    url = _address(entry.get("link"))
    return Item(
        guid=entry.get("id", "")[:MAX_ID] or None,
        url=url,
        headline=headline_of(entry.get("title", "")),
        body=cut(_text(entry)),
        language=source.language,
        published_at=_time(entry, "published"),
        updated_at=_time(entry, "updated"),
        story_id=source.story_of(entry, url),
    )


def _address(link: object) -> str | None:
    """Only what can be opened in a browser."""
    address = link.strip() if isinstance(link, str) else ""
    return address if address.startswith(("http://", "https://")) and len(address) <= MAX_ADDRESS else None


def _text(entry: Any) -> str:
    """The longest of what it says of itself: some give the summary as content."""
    texts = [text_of(part.get("value") or "") for part in entry.get("content", [])]
    return max([*texts, text_of(entry.get("summary", ""))], key=len)


def _time(entry: Any, name: str) -> datetime | None:
    """feedparser gives UTC; it lends ``published`` to who asks for an ``updated`` that is not there."""
    parsed = dict.get(entry, f"{name}_parsed")
    try:
        return believed(datetime.fromtimestamp(timegm(parsed), UTC)) if parsed else None
    except (ValueError, OverflowError):
        return None


class _Lenient(BaseModel):
    model_config = ConfigDict(extra="allow")


class _JsonItem(_Lenient):
    id: str | int | float
    url: str | None = None
    title: str | None = None
    content_html: str | None = None
    content_text: str | None = None
    summary: str | None = None
    date_published: str | None = None
    date_modified: str | None = None


class _JsonFeed(_Lenient):
    version: str = Field(pattern=rf"^{JSON_FEED}")
    items: list[_JsonItem]


def _json_feed(body: bytes) -> _JsonFeed:
    try:
        return _JsonFeed.model_validate(json.loads(body))
    except ValidationError as error:
        raise Unreadable(f"not a JSON Feed: {explain(error)}") from None
    except (ValueError, RecursionError) as error:
        raise Unreadable(f"not a feed: not valid JSON: {error}"[:300]) from None


def _of_json(item: _JsonItem, source: Feed) -> Item:
    text = text_of(item.content_html) if item.content_html else paragraphs(item.content_text or item.summary or "")
    return Item(
        guid=str(item.id)[:MAX_ID] or None,
        url=_address(item.url),
        headline=headline_of(item.title or ""),
        body=cut(text),
        language=source.language,
        published_at=moment(item.date_published, source.timezone),
        updated_at=moment(item.date_modified, source.timezone),
        story_id=source.story_of(item.model_dump(), item.url),
    )


ACCEPT = "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5"
KIND = Kind("feed", Feed, read, ACCEPT)
