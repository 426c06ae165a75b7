"""`ingest`: the file read, then one look at each source, or the service."""

import asyncio
import logging
import os
import signal
import sys
from collections.abc import Coroutine, Sequence
from pathlib import Path
from typing import Any

from schemas.polls import Poll
from schemas.topics import ARTICLE_UPDATES, SOURCE_POLLS, SOURCE_STATE
from streams.cli.console import data, headed_table, notes
from streams.cli.errors import FAILED, BadInput, Failed
from streams.cli.run.failures import told_plainly
from streams.ingest import service
from streams.ingest.push.serve import PushAddressTaken
from streams.settings import Settings
from streams.sources.configuration import SourcesError, parse_sources
from streams.sources.health import span
from streams.sources.kinds.push import Push
from streams.sources.settings import Polled, Source
from streams.topics import require_topics
from streams.wording import printable


def check_file(file: str) -> None:
    """Prints the sources. Raises `BadInput`."""
    sources = read_file(file)
    table = headed_table(data())
    for name in ("source", "kind", "outlet", "asked every", "where"):
        table.add_column(name, no_wrap=name != "where")
    for source in sources:
        table.add_row(source.name, source.kind, source.outlet_name, *_how(source))
    data().print(table)
    notes().print(f"{len(sources)} sources, no errors")


def look_once(settings: Settings, file: str) -> None:
    """Exits with 1 where a source failed."""
    polled = [source for source in read_file(file) if isinstance(source, Polled)]
    with told_plainly():
        asyncio.run(_require(settings))
        polls = asyncio.run(service.look_once(settings, polled))
    for poll in polls:
        data().print(f"{poll.source}: {_outcome(poll)}")
    if any(poll.outcome == "failed" for poll in polls):
        sys.exit(FAILED)


def follow(settings: Settings, file: str) -> None:
    """Returns when it is told to stop."""
    sources = read_file(file)
    logging.basicConfig(level=settings.log_level.upper(), format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    logging.getLogger("httpx2").setLevel(logging.WARNING)  # it has a line for each request
    logging.getLogger("wiredelta").setLevel(min(logging.INFO, logging.getLevelName(settings.log_level.upper())))
    with told_plainly():
        try:
            asyncio.run(_until_stopped(_follow(settings, sources)))
        except* PushAddressTaken as group:
            raise Failed(str(group.exceptions[0])) from None
        except* Exception as group:
            raise _innermost(group) from None


async def _follow(settings: Settings, sources: Sequence[Source]) -> None:
    await _require(settings)
    polled = [source for source in sources if isinstance(source, Polled)]
    pushes = [source for source in sources if isinstance(source, Push)]
    await service.run(settings, polled, pushes)


async def _require(settings: Settings) -> None:
    await require_topics(settings, [SOURCE_POLLS.name, SOURCE_STATE.name, ARTICLE_UPDATES.name])


async def _until_stopped(work: Coroutine[Any, Any, None]) -> None:
    task = asyncio.ensure_future(work)
    loop = asyncio.get_running_loop()
    for one in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(one, task.cancel)
    try:
        await task
    except asyncio.CancelledError:
        logging.getLogger("wiredelta").info("Ingester stopped")


def read_file(file: str) -> tuple[Source, ...]:
    """Raises `BadInput`."""
    try:
        text = Path(file).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise BadInput(f"{file} cannot be read: {reason} (--sources names another)") from None
    try:
        return parse_sources(text, file, os.environ)
    except SourcesError as error:
        raise BadInput(str(error)) from None


def _innermost(group: BaseException) -> BaseException:
    while isinstance(group, BaseExceptionGroup):
        group = group.exceptions[0]
    return group


def _how(source: Source) -> tuple[str, str]:
    """How often it is asked, and where."""
    if not isinstance(source, Polled):
        return "it pushes", ""
    return f"{span(source.interval)} to {span(source.max_interval)}", str(source.url)


def _outcome(poll: Poll) -> str:
    if poll.outcome == "failed":
        return f"failed: {printable(poll.error or '')}"
    return f"{len(poll.items)} articles" if poll.outcome == "read" else poll.outcome
