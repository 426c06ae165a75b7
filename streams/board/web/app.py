"""The web application, put together."""

from collections.abc import Callable
from importlib.metadata import version
from urllib.parse import unquote

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse, Response
from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware
from starlette.staticfiles import StaticFiles

from streams.board.board import Board
from streams.board.view.alerts import UnknownAlert
from streams.board.view.flow import UnknownLetter
from streams.board.view.stories import UnknownStory, UnknownVersion
from streams.board.web.api import api_routes
from streams.board.web.feeds import FEEDS, feed_routes
from streams.board.web.pages import page_routes
from streams.board.web.problem import UNREADABLE
from streams.board.web.query import BadFilter
from streams.board.web.render import STATIC, render
from streams.board.web.security import NotAllowed, SecurityHeaders
from streams.board.web.stream import stream_routes
from streams.kafka import BrokerUnavailable, KafkaRefused
from streams.topics import UnknownTopic

FOR_PROGRAMS = ("/alerts", "/stories", "/stream", "/openapi.json", *(feed.path for feed in FEEDS))
UNKNOWN = "It never was there, or it is older than the board looks back."
Handler = Callable[[Request, Exception], Response]


def create_app(board: Board) -> FastAPI:
    """The board's web application. That the board runs is the caller's to see to."""
    app = FastAPI(
        title="wiredelta board",
        version=version("wiredelta"),
        summary="Alerts about changed facts, the stories they belong to, and feeds of them",
        docs_url=None,  # it loads scripts from elsewhere
        redoc_url=None,
    )
    app.add_middleware(GZipMiddleware)
    app.add_middleware(SecurityHeaders)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    for routes in (page_routes, api_routes, stream_routes, feed_routes):
        app.include_router(routes(board), responses=UNREADABLE)
    _add_handlers(app, board)
    return app


def _add_handlers(app: FastAPI, board: Board) -> None:
    def tell(status: int, title: str, words: Callable[[Exception], str]) -> Handler:
        def handle(request: Request, error: Exception) -> Response:
            return _problem(request, board, status, title, words(error))

        return handle

    for unknown in (UnknownAlert, UnknownStory, UnknownVersion, UnknownLetter):
        app.add_exception_handler(unknown, tell(404, "Not here", lambda error: UNKNOWN))
    app.add_exception_handler(BadFilter, tell(422, "This cannot be read", str))
    app.add_exception_handler(NotAllowed, tell(403, "Not allowed", str))
    for away in (BrokerUnavailable, KafkaRefused, UnknownTopic):
        app.add_exception_handler(away, tell(503, "Kafka did not do it", str))

    def http_problem(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        words = UNKNOWN if error.status_code == 404 else str(error.detail)
        response = _problem(request, board, error.status_code, "Not here", words)
        response.headers.update(error.headers or {})
        return response

    app.add_exception_handler(HTTPException, http_problem)
    app.add_exception_handler(RequestValidationError, tell(422, "This cannot be read", _first_problem))


def _problem(request: Request, board: Board, status: int, title: str, words: str) -> Response:
    """A page for people, one line of JSON for programs."""
    if unquote(request.url.path).startswith(FOR_PROGRAMS):
        return JSONResponse({"detail": words}, status)
    return HTMLResponse(render("problem.html", page="", link=board.link, title=title, words=words), status)


def _first_problem(error: Exception) -> str:
    assert isinstance(error, RequestValidationError)
    first = error.errors()[0]
    return f"{first['loc'][-1]}: {first['msg']}"
