"""The board as a process: its web server, until it is stopped."""

import asyncio
import logging
import os
import signal
import socket
from pathlib import Path

import uvicorn

from streams.board.address import board_address
from streams.board.board import Board
from streams.board.web.app import create_app
from streams.board.web.render import encode_alert
from streams.serving import listen, quiet
from streams.settings import Settings

log = logging.getLogger(__name__)


class AddressTaken(OSError):
    """Nothing can be served at the board's address: one line that says why."""


class Server(uvicorn.Server):
    """uvicorn's, which waits for streams to end before it ends; so they are told to."""

    def __init__(self, config: uvicorn.Config, board: Board) -> None:
        super().__init__(config)
        self._board = board

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        log.warning("Board ready at %s", board_address(self._board.settings))

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._board.hub.end()
        await super().shutdown(sockets)


def serve(settings: Settings, folder: Path) -> None:
    """Returns when it is stopped by SIGTERM. ``folder`` takes the view. Raises `AddressTaken`."""
    signal.signal(signal.SIGTERM, lambda *_: None)  # uvicorn raises it once more when all has ended, before we clean up
    with _listen(settings) as listener:
        asyncio.run(_serve(Board(settings, folder, encode_alert), listener))


async def _serve(board: Board, listener: socket.socket) -> None:
    async with board.running():
        await Server(quiet(create_app(board)), board).serve(sockets=[listener])


def _listen(settings: Settings) -> socket.socket:
    try:
        return listen(settings.board_host, settings.board_port)
    except OSError as error:
        raise AddressTaken(
            f"nothing can be served at {board_address(settings)}: {os.strerror(error.errno or 0)}"
        ) from None
