"""What is done with a batch of polls, from raw bytes to outputs and rows. Knows nothing of Faust."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field

from pydantic import ValidationError

from schemas.dead_letters import DeadLetter, DeadLetterReason
from schemas.errors import explain
from schemas.polls import Poll, VersionOutcome
from schemas.topics import ARTICLE_UPDATES, SOURCE_HEALTH, SOURCE_STATE
from streams.batch_rows import BatchRows
from streams.positions import NotHeld
from streams.sources.outcomes import count_in
from streams.sources.versions import Identified, identify
from streams.tracking import Message, Output, dead_letter, failure, letter_output
from streams.wire import encode_polled, is_outcome

log = logging.getLogger("wiredelta")


@dataclass
class Polls:
    """What came of a batch: outputs in order, rows by partition, and what to count."""

    outputs: list[Output] = field(default_factory=list)
    rows: dict[int, dict[bytes, bytes | None]] = field(default_factory=dict)
    done: list[tuple[Poll, Identified]] = field(default_factory=list)
    dead: list[DeadLetter] = field(default_factory=list)


def identify_all(messages: Sequence[Message], rows: BatchRows) -> Polls:
    """One after another; what cannot be processed goes to the dead letters. Raises NotHeld."""
    polls = Polls(rows=rows.written)
    for message in messages:
        try:
            if is_outcome(message.headers):
                _count_in(message, rows)
            else:
                _identify(message, rows, polls)
        except NotHeld:
            raise
        except ValidationError as error:
            _bury(message, "invalid", explain(error), polls)
        except Exception as error:
            log.error("a poll in partition %s failed", message.partition, exc_info=error)
            _bury(message, "failed", failure(error), polls)
    return polls


def _identify(message: Message, rows: BatchRows, polls: Polls) -> None:
    poll = Poll.model_validate_json(message.value or b"")
    if message.key != poll.source.encode():
        _bury(message, "invalid", f"the key should be the source's name, {poll.source}", polls)
        return
    found = identify(poll, rows.of(message.partition))
    outputs = [Output(ARTICLE_UPDATES.name, *encode_polled(update, poll.source)) for update in found.updates]
    outputs.append(Output(SOURCE_STATE.name, message.key, found.state.model_dump_json().encode()))
    if found.health_change is not None:
        outputs.append(Output(SOURCE_HEALTH.name, message.key, found.health_change.model_dump_json().encode()))
    polls.outputs += outputs
    rows.write(message.partition, found.rows)
    polls.done.append((poll, found))


def _count_in(message: Message, rows: BatchRows) -> None:
    """The source's next poll tells what it makes of its health."""
    outcome = VersionOutcome.model_validate_json(message.value or b"")
    rows.write(message.partition, count_in(outcome, rows.of(message.partition)))


def _bury(message: Message, reason: DeadLetterReason, detail: str, polls: Polls) -> None:
    letter = dead_letter(message, reason, detail)
    polls.dead.append(letter)
    polls.outputs.append(letter_output(letter))
