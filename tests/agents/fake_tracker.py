"""A tracker whose facts are the lines ``subject = value`` of a body: small, pure, quick, and as strict as the real one.

A body that says ``fail in recall`` (``read``, ``track``) raises there, ``kill the reader`` ends the reading process,
``hang the reader`` keeps it at work for ever.
"""

import json
import os
import re
import signal
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID, uuid5

from schemas.alerts import Alert, alert_id
from schemas.changes import FactChange, UpdateSummary
from schemas.facts import Evidence, Fact
from schemas.updates import ArticleUpdate
from schemas.values import StatementValue
from streams.facts.rows import Rows, StoryRow, encode, home_key, story_prefix, story_row_key

ID_SPACE = UUID("5a1d2c8e-1111-4111-8111-111111111111")


class StoryChangedError(ValueError):
    pass


@dataclass(frozen=True)
class Memory:
    known: dict[str, str]


@dataclass(frozen=True)
class Reading:
    facts: dict[str, str]
    sentences_parsed: int = 1
    sentences_skipped: int = 0
    parse_seconds: float = 0.001


@dataclass(frozen=True)
class Tracked:
    changes: tuple[FactChange | UpdateSummary, ...]
    rows: dict[bytes, bytes | None] = field(default_factory=dict)


def load() -> None:
    """There is no model to load."""


def facts_key(story: str) -> bytes:
    return story_prefix(story) + b"facts"


def recall(update: ArticleUpdate, rows: Rows) -> Memory:
    _maybe_fail(update, "recall")
    home = rows.get_anywhere(home_key(update.article_id))
    if home not in (None, update.story_key.encode()):
        raise StoryChangedError(f"{update.article_id} was in another story")
    return Memory(json.loads(rows.get(facts_key(update.story_key)) or b"{}"))


def read(work: Sequence[tuple[ArticleUpdate, Memory]]) -> list[Reading]:
    return [_read(update) for update, _ in work]


def _read(update: ArticleUpdate) -> Reading:
    _maybe_fail(update, "read")
    if "kill the reader" in update.body:
        os.kill(os.getpid(), signal.SIGKILL)
    if "hang the reader" in update.body:
        re.fullmatch("(a|a)*b", "a" * 60)  # for ever, and holds the interpreter's lock meanwhile
    pairs = (line.partition(" = ") for line in update.body.splitlines() if " = " in line)
    return Reading({subject: value for subject, _, value in pairs})


def track(update: ArticleUpdate, memory: Memory, reading: Reading, rows: Rows, detected_at: datetime) -> Tracked:
    _maybe_fail(update, "track")
    told = {subject: value for subject, value in reading.facts.items() if memory.known.get(subject) != value}
    changes = tuple(_change(update, subject, value, detected_at) for subject, value in told.items())
    story = StoryRow(first_seen=update.updated_at, last_active=detected_at, extractor=1, articles=[update.article_id])
    facts = json.dumps({**memory.known, **reading.facts}).encode()
    return Tracked(
        (*changes, _summary(update, len(changes), detected_at)),
        {
            story_row_key(update.story_key): encode(story),
            facts_key(update.story_key): facts,
            home_key(update.article_id): update.story_key.encode(),
            story_prefix(update.story_key) + b"v%d" % update.version: b"x" * 200,
        },
    )


def _maybe_fail(update: ArticleUpdate, where: str) -> None:
    if f"fail in {where}" in update.body:
        raise RuntimeError(f"told to fail in {where}")


def _change(update: ArticleUpdate, subject: str, words: str, detected_at: datetime) -> FactChange:
    value = StatementValue(text=words[:80], status="released")
    fact = Fact(
        kind="statement",
        key=f"statement|{subject}|{words}"[:400],
        subject=subject,
        value=value,
        evidence=Evidence(
            article_id=update.article_id,
            version=update.version,
            source=update.source,
            field="body",
            start=0,
            end=1,
            sentence=words,
        ),
        first_seen=update.updated_at,
        last_seen=update.updated_at,
    )
    key = (update.story_key, update.article_id, update.version)
    alert = Alert(
        id=alert_id(*key, "statement", "initial", fact.key, value),
        kind="statement",
        change="initial",
        story_id=update.story_key,
        article_id=update.article_id,
        version=update.version,
        source=update.source,
        headline=update.headline,
        summary=f"{subject}: {words}",
        after=fact,
        priority="routine",
        certainty="observed",
        published_at=update.published_at,
        updated_at=update.updated_at,
        detected_at=detected_at,
    )
    return FactChange(
        id=uuid5(ID_SPACE, str(alert.id)),
        story_id=update.story_key,
        article_id=update.article_id,
        version=update.version,
        outcome="new",
        decision="alert",
        reason="new fact",
        after=fact,
        alert=alert,
        detected_at=detected_at,
    )


def _summary(update: ArticleUpdate, alerts: int, detected_at: datetime) -> UpdateSummary:
    return UpdateSummary(
        id=uuid5(ID_SPACE, f"{update.article_id}/{update.version}"),
        story_id=update.story_key,
        article_id=update.article_id,
        version=update.version,
        source=update.source,
        headline=update.headline,
        decision="alert" if alerts else "silent",
        reason="new fact" if alerts else "repeated",
        sentences=1,
        sentences_unseen=1,
        facts=alerts,
        alerts=alerts,
        updated_at=update.updated_at,
        detected_at=detected_at,
    )
