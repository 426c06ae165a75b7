"""An IPTC ninjs document as an article: what an update needs of it."""

import json
from collections.abc import Iterator
from typing import Any

from pydantic import ValidationError

from schemas.errors import explain
from schemas.polls import Item
from schemas.updates import Subject
from streams.sources.content import Unreadable
from streams.sources.markup import headline_of, paragraphs, text_of
from streams.sources.ninjs_standard import Ninjs, Text
from streams.sources.settings import Source
from streams.sources.times import moment

HTML = ("html", "xhtml", "xml")


def read_ninjs(body: bytes, source: Source, *, own_fields: bool) -> Item:
    """Raises `Unreadable`, with the field and what was expected. ``own_fields``: it may have others than ninjs."""
    try:
        said = json.loads(body)
        document = Ninjs.model_validate(said, context={"own_fields": own_fields})
    except ValidationError as error:
        raise Unreadable(f"not a ninjs document: {explain(error)}") from None
    except (ValueError, RecursionError) as error:
        raise Unreadable(f"not valid JSON: {error}") from None
    return _item_of(document, said, source)


def _item_of(document: Ninjs, said: dict[str, Any], source: Source) -> Item:
    embargoed = document.embargoed or document.embargoeduntil
    embargo = moment(embargoed, source.timezone)
    embargo_is_unclear = embargo is None and bool(embargoed)  # "Next Monday" is valid ninjs
    return Item(
        guid=document.uri,
        url=document.url or (document.uri if document.uri.startswith(("http://", "https://")) else None),
        headline=_headline(document),
        body=_body(document),
        language=document.language or source.language,
        published_at=moment(document.firstcreated or document.contentcreated, source.timezone),
        updated_at=moment(document.versioncreated, source.timezone),
        status="withheld" if document.pubstatus == "usable" and embargo_is_unclear else document.pubstatus,
        story_id=source.story_of(said, document.url),
        embargo_until=embargo,
        subjects=tuple(_subjects(document)) or None,
        correction=document.correction,
    )


def _headline(document: Ninjs) -> str:
    listed = sorted(document.headlines, key=lambda one: one.role not in (None, "main"))
    found = document.headline or next((one.value for one in listed), "") or document.title or document.slugline or ""
    return headline_of(found)


def _body(document: Ninjs) -> str:
    """Plain text before HTML, the main body before others."""
    listed = sorted(document.bodies, key=lambda one: (one.role not in (None, "main"), _is_html(one)))
    texts = [
        document.body_text and paragraphs(document.body_text),
        document.body_xhtml and text_of(document.body_xhtml),
        document.body_html and text_of(document.body_html),
    ]
    texts += [text_of(one.value) if _is_html(one) else paragraphs(one.value) for one in listed]
    return next((text for text in texts if text), "")


def _is_html(one: Text) -> bool:
    return any(word in (one.contenttype or "") for word in HTML) or "</" in one.value


def _subjects(document: Ninjs) -> Iterator[Subject]:
    for one in [*document.subject, *document.subjects]:
        code = one.code or one.uri or one.literal
        if one.name and code:
            yield Subject(scheme=one.scheme or "", id=code[:500], label=one.name[:500])
