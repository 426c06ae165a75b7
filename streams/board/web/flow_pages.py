"""The page of the flow, and the one thing that can be changed here: a dead letter goes to its topic once more."""

from urllib.parse import parse_qs

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, RedirectResponse

from streams.board.board import Board
from streams.board.charts import bars
from streams.board.view import flow
from streams.board.web.security import require_admin
from streams.board.web.story_pages import Page
from streams.client.dead_letters import replay_dead_letter

LETTERS_SHOWN = 50
LONGEST_FORM = 10_000  # bytes


def flow_routes(board: Board, page: Page) -> APIRouter:
    routes = APIRouter(default_response_class=HTMLResponse)

    @routes.get("/flow")
    def flow_page(replayed: str = "") -> HTMLResponse:
        counted = flow.rates(board.view)
        named = (("Updates", counted.updates), ("Alerts", counted.alerts), ("Kept silent", counted.silent))
        return page(
            "flow.html",
            "Flow",
            notice="The message was sent to its topic once more." if replayed else None,
            latencies=flow.latencies(board.view),
            charts=[bars(name, counts) for name, counts in named],
            letters=flow.recent_letters(board.view, LETTERS_SHOWN),
            letter_count=flow.letter_count(board.view),
            may_replay=board.settings.admin_token is not None,
        )

    @routes.post("/flow/replay/{partition}/{offset}")
    async def replay(request: Request, partition: int, offset: int) -> RedirectResponse:
        body = (await request.body())[:LONGEST_FORM]
        require_admin(board.settings, parse_qs(body.decode("utf-8", "replace")).get("token", [""])[0])
        letter = (await run_in_threadpool(flow.find_letter, board.view, partition, offset)).letter
        await replay_dead_letter(board.settings, letter)
        return RedirectResponse("/flow?replayed=1", status_code=303)

    return routes
