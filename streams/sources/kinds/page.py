"""Pages: one article each. Its text by trafilatura, its own account in JSON-LD, a CSS selector where neither fits.

Reading order of the text: the selector, if given; what trafilatura finds; the ``articleBody`` of JSON-LD, where
trafilatura finds less than half as much.
"""

import re
from typing import Annotated, Any, Literal

import lxml.html
import trafilatura
from cssselect import GenericTranslator, SelectorError
from lxml import etree
from pydantic import AfterValidator

from schemas.polls import Item
from streams.sources.content import Content, Seen, Unreadable
from streams.sources.jsonld import of_type, text
from streams.sources.kinds.base import Kind
from streams.sources.markup import cut, decoded, headline_of, paragraphs, text_of
from streams.sources.settings import Polled
from streams.sources.times import moment

ARTICLES = (
    "NewsArticle", "ReportageNewsArticle", "AnalysisNewsArticle", "BackgroundNewsArticle", "OpinionNewsArticle",
    "ReviewNewsArticle", "AskPublicNewsArticle", "Article", "Report", "BlogPosting", "WebPage",
)  # fmt: skip


def _selector(expression: str) -> str:
    try:
        GenericTranslator().css_to_xpath(expression)
    except SelectorError as error:
        raise ValueError(f"should be a CSS selector: {error}") from None
    return expression


class Page(Polled):
    """``selector``: the elements that hold the text, where it cannot be found by itself."""

    kind: Literal["page"]
    robots: bool = True
    selector: Annotated[str, AfterValidator(_selector)] | None = None


def read(content: Content, source: Page) -> Seen:
    """The article of a page. Raises `Unreadable` for what is no HTML."""
    tree, said = _parsed(content)
    return Seen(
        [
            Item(
                url=str(source.url),
                headline=_headline(tree, said),
                body=cut(body_of(tree, said, source.selector)),
                language=source.language,
                published_at=moment(_published(tree, said), source.timezone),
                updated_at=moment(_modified(tree, said), source.timezone),
                story_id=source.story_of(said, str(source.url)),
                correction=_correction(said),
            )
        ]
    )


def article_text(content: Content) -> str:
    """The text of a page alone. Raises `Unreadable`."""
    return body_of(*_parsed(content))


def _parsed(content: Content) -> tuple[etree._Element, dict[str, Any]]:
    """The tree, and what the page says of itself."""
    tree = parse(content)
    return tree, of_type(tree, *ARTICLES) or {}


def parse(content: Content) -> etree._Element:
    """The tree of a page. Raises `Unreadable`."""
    html = decoded(content.body, content.content_type)
    html = re.sub(r"^\s*<\?xml[^>]*\?>", "", html)  # lxml refuses a declared encoding in text
    try:
        tree = lxml.html.document_fromstring(html)
    except (etree.ParserError, ValueError) as error:
        raise Unreadable(f"not a page: {error}") from None
    if tree.find("body") is None or not len(tree):
        raise Unreadable("not a page: it has no body")
    return tree


def body_of(tree: etree._Element, said: dict[str, Any], selector: str | None = None) -> str:
    if selector:
        chosen = tree.xpath(GenericTranslator().css_to_xpath(selector))
        return "\n\n".join(text_of(etree.tostring(one, encoding="unicode", with_tail=False)) for one in chosen)
    extracted = trafilatura.extract(tree, include_comments=False, include_tables=True, deduplicate=False) or ""
    found, stated = _as_paragraphs(extracted), text_of(text(said.get("articleBody")))
    same_words = found.split() == stated.split()  # trafilatura may take articleBody itself, as one paragraph
    return stated if same_words or len(found) < len(stated) / 2 else found


def _as_paragraphs(extracted: str) -> str:
    """trafilatura gives a paragraph a line."""
    return paragraphs(extracted.replace("\n", "\n\n"))


def _headline(tree: etree._Element, said: dict[str, Any]) -> str:
    heading = next((" ".join(one.text_content().split()) for one in tree.iter("h1")), "")
    title = tree.findtext(".//title") or ""
    found = text(said.get("headline")) or heading or _meta(tree, "og:title") or title
    return headline_of(found)


def _published(tree: etree._Element, said: dict[str, Any]) -> str:
    return text(said.get("datePublished")) or _meta(tree, "article:published_time")


def _modified(tree: etree._Element, said: dict[str, Any]) -> str:
    return text(said.get("dateModified")) or _meta(tree, "article:modified_time")


def _meta(tree: etree._Element, name: str) -> str:
    return next(
        (one.get("content") or "" for one in tree.iter("meta") if name in (one.get("property"), one.get("name"))), ""
    )


def _correction(said: dict[str, Any]) -> str | None:
    """schema.org's ``correction``: text, an address (of no use here), or a CorrectionComment."""
    note = text_of(text(said.get("correction")))
    return note[:10_000] if note and not note.startswith(("http://", "https://")) else None


KIND = Kind("page", Page, read, "text/html, application/xhtml+xml;q=0.9, */*;q=0.1")
