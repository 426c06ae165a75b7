"""`worker`: read updates, keep facts, raise alerts."""

from typing import Any

import click

from streams.cli.options import APP, CONNECTION, TOPICS, WORKER, settings_flags, settings_from


@click.command("worker")
@click.option("--embedded", is_flag=True, help="Start a broker beside it: for one machine, not for production.")
@settings_flags(CONNECTION, APP, TOPICS, WORKER)
def command(embedded: bool, **flags: Any) -> None:
    """Run a worker until it is stopped (Ctrl-C or SIGTERM).

    Start as many as there are partitions at most; each needs a data folder of its own.

    \b
    Example:
      wiredelta worker --broker kafka-1:9092,kafka-2:9092 --data-dir /var/lib/wiredelta
      wiredelta worker --embedded
    """
    settings = settings_from(flags)
    from streams.cli.run.worker import run

    run(settings, embedded)
