"""IPTC ninjs 1.0 to 3.1, as far as an article update needs it: https://iptc.org/standards/ninjs/.

Versions differ in names: ``headline`` or ``headlines``, ``body_text`` and ``body_xhtml`` or ``bodies``, ``subject`` or
``subjects``. What is not needed is not looked at, so more is accepted than the schemas of ninjs allow.
"""

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from schemas.errors import explain
from schemas.polls import Item
from schemas.updates import Status, Subject
from streams.sources.content import Unreadable
from streams.sources.markup import headline_of, paragraphs, text_of
from streams.sources.settings import Source
from streams.sources.times import moment

HTML = ("html", "xhtml", "xml")


class _Lenient(BaseModel):
    model_config = ConfigDict(extra="allow", strict=True)


class Text(_Lenient):
    """One of several headlines or bodies."""

    value: str = ""
    role: str | None = None
    contenttype: str | None = None


class Ninjs(_Lenient):
    """Of all versions; which one a document has is told by the fields that it uses."""

    uri: str = Field(min_length=1, max_length=2048)
    pubstatus: Status = "usable"
    language: str | None = None
    versioncreated: str | None = None
    firstcreated: str | None = None
    contentcreated: str | None = None
    embargoed: str | None = None
    headline: str | None = None
    title: str | None = None
    slugline: str | None = None
    body_text: str | None = None
    body_xhtml: str | None = None
    headlines: list[Text] = []
    bodies: list[Text] = []
    correction: str | None = None
    subject: list[dict[str, Any]] = []
    subjects: list[dict[str, Any]] = []


def parse_ninjs(body: bytes) -> Ninjs:
    """Raises `Unreadable`, with the field and what was expected."""
    try:
        return Ninjs.model_validate_json(body)
    except ValidationError as error:
        raise Unreadable(f"not a ninjs document: {explain(error)}") from None


def item_of(document: Ninjs, source: Source) -> Item:
    said = document.model_dump(mode="json")
    embargo = moment(document.embargoed, source.timezone)
    embargo_is_unclear = embargo is None and bool(document.embargoed)  # "Next Monday" is valid ninjs
    url = said.get("url") if isinstance(said.get("url"), str) else None
    return Item(
        guid=document.uri,
        url=url or (document.uri if document.uri.startswith(("http://", "https://")) else None),
        headline=_headline(document),
        body=_body(document),
        language=document.language or source.language,
        published_at=moment(document.firstcreated or document.contentcreated, source.timezone),
        updated_at=moment(document.versioncreated, source.timezone),
        status="withheld" if document.pubstatus == "usable" and embargo_is_unclear else document.pubstatus,
        story_id=source.story_of(said, url),
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
    ]
    texts += [text_of(one.value) if _is_html(one) else paragraphs(one.value) for one in listed]
    return next((text for text in texts if text), "")


def _is_html(one: Text) -> bool:
    return any(word in (one.contenttype or "") for word in HTML) or "</" in one.value


def _subjects(document: Ninjs) -> Iterator[Subject]:
    for one in [*document.subject, *document.subjects]:
        label, code = one.get("name"), one.get("code") or one.get("uri") or one.get("literal")
        if isinstance(label, str) and isinstance(code, str):
            yield Subject(scheme=str(one.get("scheme") or ""), id=code[:500], label=label[:500])
