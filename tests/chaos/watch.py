"""What comes out while faults go on: which updates are through, and how often it is said."""

import asyncio
import json
import time
from collections import Counter
from collections.abc import AsyncIterable, Iterable
from contextlib import suppress
from types import TracebackType
from typing import Any, Self

from schemas.topics import FACT_CHANGES
from schemas.updates import ArticleUpdate
from streams.client.reader import Reader
from streams.settings import Settings

SUMMARY = b'{"record":"update"'  # how the JSON of one begins

Key = tuple[str, int]  # article and version


class Watch:
    """``async with Watch(settings)``: reads ``news.fact-changes`` all along."""

    def __init__(self, settings: Settings) -> None:
        self._reader = Reader(settings, [FACT_CHANGES.name])
        self._came = asyncio.Condition()
        self.first: dict[Key, float] = {}  # when it was first said that an update is through, of the monotonic clock
        self.times: Counter[Key] = Counter()  # that it was said; twice or more after a fault

    async def __aenter__(self) -> Self:
        await self._reader.__aenter__()
        self._reading = asyncio.create_task(self._read(self._reader))
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._reading.cancel()
        with suppress(asyncio.CancelledError):
            await self._reading
        await self._reader.__aexit__(kind, error, trace)

    async def until(self, updates: Iterable[ArticleUpdate], within: float, share: float = 1.0) -> float:
        """Wait until this share of the updates is through; when the last of those that are was, in monotonic seconds.

        Raises AssertionError where it is not in time.
        """
        wanted = {(update.article_id, update.version) for update in updates}

        def enough() -> bool:
            assert not self._reading.done(), f"the watch ended: {self._reading}"
            return len(wanted & self.first.keys()) >= share * len(wanted)

        try:
            async with asyncio.timeout(within), self._came:
                await self._came.wait_for(enough)
        except TimeoutError:
            missing = sorted(wanted - self.first.keys())
            raise AssertionError(f"not within {within:.0f} s: {len(missing)} updates, {missing[:5]}") from None
        return max((self.first[key] for key in wanted & self.first.keys()), default=time.monotonic())

    async def _read(self, records: AsyncIterable[Any]) -> None:
        async for record in records:
            if record.value.startswith(SUMMARY):
                summary = json.loads(record.value)
                key = summary["article_id"], summary["version"]
                async with self._came:
                    self.first.setdefault(key, time.monotonic())
                    self.times[key] += 1
                    self._came.notify_all()
