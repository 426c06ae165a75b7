"""The whole of the domain for the shells: recall what is known, read the update, track what changed."""

from dataclasses import dataclass
from datetime import datetime
from uuid import uuid5

from schemas.alerts import ALERT_NAMESPACE, Alert
from schemas.changes import FactChange, UpdateSummary
from schemas.updates import ArticleUpdate
from streams.facts.diff import Diff, Found
from streams.facts.memory import EXTRACTOR, Memory, StoryChangedError, recall
from streams.facts.reading import Reading, read
from streams.facts.removal import removed
from streams.facts.rows import MAX_ARTICLES, ArticleRow, Rows, SentenceRow, StoryRow, content_digest
from streams.facts.state import State
from streams.facts.telling import Teller, Told, change_record

__all__ = ["Memory", "Reading", "Rows", "StoryChangedError", "Tracked", "read", "recall", "track"]


@dataclass(frozen=True)
class Tracked:
    """``changes`` go to the audit log in this order; ``rows`` are to be written, None deletes."""

    changes: tuple[FactChange | UpdateSummary, ...]
    rows: dict[bytes, bytes | None]


def track(update: ArticleUpdate, memory: Memory, reading: Reading, rows: Rows, detected_at: datetime) -> Tracked:
    """Diff a read update against the story's facts; decide what is told."""
    if memory.verdict:
        return Tracked((_summary(update, reading, [], memory.verdict, detected_at),), {})
    state = State(update.story_key, rows)
    story = memory.story or StoryRow(first_seen=update.updated_at, last_active=detected_at, extractor=EXTRACTOR)
    found: list[Found] = []
    changes: list[FactChange] = []
    if update.status != "withheld":
        found, changes = _diff(update, memory, reading, state, story, detected_at)
    state.put_story(_story(update, story, reading, detected_at))
    state.put_article(update, _article(update, memory, reading, found))
    summary = _summary(update, reading, changes, _silence(update), detected_at)
    return Tracked((*changes, summary), state.rows())


def _silence(update: ArticleUpdate) -> str | None:
    return "withheld" if update.status == "withheld" else "baseline" if update.mode == "baseline" else None


def _diff(
    update: ArticleUpdate, memory: Memory, reading: Reading, state: State, story: StoryRow, at: datetime
) -> tuple[list[Found], list[FactChange]]:
    still = _still_asserted(memory, reading)
    diff = Diff(update, reading, state, still)
    found = diff.run()
    teller = Teller(update, reading, at, _silence(update), lead_only=not story.opened)
    told = teller.tell(found)
    gone = removed(update, memory, reading, state, diff.asserted, _silence(update), at)
    state.learn({word for s in reading.sentences for word in s.lemmas})
    for item in told:
        if item.alert:
            _remember_alert(state, item.found.identity, item.alert)
    return found, [*(_record(update, item, at) for item in told), *gone]


def _record(update: ArticleUpdate, told: Told, at: datetime) -> FactChange:
    found = told.found
    before = found.before.fact if found.before and found.outcome != "new" else None
    return change_record(update, found.outcome, told, before, found.after.fact, at)


def _remember_alert(state: State, identity: str, alert: Alert) -> None:
    row = state.fact(identity)
    assert row is not None
    state.put(row.model_copy(update={"last_alert": str(alert.id)}), ())


def _still_asserted(memory: Memory, reading: Reading) -> set[str]:
    """The ids of the facts whose sentences the version has kept."""
    seen = {s.sentence.fingerprint for s in reading.sentences if s.seen}
    rows = memory.article.sentences if memory.article else []
    return {identity for row in rows if row.f in seen for identity in row.ids}


def _story(update: ArticleUpdate, story: StoryRow, reading: Reading, at: datetime) -> StoryRow:
    articles = [*(a for a in story.articles if a != update.article_id), update.article_id][-MAX_ARTICLES:]
    told = update.status == "usable"
    return story.model_copy(
        update={
            "last_active": at,
            "extractor": EXTRACTOR,
            "opened": story.opened or told,
            "articles": articles,
            "context": reading.context,
        }
    )


def _article(update: ArticleUpdate, memory: Memory, reading: Reading, found: list[Found]) -> ArticleRow:
    ids: dict[int, list[str]] = {}
    for item in found:
        ids.setdefault(item.claim.sentence, []).append(item.identity)
    known = {row.f: row.ids for row in memory.article.sentences} if memory.article else {}
    sentences = [
        SentenceRow(
            f=s.sentence.fingerprint, ids=known.get(s.sentence.fingerprint, []) if s.seen else ids.get(n, []), who=s.who
        )
        for n, s in enumerate(reading.sentences)
    ]
    return ArticleRow(
        version=update.version,
        content=content_digest(update),
        updated_at=update.updated_at,
        status=update.status,
        sentences=sentences,
    )


def _summary(
    update: ArticleUpdate, reading: Reading, changes: list[FactChange], verdict: str | None, at: datetime
) -> UpdateSummary:
    alerts = [change for change in changes if change.alert]
    name = f"{update.story_key}\x00{update.article_id}\x00{update.version}\x00{content_digest(update)}\x00{verdict}"
    return UpdateSummary(
        id=uuid5(ALERT_NAMESPACE, name),
        story_id=update.story_key,
        article_id=update.article_id,
        version=update.version,
        source=update.source,
        headline=update.headline,
        decision="alert" if alerts else "silent",
        reason=verdict or _reason(reading, changes),
        sentences=len(reading.sentences),
        sentences_unseen=reading.sentences_parsed,
        facts=len(changes),
        alerts=len(alerts),
        updated_at=update.updated_at,
        detected_at=at,
    )


def _reason(reading: Reading, changes: list[FactChange]) -> str:
    """The reason of the update as a whole: that of its first alert, or what most of its silent changes have."""
    alerts = [change.reason for change in changes if change.alert]
    if alerts:
        return alerts[0]
    reasons = [change.reason for change in changes if not change.reason.startswith("told with")]
    if reasons:
        return max(reasons, key=lambda reason: (reasons.count(reason), -reasons.index(reason)))
    return "reworded" if reading.sentences_parsed else "repeated"
