"""What happens now, as server-sent events; a reader that was cut off goes on where it was."""

import asyncio
from collections.abc import AsyncIterator
from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Header, HTTPException, Query
from fastapi.responses import StreamingResponse
from pydantic import Field

from streams.board.board import RELOAD, Board, link_event
from streams.board.hub import Looking, Shape
from streams.board.view.alerts import UnknownAlert, alerts_since
from streams.board.web.problem import Answers, Problem
from streams.board.web.query import AlertParameters

READERS = 2_000  # at once; more are asked to come back later
MISSED = 500  # alerts that a reader is told after it was away; more are for it to read in the list
RETRY_MS = 2_000

DESCRIPTION = """\
`alert` events carry an alert as JSON, with its id as the event's. A reader that sends `Last-Event-ID` (browsers do), or
`since`, is told what it has missed; an alert may come twice. `reload`: too much was missed, read `/alerts`. `silent`:
so many changes were considered and kept silent. `link`: how the board stands with Kafka."""


class StreamParameters(AlertParameters):
    """Conditions, where to begin, and what to send."""

    since: UUID | Literal["none"] | None = Field(
        None,
        description="an alert: what came after it is told first. `none`: all that is there. Left out: only what comes",
    )
    shape: Shape = Field("json", description="of the alerts; `html` is for the board's pages, `none` leaves them out")


def stream_routes(board: Board) -> APIRouter:
    routes = APIRouter(tags=["alerts"])
    answers: Answers = {200: {"content": {"text/event-stream": {}}}, 503: {"model": Problem}}

    @routes.get(
        "/stream",
        response_class=StreamingResponse,
        responses=answers,
        summary="Alerts as they come, as server-sent events",
        description=DESCRIPTION,
    )
    async def stream(
        wanted: Annotated[StreamParameters, Query()], last_event_id: Annotated[str | None, Header()] = None
    ) -> StreamingResponse:
        query = wanted.query()
        if len(board.hub) >= READERS:
            raise HTTPException(503, "too many readers", {"Retry-After": "10"})
        looking = board.hub.join(query, wanted.shape)  # before the past is read: what comes between is not missed
        begin = last_event_id or (str(wanted.since) if wanted.since else None)
        return StreamingResponse(
            _events(board, looking, begin),
            media_type="text/event-stream",
            headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
        )

    return routes


async def _events(board: Board, looking: Looking, begin: str | None) -> AsyncIterator[bytes]:
    try:
        yield f"retry: {RETRY_MS}\n\n".encode() + link_event(board.link)
        if begin is not None:
            yield await asyncio.to_thread(_missed, board, looking, begin)
        async for chunk in looking.chunks():
            yield chunk
    finally:
        board.hub.leave(looking)


def _missed(board: Board, looking: Looking, begin: str) -> bytes:
    try:
        shown = alerts_since(board.view, looking.query, None if begin == "none" else UUID(begin), MISSED)
    except (UnknownAlert, ValueError):
        return RELOAD
    if shown is None:
        return RELOAD
    return b"".join(board.hub.alert_event(one, looking.shape) for one in shown)
