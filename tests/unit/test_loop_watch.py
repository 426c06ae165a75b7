"""The loop's watch ends the process where the loop stands still, and only there."""

import asyncio
import threading
import time

import pytest

from streams.positions import Exit
from streams.supervision import loop_watch
from streams.supervision.loop_watch import LoopWatch

TICK = 0.02


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Exit, str]]:
    told: list[tuple[Exit, str]] = []

    monkeypatch.setattr(loop_watch, "die", lambda code, line: told.append((code, line)))
    monkeypatch.setattr(loop_watch, "TICK", TICK)
    return told


async def test_a_loop_that_stands_still_is_told_with_its_place(said: list[tuple[Exit, str]]) -> None:
    beating = asyncio.create_task(LoopWatch(TICK * 5).beat())
    await asyncio.sleep(TICK * 20)
    assert said == []  # it turned
    deadline = time.monotonic() + 30
    while not said and time.monotonic() < deadline:  # the loop is blocked, on purpose
        threading.Event().wait(TICK)
    beating.cancel()
    [(code, line)] = said
    assert code == Exit.STALLED
    assert line.startswith("the event loop stood still for 0.1 s, in wait (")
