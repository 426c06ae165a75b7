"""HTML as plain text: a paragraph for each block, parted by blank lines."""

import re
from collections.abc import Iterator

import lxml.html
from lxml import etree
from w3lib.encoding import html_to_unicode

from schemas.updates import MAX_BODY_BYTES

MAX_HEADLINE = 10_000  # characters
SPACES = re.compile(r"[\s\u200b\ufeff]+")
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")  # JSON writes each with six bytes
BLOCKS = frozenset(
    "address article aside blockquote body caption dd div dl dt figcaption figure footer form h1 h2 h3 h4 h5 h6 header "
    "hr li main nav ol p pre section table tbody td tfoot th thead tr ul br".split()
)
UNSEEN = frozenset("script style template noscript iframe object svg head title button select textarea".split())


def decoded(body: bytes, content_type: str) -> str:
    """Text by byte order mark, header, prolog or meta, in that order; else UTF-8, else Windows-1252."""
    _, text = html_to_unicode(content_type, body, default_encoding="utf-8", auto_detect_fun=_detected)
    return str(text)


def _detected(body: bytes) -> str:
    try:
        body.decode()
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def text_of(html: str) -> str:
    """Plain text of a piece of HTML, or of text without any."""
    if "<" not in html and "&" not in html:
        return paragraphs(html)
    try:
        tree = lxml.html.fragment_fromstring(html, create_parent="div")
    except (etree.ParserError, ValueError):
        return paragraphs(html)
    return paragraphs("".join(_pieces(tree)))


def headline_of(html: str) -> str:
    """The same on one line, as long as a headline may be."""
    return " ".join(text_of(html).split())[:MAX_HEADLINE]


def cut(text: str) -> str:
    """At most as long as a body may be, cut between paragraphs."""
    if len(text.encode()) <= MAX_BODY_BYTES:
        return text
    return text.encode()[:MAX_BODY_BYTES].decode(errors="ignore").rpartition("\n\n")[0]


def paragraphs(text: str) -> str:
    """Spaces made one, blank lines between paragraphs alone."""
    parts = (SPACES.sub(" ", CONTROL.sub("", part)).strip() for part in re.split(r"\n\s*\n", text))
    return "\n\n".join(part for part in parts if part)


def _pieces(element: etree._Element) -> Iterator[str]:
    if isinstance(element.tag, str) and element.tag not in UNSEEN:
        edge = "\n\n" if element.tag in BLOCKS else ""
        yield edge
        yield _one_line(element.text)
        for child in element:
            yield from _pieces(child)
            yield _one_line(child.tail)
        yield edge


def _one_line(text: str | None) -> str:
    return SPACES.sub(" ", text or "")
