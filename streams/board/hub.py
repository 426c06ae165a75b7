"""What happens now, to everybody who is looking: bounded queues, and one encoding for all."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Callable, Iterable
from dataclasses import dataclass, field
from typing import Literal

from streams.board.view.alerts import AlertQuery, ShownAlert

QUEUED = 1_000  # messages that one reader may be behind; a slower one is cut off, and resumes where it was
PING_SECONDS = 15.0

Shape = Literal["json", "html", "none"]  # in which alerts are told; none: only what else happens
Encode = Callable[[ShownAlert, Shape], str]
PING = b": still here\n\n"


def event(name: str, data: str, identity: str | None = None) -> bytes:
    """One server-sent event."""
    head = f"id: {identity}\n" if identity else ""
    lines = "".join(f"data: {line}\n" for line in data.splitlines() or [""])
    return f"{head}event: {name}\n{lines}\n".encode()


@dataclass(eq=False)
class Looking:
    """One reader. ``async for chunk in looking.chunks()`` ends where it is too slow, or where the board ends."""

    query: AlertQuery
    shape: Shape
    _waiting: deque[bytes] = field(default_factory=deque)
    _something: asyncio.Event = field(default_factory=asyncio.Event)
    _ended: bool = False

    def put(self, message: bytes) -> None:
        if len(self._waiting) >= QUEUED:
            self.end()
        if not self._ended:
            self._waiting.append(message)
            self._something.set()

    def end(self) -> None:
        self._ended = True
        self._waiting.clear()
        self._something.set()

    async def chunks(self) -> AsyncIterator[bytes]:
        """All that waits, at once; a comment now and then, so that a connection that is gone is noticed."""
        while not self._ended:
            try:
                async with asyncio.timeout(PING_SECONDS):
                    await self._something.wait()
            except TimeoutError:
                yield PING
                continue
            self._something.clear()
            chunk = b"".join(self._waiting)
            self._waiting.clear()
            if chunk:
                yield chunk


class Hub:
    """Everybody who is looking. Not for threads: it lives in the event loop."""

    def __init__(self, encode: Encode) -> None:
        self._encode = encode
        self._looking: set[Looking] = set()
        self._ended = False

    def __len__(self) -> int:
        return len(self._looking)

    def join(self, query: AlertQuery, shape: Shape) -> Looking:
        looking = Looking(query, shape)
        self._looking.add(looking)
        if self._ended:
            looking.end()
        return looking

    def leave(self, looking: Looking) -> None:
        self._looking.discard(looking)

    def tell_alerts(self, alerts: Iterable[ShownAlert]) -> None:
        """Each to those whose query it matches; equal queries are asked once."""
        for shown in alerts:
            matched: dict[AlertQuery, bool] = {}
            encoded: dict[Shape, bytes] = {}
            for looking in [one for one in self._looking if one.shape != "none"]:
                if looking.query not in matched:
                    matched[looking.query] = looking.query.matches(shown.alert)
                if matched[looking.query]:
                    if looking.shape not in encoded:
                        encoded[looking.shape] = self.alert_event(shown, looking.shape)
                    looking.put(encoded[looking.shape])

    def alert_event(self, shown: ShownAlert, shape: Shape) -> bytes:
        return event("alert", self._encode(shown, shape), str(shown.alert.id))

    def tell_all(self, message: bytes) -> None:
        for looking in list(self._looking):
            looking.put(message)

    def end(self) -> None:
        """Let everybody go; who joins later is let go at once."""
        self._ended = True
        for looking in self._looking:
            looking.end()
