"""Reading in worker processes: order, isolation of what fails or kills, and processes that end with their parent."""

import asyncio
import os
import re
import signal
import subprocess
import sys
import textwrap
from collections.abc import Iterator, Sequence
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path

import pytest

from streams import metrics
from streams.reading import Readers, ReadProcessDied, ReadTimedOut
from tests.integration.waiting import eventually_sync

ROOT = Path(__file__).parents[2]
SECONDS = 3.0  # for a text; more than any of these takes that is read at all


def load() -> None:
    """What the real one does here: load the parser's model."""


@dataclass(frozen=True)
class Doubled:
    """A number doubled, and the process that did it."""

    number: int
    process: int


def double(work: Sequence[int | str]) -> list[Doubled]:
    return [Doubled(_double(piece), os.getpid()) for piece in work]


def _double(piece: int | str) -> int:
    if piece == "kill":
        os.kill(os.getpid(), signal.SIGKILL)
    if piece == "hang":
        re.fullmatch("(a|a)*b", "a" * 60)  # for ever, and holds the interpreter's lock meanwhile
    if not isinstance(piece, int):
        raise ValueError(f"{piece} is no number")
    return piece * 2


@pytest.fixture(scope="module")
def readers() -> Iterator[Readers[int | str, Doubled]]:
    readers = Readers(2, load, double, lambda _: SECONDS)
    yield readers
    readers.stop()


def shown(found: list[Doubled | Exception]) -> list[object]:
    return [piece.number if isinstance(piece, Doubled) else piece for piece in found]


async def test_readings_come_in_the_order_of_the_work_from_other_processes(
    readers: Readers[int | str, Doubled],
) -> None:
    found = await readers.read(list(range(7)))
    assert shown(found) == [0, 2, 4, 6, 8, 10, 12]
    assert os.getpid() not in {piece.process for piece in found if isinstance(piece, Doubled)}


async def test_no_work_is_no_trouble(readers: Readers[int | str, Doubled]) -> None:
    assert await readers.read([]) == []


async def test_what_raises_is_told_apart_from_what_was_read_beside_it(
    readers: Readers[int | str, Doubled],
) -> None:
    found = shown(await readers.read([1, "two", 3, 4]))
    assert isinstance(found[1], ValueError)
    assert [found[0], *found[2:]] == [2, 6, 8]


async def test_a_text_that_kills_its_process_is_found_and_the_rest_is_read(
    readers: Readers[int | str, Doubled],
) -> None:
    before = metrics.READ_PROCESS_RESTARTS._value.get()
    found = shown(await readers.read([1, 2, "kill", 4, 5]))
    assert isinstance(found[2], ReadProcessDied)
    assert found[:2] + found[3:] == [2, 4, 8, 10]
    assert shown(await readers.read([6])) == [12]
    assert metrics.READ_PROCESS_RESTARTS._value.get() > before


async def test_a_text_that_is_never_read_is_given_up_and_the_rest_is_read(
    readers: Readers[int | str, Doubled],
) -> None:
    found = shown(await readers.read([1, "hang", 3]))
    assert isinstance(found[1], ReadTimedOut)
    assert str(found[1]) == "the text was not read within 3 s"
    assert [found[0], found[2]] == [2, 6]


async def test_what_a_batch_that_was_given_up_left_hanging_is_not_blamed_on_the_next(
    readers: Readers[int | str, Doubled],
) -> None:
    given_up = asyncio.create_task(readers.read([1, "hang"]))
    await asyncio.wait([given_up], timeout=0.5)
    given_up.cancel()
    assert shown(await readers.read([5, 6, 7])) == [10, 12, 14]
    assert given_up.cancelled()


def load_nothing() -> None:
    raise OSError("the model is not installed")


async def test_processes_that_cannot_start_are_no_fault_of_the_texts() -> None:
    readers: Readers[int | str, Doubled] = Readers(1, load_nothing, double, lambda _: SECONDS)
    with pytest.raises(BrokenProcessPool):
        await readers.started()
    with pytest.raises(BrokenProcessPool):
        await readers.read([1])
    readers.stop()


def test_reading_processes_end_when_their_parent_is_killed(tmp_path: Path) -> None:
    script = tmp_path / "parent.py"
    script.write_text(
        textwrap.dedent("""
            import asyncio, os, signal
            from streams.reading import Readers
            from tests.agents.test_reading import double, load

            async def main():
                readers = Readers(1, load, double, lambda _: 60)
                [doubled] = await readers.read([1])
                print(doubled.process, flush=True)
                os.kill(os.getpid(), signal.SIGKILL)

            if __name__ == "__main__":
                asyncio.run(main())
        """)
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, script], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == -signal.SIGKILL, done.stderr
    eventually_sync(lambda: not _is_alive(int(done.stdout)), "the reading process has ended")


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return Path(f"/proc/{pid}/stat").read_text().split()[2] != "Z" if Path("/proc").exists() else True
