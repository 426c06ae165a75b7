"""What came of a source's versions, counted into its state: a source whose versions tell nothing new is noisy."""

from schemas.polls import VersionOutcome
from streams.sources.rows import Rows, decode_state, state_key

WEIGHED = 20  # versions: the mean of all up to so many, then an exponential one


def count_in(outcome: VersionOutcome, rows: Rows) -> dict[bytes, bytes | None]:
    """The rows to write. One that comes twice after a crash counts twice, which a mean of twenty can bear."""
    key = state_key(outcome.source)
    state = decode_state(rows.get(key))
    if state is None:
        return {}
    versions = state.later_versions + 1
    telling = state.telling or 0.0
    telling += (outcome.told - telling) / min(versions, WEIGHED)
    counted = state.model_copy(update={"later_versions": versions, "telling": telling})
    return {key: counted.model_dump_json().encode()}
