"""Putting article updates on Kafka: in order, by story, and only counted once the broker has them."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Sequence
from contextlib import AsyncExitStack
from itertools import islice
from types import TracebackType
from typing import Self

from aiokafka.errors import KafkaError

from schemas.topics import ARTICLE_UPDATES
from schemas.updates import ArticleUpdate
from streams.kafka import make_producer, started
from streams.settings import Settings
from streams.topics import require_topics
from streams.wire import TooLarge, encode_update

IN_FLIGHT = 500  # updates on their way at once; each waits for those before it of its partition

Progress = Callable[[int], None]  # is told how many have been acknowledged in all


class PublishError(RuntimeError):
    """The broker did not take an update: one line that names it and says how many it took before."""


class Publisher:
    """``async with Publisher(settings) as publisher``. Entering raises `BrokerUnavailable`, `UnknownTopic`."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._stack = AsyncExitStack()

    async def __aenter__(self) -> Self:
        await require_topics(self._settings, [ARTICLE_UPDATES.name])
        self._producer = make_producer(self._settings)
        await self._stack.enter_async_context(started(self._producer, self._settings))
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._stack.__aexit__(kind, error, trace)

    async def publish(self, updates: Iterable[ArticleUpdate], progress: Progress = lambda count: None) -> int:
        """Send all, in order, and return how many once the last one is acknowledged. Raises `PublishError`."""
        acknowledged = 0
        remaining = iter(updates)
        while batch := list(islice(remaining, IN_FLIGHT)):
            acknowledged = await self._publish_batch(batch, acknowledged, progress)
        return acknowledged

    async def _publish_batch(self, batch: Sequence[ArticleUpdate], before: int, progress: Progress) -> int:
        acknowledged = before
        refused: list[str] = []
        for update, sent in [(update, await self._send(update)) for update in batch]:
            try:
                await sent
            except (KafkaError, TooLarge) as error:
                refused.append(f"version {update.version} of {update.article_id} was not taken: {error}")
            else:
                acknowledged += 1
                progress(acknowledged)
        if refused:
            raise PublishError(f"{refused[0]} ({acknowledged:,} others were taken)")
        return acknowledged

    async def _send(self, update: ArticleUpdate) -> Awaitable[object]:
        """The acknowledgement that is to come, or the refusal that came at once."""
        try:
            key, value = encode_update(update)
            acknowledgement: Awaitable[object] = await self._producer.send(ARTICLE_UPDATES.name, value, key=key)
        except (KafkaError, TooLarge) as error:
            acknowledgement = asyncio.get_running_loop().create_future()
            acknowledgement.set_exception(error)
        return acknowledgement
