"""Alerts: built from a changed fact, with a line for readers and how sure it is."""

import json
from datetime import datetime
from typing import get_args
from uuid import UUID, uuid5

from schemas.alerts import ALERT_NAMESPACE, Alert, Certainty, Priority, alert_id
from schemas.alerts import Change as AlertChange
from schemas.base import Kind
from schemas.changes import FactChange, Outcome
from schemas.facts import Fact
from schemas.updates import ArticleUpdate
from streams.facts.lexicon.modality import NEGATIONS, UNNAMED
from streams.facts.rows import content_digest

RANK = {kind: n for n, kind in enumerate(get_args(Kind))}  # by which one of several kinds leads


def build_alert(
    update: ArticleUpdate,
    change: AlertChange,
    before: Fact | None,
    after: Fact | None,
    *,
    related: tuple[Fact, ...],
    priority: Priority,
    certainty: Certainty,
    silent_edit: bool,
    flip_flop: bool,
    supersedes: UUID | None,
    detected_at: datetime,
) -> Alert:
    """The whole alert of a changed fact; its id is the same whenever it is built from the same."""
    fact = after or before
    assert fact is not None
    value = after.value if after else None
    return Alert(
        id=alert_id(update.story_key, update.article_id, update.version, fact.kind, change, fact.key, value),
        kind=fact.kind,
        change=change,
        story_id=update.story_key,
        article_id=update.article_id,
        version=update.version,
        source=update.source,
        url=update.url,
        headline=update.headline,
        summary=summary(before, after),
        before=before,
        after=after,
        related=related,
        priority=priority,
        certainty=certainty,
        silent_edit=silent_edit,
        flip_flop=flip_flop,
        supersedes=supersedes,
        published_at=update.published_at,
        updated_at=update.updated_at,
        detected_at=detected_at,
        embargo_until=update.embargo_until,
        status="test" if update.mode == "test" else "replay" if update.mode == "replay" else "actual",
    )


def change_record(
    update: ArticleUpdate,
    outcome: Outcome,
    before: Fact | None,
    after: Fact | None,
    *,
    reason: str,
    alert: Alert | None,
    detected_at: datetime,
    sentence: int | None = None,
) -> FactChange:
    """The audit record of one change; ``sentence`` is the number of the one that a fact was found in."""
    fact = after or before
    assert fact is not None
    return FactChange(
        id=record_id(update, fact.key, outcome, *([] if sentence is None else [sentence])),
        story_id=update.story_key,
        article_id=update.article_id,
        version=update.version,
        outcome=outcome,
        decision="alert" if alert else "silent",
        reason=reason,
        before=before,
        after=after,
        alert=alert,
        detected_at=detected_at,
    )


def record_id(update: ArticleUpdate, *parts: object) -> UUID:
    """The id of an audit record: the same for the same version with the same content."""
    name = [update.story_key, update.article_id, update.version, content_digest(update), *parts]
    return uuid5(ALERT_NAMESPACE, json.dumps(name, separators=(",", ":"), ensure_ascii=False))


def summary(before: Fact | None, after: Fact | None) -> str:
    """One readable line: subject, then the value, or from which to which."""
    fact = after or before
    assert fact is not None
    if after is None or after.state == "retracted":
        return f"{fact.subject}: {fact.value.text} (withdrawn)"
    value = _said(after)
    of = "" if set(fact.subject.lower().split()) <= set(value.lower().split()) else f"{fact.subject}: "
    if before is None:
        return f"{of}{value}"
    old = _said(before)
    if old == value:
        return f"{fact.subject}: {value} ({', '.join(before.hedges) or before.modality} \u2192 {after.modality})"
    return f"{of}{old} \u2192 {value}"


def _said(fact: Fact) -> str:
    text = f"\u201c{fact.value.text}\u201d" if fact.kind == "quote" else fact.value.text
    negated = NEGATIONS & set(text.lower().replace("n't", " n't").split())
    return f"not {text}" if fact.polarity == "denied" and not negated else text


def certainty(fact: Fact) -> Certainty:
    """CAP's word for how sure it is: by modality, hedges and who says so."""
    unnamed = any(UNNAMED & set(name.lower().split()[:3]) for name in fact.attribution)
    if fact.modality == "possible" or unnamed or {"reportedly", "allegedly"} & set(fact.hedges):
        return "possible"
    return "likely" if fact.modality != "real" or fact.hedges else "observed"
