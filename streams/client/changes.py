"""The audit log as readers get it: each record once."""

import logging
from collections.abc import AsyncGenerator, Callable

from aiokafka import ConsumerRecord
from pydantic import ValidationError

from schemas.changes import CHANGE, FactChange, UpdateSummary
from schemas.errors import explain
from streams.client.reader import Reader
from streams.client.repeats import RepeatMemory

log = logging.getLogger(__name__)


async def read_changes(
    reader: Reader, wanted: Callable[[ConsumerRecord], bool] = lambda record: True
) -> AsyncGenerator[FactChange | UpdateSummary, None]:
    """The wanted of a reader's fact changes; repeats are dropped, others' messages are logged and passed over.

    A group's offset is committed when the next one is asked for.
    """
    repeats = RepeatMemory()
    async for record in reader:
        change = _change_in(record) if wanted(record) else None
        if change is not None and not repeats.is_repeat(change.id):
            yield change
        await reader.done(record)


def _change_in(record: ConsumerRecord) -> FactChange | UpdateSummary | None:
    try:
        return CHANGE.validate_json(record.value or b"")
    except ValidationError as error:
        place = (record.topic, record.partition, record.offset)
        log.warning("%s, partition %d, offset %d: not a fact change: %s", *place, explain(error))
        return None
