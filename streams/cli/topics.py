"""`topics`: the topics of wiredelta's, as declared and as they are."""

from typing import Any

import click

from streams.cli.options import CONNECTION, TOPICS, json_flag, settings_flags, settings_from


@click.command("topics")
@click.option("--create", is_flag=True, help="Make those that are missing.")
@json_flag
@settings_flags(CONNECTION, TOPICS)
def command(create: bool, as_json: bool, **flags: Any) -> None:
    """List the topics, and what of them is on the broker.

    \b
    Example:
      wiredelta topics
      wiredelta topics --create --partitions 16
    """
    settings = settings_from(flags)
    from streams.cli.run.topics import run

    run(settings, create, as_json)
