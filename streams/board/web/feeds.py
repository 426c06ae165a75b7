"""Alerts as feeds. An entry is a fact of a story: what changes it again updates the entry, whose id stays."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from uuid import NAMESPACE_URL, uuid5
from xml.etree import ElementTree as Xml

from fastapi import APIRouter, Request, Response

from schemas.alerts import Alert
from streams.board.board import Board
from streams.board.view.alerts import find_alerts, first_told
from streams.board.web.parameters import Conditions
from streams.board.web.problem import Answers
from streams.wording import printable

ENTRIES = 50
READ = 400  # alerts that are looked through for entries
NAMESPACE = uuid5(NAMESPACE_URL, "https://wiredelta.dev/feeds")  # fixed: it makes ids the same on every board
ATOM = "http://www.w3.org/2005/Atom"


@dataclass(frozen=True)
class Entry:
    """The latest alert of a fact; ``told`` is when the first one was."""

    identity: str
    alert: Alert
    link: str
    told: datetime

    @property
    def title(self) -> str:
        return f"{self.alert.priority.upper()} {printable(self.alert.summary)}"

    @property
    def text(self) -> str:
        fact = self.alert.after or self.alert.before
        return printable(fact.evidence.sentence) if fact else printable(self.alert.headline)


@dataclass(frozen=True)
class Feed:
    """``link`` is the page that shows the same, ``own`` the feed's own address."""

    title: str
    link: str
    own: str
    entries: Sequence[Entry]

    @property
    def updated(self) -> datetime:
        return max((entry.alert.detected_at for entry in self.entries), default=datetime(1970, 1, 1, tzinfo=UTC))


@dataclass(frozen=True)
class Format:
    name: str
    path: str
    media_type: str
    write: Callable[[Feed], bytes]


def atom(feed: Feed) -> bytes:
    """RFC 4287."""
    Xml.register_namespace("", ATOM)
    root = Xml.Element(f"{{{ATOM}}}feed")
    _add(root, "id", _feed_id(feed))
    _add(root, "title", feed.title)
    _add(root, "updated", feed.updated.isoformat())
    _add(root, "link", rel="self", href=feed.own)
    _add(root, "link", rel="alternate", type="text/html", href=feed.link)
    _add(_add(root, "author"), "name", "wiredelta")
    for entry in feed.entries:
        one = _add(root, "entry")
        _add(one, "id", entry.identity)
        _add(one, "title", entry.title)
        _add(one, "updated", entry.alert.detected_at.isoformat())
        _add(one, "published", entry.told.isoformat())
        _add(one, "link", rel="alternate", type="text/html", href=entry.link)
        _add(one, "category", term=entry.alert.kind)
        _add(one, "category", term=entry.alert.priority)
        _add(_add(one, "source"), "title", printable(entry.alert.source))
        _add(one, "content", entry.text, type="text")
    return _document(root)


def rss(feed: Feed) -> bytes:
    """RSS 2.0, with Atom's link to itself."""
    Xml.register_namespace("atom", ATOM)
    root = Xml.Element("rss", version="2.0")
    channel = Xml.SubElement(root, "channel")
    for name, text in (("title", feed.title), ("link", feed.link), ("description", "Changed facts, as they change")):
        Xml.SubElement(channel, name).text = text
    Xml.SubElement(channel, "lastBuildDate").text = format_datetime(feed.updated)
    Xml.SubElement(channel, f"{{{ATOM}}}link", rel="self", type="application/rss+xml", href=feed.own)
    for entry in feed.entries:
        item = Xml.SubElement(channel, "item")
        Xml.SubElement(item, "guid", isPermaLink="false").text = entry.identity
        Xml.SubElement(item, "title").text = entry.title
        Xml.SubElement(item, "link").text = entry.link
        Xml.SubElement(item, "description").text = entry.text
        Xml.SubElement(item, "pubDate").text = format_datetime(entry.alert.detected_at)
        Xml.SubElement(item, "category").text = entry.alert.kind
    return _document(root)


def json_feed(feed: Feed) -> bytes:
    """https://www.jsonfeed.org/version/1.1/"""
    items = [
        {
            "id": entry.identity,
            "url": entry.link,
            "title": entry.title,
            "content_text": entry.text,
            "date_published": entry.told.isoformat(),
            "date_modified": entry.alert.detected_at.isoformat(),
            "authors": [{"name": printable(entry.alert.source)}],
            "tags": [entry.alert.kind, entry.alert.priority],
        }
        for entry in feed.entries
    ]
    head = {"version": "https://jsonfeed.org/version/1.1", "title": feed.title}
    return json.dumps(head | {"home_page_url": feed.link, "feed_url": feed.own, "items": items}).encode()


FEEDS = (
    Format("Atom", "/feed.atom", "application/atom+xml", atom),
    Format("RSS", "/feed.rss", "application/rss+xml", rss),
    Format("JSON Feed", "/feed.json", "application/feed+json", json_feed),
)


def feed_routes(board: Board) -> APIRouter:
    routes = APIRouter(tags=["feeds"])
    for form in FEEDS:
        _add_route(routes, board, form)
    return routes


def _add_route(routes: APIRouter, board: Board, form: Format) -> None:
    answer = {"content": {form.media_type: {}}, "description": f"A feed of alerts as {form.name}"}
    answers: Answers = {200: answer}

    @routes.get(form.path, response_class=Response, responses=answers, summary=f"Alerts as {form.name}")
    def feed(request: Request, wanted: Conditions) -> Response:
        base = str(request.base_url).rstrip("/")
        entries = _entries(board, wanted, base)
        conditions = ", ".join(f"{name} {value}" for name, value in wanted.pairs())
        title = f"wiredelta: {conditions}" if conditions else "wiredelta"
        whole = Feed(printable(title), base + wanted.address("/"), base + wanted.address(form.path), entries)
        return Response(form.write(whole), media_type=form.media_type)


def _entries(board: Board, wanted: Conditions, base: str) -> list[Entry]:
    """The facts that were told last, each with its latest alert that is wanted."""
    entries: dict[str, Entry] = {}
    for shown in find_alerts(board.view, wanted.query(), READ).alerts:
        alert = shown.alert
        fact = alert.after or alert.before
        key = fact.key if fact else ""
        identity = uuid5(NAMESPACE, json.dumps([alert.story_id, key])).urn
        if identity not in entries:
            told = datetime.fromtimestamp(first_told(board.view, alert.story_id, key), UTC)
            entries[identity] = Entry(identity, alert, f"{base}/alert/{alert.id}", told)
        if len(entries) == ENTRIES:
            break
    return list(entries.values())


def _feed_id(feed: Feed) -> str:
    return uuid5(NAMESPACE, feed.own).urn


def _add(parent: Xml.Element, name: str, text: str | None = None, **attributes: str) -> Xml.Element:
    element = Xml.SubElement(parent, f"{{{ATOM}}}{name}", attributes)
    element.text = text
    return element


def _document(root: Xml.Element) -> bytes:
    document: bytes = Xml.tostring(root, encoding="utf-8", xml_declaration=True)
    return document
