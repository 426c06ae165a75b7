"""The server of pushes, within the ingester's process."""

import os
from collections.abc import Sequence

from streams.ingest.push.app import PushApp, Send
from streams.serving import InnerServer, listen, quiet
from streams.settings import Settings
from streams.sources.kinds.push import Push


class PushAddressTaken(OSError):
    """Nothing can be served at the address for pushes: one line that says why."""


async def serve(settings: Settings, sources: Sequence[Push], send: Send) -> None:
    """Until cancelled. Raises `PushAddressTaken`."""
    try:
        listener = listen(settings.push_host, settings.push_port)
    except OSError as error:
        where = f"{settings.push_host}:{settings.push_port} (WIREDELTA_PUSH_HOST, WIREDELTA_PUSH_PORT)"
        raise PushAddressTaken(f"pushes cannot be served at {where}: {os.strerror(error.errno or 0)}") from None
    with listener:
        await InnerServer(quiet(PushApp(sources, send).app)).serve(sockets=[listener])
