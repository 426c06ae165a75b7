"""One look at one source: fetched, read, and made into polls for Kafka."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import blake2b

import httpx2

from schemas.polls import Item, Poll, PollOutcome
from schemas.sources import SourceState
from streams.ingest.fetch import Answer, Fetcher, FetchFailed
from streams.ingest.hosts import Hosts
from streams.ingest.robots import Robots
from streams.sources.content import Content, Unreadable
from streams.sources.kinds import kinds
from streams.sources.kinds.feed import Feed
from streams.sources.kinds.page import article_text
from streams.sources.settings import Polled

READ_WITHIN = 20.0  # seconds; feeds of thousands of items take less than one
MAX_POLL_BYTES = 3_000_000  # of a poll's items; larger ones go in parts
FULL_TEXT_AT_ONCE = 4


@dataclass
class Before:
    """What was last published of a source by this process: what it need not say again."""

    items: dict[str, bytes] = field(default_factory=dict)  # digest by guid, for sources that list all that they show
    body: bytes = b""  # digest of the last body, if all that it shows was seen
    # Of linked pages, by the guid of their item, with its digest.
    texts: dict[str, tuple[bytes, str]] = field(default_factory=dict)


@dataclass
class Looking:
    """Looks at sources; remembers what it saw, until it is told to `forget`."""

    fetcher: Fetcher
    hosts: Hosts
    robots: Robots
    _before: dict[str, Before] = field(default_factory=dict)

    def forget(self, source: str) -> None:
        """Another process had it meanwhile."""
        self._before.pop(source, None)

    async def look(self, source: Polled, state: SourceState | None) -> list[Poll]:
        """The polls to publish, in order. Whatever goes wrong at the source is a poll as well."""
        polled_at = datetime.now(UTC)
        try:
            answer = await self._fetch(source, state)
            if answer.content is None:
                return [_poll(source, polled_at, "unchanged", answer)]
            return await self._read(source, polled_at, answer, answer.content)
        except FetchFailed as error:
            return [_failed(source, polled_at, str(error), error.retry_after)]
        except Unreadable as error:
            return [_failed(source, polled_at, str(error))]

    async def _fetch(self, source: Polled, state: SourceState | None) -> Answer:
        url = str(source.url)
        if source.robots and not await self.robots.allows(url, source.allow_private):
            raise FetchFailed("robots.txt forbids it (robots: false ignores that)")
        headers = {"Accept": kinds()[source.kind].accept, **source.headers}
        before = self._before.get(source.name)
        if state is not None and before is not None and before.body:  # else what it shows now must be seen
            headers |= _validators(state)
        async with self.hosts.turn(httpx2.URL(url).host, source.host_pause):
            return await self.fetcher.fetch(url, headers, source.allow_private)

    async def _read(self, source: Polled, polled_at: datetime, answer: Answer, content: Content) -> list[Poll]:
        before = self._before.setdefault(source.name, Before())
        digest = _digest(content.body)
        if digest == before.body:
            return [_poll(source, polled_at, "unchanged", answer)]
        before.body = b""
        try:
            read = kinds()[source.kind].read
            seen = await asyncio.wait_for(asyncio.to_thread(read, content, source), READ_WITHIN)
        except TimeoutError:
            raise Unreadable(f"could not be read within {READ_WITHIN:.0f} s") from None
        full_text = isinstance(source, Feed) and source.full_text
        items = await self._with_full_text(source, seen.items, before) if full_text else seen.items
        if seen.listed is not None:
            digests = {item.guid or "": _digest(item.model_dump_json().encode()) for item in items}
            items = [item for item in items if before.items.get(item.guid or "") != digests[item.guid or ""]]
            before.items = digests
        if seen.listed is not None or len(items) == len(seen.items):
            before.body = digest
        return _in_parts(_poll(source, polled_at, "read", answer), items, seen.listed)

    async def _with_full_text(self, source: Polled, items: list[Item], before: Before) -> list[Item]:
        """Those whose page cannot be had are left for another time: a summary in its place would be a new version."""
        slots = asyncio.Semaphore(FULL_TEXT_AT_ONCE)

        async def whole(item: Item) -> Item | None:
            name, digest = item.guid or item.url or "", _digest(item.model_dump_json().encode())
            kept = before.texts.get(name)
            if kept is not None and kept[0] == digest:
                return item.model_copy(update={"body": kept[1]})
            async with slots:
                text = await self._text_behind(source, item.url)
            if not text:
                return None
            before.texts[name] = (digest, text)
            return item.model_copy(update={"body": text})

        found = await asyncio.gather(*(whole(item) for item in items))
        named = {item.guid or item.url or "" for item in items}
        before.texts = {name: kept for name, kept in before.texts.items() if name in named}
        return [item for item in found if item is not None]

    async def _text_behind(self, source: Polled, url: str | None) -> str:
        if url is None or not await self.robots.allows(url, source.allow_private):
            return ""
        try:
            async with self.hosts.turn(httpx2.URL(url).host, source.host_pause):
                answer = await self.fetcher.fetch(url, {}, source.allow_private)
            return await asyncio.to_thread(article_text, answer.content) if answer.content else ""
        except (FetchFailed, Unreadable):
            return ""


def _validators(state: SourceState) -> Mapping[str, str]:
    given = {"If-None-Match": state.etag, "If-Modified-Since": state.last_modified}
    return {name: value for name, value in given.items() if value}


def _poll(source: Polled, polled_at: datetime, outcome: PollOutcome, answer: Answer | None = None) -> Poll:
    return Poll(
        source=source.name,
        kind=source.kind,
        outlet=source.outlet_name,
        url=str(source.url),
        polled_at=polled_at,
        outcome=outcome,
        first_as=source.first,
        timezone=source.timezone,
        etag=answer.etag if answer else None,
        last_modified=answer.last_modified if answer else None,
        interval=source.interval,
        max_interval=source.max_interval,
    )


def _failed(source: Polled, polled_at: datetime, reason: str, retry_after: float | None = None) -> Poll:
    return _poll(source, polled_at, "failed").model_copy(update={"error": reason[:1000], "retry_after": retry_after})


def _in_parts(poll: Poll, items: list[Item], listed: list[str] | None) -> list[Poll]:
    """Parts that a message holds. What is listed goes with the last, when all has been seen."""
    parts: list[list[Item]] = [[]]
    size = 0
    for item in items:
        bytes_ = len(item.model_dump_json().encode())
        if parts[-1] and size + bytes_ > MAX_POLL_BYTES:
            parts.append([])
            size = 0
        parts[-1].append(item)
        size += bytes_
    polls = [poll.model_copy(update={"items": tuple(part)}) for part in parts]
    return [*polls[:-1], polls[-1].model_copy(update={"listed": None if listed is None else tuple(listed)})]


def _digest(data: bytes) -> bytes:
    return blake2b(data, digest_size=16).digest()
