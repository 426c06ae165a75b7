"""`backtest`: updates from files through the pure code, printed update by update."""

from collections.abc import Callable, Iterable, Iterator, Sequence

import click

from schemas.alerts import Alert
from schemas.changes import FactChange, UpdateSummary
from schemas.updates import ArticleUpdate
from streams.backtest import MemoryRows, backtest
from streams.cli.console import printer
from streams.cli.errors import BAD_INPUT, BadInput
from streams.cli.input import BadLine, Line, read_lines
from streams.cli.render import print_alert, print_change
from streams.facts.tracker import StoryChangedError

WINDOW = 256  # updates looked at together: as many as keep the parser's batches full

Show = Callable[[Iterable[FactChange | UpdateSummary]], None]


def run(files: Sequence[str], explain: bool, where: str | None, as_json: bool) -> int:
    """The exit status: 2 where an update was refused. Raises `BadInput` at a line that is no update."""
    show = _explainer(as_json) if explain else _teller(as_json, where)
    rows = MemoryRows()
    status = 0
    try:
        for places, updates in _windows(read_lines(files)):
            for place, (_, outcome) in zip(places, backtest(updates, rows), strict=True):
                if isinstance(outcome, StoryChangedError):
                    click.echo(f"{place}: story changed: {outcome}", err=True)
                    status = BAD_INPUT
                else:
                    show(outcome.changes)
    except BadLine as error:
        raise BadInput(str(error)) from None
    return status


def _windows(lines: Iterable[Line]) -> Iterator[tuple[list[str], list[ArticleUpdate]]]:
    """Places and updates, so many at a time. Where a line is bad those before it still come, and then `BadLine`."""
    places: list[str] = []
    updates: list[ArticleUpdate] = []
    try:
        for line in lines:
            updates.append(line.update())
            places.append(line.place)
            if len(updates) == WINDOW:
                yield places, updates
                places, updates = [], []
    except BadLine:
        yield places, updates
        raise
    yield places, updates


def _explainer(as_json: bool) -> Show:
    """Prints every change of an update."""
    show = printer(as_json, print_change)

    def explain(changes: Iterable[FactChange | UpdateSummary]) -> None:
        for change in changes:
            show(change)

    return explain


def _teller(as_json: bool, where: str | None) -> Show:
    """Prints the alerts among an update's changes for which the expression is true."""
    show = printer(as_json, print_alert)
    matches = _predicate(where)

    def tell(changes: Iterable[FactChange | UpdateSummary]) -> None:
        for change in changes:
            if isinstance(change, FactChange) and change.alert and matches(change.alert):
                show(change.alert)

    return tell


def _predicate(where: str | None) -> Callable[[Alert], bool]:
    """CEL is imported where it is used: it takes longer than reading a story."""
    if where is None:
        return lambda alert: True
    from streams.client.filters import compile_where

    try:
        return compile_where(where)
    except ValueError as error:
        raise BadInput(f"--where: {error}") from None
