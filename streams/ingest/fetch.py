"""One request, with limits on its time, its size, its redirects and how far it may expand."""

import asyncio
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from types import TracebackType
from typing import Self

import httpcore2
import httpx2

from streams.ingest.guard import ForbiddenAddress, GuardedBackend
from streams.sources.content import Content

SECONDS = 30.0  # for all of a request, its redirects included
MAX_BYTES = 20_000_000  # of a body, decompressed
MAX_RATIO = 100  # of decompressed to received bytes, once it is more than FREE_BYTES; HTML compresses to a tenth
FREE_BYTES = 1_000_000
MAX_REDIRECTS = 5
MAX_CONNECTIONS = 200
AGENT = "wiredelta/0.1 (news monitor; honours robots.txt)"
NOT_MODIFIED = 304


class FetchFailed(Exception):
    """One line that says why; ``retry_after`` in seconds, where the server asks for a pause."""

    def __init__(self, reason: str, retry_after: float | None = None, status: int | None = None) -> None:
        super().__init__(reason)
        self.retry_after, self.status = retry_after, status


@dataclass(frozen=True)
class Answer:
    """``content`` is None where nothing has changed since the validators that were sent."""

    content: Content | None
    etag: str | None = None
    last_modified: str | None = None


class Fetcher:
    """``async with Fetcher() as fetcher``. For many requests at once."""

    async def __aenter__(self) -> Self:
        self._public, self._any = _client(GuardedBackend()), _client(None)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._public.aclose()
        await self._any.aclose()

    async def fetch(self, url: str, headers: Mapping[str, str], allow_private: bool = False) -> Answer:
        """GET. ``headers`` go to the host of ``url`` alone, not to where it redirects. Raises `FetchFailed`."""
        client = self._any if allow_private else self._public
        try:
            async with asyncio.timeout(SECONDS):
                return await _follow(client, httpx2.URL(url), headers)
        except TimeoutError:
            raise FetchFailed(f"no whole answer within {SECONDS:.0f} s") from None
        except ForbiddenAddress as error:
            raise FetchFailed(str(error)) from None
        except (httpx2.HTTPError, httpx2.InvalidURL, httpx2.StreamError, zlib.error, ValueError) as error:
            raise FetchFailed(_reason(error)) from None


def _client(backend: GuardedBackend | None) -> httpx2.AsyncClient:
    """Internals touched, of httpx2 2.16: ``AsyncHTTPTransport._pool``, which takes no backend from outside."""
    transport = httpx2.AsyncHTTPTransport(trust_env=False)
    if backend is not None:
        transport._pool = httpcore2.AsyncConnectionPool(
            ssl_context=httpx2.create_ssl_context(trust_env=False),
            max_connections=MAX_CONNECTIONS,
            network_backend=backend,
        )
    return httpx2.AsyncClient(transport=transport, trust_env=False, timeout=SECONDS)


async def _follow(client: httpx2.AsyncClient, url: httpx2.URL, headers: Mapping[str, str]) -> Answer:
    first = url.host
    for _ in range(MAX_REDIRECTS + 1):
        own = headers if url.host == first else {}
        general = {"User-Agent": AGENT, "Accept-Encoding": "gzip, deflate"}
        async with client.stream("GET", url, headers={**general, **own}) as response:
            if not response.has_redirect_location:
                return await _answer(response)
            url = url.join(response.headers["location"])
            if url.scheme not in ("http", "https"):
                raise FetchFailed(f"redirects to {url.scheme}:, which is not followed")
    raise FetchFailed(f"more than {MAX_REDIRECTS} redirects")


async def _answer(response: httpx2.Response) -> Answer:
    etag, last_modified = response.headers.get("etag"), response.headers.get("last-modified")
    if response.status_code == NOT_MODIFIED:
        return Answer(None, etag, last_modified)
    if not response.is_success:
        words = f"HTTP {response.status_code} {response.reason_phrase}".strip()
        raise FetchFailed(words, _retry_after(response.headers.get("retry-after")), response.status_code)
    body = await _body(response)
    content = Content(body, response.headers.get("content-type", ""), str(response.url))
    return Answer(content, etag, last_modified)


async def _body(response: httpx2.Response) -> bytes:
    parts, size = [], 0
    async for part in response.aiter_bytes():
        parts.append(part)
        size += len(part)
        if size > MAX_BYTES:
            raise FetchFailed(f"more than {MAX_BYTES:,} bytes")
        if size > FREE_BYTES and size > MAX_RATIO * max(response.num_bytes_downloaded, 1):
            raise FetchFailed(f"it expands to more than {MAX_RATIO} times of what was sent")
    return b"".join(parts)


def _retry_after(value: str | None) -> float | None:
    """Seconds, or a date (RFC 9110, section 10.2.3)."""
    if value is None:
        return None
    if value.strip().isdigit():
        return float(value)
    try:
        return max(0.0, (parsedate_to_datetime(value) - datetime.now(UTC)).total_seconds())
    except (ValueError, TypeError):
        return None


def _reason(error: Exception) -> str:
    words = " ".join(str(error).split())
    return f"{type(error).__name__}: {words}" if words else type(error).__name__
