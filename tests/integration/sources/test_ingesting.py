"""From a web server to article updates on Kafka: every version once, whoever is killed meanwhile."""

import asyncio
import json
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest

from schemas.topics import ARTICLE_UPDATES, SOURCE_HEALTH
from streams.app import changelogs
from streams.client.sources import source_states
from streams.settings import Settings
from streams.topics import ensure_topics
from tests.integration.commands import environment, free_port, running, wait_for, wiredelta
from tests.integration.sources.site import Answer, Asked, playing, rss
from tests.integration.waiting import eventually
from tests.integration.workers import Broker, Worker, evict, read_all

READY = "Ingester ready"
SOURCES, VERSIONS = 200, 4


def ingest_environment(settings: Settings) -> dict[str, str]:
    given = {"broker": settings.broker, "app_id": settings.app_id, "session_timeout": settings.session_timeout}
    return environment(**given, push_port=free_port(), log_level="info")


@contextmanager
def ingesting(settings: Settings, file: Path, log: Path) -> Iterator[Any]:
    with running("ingest", "--sources", str(file), env=ingest_environment(settings), out=log) as process:
        wait_for(READY, log, process)
        yield process


def sources_file(folder: Path, address: str, names: Sequence[str]) -> Path:
    sources = [
        {"name": name, "kind": "feed", "url": f"{address}/{name}", "interval": "1s", "max_interval": "1s",
         "allow_private": True, "host_pause": 0}
        for name in names
    ]  # fmt: skip
    file = folder / "sources.yml"
    file.write_text(json.dumps({"sources": sources}))
    return file


async def told(settings: Settings) -> dict[str, list[tuple[int, str]]]:
    """By article: its versions with their texts in the order of the topic, repeats left out as readers do."""
    found: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for record in await read_all(settings, ARTICLE_UPDATES.name):
        update = json.loads(record.value)
        version = (update["version"], update["body"])
        if version not in found[update["article_id"]]:
            found[update["article_id"]].append(version)
    return found


async def test_ingesters_that_are_killed_skip_and_repeat_nothing(
    broker: Broker, settings: Settings, tmp_path: Path
) -> None:
    """Two share the sources. One is killed amid each change, and another takes its place."""
    names = [f"source-{number}" for number in range(SOURCES)]
    shown = 1

    def plays(asked: Asked) -> Answer:
        return rss(("only", f"Text number {shown}."))

    async def all_told() -> bool:
        versions = await told(settings)
        return all(versions.get(f"{name}/only", [])[-1:] == [(shown, f"Text number {shown}.")] for name in names)

    await ensure_topics(settings, changelogs(settings))
    async with playing(plays) as site:
        file = sources_file(tmp_path, site.address, names)
        with Worker(settings, tmp_path / "worker.log", fake=True) as worker, ExitStack() as stack:
            worker.wait_ready()
            fleet = [stack.enter_context(ingesting(settings, file, tmp_path / f"{n}.log")) for n in range(2)]
            await eventually(all_told, "the first versions are told", 120)
            for version in range(2, VERSIONS + 1):
                shown, asked = version, len(site.asked)
                await eventually(lambda asked=asked: _more(site.asked, asked + 10), "the change is seen")
                fleet[0].kill()
                fleet[0].wait()
                evict(broker, settings.model_copy(update={"app_id": f"{settings.app_id}-ingest"}))
                log = tmp_path / f"again-{version}.log"
                fleet = [fleet[1], stack.enter_context(ingesting(settings, file, log))]
                await eventually(all_told, f"version {version} of all is told", 120)
    versions = await told(settings)
    expected = [(version, f"Text number {version}.") for version in range(1, VERSIONS + 1)]
    assert versions == {f"{name}/only": expected for name in names}


async def _more(asked: Sequence[Asked], than: int) -> bool:
    return len(asked) > than


async def test_a_source_that_fails_is_told_of_and_so_is_its_return(settings: Settings, tmp_path: Path) -> None:
    failing = True

    def plays(asked: Asked) -> Answer:
        return Answer(status=500) if failing else rss(("only", "Text."))

    async def health() -> list[tuple[str, str]]:
        records = [json.loads(record.value) for record in await read_all(settings, SOURCE_HEALTH.name)]
        return [(record["before"], record["after"]) for record in records]

    async def has_told(count: int) -> bool:
        return len(await health()) >= count

    await ensure_topics(settings, changelogs(settings))
    async with playing(plays) as site:
        file = sources_file(tmp_path, site.address, ["desk"])
        with Worker(settings, tmp_path / "worker.log", fake=True) as worker:
            worker.wait_ready()
            with ingesting(settings, file, tmp_path / "ingest.log"):
                await eventually(lambda: has_told(1), "it is said to fail", 60)
                failed = await asyncio.to_thread(wiredelta, "sources", env=ingest_environment(settings))
                failing = False
                await eventually(lambda: has_told(2), "it is said to do well", 60)
    assert await health() == [("ok", "failing"), ("failing", "ok")]
    assert failed.returncode == 1
    assert "desk" in failed.stdout and "failing" in failed.stdout and "HTTP 500" in failed.stdout
    [state] = await source_states(settings)
    assert (state.source, state.health, state.versions) == ("desk", "ok", 1)


async def test_once_asks_each_source_and_ends(settings: Settings, tmp_path: Path) -> None:
    await ensure_topics(settings, changelogs(settings))
    async with playing(lambda asked: rss(("a", "Text.")) if asked.path == "/good" else Answer(status=404)) as site:
        file = sources_file(tmp_path, site.address, ["good", "bad"])
        env = ingest_environment(settings)
        done = await asyncio.to_thread(wiredelta, "ingest", "--once", "--sources", str(file), env=env)
    assert (done.returncode, done.stdout) == (1, "good: 1 articles\nbad: failed: HTTP 404 Status\n")


@pytest.mark.embedded
async def test_an_ingester_stops_when_it_is_told_to(settings: Settings, tmp_path: Path) -> None:
    await ensure_topics(settings, changelogs(settings))
    async with playing(lambda _: rss(("a", "Text."))) as site:
        file = sources_file(tmp_path, site.address, ["desk"])
        with ingesting(settings, file, tmp_path / "ingest.log") as process:
            began = time.monotonic()
            process.terminate()
            assert await asyncio.to_thread(process.wait, 20) == 0
    assert time.monotonic() - began < 10
    assert "Traceback" not in (tmp_path / "ingest.log").read_text()


@pytest.mark.embedded
@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("sources: []", "sources: should have at least 1 item"),
        ("sources: [{name: a, kind: feed}]", "sources[0].url: is missing"),
    ],
)
def test_a_file_that_is_wrong_is_named(tmp_path: Path, text: str, told: str) -> None:
    file = tmp_path / "sources.yml"
    file.write_text(text)
    done = wiredelta("ingest", "--check", "--sources", str(file), env=environment())
    assert done.returncode == 2
    assert f"{file}:1: {told}" in done.stderr


@pytest.mark.embedded
def test_without_a_broker_and_without_a_file(tmp_path: Path) -> None:
    env = environment(broker=f"127.0.0.1:{free_port()}")
    gone = wiredelta("ingest", "--sources", str(tmp_path / "none.yml"), env=env)
    assert (gone.returncode, "cannot be read: No such file" in gone.stderr) == (2, True)
    file = sources_file(tmp_path, "http://127.0.0.1:1", ["desk"])
    alone = wiredelta("ingest", "--sources", str(file), env=env)
    assert (alone.returncode, "no Kafka broker answers" in alone.stderr) == (1, True)
    assert "Traceback" not in alone.stderr


async def test_no_source_has_been_asked(settings: Settings) -> None:
    await ensure_topics(settings)
    done = await asyncio.to_thread(wiredelta, "sources", env=ingest_environment(settings))
    assert (done.returncode, done.stdout) == (0, "")
    assert "No source has been asked yet" in done.stderr
