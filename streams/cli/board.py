"""`board`: the topics as web pages."""

from typing import Any

import click

from streams.cli.options import APP, BOARD, CONNECTION, settings_flags, settings_from


@click.command("board")
@settings_flags(CONNECTION, APP, BOARD)
def command(**flags: Any) -> None:
    """Serve the alerts as web pages, feeds and JSON, until it is stopped (Ctrl-C or SIGTERM).

    It reads the topics of the last days at each start and keeps nothing; run as many as you like. Dead letters can be
    replayed from it where WIREDELTA_ADMIN_TOKEN is set.

    \b
    Example:
      wiredelta board --broker kafka-1:9092,kafka-2:9092
      wiredelta board --board-host 0.0.0.0 --board-port 8080 --board-days 7
    """
    settings = settings_from(flags)
    from streams.cli.run.board import run

    run(settings)
