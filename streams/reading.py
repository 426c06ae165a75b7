"""Worker processes for the expensive, pure part: reading text.

They are spawned (a fork of a process with threads may hang), and end with their parent, however it ends. A text that is
not read in time ends its process by the kernel's timer, which asks no interpreter: a regular expression that runs wild
lets no thread of its process go on.
"""

import asyncio
import logging
import multiprocessing
import multiprocessing.connection
import os
import signal
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Any, Generic, TypeVar

from streams import metrics
from streams.packing import Packed, pack, unpack

log = logging.getLogger("wiredelta")

Work = TypeVar("Work")
Reading = TypeVar("Reading")


class ReadProcessDied(RuntimeError):
    """A text ended the process that read it."""


class ReadTimedOut(RuntimeError):
    """A text was not read in time."""


class Readers(Generic[Work, Reading]):
    """Runs ``read`` in so many processes, each of which calls ``load`` first. A reading is a dataclass.

    ``seconds``: how long a process may be at work on what it is given. One caller at a time.
    """

    def __init__(
        self,
        processes: int,
        load: Callable[[], Any],
        read: Callable[[Sequence[Work]], Sequence[Reading]],
        seconds: Callable[[Sequence[Work]], float],
    ) -> None:
        self.processes, self.load, self._read, self.seconds = processes, load, read, seconds
        self.answered_at = time.monotonic()  # when a process last had done something, or had ended over it
        self._at_work: set[Future[list[Packed]]] = set()
        self._pool = self._new_pool()
        self._started = self._submit(())  # it takes seconds until they can read: time for others to start as well

    async def started(self) -> None:
        """Wait until a process can read. Raises BrokenProcessPool where none can."""
        await asyncio.wrap_future(self._started)

    async def read(self, work: Sequence[Work]) -> list[Reading | Exception]:
        """A reading for each piece of work, in its order, or what went wrong with that piece alone."""
        parts = [range(first, len(work), self.processes) for first in range(min(self.processes, len(work)))]
        results = await asyncio.gather(*(self._together([work[i] for i in part]) for part in parts))
        found: dict[int, Reading | Exception] = {}
        for part, readings in zip(parts, results, strict=True):
            if readings is None:
                readings = [await self._alone(work[i]) for i in part]
            found.update(zip(part, readings, strict=True))
        return [found[i] for i in range(len(work))]

    def stop(self) -> None:
        """End the processes at once: what they are reading will be read again."""
        _kill_processes()
        self._pool.shutdown(cancel_futures=True)

    async def _together(self, work: Sequence[Work]) -> Sequence[Reading | Exception] | None:
        """None: one of these went wrong, and only one by one can tell which."""
        try:
            return await self._unpacked(self._submit(work))
        except Exception as error:
            log.debug("%s pieces of work could not be read together: %r", len(work), error)
            return None

    async def _alone(self, work: Work) -> Reading | Exception:
        await self._nothing_else()
        packed = self._submit([work])
        processes = multiprocessing.active_children()
        try:
            return (await self._unpacked(packed))[0]
        except BrokenProcessPool:
            await asyncio.wrap_future(self._submit(()))  # raises where it was not the text's doing
            if any(process.exitcode == -signal.SIGALRM for process in processes):
                return ReadTimedOut(f"the text was not read within {self.seconds([work]):g} s")
            return ReadProcessDied("the text ended the process that read it")
        except Exception as error:
            return error

    @property
    def at_work(self) -> bool:
        return bool(self._at_work)

    async def _nothing_else(self) -> None:
        """What a batch that was given up has left at work may still end a process: no fault of the next text."""
        left = [asyncio.wrap_future(packed) for packed in list(self._at_work)]
        await asyncio.gather(*left, return_exceptions=True)

    async def _unpacked(self, packed: Future[list[Packed]]) -> list[Reading]:
        pool = self._pool
        try:
            readings = await asyncio.wrap_future(packed)
        except BrokenProcessPool:
            self._renew(pool)
            raise
        return await asyncio.to_thread(lambda: [unpack(reading) for reading in readings])

    def _submit(self, work: Sequence[Work]) -> Future[list[Packed]]:
        seconds = self.seconds(work)
        try:
            packed = self._pool.submit(_read_packed, self._read, work, seconds)
        except BrokenProcessPool:
            self._renew(self._pool)
            packed = self._pool.submit(_read_packed, self._read, work, seconds)
        self._at_work.add(packed)
        packed.add_done_callback(self._answered)
        return packed

    def _answered(self, packed: Future[list[Packed]]) -> None:
        self._at_work.discard(packed)
        self.answered_at = time.monotonic()

    def _renew(self, broken: ProcessPoolExecutor) -> None:
        """A broken pool holds its lock until its other processes end, which its SIGTERM does not make them do."""
        if broken is not self._pool:
            return  # done for other work that it had
        metrics.READ_PROCESS_RESTARTS.inc()
        log.error("a process that reads text ended; starting anew")
        _kill_processes()
        self._pool = self._new_pool()

    def _new_pool(self) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(
            self.processes, multiprocessing.get_context("spawn"), initializer=_prepare, initargs=(self.load,)
        )


def _kill_processes() -> None:
    for process in multiprocessing.active_children():
        process.kill()


def _read_packed(read: Callable[[Sequence[Any]], Sequence[Any]], work: Sequence[Any], seconds: float) -> list[Packed]:
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        return [pack(reading) for reading in read(work)]
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def _prepare(load: Callable[[], Any]) -> None:
    """Signals to the whole process group are the parent's to answer."""
    threading.Thread(target=_end_with_parent, daemon=True).start()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)  # ends the process
    load()


def _end_with_parent() -> None:
    """PR_SET_PDEATHSIG would end with the parent's *thread*, and is Linux's alone."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        multiprocessing.connection.wait([parent.sentinel])
        os._exit(1)
