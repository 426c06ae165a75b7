"""`demo --live`: a news site on this machine, an ingester that follows it, and what comes out of Kafka."""

import asyncio
import json
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx2

from schemas.topics import DEAD_LETTERS, FACT_CHANGES, SOURCE_HEALTH
from streams.board.address import board_address
from streams.cli.console import data, notes
from streams.cli.run.child import board_process, ingest_process, worker_process
from streams.cli.run.demo import Stage, forget_settings, free_port, own_settings, watched
from streams.cli.run.failures import told_plainly
from streams.client.alerts import alert_topics
from streams.client.publisher import Publisher
from streams.client.reader import Reader
from streams.client.sources import source_states
from streams.demo.live.scenes import PUSHED, STEPS
from streams.demo.live.site import Site
from streams.embedded import HOST, EmbeddedBroker
from streams.serving import InnerServer, listen, quiet
from streams.settings import Settings
from streams.topics import ensure_topics

ASKED = 3  # sources
LOOK_EVERY = 0.5  # seconds
SETTLED_AFTER = 6.0  # seconds without anything new, after the last step
SOURCES = """\
sources:
  - {{name: page, kind: page, url: "{site}/world/call", outlet: example.org, story_id: trump-putin-call,
     interval: 1s, max_interval: 1s, allow_private: true}}
  - {{name: feed, kind: feed, url: "{site}/feed.xml", outlet: example.net, story_id: trump-putin-call,
     interval: 1s, max_interval: 1s, allow_private: true}}
  - {{name: harbour-fire, kind: live-blog, url: "{site}/live/harbour-fire", outlet: Kelmore Courier,
     story_id: harbour-fire, interval: 1s, max_interval: 1s, allow_private: true}}
  - {{name: weather, kind: push, outlet: Weather Service, token: "{token}"}}
"""
INTRODUCTION = """\
A news site runs at {site}: a page, a feed and a live blog, which change every {pace:g} seconds, and a
weather service that pushes. `wiredelta ingest` follows them all. What is there at first is learnt in silence.
Watch it in a browser: {board}
"""
NEXT = """\
That is all the news there is. Everything runs until Ctrl-C. In another terminal:

  export WIREDELTA_BROKER={broker}
  wiredelta sources
  wiredelta facts harbour-fire
"""


def run_live(once: bool, pace: float) -> None:
    """Returns when all is told, if ``once``; else runs until it is interrupted."""
    forget_settings()
    token, site_port = secrets.token_urlsafe(12), free_port()
    site = f"http://{HOST}:{site_port}"
    with told_plainly(), EmbeddedBroker() as broker, TemporaryDirectory(prefix="wiredelta-demo-") as folder:
        settings = own_settings(broker.address)
        sources = Path(folder) / "sources.yml"
        sources.write_text(SOURCES.format(site=site, token=token))
        with worker_process(settings) as worker, board_process(settings) as board:
            with notes().status("Starting a broker, a worker, a board and a news site on this machine …"):
                asyncio.run(ensure_topics(settings))
                board.wait_until_ready()
                worker.wait_until_ready()
            words = {"site": site, "pace": pace, "board": board_address(settings)}
            notes().print(INTRODUCTION.format(**words), soft_wrap=True)
            with ingest_process(settings, str(sources)) as ingester:
                play = _play(settings, site_port, token, once, pace)
                asyncio.run(watched((worker, board, ingester), play))


async def _play(settings: Settings, site_port: int, token: str, once: bool, pace: float) -> None:
    site = Site()
    reader = Reader(settings, [FACT_CHANGES.name, DEAD_LETTERS.name, SOURCE_HEALTH.name, *alert_topics()])
    async with _served(site, site_port), reader, Publisher(settings) as publisher, httpx2.AsyncClient() as client:
        stage = Stage(publisher, aiter(reader), data())
        shown = asyncio.create_task(stage.show_what_comes())
        await _learnt(settings)
        for step in range(STEPS):
            site.step = step
            for at, headline, text in PUSHED:
                if at == step:
                    await _push(client, settings, token, headline, text)
            await _pause(shown, pace)
        await _pause(shown, SETTLED_AFTER)
        data().print(f"\nThe news is told: {stage.alerts} alerts.")
        if not once:
            notes().print(NEXT.format(broker=settings.broker), soft_wrap=True)
            await shown
        shown.cancel()


async def _learnt(settings: Settings) -> None:
    """Each source that is asked has been asked once."""
    while len(await source_states(settings)) < ASKED:  # noqa: ASYNC110 - it is another process that asks
        await asyncio.sleep(LOOK_EVERY)


async def _pause(shown: asyncio.Task[None], seconds: float) -> None:
    """Raises what went wrong with what is shown meanwhile."""
    done, _ = await asyncio.wait({shown}, timeout=seconds)
    for task in done:
        task.result()


async def _push(client: httpx2.AsyncClient, settings: Settings, token: str, headline: str, text: str) -> None:
    document = {
        "uri": "urn:example:weather:lower-arden",
        "headline": headline,
        "body_text": text,
        "versioncreated": datetime.now(UTC).isoformat(),
    }
    where = f"http://{settings.push_host}:{settings.push_port}/updates"
    answer = await client.post(where, content=json.dumps(document), headers={"Authorization": f"Bearer {token}"})
    answer.raise_for_status()


@asynccontextmanager
async def _served(site: Site, port: int) -> AsyncIterator[None]:
    """Who asks before it has begun waits: the socket listens from the start."""
    server = InnerServer(quiet(site.app))
    with listen(HOST, port) as listener:
        task = asyncio.create_task(server.serve(sockets=[listener]))
        try:
            yield
        finally:
            server.should_exit = True
            await task
