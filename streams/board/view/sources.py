"""How the sources do that are followed."""

from schemas.sources import SourceState
from streams.board.view.schema import View


def source_states(view: View) -> list[SourceState]:
    """The latest state of each; those that are not well first, then by name."""
    rows = view.reading().execute("SELECT body FROM sources ORDER BY health = 'ok', source")
    return [SourceState.model_validate_json(row["body"]) for row in rows]


def by_health(view: View) -> dict[str, int]:
    """How many there are of each state of health that occurs."""
    rows = view.reading().execute("SELECT health, count(*) AS times FROM sources GROUP BY health")
    return {row["health"]: row["times"] for row in rows}
