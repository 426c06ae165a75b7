"""`make screenshots`: every page of the board in light, dark and on a phone, with stories told by a real worker."""

import asyncio
import json
import shutil
import sys
import urllib.request
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from playwright.sync_api import Browser, Page
from pydantic import SecretStr

from schemas.changes import UpdateSummary
from schemas.polls import Item, Poll, PollOutcome
from schemas.topics import ARTICLE_UPDATES, FACT_CHANGES, SOURCE_POLLS
from schemas.updates import ArticleUpdate
from streams.board.address import board_address
from streams.board.slugs import slug_of
from streams.cli.run.child import board_process, worker_process
from streams.client.changes import read_changes
from streams.client.lag import worker_lags
from streams.client.publisher import Publisher
from streams.client.reader import Reader
from streams.demo.story import story_updates
from streams.embedded import EmbeddedBroker
from streams.kafka import make_producer, started
from streams.settings import Settings
from streams.topics import ensure_topics
from tests.browser.chromium import chromium
from tests.browser.told import shifted
from tests.evaluation.stories import read_lines
from tests.integration.commands import free_port
from tests.integration.waiting import eventually, eventually_sync

ROOT = Path(__file__).parents[2]
STORIES = ("ferry-collision", "grid-blackout", "gallery-theft", "drug-trial")
BAD = (
    b'{"article_id": "https://example.org/x", "version": "one", "headline": "<script>alert(1)</script>"}',
    b"\xff\xfe",
)
LOOKS: dict[str, dict[str, Any]] = {
    "light": {"color_scheme": "light", "viewport": {"width": 1440, "height": 900}},
    "dark": {"color_scheme": "dark", "viewport": {"width": 1440, "height": 900}},
    "phone": {"color_scheme": "light", "viewport": {"width": 390, "height": 844}, "device_scale_factor": 2},
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
        ("sources", "/sources"),
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
            alerts, address = asyncio.run(tell(settings, all_updates())), board_address(settings)
            wait_until(
                lambda: alerts.items() <= alerts_on(address).items(), lambda: f"{alerts}, it has {alerts_on(address)}"
            )
            wait_until(lambda: "not valid UTF-8" in text(f"{address}/flow"), lambda: "the dead letter")
            wait_until(lambda: "Weather Service" in text(f"{address}/sources"), lambda: "the sources")
            yield address


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
    stories = [shifted(updates) for updates in [*told, story_updates()]]
    return sorted((one for updates in stories for one in updates), key=lambda one: one.updated_at)


async def tell(settings: Settings, updates: Sequence[ArticleUpdate]) -> Counter[str]:
    """Each when the one before has been dealt with; at last what cannot be read, and polls, whose articles come after.

    How many alerts came of the updates, by story.
    """
    async with Publisher(settings) as publisher:
        for update in updates:
            await publisher.publish([update])
            await eventually(lambda: nothing_waits(settings), "the worker has dealt with it")
    alerts = await alerts_told(settings)
    producer = make_producer(settings)
    async with started(producer, settings):
        for value in BAD:
            await producer.send_and_wait(ARTICLE_UPDATES.name, value, key=b"x")
        for poll in polls(datetime.now(UTC)):
            await producer.send_and_wait(SOURCE_POLLS.name, poll.model_dump_json().encode(), key=poll.source.encode())
    return alerts


async def alerts_told(settings: Settings) -> Counter[str]:
    async with Reader(settings, [FACT_CHANGES.name], until_eos=True) as reader:
        changes = [change async for change in read_changes(reader) if isinstance(change, UpdateSummary)]
    return sum((Counter({one.story_id: one.alerts}) for one in changes), Counter())


def polls(now: datetime) -> Iterator[Poll]:
    """Of a source that does well, one that fails, one whose texts have gone, and one that pushes."""

    def look(name: str, outlet: str, seconds: float, outcome: PollOutcome = "read", **more: Any) -> Poll:
        given = {"source": name, "kind": "feed", "outlet": outlet, "interval": 60, "max_interval": 3600, **more}
        given = {"url": f"https://{name}.example/feed", **given, "polled_at": now + timedelta(seconds=seconds)}
        return Poll.model_validate({**given, "outcome": outcome})

    text = Item(guid="1", headline="Bridge opens", body="The bridge over the Arden has opened. " * 20)
    yield look("courier", "Kelmore Courier", -300, items=(text,))
    yield look("courier", "Kelmore Courier", -60, items=(text, text.model_copy(update={"guid": "2"})))
    for seconds in (-400, -200, -20):
        yield look("herald", "Arden Herald", seconds, "failed", error="HTTP 503 Service Unavailable")
    yield look("gazette", "The Gazette", -500, items=(text,), kind="page", url="https://gazette.example/bridge")
    short = text.model_copy(update={"body": "Please enable JavaScript."})
    yield look("gazette", "The Gazette", -30, items=(short,), kind="page", url="https://gazette.example/bridge")
    yield look("weather", "Weather Service", -10, items=(text,), kind="push", interval=0, max_interval=0, url=None)


async def nothing_waits(settings: Settings) -> bool:
    return sum((await worker_lags(settings) or {0: 1}).values()) == 0


def alerts_on(address: str) -> dict[str, int]:
    return {story["story_id"]: story["alerts"] for story in get(f"{address}/stories")["stories"]}


def wait_until(condition: Callable[[], bool], what: Callable[[], str]) -> None:
    try:
        eventually_sync(condition, "the board shows it", within=60)
    except AssertionError as error:
        error.add_note(f"the board should show {what()}")
        raise


def text(address: str) -> str:
    with urllib.request.urlopen(address) as answer:
        return str(answer.read().decode())


def get(address: str) -> Any:
    return json.loads(text(address))


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "screenshots"))
