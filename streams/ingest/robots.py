"""robots.txt (RFC 9309), kept for an hour. One that cannot be had forbids everything, one that is absent nothing."""

import asyncio
import time
from dataclasses import dataclass, field

import httpx2
from protego import Protego

from streams.ingest.fetch import AGENT, Fetcher, FetchFailed
from streams.sources.markup import decoded

KEPT = 3600.0  # seconds
KEPT_IF_UNREACHABLE = 300.0
CLIENT_ERRORS = range(400, 500)


@dataclass
class Rules:
    """``parsed`` None: nothing may be fetched."""

    parsed: Protego | None
    until: float


@dataclass
class Robots:
    """For many at once; a host is asked once."""

    fetcher: Fetcher
    _rules: dict[str, Rules] = field(default_factory=dict)
    _locks: dict[str, asyncio.Lock] = field(default_factory=dict)

    async def allows(self, url: str, allow_private: bool) -> bool:
        site = _site(url)
        async with self._locks.setdefault(site, asyncio.Lock()):
            rules = self._rules.get(site)
            if rules is None or rules.until < time.monotonic():
                rules = self._rules[site] = await self._fetch(site, allow_private)
        return rules.parsed is not None and rules.parsed.can_fetch(url, AGENT)

    async def _fetch(self, site: str, allow_private: bool) -> Rules:
        now = time.monotonic()
        try:
            answer = await self.fetcher.fetch(f"{site}/robots.txt", {}, allow_private)
        except FetchFailed as error:
            if error.status in CLIENT_ERRORS:
                return Rules(Protego.parse(""), now + KEPT)
            return Rules(None, now + KEPT_IF_UNREACHABLE)
        content = answer.content
        return Rules(Protego.parse(decoded(content.body, content.content_type) if content else ""), now + KEPT)


def _site(url: str) -> str:
    parts = httpx2.URL(url)
    return f"{parts.scheme}://{parts.netloc.decode()}"
