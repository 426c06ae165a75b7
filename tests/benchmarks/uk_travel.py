"""Real articles: the pages of the UK's most revised travel advice, every version of them, as ArticleUpdates."""

import json
import lzma
import os
from collections import Counter
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

from schemas.updates import ArticleUpdate

ROOT = Path(__file__).parents[2]
NAME = "travel_uk_fulltext_sequences_dev.jsonl.xz"


def data_file() -> Path:
    """In the folder that EVALUATION_DATA names, or in ../shared/data."""
    folder = Path(os.environ.get("EVALUATION_DATA") or ROOT.parent / "shared" / "data")
    return folder / NAME


def load_updates(path: Path) -> list[ArticleUpdate]:
    """A page is an article, a destination a story; in the order of time, as a feed would have brought them."""
    with lzma.open(path, "rt", encoding="utf-8") as file:
        destinations = [json.loads(line) for line in file]
    observed = [
        (datetime.fromisoformat(version["observed_at"]), destination["country"], version["pages"])
        for destination in destinations
        for version in destination["versions"]
    ]
    versions: Counter[str] = Counter()
    return [
        _update(country, page, at, markdown, versions)
        for at, country, pages in sorted(observed, key=lambda one: (one[0], one[1]))
        for page, markdown in pages.items()
    ]


def _update(country: str, page: str, at: datetime, markdown: str, versions: Counter[str]) -> ArticleUpdate:
    article = f"https://example.org/{_slug(country)}/{_slug(page)}"
    versions[article] += 1
    return ArticleUpdate(
        article_id=article,
        version=versions[article],
        story_id=f"travel-advice-{_slug(country)}",
        source="example.org",
        url=article,
        headline=f"{country} travel advice: {page}",
        body=plain_text(markdown),
        published_at=at,
        updated_at=at,
    )


def _slug(words: str) -> str:
    return "-".join(words.lower().split())


@lru_cache(maxsize=1000)  # two page versions in three are as they were
def plain_text(markdown: str) -> str:
    """Paragraphs, headings and list items, each a paragraph; without images, and with the words of links."""
    texts = [_words(token) for token in MarkdownIt().parse(markdown) if token.type == "inline"]
    return "\n\n".join(text for text in texts if text)


def _words(block: Token) -> str:
    parts = [_part(token) for token in block.children or []]
    return " ".join("".join(parts).split())


def _part(token: Token) -> str:
    """A line break is a blank, an image nothing; text and code are themselves."""
    return {"softbreak": " ", "hardbreak": " ", "image": "", "html_inline": ""}.get(token.type, token.content)


def size(updates: list[ArticleUpdate]) -> dict[str, Any]:
    articles = {update.article_id for update in updates}
    stories = {update.story_key for update in updates}
    return {"updates": len(updates), "articles": len(articles), "stories": len(stories)}
