"""`sources`: how the sources that are followed do."""

from typing import Any

import click

from streams.cli.options import CONNECTION, json_flag, settings_flags, settings_from


@click.command("sources")
@json_flag
@settings_flags(CONNECTION)
def command(as_json: bool, **flags: Any) -> None:
    """Show how each source does: its health, when it was last asked and last changed, when it is asked next.

    Those that are not well come first. Exits with 1 if there are any, for use in a check.

    \b
    Example:
      wiredelta sources
      wiredelta sources --json | jq 'select(.health != "ok")'
    """
    settings = settings_from(flags)
    from streams.cli.run.sources import run

    run(settings, as_json)
