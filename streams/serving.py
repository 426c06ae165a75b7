"""What our web servers have in common: the socket, and a uvicorn that is quiet."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import uvicorn

END_WITHIN = 3  # seconds, in which requests that are under way may end


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens there, for IPv4 or IPv6 as the host is written. Raises OSError."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    return socket.create_server((host, port), family=family, backlog=2048)


def quiet(app: Any) -> uvicorn.Config:
    """No logging, no lifespan, no word on who serves."""
    return uvicorn.Config(
        app,
        log_config=None,
        lifespan="off",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=END_WITHIN,
    )


class InnerServer(uvicorn.Server):
    """One within a process that has more to stop: signals are left to that."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield
