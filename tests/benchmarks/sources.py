"""What sources cost: reading a feed against the bare parser, and the schedule of many sources in one process.

``python -m tests.benchmarks.sources`` prints the figures and writes docs/benchmarks.md.
"""

import asyncio
import io
import itertools
import json
import multiprocessing
import resource
import statistics
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import feedparser

from streams.app import changelogs
from streams.embedded import SESSION_TIMEOUT, EmbeddedBroker
from streams.settings import Settings
from streams.sources.content import Content
from streams.sources.kinds.feed import Feed, read
from streams.topics import ensure_topics
from tests.benchmarks.report import write_section
from tests.integration.commands import environment, free_port, running, wait_for
from tests.integration.sources.site import Answer, Asked, playing, rss
from tests.integration.workers import Worker
from tests.unit.sources.looks import Source, poll

TITLE = "Sources"
METHOD = """\
`make bench-sources` writes this section. *Items*: a feed of 100 items of 300 words as escaped HTML, read again and
again by one process, on its processor's clock, the least of seven rounds: by feedparser alone, as `streams.sources`
reads it (text, times, addresses), and with identity and versions decided as well, when all is known and when each text
is new.
*Schedule*: sources with an interval of a minute, followed by one `wiredelta ingest` beside a worker, on the embedded
broker; a web server in another process answers with a feed of one item, and notes when each was asked. Each wait is off
by up to 5 % on purpose; kept is the mean of a source's waits against the minute, over all sources. The machine's two
cores have all of it to do.
"""
ITEMS, ROUNDS = 100, 7
SOURCES, INTERVAL, MINUTES = 5_000, 60.0, 3
FEED = Feed.model_validate({"name": "bench", "kind": "feed", "url": "https://bench.example/feed"})


def main() -> None:
    figures = items() | asyncio.run(schedule())
    for name, figure in figures.items():
        print(f"{name}: {figure}")
    write_section(TITLE, METHOD, {"one process": figures})


def items() -> dict[str, Any]:
    bare = _best(lambda: feedparser.parse(io.BytesIO(_feed(0)), response_headers={"content-type": "application/xml"}))
    ours = _best(lambda: read(_content(0), FEED))
    known, new = Source(), Source()
    known.see(_poll(0, 0))
    number = itertools.count(1)
    same = _best(lambda: known.see(_poll(0, next(number))))
    each = _best(lambda: new.see(_poll(n := next(number), n)))
    return {
        "items a second, feedparser alone": f"{ITEMS / bare:,.0f}",
        "items a second, read": f"{ITEMS / ours:,.0f} ({ours / bare:.2f} times the work)",
        "items a second, read and identified, nothing new": f"{ITEMS / same:,.0f} ({same / bare:.2f} times)",
        "items a second, read and identified, all new": f"{ITEMS / each:,.0f} ({each / bare:.2f} times)",
    }


def _best(work: Callable[[], Any]) -> float:
    def took() -> float:
        began = time.process_time()
        work()
        return time.process_time() - began

    return min(took() for _ in range(ROUNDS))


def _poll(version: int, minute: int) -> Any:
    return poll(minute * 60, *read(_content(version), FEED).items)


def _content(version: int) -> Content:
    return Content(_feed(version), "application/xml", "https://bench.example/feed")


def _feed(version: int) -> bytes:
    words = " ".join(f"word{number}" for number in range(60))
    text = "".join(f"&lt;p&gt;Version {version}: {words}.&lt;/p&gt;" for _ in range(5))
    return rss(*((f"item-{number}", text) for number in range(ITEMS))).body


async def schedule() -> dict[str, Any]:
    with TemporaryDirectory() as name, EmbeddedBroker(Path(name) / "broker") as broker:
        folder = Path(name)
        settings = Settings(broker=broker.address, app_id="bench", data_dir=folder / "worker")
        settings = settings.model_copy(update={"session_timeout": SESSION_TIMEOUT})
        await ensure_topics(settings, changelogs(settings))
        with _site() as (address, asked), Worker(settings, folder / "worker.log", fake=True) as worker:
            worker.wait_ready()
            file = _sources(folder, address)
            env = environment(broker=broker.address, app_id="bench", push_port=free_port())
            log = folder / "ingest.log"
            with running("ingest", "--sources", str(file), env=env, out=log) as process:
                wait_for("Ingester ready", log, process)
                await asyncio.sleep(MINUTES * 60)
                used = _processor_seconds(process.pid)
            times = asked()
    waits = [later - one for each in times.values() for one, later in itertools.pairwise(each)]
    means = sorted((each[-1] - each[0]) / (len(each) - 1) for each in times.values() if len(each) > 1)
    low, high = (_share(means, share) / INTERVAL - 1 for share in (0.05, 0.95))
    return {
        f"sources that were asked, of {SOURCES:,}": f"{len(times):,}",
        "times that they were asked": f"{sum(map(len, times.values())):,} in {MINUTES} minutes",
        "mean wait against the minute": f"{statistics.fmean(waits) / INTERVAL - 1:+.1%}",
        "of a source: at 5 %, at 95 % of all": f"{low:+.1%}, {high:+.1%}",
        "cores that the ingester used": f"{used / (MINUTES * 60):.2f}",
    }


def _share(values: list[float], share: float) -> float:
    return values[int(share * (len(values) - 1))]


def _sources(folder: Path, address: str) -> Path:
    given = {"kind": "feed", "interval": "1m", "max_interval": "1m", "allow_private": True, "host_pause": 0}
    sources = [{"name": f"source-{n}", "url": f"{address}/{n}", **given} for n in range(SOURCES)]
    file = folder / "sources.yml"
    file.write_text(json.dumps({"sources": sources}))
    return file


def _processor_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / 100  # user and system, in ticks of 10 ms


class _site:
    """The web server, in a process of its own; `asked` gives when each path was asked, in seconds."""

    def __enter__(self) -> tuple[str, Callable[[], dict[str, list[float]]]]:
        context = multiprocessing.get_context("spawn")
        self._ours, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs,), daemon=True)
        self._process.start()
        return self._ours.recv(), self._asked

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.join()

    def _asked(self) -> dict[str, list[float]]:
        self._ours.send("asked")
        found: dict[str, list[float]] = self._ours.recv()
        return found


def _serve(pipe: Any) -> None:
    asked: dict[str, list[float]] = defaultdict(list)

    def plays(one: Asked) -> Answer:
        asked[one.path].append(time.monotonic())
        return rss(("only", "The text."))

    async def work() -> None:
        async with playing(plays) as site:
            pipe.send(site.address)
            await asyncio.to_thread(pipe.recv)
            pipe.send(dict(asked))
            await asyncio.to_thread(pipe.recv)

    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    asyncio.run(work())


if __name__ == "__main__":
    main()
