"""A worker that meets a fault at a point named by the first argument; with none, a plain worker.

With ``fake`` as the second, its tracker is the small one of `tests.agents.fake_tracker`: it starts in half the time.

It kills itself: ``before-rows``: the outputs are acknowledged, no row is written. ``amid-rows``: half of the rows have
reached the changelog. ``before-position``: all rows have, the position has not. Each at the first batch that writes
rows, once there have been so many batches as ``:N`` says (``amid-rows:5``). Instead of that, ``freeze-amid-rows`` stops
itself (SIGSTOP) and goes on with the other rows when it is woken, and ``raise-amid-rows`` raises an exception.
``lag``: measures how long the event loop is held up and says so for each update. ``recovery``: says how many records
of changelogs it has read. Those of `tests.integration.stalls`: it stands still.
"""

import asyncio
import os
import re
import signal
import sys
import time
from collections.abc import Sequence
from typing import Any

# Only in `main` are streams and Faust imported: reading processes import this file as well.


def fail_at(point: str, after: int) -> None:
    from streams.positions import Positions

    _write, batches = Positions._write, 0
    how, where = re.fullmatch(r"(?:(freeze|raise)-)?(.*)", point).groups("kill")  # type: ignore[union-attr]

    async def write(self: Any, events: Sequence[Any], partition: int, writes: Sequence[Any]) -> bool:
        nonlocal batches
        rows = [place for place, (key, _) in enumerate(writes) if not key.startswith(b"\0")]
        batches += bool(rows)
        if batches != after + 1 or not rows:
            return await _write(self, events, partition, writes)
        first, last = rows[0], rows[-1] + 1
        upto = {"before-rows": 0, "amid-rows": (first + last + 1) // 2, "before-position": last}[where]
        await _write(self, events, partition, writes[:upto])
        await self.app._producer_flush(self.app.log)
        fail(how)
        return await _write(self, events, partition, writes[upto:])

    Positions._write = write  # type: ignore[method-assign]


def fail(how: str) -> None:
    if how == "raise":
        raise RuntimeError("told to fail")
    if how == "freeze":
        answer_slowly()
    os.kill(os.getpid(), signal.SIGSTOP if how == "freeze" else signal.SIGKILL)


def answer_slowly() -> None:
    """A woken worker hears after a second that its group went on: time to write, for one that does not wait for it."""
    from streams.positions import lease

    _do_heartbeat = lease._do_heartbeat

    async def slow(self: Any) -> bool:
        await asyncio.sleep(1.0)
        return bool(await _do_heartbeat(self))

    lease._do_heartbeat = slow


def count_recovered() -> None:
    from streams.positions import Table

    apply_changelog_batch = Table.apply_changelog_batch

    def counted(self: Any, batch: Sequence[Any], *others: Any, **named: Any) -> None:
        os.write(1, f"RECOVERED {len(batch)} of {self.name}\n".encode())
        apply_changelog_batch(self, batch, *others, **named)

    Table.apply_changelog_batch = counted  # type: ignore[method-assign]


def measure_lag() -> None:
    """The longest that a callback had to wait, by update, in this process's CPU time: others use the machine too."""
    from streams import metrics

    longest, count_update = 0.0, metrics.count_update

    async def watch() -> None:
        nonlocal longest
        while True:
            began = time.process_time()
            await asyncio.sleep(0.001)
            longest = max(longest, time.process_time() - began)

    def counted(*arguments: Any) -> None:
        nonlocal longest
        count_update(*arguments)
        if not watching:
            watching.append(asyncio.ensure_future(watch()))
        os.write(1, f"LAG {longest * 1000:.1f} ms\n".encode())
        longest = 0.0

    watching: list[asyncio.Future[None]] = []
    metrics.count_update = counted


def use_fake_tracker() -> None:
    from streams.facts.language import parse
    from tests.agents import fake_tracker

    sys.modules["streams.facts.tracker"] = fake_tracker
    parse.model = fake_tracker.load  # type: ignore[assignment]


def main() -> None:
    if "fake" in sys.argv[2:]:
        use_fake_tracker()
    from streams.settings import load_settings
    from streams.worker import run_worker
    from tests.integration.stalls import STALLS

    point, _, number = (sys.argv[1:] or [""])[0].partition(":")
    if point == "lag":
        measure_lag()
    elif point in STALLS:
        STALLS[point]()
    elif point == "recovery":
        count_recovered()
    elif point:
        fail_at(point, int(number or 0))
    run_worker(load_settings())


if __name__ == "__main__":
    main()
