"""The two streams. rich leaves colours out where the stream is no terminal or NO_COLOR is set."""

import sys
from collections.abc import Callable
from typing import Any

from pydantic import BaseModel
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

UNLIMITED = 10_000  # columns


def data() -> Console:
    """stdout, for what was asked for; outside a terminal no line is wrapped."""
    return _console(sys.stdout, None if sys.stdout.isatty() else UNLIMITED)


def notes() -> Console:
    """stderr, for everything else: progress, warnings, what to do next."""
    return _console(sys.stderr, None)


def headed_table(console: Console) -> Table:
    """A table with a rule under its head on a terminal; elsewhere plain columns, one row a line."""
    return Table(box=SIMPLE_HEAD if console.is_terminal else None, pad_edge=False, header_style="bold")


def _console(stream: Any, width: int | None) -> Console:
    return Console(file=stream, width=width, highlight=False, markup=False, emoji=False)


def printer(as_json: bool, show: Callable[[Console, Any], None]) -> Callable[[BaseModel], None]:
    """Prints a record: as one JSON object a line, or as `show` does on the console; flushed each time."""
    if as_json:
        return _print_json
    console = data()
    return lambda record: show(console, record)


def _print_json(record: BaseModel) -> None:
    sys.stdout.write(record.model_dump_json() + "\n")
    sys.stdout.flush()
