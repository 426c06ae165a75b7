"""Live blogs: each post of a schema.org LiveBlogPosting is an article of its own, in the blog's story.

A post that was there, and is missing among others that are as old or older, was deleted. Pages list the latest posts
alone: what is older than all of them has only gone from the page.
"""

from collections.abc import Iterator
from typing import Any, Literal

from schemas.polls import Item
from streams.sources.content import Content, Seen, Unreadable
from streams.sources.jsonld import of_type, text
from streams.sources.kinds.base import Kind
from streams.sources.kinds.feed import MAX_ID
from streams.sources.kinds.page import parse
from streams.sources.markup import cut, headline_of, text_of
from streams.sources.settings import Polled
from streams.sources.times import moment


class LiveBlog(Polled):
    kind: Literal["live-blog"]
    robots: bool = True


def read(content: Content, source: LiveBlog) -> Seen:
    """The posts of a live blog. Raises `Unreadable` where the page has none."""
    blog = of_type(parse(content), "LiveBlogPosting")
    if blog is None:
        raise Unreadable("not a live blog: the page has no LiveBlogPosting in JSON-LD")
    items = [_item(post, source) for post in _posts(blog)]
    return Seen(items, listed=[item.guid for item in items if item.guid])


def _posts(blog: dict[str, Any]) -> Iterator[dict[str, Any]]:
    updates = blog.get("liveBlogUpdate") or []
    for post in updates if isinstance(updates, list) else [updates]:
        if isinstance(post, dict) and (text(post.get("articleBody")) or text(post.get("headline"))):
            yield post


def _item(post: dict[str, Any], source: LiveBlog) -> Item:
    url = text(post.get("url")) or None
    published = text(post.get("datePublished"))
    headline = headline_of(text(post.get("headline")) or text(post.get("name")))
    guid = text(post.get("@id")) or text(post.get("identifier")) or url or f"{published} {headline}"
    return Item(
        guid=guid[:MAX_ID],
        url=url[:8192] if url else str(source.url),
        headline=headline,
        body=cut(text_of(text(post.get("articleBody")))),
        language=source.language,
        published_at=moment(published, source.timezone),
        updated_at=moment(text(post.get("dateModified")), source.timezone),
        story_id=source.story_of(post, url) or str(source.url),
    )


KIND = Kind("live-blog", LiveBlog, read, "text/html, application/xhtml+xml;q=0.9, */*;q=0.1")
