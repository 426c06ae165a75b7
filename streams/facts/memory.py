"""What is known of an update's story and article before it is read."""

from dataclasses import dataclass, field

from schemas.updates import ArticleUpdate
from streams.facts.rows import (
    ArticleRow,
    Row,
    Rows,
    StoryRow,
    TextRow,
    article_key,
    content_digest,
    decode,
    home_key,
    story_row_key,
    text_key,
)

EXTRACTOR = 3  # counts up when sentences are read differently; known texts are then read again in silence


class StoryChangedError(ValueError):
    """An article came under another story than before."""


@dataclass(frozen=True)
class Memory:
    """``texts`` are the kept texts of the story's articles where another extractor read them, else empty.

    ``verdict`` is set where the update needs no reading: ``duplicate``, ``older version``, ``language not supported``.
    """

    story: StoryRow | None
    article: ArticleRow | None
    text: TextRow | None
    verdict: str | None
    texts: dict[str, ArticleUpdate] = field(default_factory=dict)

    @classmethod
    def blank(cls) -> "Memory":
        """Nothing is known."""
        return cls(None, None, None, None)


def recall(update: ArticleUpdate, rows: Rows) -> Memory:
    """Read what is known. Raises StoryChangedError."""
    home = rows.get_anywhere(home_key(update.article_id))
    if home is not None and home != update.story_key.encode():
        raise StoryChangedError(
            f"story_id: article {update.article_id!r} belongs to story {home.decode()!r}, got {update.story_key!r}"
        )
    story = _get(StoryRow, rows, story_row_key(update.story_key))
    article = _get(ArticleRow, rows, article_key(update.story_key, update.article_id))
    text = _get(TextRow, rows, text_key(update.story_key, update.article_id))
    stale = story is not None and story.extractor != EXTRACTOR
    return Memory(
        story, article, text, _verdict(update, article), _texts(update.story_key, story, rows) if stale else {}
    )


def _verdict(update: ArticleUpdate, article: ArticleRow | None) -> str | None:
    if article and update.version < article.version:
        return "older version"
    if article and update.version == article.version and content_digest(update) == article.content:
        return "duplicate"
    if update.language.split("-")[0].lower() != "en":
        return "language not supported"
    return None


def _texts(story_key: str, story: StoryRow | None, rows: Rows) -> dict[str, ArticleUpdate]:
    kept = {a: _get(TextRow, rows, text_key(story_key, a)) for a in (story.articles if story else ())}
    return {article_id: text.update for article_id, text in kept.items() if text}


def _get(model: type[Row], rows: Rows, key: bytes) -> Row | None:
    row = rows.get(key)
    return None if row is None else decode(model, row)
