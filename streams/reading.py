"""Worker processes for the expensive, pure part: reading text.

They are spawned (a fork of a process with threads may hang), and end with their parent, however it ends.
"""

import asyncio
import logging
import multiprocessing
import multiprocessing.connection
import os
import signal
import threading
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


class Readers(Generic[Work, Reading]):
    """Runs ``read`` in so many processes, each of which calls ``load`` first. A reading is a dataclass."""

    def __init__(
        self, processes: int, load: Callable[[], Any], read: Callable[[Sequence[Work]], Sequence[Reading]]
    ) -> None:
        self.processes, self.load, self._read = processes, load, read
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
        try:
            return (await self._unpacked(self._submit([work])))[0]
        except BrokenProcessPool:
            await asyncio.wrap_future(self._submit(()))  # raises where it was not the text's doing
            return ReadProcessDied("the text ended the process that read it")
        except Exception as error:
            return error

    async def _unpacked(self, packed: Future[list[Packed]]) -> list[Reading]:
        pool = self._pool
        try:
            readings = await asyncio.wrap_future(packed)
        except BrokenProcessPool:
            self._renew(pool)
            raise
        return await asyncio.to_thread(lambda: [unpack(reading) for reading in readings])

    def _submit(self, work: Sequence[Work]) -> Future[list[Packed]]:
        try:
            return self._pool.submit(_read_packed, self._read, work)
        except BrokenProcessPool:
            self._renew(self._pool)
            return self._pool.submit(_read_packed, self._read, work)

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


def _read_packed(read: Callable[[Sequence[Any]], Sequence[Any]], work: Sequence[Any]) -> list[Packed]:
    return [pack(reading) for reading in read(work)]


def _prepare(load: Callable[[], Any]) -> None:
    """Signals to the whole process group are the parent's to answer."""
    threading.Thread(target=_end_with_parent, daemon=True).start()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    load()


def _end_with_parent() -> None:
    """PR_SET_PDEATHSIG would end with the parent's *thread*, and is Linux's alone."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        multiprocessing.connection.wait([parent.sentinel])
        os._exit(1)
