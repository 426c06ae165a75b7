"""The pages of stories: what is known, how it came to be, and the versions of their articles."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from itertools import groupby
from typing import get_args
from urllib.parse import urlencode

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from schemas.base import Kind
from schemas.facts import Fact
from streams.board.board import Board
from streams.board.charts import HEIGHT, WIDTH, step_charts
from streams.board.view import stories
from streams.board.view.alerts import newest_alert
from streams.board.web.cards import proof
from streams.board.web.feeds import FEEDS
from streams.board.web.margin import rows
from streams.board.web.query import AlertParameters

STORIES_SHOWN = 50
UPDATES_SHOWN = 60

KINDS: Sequence[Kind] = get_args(Kind)
Page = Callable[..., HTMLResponse]  # of a template, the name in the navigation, and what the template shows


def story_routes(board: Board, page: Page) -> APIRouter:
    routes = APIRouter(default_response_class=HTMLResponse)

    @routes.get("/story")
    def story_list(before: datetime | None = None) -> HTMLResponse:
        found = stories.recent_stories(board.view, STORIES_SHOWN, before)
        more = f"/story?{urlencode({'before': found[-1].last.isoformat()})}" if len(found) == STORIES_SHOWN else None
        return page("story_list.html", "Stories", stories=found, older=more)

    @routes.get("/story/{slug}")
    def story(slug: str, at: datetime | None = None) -> HTMLResponse:
        newest = newest_alert(board.view)
        found = stories.find_story(board.view, slug)
        at = at.replace(tzinfo=at.tzinfo or UTC) if at else None
        of_story = AlertParameters(story=found.story_id)
        written = stories.update_times(board.view, found.story_id)
        return page(
            "story.html",
            "Stories",
            story=found,
            at=at,
            known=by_kind(stories.known_facts(board.view, found.story_id, at)),
            charts=step_charts(stories.figure_changes(board.view, found.story_id), written),
            width=WIDTH,
            height=HEIGHT,
            updates=stories.story_updates(board.view, found.story_id, UPDATES_SHOWN),
            newest=newest,
            stream="" if at else of_story.address("/stream", [("shape", "html")]),
            alerts_address=of_story.address("/"),
            feed_address=of_story.address(FEEDS[0].path),
        )

    routes.include_router(_detail_routes(board, page))
    return routes


def _detail_routes(board: Board, page: Page) -> APIRouter:
    routes = APIRouter(default_response_class=HTMLResponse)

    @routes.get("/story/{slug}/history")
    def history(slug: str, fact: str) -> HTMLResponse:
        found = stories.find_story(board.view, slug)
        changes = stories.fact_history(board.view, found.story_id, fact)
        told = [one for one in changes if one.decision == "alert" or one.outcome != stories.NOTHING_NEW] or changes
        subjects = [one.subject for change in changes if (one := change.after or change.before)]
        if not subjects:
            raise stories.UnknownStory(f"{slug}, fact {fact}")
        return page("history.html", "Stories", story=found, changes=told, subject=subjects[-1], proof=proof)

    @routes.get("/version/{slug}/{number}")
    def version(slug: str, number: int) -> HTMLResponse:
        update = stories.find_version(board.view, slug, number)
        numbers = stories.version_numbers(board.view, slug)
        before = [one for one in numbers if one < number]
        earlier = stories.find_version(board.view, slug, before[-1]) if before else None
        compared = rows(board.view, update, earlier)
        return page("version.html", "Stories", update=update, earlier=earlier, numbers=numbers, rows=compared)

    return routes


def by_kind(facts: Sequence[Fact]) -> list[tuple[Kind, list[Fact]]]:
    """In the kinds' own order."""
    ordered = sorted(facts, key=lambda fact: (KINDS.index(fact.kind), fact.first_seen))
    return [(kind, list(of_kind)) for kind, of_kind in groupby(ordered, key=lambda fact: fact.kind)]
