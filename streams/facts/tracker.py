"""The whole of the domain for the shells: recall what is known, read the update, track what changed."""

from dataclasses import dataclass, replace
from datetime import datetime

from schemas.alerts import Alert
from schemas.changes import FactChange, UpdateSummary
from schemas.updates import ArticleUpdate
from streams.facts.alerting import change_record, record_id
from streams.facts.diff import Diff, Found
from streams.facts.memory import EXTRACTOR, Memory, StoryChangedError, recall
from streams.facts.news import Page, Weighed, judged, weigh
from streams.facts.reading import Reading, SentenceRead, read
from streams.facts.removal import removed
from streams.facts.rows import MAX_ARTICLES, MAX_EARLIER, ArticleRow, Rows, SentenceRow, StoryRow, content_digest
from streams.facts.state import State
from streams.facts.telling import Teller, Told

__all__ = ["Memory", "Reading", "Rows", "StoryChangedError", "Tracked", "read", "recall", "track"]


@dataclass(frozen=True)
class Tracked:
    """``changes`` go to the audit log in this order; ``rows`` are to be written, None deletes; ``weighed``: by what."""

    changes: tuple[FactChange | UpdateSummary, ...]
    rows: dict[bytes, bytes | None]
    weighed: tuple[Weighed, ...] = ()


def track(update: ArticleUpdate, memory: Memory, reading: Reading, rows: Rows, detected_at: datetime) -> Tracked:
    """Diff a read update against the story's facts; decide what is told."""
    if memory.verdict:
        return Tracked((_summary(update, reading, [], memory.verdict, detected_at),), {})
    state = State(update.story_key, rows)
    story = memory.story or StoryRow(first_seen=update.updated_at, last_active=detected_at, extractor=EXTRACTOR)
    article = _read_again(update, memory, reading, state)
    changes: list[FactChange] = []
    weighed: list[Weighed] = []
    if update.status == "withheld":
        kept = article or _blank(update)
        state.put_article(update.article_id, kept.model_copy(update=_head(update)))
    else:
        found, weighed, changes = _diff(update, replace(memory, article=article), reading, state, story, detected_at)
        state.put_article(update.article_id, _article(update, article, reading, found))
        state.put_text(update)
    state.put_story(_story(update, story, reading, detected_at))
    summary = _summary(update, reading, changes, _silence(update), detected_at)
    return Tracked((*changes, summary), state.rows(), tuple(weighed))


def _silence(update: ArticleUpdate) -> str | None:
    return "withheld" if update.status == "withheld" else "baseline" if update.mode == "baseline" else None


def _read_again(update: ArticleUpdate, memory: Memory, reading: Reading, state: State) -> ArticleRow | None:
    """Apply in silence what a new extractor reads in the kept texts; gives the update's article as it then stands."""
    article = memory.article
    for text, again in reading.again:
        row = _article(text, None, again, Diff(text, again, state, set(), opening=True).run())
        if text.article_id == update.article_id and article is not None:
            article = article.model_copy(update={"sentences": row.sentences})
        else:
            state.put_article(text.article_id, row)
    return article


def _diff(
    update: ArticleUpdate, memory: Memory, reading: Reading, state: State, story: StoryRow, at: datetime
) -> tuple[list[Found], list[Weighed], list[FactChange]]:
    body, headline = _kept(memory.article, reading)
    diff = Diff(update, reading, state, body, headline, opening=not story.opened)
    found = diff.run()
    weighed = (
        weigh(Page(reading, state, memory.article is None, update.updated_at - story.first_seen), found)
        if story.opened and not reading.guidance
        else []
    )
    found = judged(found, weighed)
    told = Teller(update, reading, at, _silence(update), lead_only=not story.opened).tell(found)
    gone = removed(update, memory, reading, state, diff.told | body | headline, _silence(update), at)
    state.learn({word for s in reading.sentences for word in s.outline.used})
    for item in told:
        if item.alert:
            _remember_alert(state, item.found.identity, item.alert)
    return found, weighed, [*(_record(update, item, at) for item in told if _is_recorded(item)), *gone]


def _is_recorded(told: Told) -> bool:
    """A sentence's frame is a fact of its own only where it is told."""
    return told.alert is not None or not told.found.claim.slots.get("frame")


def _record(update: ArticleUpdate, told: Told, at: datetime) -> FactChange:
    found = told.found
    return change_record(
        update,
        found.outcome,
        found.known,
        found.after.fact,
        reason=told.reason,
        alert=told.alert,
        detected_at=at,
        sentence=found.claim.sentence,
    )


def _remember_alert(state: State, identity: str, alert: Alert) -> None:
    row = state.fact(identity)
    if row is not None:
        state.put(row.model_copy(update={"last_alert": str(alert.id)}), ())


def _kept(article: ArticleRow | None, reading: Reading) -> tuple[set[str], set[str]]:
    """The ids of the facts whose sentences the version has kept: those of the body, those of the headline."""
    seen = {s.sentence.fingerprint for s in reading.sentences if s.seen}
    rows = [row for row in (article.sentences if article else ()) if row.f in seen]
    body = {i for row in rows if row.body for i in row.ids}
    return body, {i for row in rows if not row.body for i in row.ids}


def _story(update: ArticleUpdate, story: StoryRow, reading: Reading, at: datetime) -> StoryRow:
    others = [a for a in story.articles if a != update.article_id]
    starts_over = update.status == "canceled" and not others
    return story.model_copy(
        update={
            "last_active": at,
            "extractor": EXTRACTOR,
            "opened": not starts_over and (story.opened or update.status == "usable"),
            "articles": [*others, update.article_id][-MAX_ARTICLES:],
            "context": reading.context if update.status == "usable" else story.context,
        }
    )


def _head(update: ArticleUpdate) -> dict[str, object]:
    return {
        "version": update.version,
        "content": content_digest(update),
        "updated_at": update.updated_at,
        "status": update.status,
    }


def _blank(update: ArticleUpdate) -> ArticleRow:
    return ArticleRow(
        version=update.version, content=content_digest(update), updated_at=update.updated_at, status=update.status
    )


def _article(update: ArticleUpdate, before: ArticleRow | None, reading: Reading, found: list[Found]) -> ArticleRow:
    ids: dict[int, list[str]] = {}
    for item in found:
        ids.setdefault(item.claim.sentence, []).append(item.identity)
    known = {row.f: row for row in before.sentences} if before else {}
    sentences = [_sentence(s, known, ids.get(n, [])) for n, s in enumerate(reading.sentences)]
    here = {row.f for row in sentences}
    gone = [i for row in known.values() if row.f not in here for i in row.ids]
    earlier = list(dict.fromkeys([*(before.earlier if before else ()), *gone]))[-MAX_EARLIER:]
    kept = [] if update.status == "canceled" else earlier
    return _blank(update).model_copy(update={"sentences": sentences, "earlier": kept, "guidance": reading.guidance})


def _sentence(read: SentenceRead, known: dict[str, SentenceRow], ids: list[str]) -> SentenceRow:
    sentence, in_body = read.sentence, read.sentence.field == "body"
    before = known.get(sentence.fingerprint) if read.seen else None
    if before and (before.body, before.who) == (in_body, read.who):
        return before
    return SentenceRow(f=sentence.fingerprint, body=in_body, ids=before.ids if before else ids, who=read.who)


def _summary(
    update: ArticleUpdate, reading: Reading, changes: list[FactChange], verdict: str | None, at: datetime
) -> UpdateSummary:
    alerts = [change for change in changes if change.alert]
    return UpdateSummary(
        id=record_id(update, "summary", verdict),
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
