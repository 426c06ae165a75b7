"""`forget`: a takedown."""

from typing import Any

import click

from streams.cli.options import APP, CONNECTION, settings_flags, settings_from


@click.command("forget")
@click.argument("name", metavar="ARTICLE|STORY")
@settings_flags(CONNECTION, APP)
def command(name: str, **flags: Any) -> None:
    """Have all forgotten that is known of a story: by the workers' tables, their changelogs, and every board.

    An article's id stands for its story: facts are known of stories. Its next update opens the story anew, in silence.
    What stands on topics that keep everything for a while (updates, changes, alerts) stays there until their retention
    ends; `wiredelta topics` says how long that is.

    \b
    Example:
      wiredelta forget https://example.org/dam
    """
    from streams.cli.run.forget import run

    run(settings_from(flags), name)
