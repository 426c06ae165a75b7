"""`make screenshots`: every page of the board in light, dark and on a phone, with stories told by a real worker."""

import asyncio
import json
import shutil
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from playwright.sync_api import Browser, Page
from pydantic import SecretStr

from schemas.topics import ARTICLE_UPDATES
from schemas.updates import ArticleUpdate
from streams.board.address import board_address
from streams.board.slugs import slug_of
from streams.cli.run.child import board_process, worker_process
from streams.client.publisher import Publisher
from streams.demo.story import story_updates
from streams.embedded import EmbeddedBroker
from streams.kafka import make_producer, started
from streams.settings import Settings
from streams.topics import ensure_topics
from tests.browser.chromium import chromium
from tests.evaluation.stories import read_lines
from tests.integration.commands import free_port

ROOT = Path(__file__).parents[2]
STORIES = ("ferry-collision", "grid-blackout", "gallery-theft", "drug-trial")
BAD = (
    b'{"article_id": "https://example.org/x", "version": "one", "headline": "<script>alert(1)</script>"}',
    b"\xff\xfe",
)
SETTLED = 120.0  # seconds
LOOKS: dict[str, dict[str, Any]] = {
    "light": {"color_scheme": "light", "viewport": {"width": 1440, "height": 900}},
    "dark": {"color_scheme": "dark", "viewport": {"width": 1440, "height": 900}},
    "phone": {"color_scheme": "light", "viewport": {"width": 390, "height": 844}, "device_scale_factor": 2},
    "phone-dark": {"color_scheme": "dark", "viewport": {"width": 390, "height": 844}, "device_scale_factor": 2},
}


def main(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    with told_stories() as address, chromium() as browser:
        for look, context in LOOKS.items():
            for name, path in pages(address):
                shoot(browser, f"{address}{path}", context, folder / f"{name}-{look}.png")
    with nothing_there() as address, chromium() as browser:
        for look in ("light", "dark"):
            shoot(browser, address, LOOKS[look], folder / f"empty-{look}.png")
    print(f"{len(list(folder.iterdir()))} pictures in {folder}")


def shoot(browser: Browser, address: str, context: dict[str, Any], path: Path) -> None:
    """The part of the page that is seen first, and the whole of it."""
    page: Page = browser.new_page(**context, reduced_motion="reduce")
    page.goto(address)
    page.wait_for_function("document.querySelector('#link').dataset.state !== 'connecting'")
    page.screenshot(path=path)
    page.screenshot(path=path.with_stem(f"{path.stem}-whole"), full_page=True)
    page.close()


def pages(address: str) -> Sequence[tuple[str, str]]:
    """Names and paths of all that there is to see."""
    call, ferry = slug_of("trump-putin-call"), slug_of("ferry-collision")
    listed = get(f"{address}/alerts?story=trump-putin-call")["alerts"]
    changed = next(alert for alert in listed if alert["before"] and alert["after"])
    article = slug_of(changed["article_id"])
    fact = urlencode({"fact": changed["after"]["key"]})
    return [
        ("now", "/"),
        ("now-filtered", f"/?{urlencode({'priority': 'flash', 'where': 'after.value.number >= 2'})}"),
        ("now-none", "/?q=nothing+has+these+words"),
        ("now-problem", "/?where=after.value.number+%3E%3D"),
        ("stories", "/story"),
        ("story", f"/story/{call}"),
        ("story-figures", f"/story/{ferry}"),
        ("history", f"/story/{call}/history?{fact}"),
        ("alert", f"/alert/{changed['id']}"),
        ("version", f"/version/{article}/{changed['version']}"),
        ("flow", "/flow"),
        ("absent", "/story/never-heard-of"),
    ]


@contextmanager
def told_stories() -> Iterator[str]:
    """The board's address, once stories were told by a broker, a worker and a board of its own."""
    with EmbeddedBroker() as broker:
        settings = own_settings(broker.address)
        asyncio.run(ensure_topics(settings))
        with worker_process(settings) as worker, board_process(settings) as board:
            board.wait_until_ready()
            worker.wait_until_ready()
            updates = all_updates()
            asyncio.run(publish(settings, updates))
            wait_until_told(board_address(settings), len(updates))
            yield board_address(settings)


@contextmanager
def nothing_there() -> Iterator[str]:
    """A board's address whose topics are empty."""
    with EmbeddedBroker() as broker:
        settings = own_settings(broker.address)
        asyncio.run(ensure_topics(settings))
        with board_process(settings) as board:
            board.wait_until_ready()
            yield board_address(settings)


def own_settings(broker: str) -> Settings:
    return Settings(
        broker=broker,
        store="memory://",
        web_port=free_port(),
        board_port=free_port(),
        admin_token=SecretStr("newsroom-desk"),
    )


def all_updates() -> list[ArticleUpdate]:
    """Several stories, as if they had just been told: the last version of each was written a moment ago."""
    told = [
        [ArticleUpdate.model_validate_json(json.dumps(line["update"])) for line in lines]
        for lines in (read_lines(ROOT / "tests/evaluation/stories" / f"{name}.jsonl") for name in STORIES)
    ]
    shifted = [shift(updates) for updates in [*told, story_updates()]]
    return sorted((one for updates in shifted for one in updates), key=lambda one: one.updated_at)


def shift(updates: Sequence[ArticleUpdate]) -> list[ArticleUpdate]:
    by = datetime.now(UTC) - timedelta(minutes=1) - max(update.updated_at for update in updates)
    return [
        one.model_copy(
            update={"updated_at": one.updated_at + by, "published_at": one.published_at + by, "mode": "actual"}
        )
        for one in updates
    ]


async def publish(settings: Settings, updates: Sequence[ArticleUpdate]) -> None:
    """One after the other, in the order in which they were written; and what cannot be read."""
    async with Publisher(settings) as publisher:
        for update in updates:
            await publisher.publish([update])
    producer = make_producer(settings)
    async with started(producer, settings):
        for value in BAD:
            await producer.send_and_wait(ARTICLE_UPDATES.name, value, key=b"x")


def wait_until_told(address: str, updates: int) -> None:
    """Until the list of alerts has stayed the same for a while, with all stories there."""
    deadline = time.monotonic() + SETTLED
    seen: tuple[int, float] = (0, time.monotonic())
    while time.monotonic() < deadline:
        count = sum(story["alerts"] for story in get(f"{address}/stories")["stories"])
        if count != seen[0]:
            seen = (count, time.monotonic())
        if count and time.monotonic() - seen[1] > 12:
            return
        time.sleep(0.5)
    raise SystemExit(f"{updates} updates did not come out within {SETTLED:.0f} s")


def get(address: str) -> Any:
    with urllib.request.urlopen(address) as answer:
        return json.load(answer)


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "screenshots"))
