"""A broker, a board and a page of a real Chromium for each test; the browser itself is started once."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

import pytest
from aiokafka import AIOKafkaProducer
from playwright.sync_api import Browser, BrowserContext, Page, expect

from streams.embedded import EmbeddedBroker
from streams.kafka import make_producer, started
from streams.settings import Settings
from streams.topics import ensure_topics
from tests.browser.chromium import NoChromium, chromium
from tests.integration.boards import RunningBoard, running_board
from tests.integration.commands import free_port

Result = TypeVar("Result")
Messages = list[tuple[str, bytes | None, bytes | None, list[tuple[str, bytes]]]]  # topic, key, value, headers
WITHIN_MS = 20_000

expect.set_options(timeout=WITHIN_MS)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    try:
        with chromium() as browser:
            yield browser
    except NoChromium as error:
        pytest.skip(str(error))


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": 1300, "height": 900}, reduced_motion="reduce")
    context.set_default_timeout(WITHIN_MS)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """Fails the test on an error in a script, or on anything that the Content-Security-Policy stops."""
    page = context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on(
        "console", lambda message: wrong.append(message.text) if "Content Security Policy" in message.text else None
    )
    yield page
    assert wrong == []


def outside_loop(work: Callable[[], Coroutine[Any, Any, Result]]) -> Result:
    """Run it in a thread: Playwright keeps an event loop of its own in the test's."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(lambda: asyncio.run(work())).result()


@pytest.fixture
def port() -> int:
    return free_port()


@pytest.fixture
def broker(tmp_path: Path, port: int) -> Iterator[EmbeddedBroker]:
    with EmbeddedBroker(tmp_path / "broker", port) as broker:
        yield broker


@pytest.fixture
def settings(broker: EmbeddedBroker, tmp_path: Path) -> Settings:
    settings = Settings(broker=broker.address, app_id="wiredelta-test", data_dir=tmp_path / "worker", partitions=3)
    outside_loop(lambda: ensure_topics(settings))
    return settings


@pytest.fixture
def board(settings: Settings, tmp_path: Path) -> Iterator[RunningBoard]:
    with running_board(settings, tmp_path) as board:
        yield board


@pytest.fixture
def send(settings: Settings) -> Callable[[Messages], None]:
    return lambda messages: send_to(settings, messages)


def send_to(settings: Settings, messages: Messages) -> None:
    async def work() -> None:
        producer: AIOKafkaProducer = make_producer(settings)
        async with started(producer, settings):
            acknowledged: list[Awaitable[object]] = [
                await producer.send(topic, value, key=key, headers=headers) for topic, key, value, headers in messages
            ]
            await asyncio.gather(*acknowledged)

    outside_loop(work)
