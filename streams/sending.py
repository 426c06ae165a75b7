"""Messages as Faust hands them over, and outputs sent so that the broker has them before anything else is done."""

import asyncio
from collections.abc import Sequence
from typing import Any

from faust.types import EventT

from streams.positions import App
from streams.tracking import Message, Output

SEND_AT_ONCE = 100  # messages handed to the producer before the event loop turns to others


def message_of(event: EventT[Any]) -> Message:
    message: Any = event.message
    return Message(
        topic=message.topic,
        partition=message.partition,
        offset=message.offset,
        timestamp=message.timestamp,
        key=message.key,
        value=message.value,
        headers=list(message.headers or ()),
    )


async def deliver(app: App, outputs: Sequence[Output]) -> None:
    """Send in order, and return once the broker has acknowledged all."""
    acknowledgements = []
    for number, output in enumerate(outputs, start=1):
        sent = await app.producer.send(output.topic, output.key, output.value, None, None, output.headers)
        acknowledgements.append(sent)
        if number % SEND_AT_ONCE == 0:
            await asyncio.sleep(0)
    await asyncio.gather(*acknowledgements)
