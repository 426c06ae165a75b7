"""Cases: passages of real text, each with what a transformation makes of it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from random import Random

from schemas.updates import ArticleUpdate
from tests.benchmarks.uk_travel import NAME as UK_TEXTS
from tests.benchmarks.uk_travel import load_updates
from tests.evaluation import stories
from tests.evaluation.data import STORIES, Shared
from tests.evaluation.metamorphic.passage import Passage, Transformation
from tests.evaluation.metamorphic.registry import CHANGED, KEPT

SEED = 20
WINDOW = 4  # paragraphs of a passage
PROSE = 60  # characters; shorter paragraphs are headings and list items
PUBLISHED = "2025-06-10T08:00:00Z"
UPDATED = "2025-06-10T11:00:00Z"


@dataclass(frozen=True)
class Case:
    transformation: str
    before: Passage
    after: Passage


def passages(shared: Shared) -> list[Passage]:
    """Of the open stories, and of the UK's travel advice where it is at hand; each once, in an order of chance."""
    found = list(dict.fromkeys([*_of_stories(shared), *_of_travel_advice(shared)]))
    Random(SEED).shuffle(found)
    return found


def _of_stories(shared: Shared) -> Iterator[Passage]:
    for folder in filter(None, (shared.stories, STORIES)):
        for story in stories.load(folder):
            for line in story.lines:
                update = line["update"]
                yield from _windows(update["headline"], update["body"].split("\n\n"))


def _of_travel_advice(shared: Shared) -> Iterator[Passage]:
    if shared.data and (shared.data / UK_TEXTS).is_file():
        for headline, body in _pages(shared.data / UK_TEXTS):
            yield from _windows(headline, [p for p in body.split("\n\n") if len(p) >= PROSE])


@lru_cache(maxsize=1)
def _pages(path: Path) -> list[tuple[str, str]]:
    """Every page's first and last version: those between differ little."""
    kept: dict[str, list[ArticleUpdate]] = {}
    for update in load_updates(path):
        kept.setdefault(update.article_id, []).append(update)
    return [(u.headline, u.body) for versions in kept.values() for u in (versions[0], versions[-1])]


def _windows(headline: str, paragraphs: list[str]) -> Iterator[Passage]:
    for start in range(0, max(1, len(paragraphs) - WINDOW + 1), WINDOW - 1):
        yield Passage(headline, tuple(paragraphs[start : start + WINDOW]))


def cases(found: Iterable[Passage], each: int) -> list[Case]:
    """At most so many for each transformation, no change twice; the same each time."""
    texts = list(found)
    return [case for change in (*KEPT, *CHANGED) for case in _of(change, texts, each)]


def _of(transformation: Transformation, texts: list[Passage], each: int) -> list[Case]:
    name = transformation.__name__
    rng = Random(f"{SEED} {name}")
    made: list[Case] = []
    seen: set[frozenset[str]] = set()
    for before in rng.sample(texts, len(texts)):
        after = transformation(before, rng) if len(made) < each else None
        if after is None or after == before:
            continue
        reworded = _reworded(before, after)
        if not reworded or reworded not in seen:
            seen.add(reworded)
            made.append(Case(name, before, after))
    return made


def _reworded(before: Passage, after: Passage) -> frozenset[str]:
    """The paragraphs that replace others; none where paragraphs were moved, dropped or added alone."""
    gone, come = (frozenset(a.paragraphs) - frozenset(b.paragraphs) for a, b in ((before, after), (after, before)))
    return come if gone else frozenset()


def updates(case: Case, number: int) -> list[ArticleUpdate]:
    """Two versions of an article, or two outlets' articles, in a story of their own."""
    return [
        _update(case.before, f"case-{number}", 1, PUBLISHED),
        _update(case.after, f"case-{number}", 2 if case.after.outlet == case.before.outlet else 1, UPDATED),
    ]


def _update(passage: Passage, story: str, version: int, at: str) -> ArticleUpdate:
    return ArticleUpdate.model_validate_strings(
        {
            "article_id": f"https://{passage.outlet}/{story}",
            "version": str(version),
            "story_id": story,
            "source": passage.outlet,
            "headline": passage.headline,
            "body": passage.body,
            "published_at": PUBLISHED,
            "updated_at": at,
        }
    )
