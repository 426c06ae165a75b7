"""The rows of the table ``source-state``: a source's state, its articles, and the names by which they are known.

Keys: ``s`` and the source's name for its state; ``a`` (article) or ``n`` (name), the source, a zero byte and a digest.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from typing import Protocol

from pydantic import TypeAdapter

from schemas.sources import SourceState

DIGEST_BYTES = 12  # by chance, one pair among 10^12 names


class Rows(Protocol):
    """Of the partition that a source's key belongs to."""

    def get(self, key: bytes) -> bytes | None: ...

    def scan(self, prefix: bytes) -> Iterator[tuple[bytes, bytes]]: ...


@dataclass(frozen=True)
class Article:
    """The latest version of an article: what tells whether the next look at it brings another.

    ``seen``: the day of the last look that showed it, counted from 1970. ``held_since``: since when its text has been
    too short to be believed.
    """

    article_id: str
    version: int
    digest: str
    length: int
    seen: int
    headline: str
    published_at: datetime
    updated_at: datetime
    name: str | None = None
    url: str | None = None
    story_id: str | None = None
    canceled: bool = False
    held_since: datetime | None = None


@dataclass(frozen=True)
class Name:
    """A guid or an address of an article; ``seen`` as the article's."""

    article_id: str
    seen: int


ARTICLE, NAME = TypeAdapter(Article), TypeAdapter(Name)


def state_key(source: str) -> bytes:
    return b"s" + source.encode()


def article_prefix(source: str) -> bytes:
    return b"a" + source.encode() + b"\0"


def name_prefix(source: str) -> bytes:
    return b"n" + source.encode() + b"\0"


def article_key(source: str, article_id: str) -> bytes:
    return article_prefix(source) + digest(article_id)


def name_key(source: str, name: str) -> bytes:
    return name_prefix(source) + digest(name)


def digest(text: str) -> bytes:
    return blake2b(text.encode(), digest_size=DIGEST_BYTES).digest()


def encode(row: Article | Name) -> bytes:
    if isinstance(row, Article):
        return ARTICLE.dump_json(row, exclude_defaults=True)
    return NAME.dump_json(row)


def decode_state(row: bytes | None) -> SourceState | None:
    return SourceState.model_validate_json(row) if row else None


def decode_article(row: bytes | None) -> Article | None:
    return ARTICLE.validate_json(row) if row else None


def decode_name(row: bytes | None) -> Name | None:
    return NAME.validate_json(row) if row else None
