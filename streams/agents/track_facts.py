"""``news.article-updates`` → ``news.fact-changes``: what each update changes in what is known of its story."""

import asyncio
from collections.abc import Sequence
from typing import Any

from faust.types import EventT

from schemas.topics import ARTICLE_UPDATES
from streams import metrics
from streams.batch_rows import BatchRows
from streams.known_facts import IdleStories
from streams.positions import App, Exit, Positions, die
from streams.sending import deliver, message_of
from streams.settings import Settings
from streams.tracking import Batch, TextReaders, Tracking

BATCH, WITHIN = 64, 0.02  # messages, seconds

SECONDS_A_DAY = 86_400


class TrackFacts:
    """The agent and what it remembers from batch to batch."""

    def __init__(self, app: App, positions: Positions[Batch], readers: TextReaders, settings: Settings) -> None:
        self.app, self.positions, self.readers, self.settings = app, positions, readers, settings
        self.idle = IdleStories(positions, settings.story_idle_days * SECONDS_A_DAY)
        self.dead_in_a_row = 0
        app.agent(app.raw_topic(ARTICLE_UPDATES.name), name="track-facts")(self.run)

    async def run(self, stream: Any) -> None:
        async for events in stream.take_events(BATCH, within=WITHIN):
            await self._process(events)

    async def _process(self, events: Sequence[EventT[Any]]) -> None:
        batch = await self.positions.process(events, self._work)
        if batch is not None:
            metrics.STORIES_FORGOTTEN.inc(self.idle.applied(batch.rows))
            count(batch)

    async def _work(self, events: Sequence[EventT[Any]]) -> Batch:
        messages = [message_of(event) for event in events]
        batch = await Tracking(messages, BatchRows(self.positions), self.readers, self.settings.partitions).run()
        self._limit_dead_letters(len(messages), batch)
        await deliver(self.app, batch.outputs)
        for partition in {message.partition for message in messages}:
            await self._forget_idle(partition, batch)
        return batch

    def _limit_dead_letters(self, messages: int, batch: Batch) -> None:
        for place in range(messages):
            self.dead_in_a_row = self.dead_in_a_row + 1 if place in batch.dead else 0
            if self.dead_in_a_row > self.settings.max_dead_letters_in_a_row:
                letter = batch.dead[place]
                die(
                    Exit.FAILED,
                    f"more than {self.settings.max_dead_letters_in_a_row} dead letters in a row, the last for "
                    f"{letter.topic}-{letter.partition} offset {letter.offset}: {letter.reason}: {letter.detail}",
                )

    async def _forget_idle(self, partition: int, batch: Batch) -> None:
        candidates = self.idle.candidates(partition)
        if candidates:
            rows = batch.rows.setdefault(partition, {})
            rows.update(await asyncio.to_thread(self.idle.deletions, partition, candidates, rows))


def count(batch: Batch) -> None:
    """Once a batch is written: what is given up and done again is not counted twice."""
    metrics.REKEYED.inc(batch.rekeyed)
    for letter in batch.dead.values():
        metrics.DEAD_LETTERS.labels(letter.reason).inc()
    for done in batch.done:
        metrics.count_update(done.update, done.reading, done.tracked.changes)
