"""The server of pushes, within the ingester's process."""

import asyncio
import logging
import os
from collections.abc import Sequence

from aiokafka.errors import KafkaError

from schemas.topics import SOURCE_POLLS
from streams.ingest.push.app import PushApp, Send, poll_of
from streams.serving import InnerServer, listen, quiet
from streams.settings import Settings
from streams.sources.kinds.push import Push

log = logging.getLogger("wiredelta")

ATTENDED_EVERY = 600.0  # seconds


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
        attending = asyncio.create_task(attend(sources, send))
        try:
            await InnerServer(quiet(PushApp(sources, send).app)).serve(sockets=[listener])
        finally:
            attending.cancel()


async def attend(sources: Sequence[Push], send: Send, every: float = ATTENDED_EVERY) -> None:
    """Say that the door is open, until cancelled: with it the worker sees that a source has long pushed nothing."""
    while True:
        await asyncio.sleep(every)
        for source in sources:
            poll = poll_of(source, "unchanged")
            try:
                await send(SOURCE_POLLS.name, poll.source.encode(), poll.model_dump_json().encode())
            except KafkaError as error:
                log.warning("%s: Kafka did not take that nothing was pushed: %s", source.name, error)
