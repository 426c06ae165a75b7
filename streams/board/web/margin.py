"""A version of an article with its facts in the margin."""

from collections.abc import Sequence
from dataclasses import dataclass

from schemas.changes import FactChange
from schemas.updates import ArticleUpdate
from streams.board.diff import Paragraph, Row, Words, changed_words, side_by_side
from streams.board.view.schema import View
from streams.board.view.stories import NOTHING_NEW, version_changes

TOLD_WITH = "told with "


@dataclass(frozen=True)
class Note:
    """What was found in a paragraph; ``alert``: the id of the alert that tells it, if one does."""

    change: FactChange
    alert: str | None


def rows(view: View, update: ArticleUpdate, earlier: ArticleUpdate | None) -> list[tuple[Row, list[Note]]]:
    """The headline, then the paragraphs, each with its notes: at the new one, or at the old one if that was removed."""
    notes = _notes(view, update)
    compared = [_headline(update, earlier), *side_by_side(earlier.body if earlier else "", update.body)]
    return [(row, [note for note in notes if _lies_in(note, row, index == 0)]) for index, row in enumerate(compared)]


def _headline(update: ArticleUpdate, earlier: ArticleUpdate | None) -> Row:
    if earlier is None:
        return Row(None, _whole(update.headline), (), [Words(update.headline)])
    old, new = changed_words(earlier.headline, update.headline)
    return Row(_whole(earlier.headline), _whole(update.headline), old, new)


def _whole(text: str) -> Paragraph:
    return Paragraph(text, 0, len(text))


def _notes(view: View, update: ArticleUpdate) -> Sequence[Note]:
    changes = version_changes(view, update.article_id, update.version)
    alerts = told_by(view, update)
    return [
        Note(change, _told_with(change) or alerts.get((fact.kind, fact.key)))
        for change in changes
        if change.outcome != NOTHING_NEW and (fact := change.after or change.before) is not None
    ]


def told_by(view: View, update: ArticleUpdate) -> dict[tuple[str, str], str]:
    """The ids of the alerts that a version caused, by kind and key of their fact."""
    query = "SELECT kind, fact, id FROM alerts WHERE article = ? AND version = ?"
    found = view.reading().execute(query, (update.article_id, update.version))
    return {(row["kind"], row["fact"]): row["id"] for row in found}


def _told_with(change: FactChange) -> str | None:
    return change.reason.removeprefix(TOLD_WITH) if change.reason.startswith(TOLD_WITH) else None


def _lies_in(note: Note, row: Row, is_headline: bool) -> bool:
    fact = note.change.after or note.change.before
    assert fact is not None
    if (fact.evidence.field == "headline") != is_headline:
        return False
    paragraph = row.new if note.change.after else row.old
    return paragraph is not None and paragraph.start <= fact.evidence.start < max(paragraph.end, 1)
