"""Files of ArticleUpdates: JSON Lines, one update a line; `-` is standard input. Blank lines are passed over."""

import codecs
import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

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
        with _opened(name) as file:
            yield from _lines(_name(name), file)


@contextmanager
def kept_lines(files: Sequence[str]) -> "Iterator[KeptLines]":
    """Files that can be read twice: to check them all, and to use them. What is no regular file is read to its end."""
    with ExitStack() as stack:
        yield KeptLines([(_name(name), stack.enter_context(_kept(name))) for name in files])


@dataclass(frozen=True)
class KeptLines:
    """Each iteration reads all lines from the first one on."""

    sources: Sequence[tuple[str, IO[bytes]]]

    def __iter__(self) -> Iterator[Line]:
        for name, file in self.sources:
            file.seek(0)
            yield from _lines(name, file)


@contextmanager
def _kept(name: str) -> Iterator[IO[bytes]]:
    if name != STDIN and Path(name).is_file():
        with Path(name).open("rb") as file:
            yield file
    else:
        with tempfile.TemporaryFile() as copy, _opened(name) as stream:
            shutil.copyfileobj(stream, copy)
            yield copy


@contextmanager
def _opened(name: str) -> Iterator[IO[Any]]:
    if name == STDIN:
        yield sys.stdin.buffer
    else:
        with Path(name).open("rb") as file:
            yield file


def _name(name: str) -> str:
    return "standard input" if name == STDIN else name


def _lines(name: str, file: IO[bytes]) -> Iterator[Line]:
    for number, raw in enumerate(file, start=1):
        content = raw.removeprefix(codecs.BOM_UTF8) if number == 1 else raw
        if content and not content.isspace():
            yield Line(name, number, content)
