"""How much flows, how fast, and what did not get through."""

import math
import time
from collections.abc import Sequence
from dataclasses import dataclass

from schemas.dead_letters import DeadLetter
from streams.board.view.schema import View

MINUTES = 60  # that the rates go back
PERCENTILES = (50, 95, 99)


@dataclass(frozen=True)
class Rates:
    """Counts of each of the last `MINUTES` minutes, the current one last."""

    updates: Sequence[int]
    alerts: Sequence[int]
    silent: Sequence[int]


@dataclass(frozen=True)
class KeptLetter:
    """A dead letter and where it lies on its topic."""

    partition: int
    offset: int
    letter: DeadLetter


class UnknownLetter(LookupError):
    """No such dead letter is in the view."""


def rates(view: View, now: float | None = None) -> Rates:
    """``now``: seconds since 1970."""
    this_minute = int((time.time() if now is None else now) // 60)
    return Rates(
        _per_minute(view, "versions", "arrived", "", this_minute),
        _per_minute(view, "alerts", "detected", "", this_minute),
        _per_minute(view, "changes", "detected", "AND decision = 'silent'", this_minute),
    )


def _per_minute(view: View, table: str, column: str, condition: str, this_minute: int) -> list[int]:
    oldest = this_minute - MINUTES + 1
    rows = view.reading().execute(
        f"SELECT CAST({column} / 60 AS INTEGER) AS minute, count(*) AS times FROM {table}"
        f" WHERE {column} >= ? {condition} GROUP BY minute",
        (oldest * 60,),
    )
    found = {row["minute"]: row["times"] for row in rows}
    return [found.get(minute, 0) for minute in range(oldest, this_minute + 1)]


def latencies(view: View, now: float | None = None) -> dict[int, float] | None:
    """Percentiles in seconds, from update to alert on Kafka's clocks, of the last hour; None where nothing came."""
    since = (time.time() if now is None else now) - MINUTES * 60
    rows = view.reading().execute(
        "SELECT latency FROM alerts WHERE detected >= ? AND latency IS NOT NULL ORDER BY latency", (since,)
    )
    found = [row["latency"] for row in rows]
    if not found:
        return None
    return {percent: found[math.ceil(len(found) * percent / 100) - 1] for percent in PERCENTILES}


def silent_since(view: View, since: float) -> int:
    """How many changes were considered and kept silent since a time (seconds since 1970)."""
    query = "SELECT count(*) FROM changes WHERE detected >= ? AND decision = 'silent'"
    return int(view.reading().execute(query, (since,)).fetchone()[0])


def letter_count(view: View) -> int:
    return int(view.reading().execute("SELECT count(*) FROM letters").fetchone()[0])


def recent_letters(view: View, limit: int) -> list[KeptLetter]:
    """Newest first."""
    rows = view.reading().execute("SELECT * FROM letters ORDER BY failed DESC, offset DESC LIMIT ?", (limit,))
    return [KeptLetter(row["partition"], row["offset"], DeadLetter.model_validate_json(row["body"])) for row in rows]


def find_letter(view: View, partition: int, offset: int) -> KeptLetter:
    """Raises `UnknownLetter`."""
    query = "SELECT body FROM letters WHERE partition = ? AND offset = ?"
    row = view.reading().execute(query, (partition, offset)).fetchone()
    if row is None:
        raise UnknownLetter(f"dead letter {partition}/{offset}")
    return KeptLetter(partition, offset, DeadLetter.model_validate_json(row["body"]))
