"""Stories out of the view: what is known of them, how they came to it, and what was not told."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from schemas.changes import FactChange, UpdateSummary
from schemas.facts import Fact
from schemas.updates import ArticleUpdate
from streams.board.view.alerts import ShownAlert, alerts_of_versions
from streams.board.view.known import known_after
from streams.board.view.schema import View

MAX_CHANGES = 5_000  # of one fact, or of one version
MAX_OF_STORY = 50_000  # changes that are gone through to tell what was known at a time
NOTHING_NEW = "same"  # the outcome of what merely repeats, in these or other words


class UnknownStory(LookupError):
    """No story of that name is in the view."""


class UnknownVersion(LookupError):
    """No such version of an article is in the view: it never was, is withheld, or older than the board looks back."""


@dataclass(frozen=True)
class Story:
    """``story_id`` is the story's key on Kafka, ``slug`` its name in addresses."""

    story_id: str
    slug: str
    headline: str
    outlet: str
    first: datetime
    last: datetime
    alerts: int


@dataclass(frozen=True)
class StoryUpdate:
    """One update and what came of it. ``repeated``: how many facts it merely repeated, in these or other words."""

    summary: UpdateSummary
    alerts: Sequence[ShownAlert]
    considered: Sequence[FactChange]
    repeated: int


def recent_stories(view: View, limit: int, before: datetime | None = None) -> list[Story]:
    """Those with the latest change first."""
    rows = view.reading().execute(
        "SELECT * FROM stories WHERE last < ? ORDER BY last DESC LIMIT ?",
        (before.timestamp() if before else float("inf"), limit),
    )
    return [_story(row) for row in rows]


def find_story(view: View, name: str) -> Story:
    """By its slug or by its id. Raises `UnknownStory`."""
    row = view.reading().execute("SELECT * FROM stories WHERE slug = ? OR story = ?", (name, name)).fetchone()
    if row is None:
        raise UnknownStory(name)
    return _story(row)


def known_facts(view: View, story: str, at: datetime | None = None) -> list[Fact]:
    """What the story is known to say now, or was known to say at a time; those first seen first."""
    if at is None:
        rows = view.reading().execute("SELECT body FROM facts WHERE story = ?", (story,))
        facts = [Fact.model_validate_json(row["body"]) for row in rows]
        return sorted(facts, key=lambda fact: (fact.first_seen, fact.key))
    rows = view.reading().execute(
        "SELECT body FROM changes WHERE story = ? AND detected <= ? ORDER BY seq LIMIT ?",
        (story, at.timestamp(), MAX_OF_STORY),
    )
    return known_after(map(_change, rows))


def fact_history(view: View, story: str, key: str) -> list[FactChange]:
    """The changes of one fact, oldest first."""
    rows = view.reading().execute(
        "SELECT body FROM changes WHERE story = ? AND fact = ? ORDER BY seq LIMIT ?", (story, key, MAX_CHANGES)
    )
    return [_change(row) for row in rows]


def figure_changes(view: View, story: str) -> list[FactChange]:
    """Of all figures, oldest first."""
    rows = view.reading().execute(
        "SELECT body FROM changes WHERE story = ? AND fact >= 'figure|' AND fact < 'figure}' ORDER BY seq LIMIT ?",
        (story, MAX_OF_STORY),
    )
    return [_change(row) for row in rows]


def update_times(view: View, story: str) -> dict[tuple[str, int], datetime]:
    """When the outlets wrote their versions, by article and version."""
    rows = view.reading().execute("SELECT body FROM updates WHERE story = ?", (story,))
    summaries = (UpdateSummary.model_validate_json(row["body"]) for row in rows)
    return {(one.article_id, one.version): one.updated_at for one in summaries}


def story_updates(view: View, story: str, limit: int) -> list[StoryUpdate]:
    """The latest updates of a story, newest first, with what each brought."""
    rows = view.reading().execute("SELECT body FROM updates WHERE story = ? ORDER BY seq DESC LIMIT ?", (story, limit))
    summaries = [UpdateSummary.model_validate_json(row["body"]) for row in rows]
    first = {(one.article_id, one.version): one for one in summaries}  # of a version that came twice
    alerts = alerts_of_versions(view, story, first.keys())
    return [_story_update(view, one, alerts if one in first.values() else None) for one in summaries]


def _story_update(view: View, summary: UpdateSummary, alerts: Sequence[ShownAlert] | None) -> StoryUpdate:
    """``alerts``: those of all the updates; None where this update came of a version that had come before."""
    if alerts is None:
        return StoryUpdate(summary, [], [], 0)
    place = (summary.article_id, summary.version)
    own = [one for one in alerts if (one.alert.article_id, one.alert.version) == place]
    silent = [one for one in version_changes(view, *place) if one.decision == "silent"]
    considered = [one for one in silent if one.outcome != NOTHING_NEW]
    return StoryUpdate(summary, own, considered, len(silent) - len(considered))


def version_changes(view: View, article: str, version: int) -> list[FactChange]:
    """What was considered of one version, told or silent."""
    rows = view.reading().execute(
        "SELECT body FROM changes WHERE article = ? AND version = ? ORDER BY seq LIMIT ?",
        (article, version, MAX_CHANGES),
    )
    return [_change(row) for row in rows]


def find_version(view: View, slug: str, version: int) -> ArticleUpdate:
    """A version of an article, by the article's slug. Raises `UnknownVersion`."""
    row = view.reading().execute("SELECT body FROM versions WHERE slug = ? AND version = ?", (slug, version)).fetchone()
    if row is None:
        raise UnknownVersion(f"version {version} of {slug}")
    return ArticleUpdate.model_validate_json(row["body"])


def version_numbers(view: View, slug: str) -> list[int]:
    """The versions of an article that the view has, in order."""
    rows = view.reading().execute("SELECT version FROM versions WHERE slug = ? ORDER BY version", (slug,))
    return [row["version"] for row in rows]


def _story(row: sqlite3.Row) -> Story:
    first, last = (datetime.fromtimestamp(row[name], UTC) for name in ("first", "last"))
    return Story(row["story"], row["slug"], row["headline"], row["outlet"], first, last, row["alerts"])


def _change(row: sqlite3.Row) -> FactChange:
    return FactChange.model_validate_json(row["body"])
