"""The web application that takes pushes: each is on Kafka before it is answered with 202."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from schemas.decode import BadMessage, decode_update
from schemas.polls import Item, Poll, PollOutcome
from schemas.topics import ARTICLE_UPDATES, SOURCE_POLLS
from schemas.updates import ArticleUpdate
from streams.ingest.push.authentication import authenticated
from streams.sources.content import Content, Unreadable
from streams.sources.kinds.push import Push, read
from streams.wire import TooLarge, encode_update

MAX_BODY = 10_000_000  # bytes
MAX_LINES = 1_000  # of a batch
AT_ONCE = 20  # pushes on their way to Kafka; further ones are asked to come again
WITHIN = 10.0  # seconds in which Kafka must take a push
HEADERS = {401: {"WWW-Authenticate": "Bearer"}, 429: {"Retry-After": "5"}}  # by status
JSON_LINES = ("application/x-ndjson", "application/jsonl", "application/json-lines", "application/x-jsonlines")

Send = Callable[[str, bytes, bytes], Awaitable[Any]]  # topic, key, value; returns once the broker has it


@dataclass(frozen=True)
class Refused(Exception):
    """An answer other than 202."""

    status: int
    detail: str


@dataclass(frozen=True)
class Message:
    """What a document becomes on Kafka."""

    topic: str
    key: bytes
    value: bytes
    article_id: str


class PushApp:
    """``POST /updates``: an ArticleUpdate, a ninjs document, or several of either as JSON Lines."""

    def __init__(self, sources: Sequence[Push], send: Send) -> None:
        self.sources, self.send = sources, send
        self._at_once = 0
        self.app = Starlette(
            routes=[Route("/updates", self.updates, methods=["POST"]), Route("/healthz", self.healthz)]
        )

    async def healthz(self, request: Request) -> Response:
        return JSONResponse({"status": "ok"})

    async def updates(self, request: Request) -> Response:
        try:
            body = await _body(request)
            source = authenticated(request.headers, body, self.sources)
            if source is None:
                raise Refused(401, "no source has this token or signature")
            messages = _messages(body, request.headers.get("content-type", ""), source)
            await self._send(messages)
        except Refused as refused:
            content = {"status": refused.status, "detail": refused.detail}
            return JSONResponse(content, refused.status, HEADERS.get(refused.status))
        return JSONResponse({"accepted": [message.article_id for message in messages]}, 202)

    async def _send(self, messages: Sequence[Message]) -> None:
        if self._at_once >= AT_ONCE:
            raise Refused(429, "Kafka is slow: come again")
        self._at_once += 1
        try:
            async with asyncio.timeout(WITHIN):
                for message in messages:  # in order: versions of one article come one after another
                    await self.send(message.topic, message.key, message.value)
        except TimeoutError:
            raise Refused(429, f"Kafka did not take it within {WITHIN:.0f} s: send it again") from None
        finally:
            self._at_once -= 1


async def _body(request: Request) -> bytes:
    parts, size = [], 0
    async for part in request.stream():
        parts.append(part)
        size += len(part)
        if size > MAX_BODY:
            raise Refused(413, f"more than {MAX_BODY:,} bytes")
    return b"".join(parts)


def _messages(body: bytes, content_type: str, source: Push) -> list[Message]:
    """All or none: the first document that is wrong refuses the batch, and is named."""
    if content_type.split(";")[0].strip().lower() not in JSON_LINES:
        return [_message(body, source, "")]
    lines = [line for line in body.splitlines() if line.strip()]
    if not lines:
        raise Refused(422, "the batch is empty")
    if len(lines) > MAX_LINES:
        raise Refused(413, f"more than {MAX_LINES:,} lines")
    return [_message(line, source, f"line {number}: ") for number, line in enumerate(lines, start=1)]


def _message(body: bytes, source: Push, where: str) -> Message:
    try:
        said = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise Refused(400, f"{where}is not valid JSON: {error}") from None
    try:
        if isinstance(said, dict) and "article_id" in said:
            return _of_update(decode_update(body))
        return _of_item(read(Content(body, "application/json", ""), source).items[0], source)
    except BadMessage as error:
        raise Refused(422, f"{where}{error.detail}") from None
    except (Unreadable, TooLarge) as error:
        raise Refused(422, f"{where}{error}") from None


def _of_update(update: ArticleUpdate) -> Message:
    return Message(ARTICLE_UPDATES.name, *encode_update(update), update.article_id)


def _of_item(item: Item, source: Push) -> Message:
    value = poll_of(source, "read", item).model_dump_json().encode()
    if len(value) > SOURCE_POLLS.max_message_bytes - 10_000:
        raise TooLarge(
            f"it has {len(value):,} bytes as a message, {SOURCE_POLLS.max_message_bytes:,} at most are taken"
        )
    return Message(SOURCE_POLLS.name, source.name.encode(), value, f"{source.name}/{item.guid}")


def poll_of(source: Push, outcome: PollOutcome, *items: Item) -> Poll:
    """What a source has pushed, as if it had been asked."""
    return Poll(
        source=source.name,
        kind=source.kind,
        outlet=source.outlet_name,
        polled_at=datetime.now(UTC),
        outcome=outcome,
        items=items,
        first_as=source.first,
        timezone=source.timezone,
    )
