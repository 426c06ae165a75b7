"""`explain`: records of the audit log, printed as `backtest --explain` prints them."""

import asyncio
from contextlib import aclosing

from schemas.topics import FACT_CHANGES
from streams.cli.console import printer
from streams.cli.errors import BadInput
from streams.cli.render import print_change
from streams.cli.run.failures import told_plainly
from streams.client.explanation import explanation
from streams.settings import Settings


def run(settings: Settings, subject: str, as_json: bool) -> None:
    """Raises `BadInput` where the log has nothing of such a story or alert."""
    with told_plainly():
        shown = asyncio.run(_print_changes(settings, subject, as_json))
    if not shown:
        raise BadInput(f"{FACT_CHANGES.name} has nothing of a story or an alert {subject!r}")


async def _print_changes(settings: Settings, subject: str, as_json: bool) -> int:
    """How many were printed."""
    show = printer(as_json, print_change)
    shown = 0
    async with aclosing(explanation(settings, subject)) as changes:
        async for change in changes:
            show(change)
            shown += 1
    return shown
