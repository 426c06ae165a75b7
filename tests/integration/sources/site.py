"""A web server that plays what a test tells it to: raw answers, byte by byte, on a port of its own."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Asked:
    """A request: its path, and its headers by lower-case name."""

    path: str
    headers: dict[str, str]


@dataclass(frozen=True)
class Answer:
    """``hang``: nothing is sent after the body, which is said to be longer than it is."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    hang: bool = False


Plays = Callable[[Asked], Answer]


@dataclass
class Site:
    """``plays`` answers each request; what was asked is kept in ``asked``."""

    plays: Plays
    address: str = ""
    asked: list[Asked] = field(default_factory=list)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                asked = await _request(reader)
                self.asked.append(asked)
                answer = self.plays(asked)
                length = len(answer.body) + (1 if answer.hang else 0)
                head = [f"HTTP/1.1 {answer.status} Status", f"Content-Length: {length}"]
                head += [f"{name}: {value}" for name, value in answer.headers.items()]
                writer.write("\r\n".join([*head, "", ""]).encode() + answer.body)
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()


async def _request(reader: asyncio.StreamReader) -> Asked:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    first, *lines = head.strip().split("\r\n")
    named = (line.partition(": ") for line in lines)
    return Asked(first.split()[1], {name.lower(): value for name, _, value in named})


@asynccontextmanager
async def playing(plays: Plays) -> AsyncIterator[Site]:
    site = Site(plays)
    server = await asyncio.start_server(site.serve, "127.0.0.1", 0)
    host, port = server.sockets[0].getsockname()[:2]
    site.address = f"http://{host}:{port}"
    try:
        yield site
    finally:
        server.close()


def rss(*items: tuple[str, str]) -> Answer:
    """A feed of items, each a guid and a text."""
    listed = "".join(
        f"<item><guid isPermaLink='false'>{guid}</guid><title>About {guid}</title>"
        f"<description>{text}</description></item>"
        for guid, text in items
    )
    body = f"<?xml version='1.0'?><rss version='2.0'><channel><title>Feed</title>{listed}</channel></rss>"
    return Answer(body.encode(), headers={"Content-Type": "application/rss+xml"})
