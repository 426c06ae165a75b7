"""The pages. Each is whole without a script; the script keeps them up to date."""

from datetime import UTC, datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse, Response
from prometheus_client import CONTENT_TYPE_LATEST

from streams.board.board import Board
from streams.board.metrics import BoardMetrics
from streams.board.view import flow, sources, stories
from streams.board.view.alerts import (
    AlertPage,
    ShownAlert,
    UnknownAlert,
    find_alerts,
    newest_alert,
    one_alert,
    outlets,
)
from streams.board.web.feeds import FEEDS
from streams.board.web.flow_pages import flow_routes
from streams.board.web.query import AlertParameters, BadFilter
from streams.board.web.render import render
from streams.board.web.story_pages import KINDS, story_routes

ALERTS_SHOWN = 40
STORIES_ASIDE = 12
HOUR = 3600


class PageParameters(AlertParameters):
    """The page's conditions, and where it begins."""

    after: UUID | None = None


def page_routes(board: Board) -> APIRouter:
    routes = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

    def page(template: str, name: str, **values: Any) -> HTMLResponse:
        return HTMLResponse(render(template, page=name, link=board.link, **values))

    @routes.get("/")
    def now(wanted: Annotated[PageParameters, Query()]) -> HTMLResponse:
        newest = newest_alert(board.view)  # before the list is read: what comes between is then told twice, not missed
        problem = None
        try:
            alerts = find_alerts(board.view, wanted.query(), ALERTS_SHOWN, wanted.after)
        except BadFilter as error:
            problem, alerts = str(error), AlertPage([], None)
        return page(
            "now.html",
            "Now",
            alerts=alerts,
            wanted=wanted,
            problem=problem,
            newest=newest,
            kinds=KINDS,
            outlets=outlets(board.view),
            stories=stories.recent_stories(board.view, STORIES_ASIDE),
            silent=flow.silent_since(board.view, datetime.now(UTC).timestamp() - HOUR),
            stream="" if problem or wanted.after else wanted.address("/stream", [("shape", "html")]),
            older=wanted.address("/", [("after", str(alerts.following))]),
            feeds=[(feed.name, feed.media_type, wanted.address(feed.path)) for feed in FEEDS],
            interface=wanted.address("/alerts"),
        )

    @routes.get("/alert/{identity}")
    def alert(identity: UUID) -> HTMLResponse:
        shown = one_alert(board.view, identity)
        return page(
            "alert.html",
            "Now",
            shown=shown,
            earlier=_known(board, shown.alert.supersedes),
            later=_known(board, shown.replaced_by),
        )

    @routes.get("/sources")
    def sources_page() -> HTMLResponse:
        states = sources.source_states(board.view)
        unwell = sum(state.health != "ok" for state in states)
        return page("sources.html", "Sources", sources=states, unwell=unwell)

    metrics = BoardMetrics(board)

    @routes.get("/metrics")
    def metrics_text() -> Response:
        return Response(metrics.text(), media_type=CONTENT_TYPE_LATEST)

    routes.include_router(flow_routes(board, page))
    routes.include_router(story_routes(board, page))
    return routes


def _known(board: Board, identity: UUID | None) -> ShownAlert | None:
    try:
        return one_alert(board.view, identity) if identity else None
    except UnknownAlert:
        return None
