"""`sources`: a line for each, those that are not well first."""

import asyncio
import sys
from collections.abc import Sequence
from datetime import UTC, datetime

from schemas.sources import SourceState
from streams.cli.console import data, headed_table, notes
from streams.cli.errors import FAILED
from streams.cli.run.failures import told_plainly
from streams.client.sources import source_states
from streams.settings import Settings
from streams.sources.health import span
from streams.wording import printable


def run(settings: Settings, as_json: bool) -> None:
    """Exits with 1 where a source is not well."""
    with told_plainly():
        states = asyncio.run(source_states(settings))
    if as_json:
        sys.stdout.writelines(f"{state.model_dump_json()}\n" for state in states)
    elif states:
        _print_table(states, datetime.now(UTC))
    else:
        notes().print("No source has been asked yet: `wiredelta ingest` does so, and a worker takes note.")
    if any(state.health != "ok" for state in states):
        sys.exit(FAILED)


def _print_table(states: Sequence[SourceState], now: datetime) -> None:
    table = headed_table(data())
    for name in ("source", "health", "last asked", "last change", "next"):
        table.add_column(name, no_wrap=True)
    for name in ("articles", "versions", "a day"):
        table.add_column(name, justify="right")
    table.add_column("why")
    for state in sorted(states, key=lambda state: (state.health == "ok", state.source)):
        table.add_row(
            state.source,
            state.health,
            _ago(state.last_poll, now),
            _ago(state.last_change, now),
            _ahead(state.next_poll, now),
            f"{state.articles:,}",
            f"{state.versions:,}",
            f"{state.versions_a_day:.1f}",
            printable(state.reason),
        )
    data().print(table)


def _ago(moment: datetime | None, now: datetime) -> str:
    return f"{span((now - moment).total_seconds())} ago" if moment else "never"


def _ahead(moment: datetime | None, now: datetime) -> str:
    if moment is None:
        return "it pushes"
    seconds = (moment - now).total_seconds()
    return f"in {span(seconds)}" if seconds > 0 else "due"
