"""The HTTP interface: alerts, stories and their facts as JSON."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import AwareDatetime, BaseModel, Field

from schemas.alerts import Alert
from schemas.facts import Fact
from streams.board.board import Board
from streams.board.view import stories
from streams.board.view.alerts import find_alerts, one_alert
from streams.board.web.problem import Answers, Problem
from streams.board.web.query import AlertParameters

PAGE, LARGEST_PAGE = 50, 200


NOT_FOUND: Answers = {404: {"model": Problem}}


class AlertListParameters(AlertParameters):
    """Conditions, and which page of the answer."""

    limit: int = Field(PAGE, ge=1, le=LARGEST_PAGE)
    cursor: UUID | None = Field(None, description="`next` of the page before")


class Alerts(BaseModel):
    """A page of alerts, newest first. ``next`` is the cursor of the next page, null on the last one."""

    alerts: Sequence[Alert]
    next: UUID | None


class StoryHead(BaseModel):
    """A story. ``name`` is what stands for its id in addresses."""

    story_id: str
    name: str
    headline: str
    source: str
    first_seen: datetime
    last_changed: datetime
    alerts: int


class Stories(BaseModel):
    """Stories, the latest changed first. ``next`` is what to give as `before` for the next page, null on the last."""

    stories: Sequence[StoryHead]
    next: datetime | None


class Facts(BaseModel):
    """What a story was known to say at a time."""

    story_id: str
    at: datetime
    facts: Sequence[Fact]


def api_routes(board: Board) -> APIRouter:
    routes = APIRouter()

    @routes.get("/alerts", tags=["alerts"], responses=NOT_FOUND, summary="Alerts, newest first")
    def alerts(wanted: Annotated[AlertListParameters, Query()]) -> Alerts:
        page = find_alerts(board.view, wanted.query(), wanted.limit, wanted.cursor)
        return Alerts(alerts=[shown.alert for shown in page.alerts], next=page.following)

    @routes.get("/alerts/{id}", tags=["alerts"], responses=NOT_FOUND, summary="One alert")
    def alert(id: UUID) -> Alert:
        return one_alert(board.view, id).alert

    @routes.get("/stories", tags=["stories"], summary="Stories, the latest changed first")
    def story_list(
        limit: Annotated[int, Query(ge=1, le=LARGEST_PAGE)] = PAGE, before: AwareDatetime | None = None
    ) -> Stories:
        found = stories.recent_stories(board.view, limit, before)
        heads = [_head(story) for story in found]
        return Stories(stories=heads, next=found[-1].last if len(found) == limit else None)

    @routes.get("/stories/{name}", tags=["stories"], responses=NOT_FOUND, summary="One story")
    def story(name: str) -> StoryHead:
        return _head(stories.find_story(board.view, name))

    @routes.get(
        "/stories/{name}/facts", tags=["stories"], responses=NOT_FOUND, summary="What a story is or was known to say"
    )
    def facts(name: str, at: AwareDatetime | None = None) -> Facts:
        found = stories.find_story(board.view, name)
        known = stories.known_facts(board.view, found.story_id, at)
        return Facts(story_id=found.story_id, at=at or datetime.now(UTC), facts=known)

    return routes


def _head(story: stories.Story) -> StoryHead:
    return StoryHead(
        story_id=story.story_id,
        name=story.slug,
        headline=story.headline,
        source=story.outlet,
        first_seen=story.first,
        last_changed=story.last,
        alerts=story.alerts,
    )
