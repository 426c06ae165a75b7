"""`subscribe`: alerts out of Kafka, as they come."""

import asyncio
from collections.abc import Collection
from contextlib import aclosing
from typing import Any

from schemas.base import Kind
from streams.cli.console import printer
from streams.cli.errors import BadInput
from streams.cli.render import print_alert
from streams.cli.run.failures import told_plainly
from streams.client.alerts import alert_topics, read_alerts
from streams.client.filters import AlertFilter
from streams.client.reader import Reader, StartAt
from streams.settings import Settings


def run(
    settings: Settings,
    kinds: Collection[Kind],
    as_json: bool,
    start_at: StartAt,
    until_eos: bool,
    group_id: str | None,
    **conditions: Any,
) -> None:
    """`conditions` are those of `AlertFilter`. Ends with the topics where that is asked for, else never."""
    try:
        wanted = AlertFilter(**conditions)
    except ValueError as error:
        raise BadInput(f"--where: {error}") from None
    reader = Reader(settings, alert_topics(kinds), start_at=start_at, until_eos=until_eos, group_id=group_id)
    with told_plainly():
        asyncio.run(_print_alerts(reader, wanted, as_json))


async def _print_alerts(reader: Reader, wanted: AlertFilter, as_json: bool) -> None:
    show = printer(as_json, print_alert)
    async with reader, aclosing(read_alerts(reader, wanted.matches)) as alerts:
        async for alert in alerts:
            show(alert)
