"""The rows in which a story is kept: small, bounded, each key beginning with its story's key.

``<story>`` ``s``: the story; ``a<article>``: an article; ``t<article>``: its latest text; ``f<id>``: a fact;
``i<term>``: an index entry, from a term to the facts in which it stands; ``w<bucket>``: words
that were used. ``<article>`` alone, under a prefix of its own,
tells in which story an article was first seen.
"""

import hashlib
import zlib
from datetime import datetime
from functools import lru_cache
from typing import Protocol, TypeVar

from pydantic import BaseModel, ConfigDict, Field

from schemas.base import UtcTime
from schemas.facts import Fact
from schemas.updates import ArticleUpdate
from streams.facts.context import StoryContext

SCHEMA = 1  # of the rows; counts up where an older release could not read them, and a later one is refused

MAX_ARTICLES = 64  # of one story whose latest texts are read again when the extractor changes
MAX_EARLIER = 500  # facts of sentences now gone that an article remembers, the latest ones
MAX_INDEXED = 48  # facts an index entry holds, the latest ones
WORD_BUCKETS = 64
MAX_WORDS = 150  # of one bucket, the latest ones
MAX_TERMS = 40  # content words of a fact that matching looks at
MAX_HISTORY = 8  # earlier values a fact remembers, to tell a flip-flop

Row = TypeVar("Row", bound=BaseModel)


class LaterSchemaError(ValueError):
    """A row was written by a later release in a way that this one cannot read: no fault of any message."""


class Rows(Protocol):
    """The rows that are known: of the event's own partition, or of any that this worker holds."""

    def get(self, key: bytes) -> bytes | None: ...

    def get_anywhere(self, key: bytes) -> bytes | None: ...


class _RowModel(BaseModel):
    model_config = ConfigDict(extra="ignore")


class StoryRow(_RowModel):
    """A story: since when, its articles, and the names and events that it speaks of."""

    first_seen: UtcTime
    last_active: UtcTime
    extractor: int
    opened: bool = False  # whether a usable first version has been told
    articles: list[str] = Field(default_factory=list)
    context: StoryContext = Field(default_factory=StoryContext)


class SentenceRow(BaseModel):
    """A sentence of an article's latest version: its fingerprint, the ids of its facts, who was spoken of."""

    f: str
    body: bool = True
    ids: list[str] = Field(default_factory=list)
    who: str | None = None


class ArticleRow(_RowModel):
    """An article's latest version; while it is withheld, the sentences are those of the last usable one."""

    version: int
    content: str
    updated_at: UtcTime
    status: str
    sentences: list[SentenceRow] = Field(default_factory=list)
    earlier: list[str] = Field(default_factory=list)  # ids of facts that stood in sentences now gone
    guidance: bool = False  # a page of guidance, whose every line holds now


class TextRow(_RowModel):
    """An article's latest text, for removals and for reading it again by a new extractor."""

    update: ArticleUpdate


class FactRow(_RowModel):
    """A fact with what matching needs: its terms, earlier values, and the last alert about it."""

    fact: Fact
    terms: list[str] = Field(default_factory=list)
    slots: dict[str, str] = Field(default_factory=dict)
    history: list[str] = Field(default_factory=list)
    sentences: dict[str, str] = Field(default_factory=dict)  # by article, the fingerprint of the sentence that says it
    last_alert: str | None = None
    as_of: UtcTime | None = None  # when the current value was first said: what a stale one is told by


class IndexRow(_RowModel):
    ids: list[str] = Field(default_factory=list)


class WordsRow(_RowModel):
    """A part of the words that a story has used: those whose digest falls into this bucket."""

    words: list[str] = Field(default_factory=list)


def story_prefix(story_key: str) -> bytes:
    """What every row key of a story begins with; no story's prefix begins another's (0x00 ends it, escaped inside)."""
    return story_key.encode().replace(b"\x00", b"\x00\x01") + b"\x00\x00"


def story_row_key(story_key: str) -> bytes:
    return story_prefix(story_key) + b"s"


def is_story_row(key: bytes) -> bool:
    return key.endswith(b"\x00\x00s")


def article_key(story_key: str, article_id: str) -> bytes:
    return story_prefix(story_key) + b"a" + digest(article_id)


def text_key(story_key: str, article_id: str) -> bytes:
    return story_prefix(story_key) + b"t" + digest(article_id)


def fact_id(key: str) -> str:
    """16 characters that stand for a fact's key in row keys and lists."""
    return digest(key).decode()


def fact_row_key(story_key: str, identity: str) -> bytes:
    return story_prefix(story_key) + b"f" + identity.encode()


def index_key(story_key: str, term: str) -> bytes:
    return story_prefix(story_key) + b"i" + digest(term)


def words_key(story_key: str, word: str) -> bytes:
    """The row of the bucket in which a word stands; WORD_BUCKETS of them in all."""
    return story_prefix(story_key) + b"w%02x" % (int(digest(word)[:4], 16) % WORD_BUCKETS)


def home_key(article_id: str) -> bytes:
    """The row that tells the story of an article; it stands under the article's own prefix."""
    return story_prefix(article_id) + b"h"


def digest(text: str) -> bytes:
    return hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=8).hexdigest().encode()


def encode(row: BaseModel) -> bytes:
    """The schema's number in a byte, then JSON, compressed: rows repeat sentences and field names."""
    return bytes([SCHEMA]) + zlib.compress(row.model_dump_json(exclude_defaults=True).encode(), 1)


def decode(model: type[Row], row: bytes) -> Row:
    """Raises ValueError where the row is not one of this model, `LaterSchemaError` where it is of a later schema.

    Fields that a later release has added are passed over, also in updates, which are strict where they come in.
    """
    if row[:1] != bytes([SCHEMA]):
        error = LaterSchemaError if row[:1] > bytes([SCHEMA]) else ValueError
        raise error(f"a {model.__name__} of schema {row[:1].hex()} was found, {SCHEMA} is the latest known here")
    return model.model_validate_json(zlib.decompress(row[1:]), extra="ignore")


@lru_cache(maxsize=8192)  # some 40 MB; a live story's facts are looked at with each version
def decode_fact(row: bytes) -> FactRow:
    """A `FactRow`, which nobody may change."""
    return decode(FactRow, row)


def last_active(row: bytes) -> datetime:
    """When the story of a story row was last updated."""
    return decode(StoryRow, row).last_active


def decode_fact_row(key: bytes, row: bytes) -> Fact | None:
    """The fact of a row, or None where the row is of another sort."""
    _, separator, rest = key.rpartition(b"\x00\x00")
    return decode_fact(row).fact if separator and rest.startswith(b"f") else None


def content_digest(update: ArticleUpdate) -> str:
    """The same for the same content: what a duplicate is told by."""
    content = update.model_dump_json(exclude={"updated_at", "mode", "version"})
    return hashlib.blake2b(content.encode("utf-8", "replace"), digest_size=16).hexdigest()
