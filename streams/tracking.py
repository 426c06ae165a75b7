"""What is done with a batch of messages, from raw bytes to outputs and rows. Knows nothing of Faust.

An update needs what the one before it of its story left, so a batch goes in rounds of one update of each story; the
texts of a round are read together.
"""

import asyncio
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from schemas.changes import FactChange, UpdateSummary
from schemas.dead_letters import DeadLetter, DeadLetterReason
from schemas.decode import BadMessage, decode_update
from schemas.polls import VersionOutcome
from schemas.topics import ARTICLE_UPDATES, DEAD_LETTERS, FACT_CHANGES, REKEYED, SOURCE_POLLS
from schemas.updates import ArticleUpdate
from streams.backtest import rounds
from streams.batch_rows import BatchRows
from streams.facts import tracker
from streams.facts.rows import LaterSchemaError, StoryRow, decode, home_key, story_prefix, story_row_key
from streams.facts.tracker import Memory, Reading, StoryChangedError, Tracked
from streams.kafka import REQUEST_OVERHEAD, partition_of
from streams.positions import NotHeld
from streams.reading import Readers
from streams.wire import (
    Headers,
    TooLarge,
    encode_dead_letter,
    encode_outcome,
    has_header,
    is_takedown,
    polled_source,
    require_size,
)

log = logging.getLogger("wiredelta")

RECEIVED_AT = "wiredelta-received-at"  # header of a fact change: when its message came to Kafka, in ms since 1970
MAX_ROW_BYTES = 1_000_000  # a changelog record over Kafka's limit would end every worker that gets the story
MAX_CHANGE_BYTES = FACT_CHANGES.max_message_bytes - REQUEST_OVERHEAD

LONG_TEXT = 50_000  # characters; a process reads them in 5 s of its own

TextReaders = Readers[tuple[ArticleUpdate, Memory], Reading]


def seconds_to_read(seconds: float, work: Sequence[tuple[ArticleUpdate, Memory]]) -> float:
    """How long texts may take together, where one that is not long may take so many seconds."""
    return seconds * max(1.0, sum(len(update.body) for update, _ in work) / LONG_TEXT)


@dataclass(frozen=True)
class Message:
    """A message of a source topic; ``timestamp`` in seconds since 1970."""

    topic: str
    partition: int
    offset: int
    timestamp: float
    key: bytes | None
    value: bytes | None
    headers: Headers


@dataclass(frozen=True)
class Output:
    """A message to send; its key decides the partition."""

    topic: str
    key: bytes | None
    value: bytes | None
    headers: Headers = field(default_factory=list)


@dataclass(frozen=True)
class Done:
    """An update that was tracked."""

    update: ArticleUpdate
    reading: Reading
    tracked: Tracked


@dataclass
class Batch:
    """What came of a batch: outputs in order, rows by partition, and what to count."""

    outputs: list[Output] = field(default_factory=list)
    rows: dict[int, dict[bytes, bytes | None]] = field(default_factory=dict)
    done: list[Done] = field(default_factory=list)
    dead: dict[int, DeadLetter] = field(default_factory=dict)  # by the message's place in the batch
    rekeyed: int = 0


class Tracking:
    """One batch on its way: the messages, the rows as they change, and what has come of it so far."""

    def __init__(self, messages: Sequence[Message], rows: BatchRows, readers: TextReaders, partitions: int) -> None:
        self.messages, self.rows, self.readers, self.partitions = messages, rows, readers, partitions
        self.updates: dict[int, ArticleUpdate] = {}  # by the message's place in the batch
        self.takedowns: list[int] = []  # places
        self.batch = Batch()
        self.ended = False  # also where it was given up: a thread that is at work on it then stops at the next update

    async def run(self) -> Batch:
        try:
            return await self._run()
        finally:
            self.ended = True

    async def _run(self) -> Batch:
        """The event loop is left alone: what is not awaited happens in a thread or in another process."""
        await asyncio.to_thread(self._decode_all)
        begun = 0
        for takedown in self.takedowns:
            await self._track_all([place for place in self.updates if begun <= place < takedown])
            await asyncio.to_thread(self._forget, self.messages[takedown])
            begun = takedown
        await self._track_all([place for place in self.updates if place >= begun])
        self.batch.rows = self.rows.written
        return self.batch

    async def _track_all(self, places: Sequence[int]) -> None:
        for together in rounds([self.updates[place] for place in places]):
            memories = await asyncio.to_thread(self._recall, [places[index] for index in together])
            work = [(self.updates[place], memory) for place, memory in memories.items()]
            readings = dict(zip(memories, await self.readers.read(work), strict=True))
            await asyncio.to_thread(self._track, memories, readings)

    def _forget(self, message: Message) -> None:
        """All rows of the story, and those that tell which story its articles belong to."""
        story = (message.key or b"").decode("utf-8", "replace")
        rows = self.rows.of(message.partition)
        row = rows.get(story_row_key(story))
        homes = [home_key(article) for article in (decode(StoryRow, row).articles if row else ())]
        keys = [*(key for key, _ in rows.scan(story_prefix(story))), *homes]
        if keys:
            self.rows.write(message.partition, dict.fromkeys(keys))

    def _decode_all(self) -> None:
        for place, message in enumerate(self.messages):
            if self._is_takedown(message):
                self.takedowns.append(place)
                continue
            try:
                update = decode_update(message.value)
                if self._is_in_place(message, update):
                    self.updates[place] = update
                else:
                    self.batch.outputs.append(self._sent_on(message, update))
                    self.batch.rekeyed += 1
            except BadMessage as bad:
                self._bury(place, bad.reason, bad.detail)
            except Exception as error:
                self._bury_failed(place, error)

    def _is_takedown(self, message: Message) -> bool:
        """Without a key, or elsewhere than its story, it is buried as any message without a value is."""
        in_place = message.key is not None and message.partition == partition_of(message.key, self.partitions)
        return in_place and is_takedown(message.value, message.headers)

    def _is_in_place(self, message: Message, update: ArticleUpdate) -> bool:
        key = update.story_key.encode()
        return message.key == key and message.partition == partition_of(key, self.partitions)

    def _sent_on(self, message: Message, update: ArticleUpdate) -> Output:
        """Once: where others partition in another way, the message would go round in circles."""
        if has_header(message.headers, REKEYED):
            raise BadMessage(
                "invalid", f"the message was sent on to the partition of its story, yet is not there: {_where(message)}"
            )
        key, headers = update.story_key.encode(), [*message.headers, (REKEYED, b"1")]
        try:
            require_size(ARTICLE_UPDATES, key, message.value or b"", headers)
        except TooLarge as error:
            raise BadMessage("invalid", f"not on the partition of its story, and cannot be sent on: {error}") from error
        return Output(ARTICLE_UPDATES.name, key, message.value, headers)

    def _recall(self, places: Sequence[int]) -> dict[int, Memory]:
        memories = {}
        for place in places:
            try:
                memories[place] = tracker.recall(self.updates[place], self.rows.of(self.messages[place].partition))
            except StoryChangedError as error:
                self._bury(place, "story changed", str(error))
            except Exception as error:
                self._bury_failed(place, error)
        return memories

    def _track(self, memories: Mapping[int, Memory], readings: Mapping[int, Reading | Exception]) -> None:
        for place, memory in memories.items():
            if self.ended:
                return
            reading = readings[place]
            try:
                if isinstance(reading, Exception):
                    raise reading
                self._track_one(place, memory, reading)
            except Exception as error:
                self._bury_failed(place, error)

    def _track_one(self, place: int, memory: Memory, reading: Reading) -> None:
        update, message = self.updates[place], self.messages[place]
        rows = self.rows.of(message.partition)
        tracked = tracker.track(update, memory, reading, rows, detected_at=datetime.now(UTC))
        outputs = [_change_output(change, message) for change in tracked.changes]
        outputs += _outcome_output(update, tracked, message)
        for key, row in tracked.rows.items():
            if row is not None and len(row) > MAX_ROW_BYTES:
                raise ValueError(f"row {key!r} would have {len(row):,} bytes, at most {MAX_ROW_BYTES:,} are allowed")
        self.rows.write(message.partition, tracked.rows)
        self.batch.outputs += outputs
        self.batch.done.append(Done(update, reading, tracked))

    def _bury_failed(self, place: int, error: Exception) -> None:
        if isinstance(error, NotHeld | LaterSchemaError):
            raise error  # the work is given up, not the message
        log.error("%s failed", _where(self.messages[place]), exc_info=error)
        self._bury(place, "failed", failure(error))

    def _bury(self, place: int, reason: DeadLetterReason, detail: str) -> None:
        letter = dead_letter(self.messages[place], reason, detail)
        self.batch.dead[place] = letter
        self.batch.outputs.append(letter_output(letter))


def dead_letter(message: Message, reason: DeadLetterReason, detail: str) -> DeadLetter:
    return DeadLetter(
        topic=message.topic,
        partition=message.partition,
        offset=message.offset,
        reason=reason,
        detail=detail,
        failed_at=datetime.now(UTC),
        key=message.key,
        value=message.value,
    )


def letter_output(letter: DeadLetter) -> Output:
    return Output(DEAD_LETTERS.name, *encode_dead_letter(letter))


def failure(error: Exception) -> str:
    """An error that is a bug, on one line of a dead letter."""
    return " ".join(f"{type(error).__name__}: {error}".split())


def _change_output(change: FactChange | UpdateSummary, message: Message) -> Output:
    value = change.model_dump_json().encode()
    if len(value) > MAX_CHANGE_BYTES:
        raise ValueError(f"a fact change would have {len(value):,} bytes, at most {MAX_CHANGE_BYTES:,} are allowed")
    received_at = (RECEIVED_AT, b"%d" % (message.timestamp * 1000))
    return Output(FACT_CHANGES.name, change.story_id.encode(), value, [received_at])


def _outcome_output(update: ArticleUpdate, tracked: Tracked, message: Message) -> list[Output]:
    """For the source whose poll brought the version; what was not diffed tells nothing of it."""
    source = polled_source(message.headers)
    is_later = update.version > 1 and update.mode == "actual" and update.status == "usable"
    if source is None or not is_later or not tracked.rows:
        return []
    told = any(change.decision == "alert" for change in tracked.changes)
    outcome = VersionOutcome(source=source, article_id=update.article_id, version=update.version, told=told)
    return [Output(SOURCE_POLLS.name, *encode_outcome(outcome))]


def _where(message: Message) -> str:
    return f"{message.topic}, partition {message.partition}, offset {message.offset}"
