"""The server of pushes, within the ingester's process."""

import os
import socket
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import uvicorn

from streams.ingest.push.app import PushApp, Send
from streams.settings import Settings
from streams.sources.kinds.push import Push

END_WITHIN = 3  # seconds, in which requests that are under way may end


class PushAddressTaken(OSError):
    """Nothing can be served at the address for pushes: one line that says why."""


class _Server(uvicorn.Server):
    """Leaves signals to the process, which has more than this server to stop."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


async def serve(settings: Settings, sources: Sequence[Push], send: Send) -> None:
    """Until cancelled. Raises `PushAddressTaken`."""
    family = socket.AF_INET6 if ":" in settings.push_host else socket.AF_INET
    try:
        listener = socket.create_server((settings.push_host, settings.push_port), family=family)
    except OSError as error:
        where = f"{settings.push_host}:{settings.push_port} (WIREDELTA_PUSH_HOST, WIREDELTA_PUSH_PORT)"
        raise PushAddressTaken(f"pushes cannot be served at {where}: {os.strerror(error.errno or 0)}") from None
    config = uvicorn.Config(
        PushApp(sources, send).app,
        log_config=None,
        lifespan="off",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=END_WITHIN,
    )
    with listener:
        await _Server(config).serve(sockets=[listener])
