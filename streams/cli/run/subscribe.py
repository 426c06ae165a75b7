"""`subscribe`: alerts out of Kafka, as they come, printed and handed over."""

import asyncio
from collections.abc import Collection
from contextlib import aclosing
from typing import Any

from schemas.alerts import Alert
from schemas.base import Kind
from streams.cli.console import notes, printer
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
    shell: str | None,
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
        asyncio.run(_print_alerts(reader, wanted, as_json, shell))


async def _print_alerts(reader: Reader, wanted: AlertFilter, as_json: bool, shell: str | None) -> None:
    show = printer(as_json, print_alert)
    async with reader, aclosing(read_alerts(reader, wanted.matches)) as alerts:
        async for alert in alerts:
            show(alert)
            if shell is not None:
                await _hand_over(alert, shell)


async def _hand_over(alert: Alert, shell: str) -> None:
    """To a command, whose end is waited for: a group's offset is committed after it."""
    process = await asyncio.create_subprocess_shell(shell, stdin=asyncio.subprocess.PIPE)
    try:
        await process.communicate(alert.model_dump_json().encode() + b"\n")  # one that does not read it is no error
    except asyncio.CancelledError:
        process.terminate()
        await process.wait()
        raise
    if process.returncode:
        notes().print(f"alert {alert.id}: the command ended with status {process.returncode}")
