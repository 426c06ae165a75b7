"""The demo's site as a web application: it shows the step that it is at, with validators for conditional requests."""

import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from hashlib import blake2b
from html import escape
from xml.sax.saxutils import escape as xml

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from streams.demo.live.scenes import POSTS, feed_version, page_version


class Site:
    """``step`` is moved on by whoever runs it."""

    def __init__(self) -> None:
        self.step = 0
        self.began = datetime.now(UTC).replace(microsecond=0)
        pages: dict[str, tuple[Callable[[], str], str]] = {
            "/feed.xml": (self.feed, "application/rss+xml; charset=utf-8"),
            "/world/call": (self.page, "text/html; charset=utf-8"),
            "/live/harbour-fire": (self.live_blog, "text/html; charset=utf-8"),
            "/robots.txt": (lambda: "User-agent: *\nAllow: /\n", "text/plain; charset=utf-8"),
        }
        self.app = Starlette(routes=[Route(path, self._endpoint(*page)) for path, page in pages.items()])

    def feed(self) -> str:
        update = feed_version(self.step)
        items = [_item("garden", "The week in gardening", GARDEN, self.began)]
        if update is not None:
            items.insert(0, _item("ukraine-energy-truce", update.headline, update.body, update.published_at))
        return (
            '<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0"><channel><title>example.net</title>'
            f"{''.join(items)}</channel></rss>"
        )

    def page(self) -> str:
        update = page_version(self.step)
        times = {"datePublished": update.published_at.isoformat(), "dateModified": update.updated_at.isoformat()}
        said = {"@type": "NewsArticle", "headline": update.headline, **times}
        paragraphs = "".join(f"<p>{escape(part)}</p>" for part in update.body.split("\n\n"))
        return _html(update.headline, said, f"<article><h1>{escape(update.headline)}</h1>{paragraphs}</article>")

    def live_blog(self) -> str:
        said = {
            "@type": "LiveBlogPosting",
            "headline": "Harbour fire: live",
            "liveBlogUpdate": [
                {
                    "@type": "BlogPosting",
                    "@id": f"#{post.name}",
                    "headline": post.headline,
                    "articleBody": post.shown(self.step),
                    "datePublished": (self.began + timedelta(seconds=post.since)).isoformat(),
                }
                for post in reversed(POSTS)
                if post.shown(self.step)
            ],
        }
        return _html("Harbour fire: live", said, "<h1>Harbour fire: live</h1>")

    def _endpoint(self, text: Callable[[], str], media_type: str) -> Callable[[Request], Response]:
        def answer(request: Request) -> Response:
            body = text().encode()
            tag = f'"{blake2b(body, digest_size=8).hexdigest()}"'
            if request.headers.get("if-none-match") == tag:
                return Response(status_code=304, headers={"ETag": tag})
            return Response(body, media_type=media_type, headers={"ETag": tag})

        return answer


GARDEN = "Roses should be cut back before the first frost, our gardener says."


def _item(guid: str, headline: str, text: str, published_at: datetime) -> str:
    paragraphs = "".join(f"<p>{escape(part)}</p>" for part in text.split("\n\n"))
    return (
        f"<item><guid isPermaLink='false'>{guid}</guid><title>{xml(headline)}</title>"
        f"<pubDate>{format_datetime(published_at)}</pubDate><description>{xml(paragraphs)}</description></item>"
    )


def _html(title: str, said: Mapping[str, object], body: str) -> str:
    script = json.dumps({"@context": "https://schema.org", **said}).replace("</", "<\\/")
    return (
        f"<!doctype html><html lang='en'><head><meta charset='utf-8'><title>{escape(title)}</title>"
        f"<script type='application/ld+json'>{script}</script></head><body><main>{body}</main></body></html>"
    )
