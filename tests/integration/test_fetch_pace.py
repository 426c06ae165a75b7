"""The embedded broker answers empty fetches at once, and consumers pause then."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from aiokafka.consumer.fetcher import Fetcher

from schemas.topics import FACT_CHANGES
from streams import fetch_pace
from streams.client.reader import Reader
from streams.embedded import EmbeddedBroker
from streams.settings import Settings
from streams.topics import ensure_topics
from tests.integration.waiting import eventually

Fetch = Callable[..., Awaitable[bool]]


def timed(fetch: Fetch, seconds: list[float]) -> Fetch:
    async def measured(self: Fetcher, *request: Any) -> bool:
        began = time.monotonic()
        had_something = await fetch(self, *request)
        if not had_something:
            seconds.append(time.monotonic() - began)
        return had_something

    return measured


async def empty_fetches(settings: Settings, fetch: Fetch, monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """How long each of ten took."""
    seconds: list[float] = []
    monkeypatch.setattr(Fetcher, "_proc_fetch_request", timed(fetch, seconds))
    await ensure_topics(settings)

    async def ten() -> bool:
        return len(seconds) >= 10

    async with Reader(settings, [FACT_CHANGES.name]) as reader:
        reading = asyncio.ensure_future(anext(aiter(reader)))
        await eventually(ten, "ten empty fetches")
        reading.cancel()
    return seconds[:10]


@pytest.mark.embedded
async def test_the_embedded_broker_does_not_hold_fetches(
    broker: EmbeddedBroker, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where it begins to hold them (aiokafka asks for 500 ms), `streams.fetch_pace` can go."""
    seconds = await empty_fetches(settings, fetch_pace._proc_fetch_request, monkeypatch)
    assert min(seconds) < 0.25


@pytest.mark.embedded
async def test_consumers_pause_after_an_empty_fetch(
    broker: EmbeddedBroker, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert Fetcher._proc_fetch_request is fetch_pace._paced
    seconds = await empty_fetches(settings, fetch_pace._paced, monkeypatch)
    assert min(seconds) >= min(fetch_pace.AT_ONCE, fetch_pace.PAUSE)
