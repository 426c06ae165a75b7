"""``news.source-polls`` → ``news.article-updates``: which article each item of a poll is, and which version of it."""

import asyncio
from collections.abc import Sequence
from typing import Any

from faust.types import EventT

from schemas.topics import SOURCE_POLLS
from streams import metrics
from streams.batch_rows import BatchRows
from streams.identifying import Polls, identify_all
from streams.positions import App, Positions
from streams.sending import deliver, message_of

BATCH, WITHIN = 64, 0.02  # messages, seconds


class IdentifyVersions:
    """The agent. All that it remembers is in its rows."""

    def __init__(self, app: App, positions: Positions[Polls]) -> None:
        self.app, self.positions = app, positions
        app.agent(app.raw_topic(SOURCE_POLLS.name), name="identify-versions")(self.run)

    async def run(self, stream: Any) -> None:
        async for events in stream.take_events(BATCH, within=WITHIN):
            polls = await self.positions.process(events, self._work)
            if polls is not None:
                count(polls)

    async def _work(self, events: Sequence[EventT[Any]]) -> Polls:
        messages = [message_of(event) for event in events]
        polls = await asyncio.to_thread(identify_all, messages, BatchRows(self.positions))
        await deliver(self.app, polls.outputs)
        return polls


def count(polls: Polls) -> None:
    for letter in polls.dead:
        metrics.DEAD_LETTERS.labels(letter.reason).inc()
    for poll, found in polls.done:
        metrics.SOURCE_POLLS.labels(poll.kind, poll.outcome).inc()
        metrics.SOURCE_VERSIONS.labels(poll.kind).inc(len(found.updates))
