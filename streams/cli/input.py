"""Files of ArticleUpdates: JSON Lines, one update a line; `-` is standard input. Blank lines are passed over."""

import codecs
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import IO, Any

import click

from schemas.decode import BadMessage, decode_update
from schemas.updates import ArticleUpdate

STDIN = "-"


class BadLine(ValueError):
    """A line that is no update; the message begins with file and line."""


@dataclass(frozen=True)
class Line:
    """One line of a file; numbers begin at 1."""

    file: str
    number: int
    raw: bytes

    @property
    def place(self) -> str:
        return f"{self.file}:{self.number}"

    def update(self) -> ArticleUpdate:
        """Raises `BadLine`."""
        try:
            return decode_update(self.raw)
        except BadMessage as error:
            raise BadLine(f"{self.place}: {error.detail}") from error


def read_lines(files: Iterable[str]) -> Iterator[Line]:
    """The lines of all files, lazily, in the order given."""
    for name in files:
        if name == STDIN:
            yield from _lines("standard input", sys.stdin.buffer)
        else:
            with click.open_file(name, "rb") as file:
                yield from _lines(name, file)


def _lines(name: str, file: IO[Any]) -> Iterator[Line]:
    for number, raw in enumerate(file, start=1):
        content = raw.removeprefix(codecs.BOM_UTF8) if number == 1 else raw
        if not content.isspace() and content:
            yield Line(name, number, content)
