"""Ways in which a worker stands still, each begun with the first batch that it is given."""

import asyncio
import time
from collections.abc import Callable, Sequence
from typing import Any


def _block_loop() -> None:
    def blocked(*_: Any) -> None:
        time.sleep(3600)

    _instead_of_a_batch(blocked)


def _end_agent() -> None:
    from streams.agents.track_facts import TrackFacts

    async def run(self: TrackFacts, stream: Any) -> None:
        async for _ in stream.take_events(1, within=0.02):
            return

    TrackFacts.run = run  # type: ignore[method-assign]


def _process_nothing() -> None:
    _instead_of_a_batch(lambda _: asyncio.Event().wait())


def _crash() -> None:
    def crashed(agent: Any) -> Any:
        return agent.app.crash(ArithmeticError("told to crash"))

    _instead_of_a_batch(crashed)


def _instead_of_a_batch(stall: Callable[[Any], Any]) -> None:
    from streams.agents.track_facts import TrackFacts

    async def process(self: TrackFacts, events: Sequence[Any]) -> None:
        stalled = stall(self)
        if stalled is not None:
            await stalled

    TrackFacts._process = process  # type: ignore[method-assign]


STALLS: dict[str, Callable[[], None]] = {
    "block-loop": _block_loop,
    "end-agent": _end_agent,
    "process-nothing": _process_nothing,
    "crash": _crash,
}
