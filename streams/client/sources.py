"""How the sources do: the latest state of each, off the compacted ``news.source-state``."""

from contextlib import suppress

from pydantic import ValidationError

from schemas.sources import SourceState
from schemas.topics import SOURCE_STATE
from streams.client.latest import latest_values
from streams.settings import Settings


async def source_states(settings: Settings) -> list[SourceState]:
    """By name. Raises `BrokerUnavailable`, `UnknownTopic`, `KafkaRefused`."""
    states = []
    for value in (await latest_values(settings, SOURCE_STATE.name)).values():
        with suppress(ValidationError):  # not ours
            states.append(SourceState.model_validate_json(value))
    return sorted(states, key=lambda state: state.source)
