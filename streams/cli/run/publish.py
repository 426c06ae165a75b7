"""`publish`: files checked as a whole, then put on Kafka; and dead letters sent again."""

import asyncio
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager

import click
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from schemas.updates import ArticleUpdate
from streams.cli.console import notes
from streams.cli.input import BadLine, Line, kept_lines
from streams.cli.run.failures import told_plainly
from streams.client.dead_letters import replay_dead_letters
from streams.client.publisher import Publisher
from streams.settings import Settings
from streams.wire import TooLarge, encode_update

Told = Callable[[int], None]  # how many updates have been acknowledged so far


def publish_files(settings: Settings, files: Sequence[str], skip_bad: bool, pace: float) -> None:
    """Publishes nothing where a line is bad (`BadInput`, the first one named), unless bad ones are to be skipped."""
    with told_plainly(), kept_lines(files) as lines:
        good = check(lines, skip_bad)
        with progress_bar("publishing", good) as told:
            published = asyncio.run(publish(settings, updates_in(lines, skip_bad), pace, told))
    notes().print(f"{published:,} updates published to {settings.broker}")


def check(lines: Iterable[Line], skip_bad: bool) -> int:
    """The number of good lines; bad ones are named on stderr where they are skipped. Raises `BadLine` otherwise."""
    good = 0
    for line in lines:
        try:
            publishable(line)
        except BadLine as error:
            if not skip_bad:
                raise
            click.echo(f"skipped {error}", err=True)
        else:
            good += 1
    return good


def updates_in(lines: Iterable[Line], skip_bad: bool) -> Iterator[ArticleUpdate]:
    """The updates of good lines. Raises `BadLine` at a bad one, unless these are to be skipped."""
    for line in lines:
        try:
            yield publishable(line)
        except BadLine:
            if not skip_bad:
                raise


def publishable(line: Line) -> ArticleUpdate:
    """Raises `BadLine`, also for an update that the topic does not take."""
    update = line.update()
    try:
        encode_update(update)
    except TooLarge as error:
        raise BadLine(f"{line.place}: {error}") from error
    return update


async def publish(settings: Settings, updates: Iterator[ArticleUpdate], pace: float, told: Told) -> int:
    """How many were published: at once, or one every `pace` seconds."""
    async with Publisher(settings) as publisher:
        if not pace:
            return await publisher.publish(updates, told)
        published = 0
        for update in updates:
            if published:
                await asyncio.sleep(pace)
            published += await publisher.publish([update])
            told(published)
        return published


def publish_dead_letters(settings: Settings) -> None:
    """Sends every dead letter to the topic from which it came."""
    with told_plainly(), progress_bar("sending again", None) as told:
        sent = asyncio.run(replay_dead_letters(settings, told))
    notes().print(f"{sent:,} dead letters sent again to {settings.broker}")


@contextmanager
def progress_bar(words: str, total: int | None) -> Iterator[Told]:
    """On a terminal's stderr, gone when done; elsewhere nothing is shown."""
    console = notes()
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task(words, total=total)
        yield lambda count: progress.update(task, completed=count)
