"""``/healthz`` and ``/readyz`` on the worker's web server, for whoever supervises the process or routes to it."""

from typing import Any

from faust.web import Request, Response, View

from streams.positions import App
from streams.supervision.supervisor import Supervisor

READY, NOT_READY = 200, 503


def add_pages(app: App, supervisor: Supervisor) -> None:
    """``/healthz``: the event loop turns, or there is no answer. ``/readyz``: the worker can do its work."""

    @app.page("/healthz")
    async def healthz(view: View, request: Request) -> Response:
        return _answer(view, READY, {"alive": True})

    @app.page("/readyz")
    async def readyz(view: View, request: Request) -> Response:
        waiting_for = supervisor.waiting_for()
        status = NOT_READY if waiting_for else READY
        return _answer(view, status, {"ready": not waiting_for, "waiting_for": waiting_for})


def _answer(view: View, status: int, content: dict[str, Any]) -> Response:
    return view.json(content, status=status)
