"""How the sources do: the latest state of each, off the compacted ``news.source-state``."""

from pydantic import ValidationError

from schemas.sources import SourceState
from schemas.topics import SOURCE_STATE
from streams.client.reader import Reader
from streams.settings import Settings


async def source_states(settings: Settings) -> list[SourceState]:
    """By name. Raises `BrokerUnavailable`, `UnknownTopic`, `KafkaRefused`."""
    states: dict[bytes, SourceState] = {}
    async with Reader(settings, [SOURCE_STATE.name], until_eos=True) as reader:
        async for record in reader:
            try:
                states[record.key] = SourceState.model_validate_json(record.value or b"")
            except ValidationError:
                states.pop(record.key, None)  # forgotten
    return sorted(states.values(), key=lambda state: state.source)
