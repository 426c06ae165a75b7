"""`tail`: a story's facts as they change."""

from typing import Any

import click

from streams.cli.options import CONNECTION, json_flag, settings_flags, settings_from


@click.command("tail")
@click.argument("story", metavar="STORY")
@click.option("--silent", is_flag=True, help="Show what is considered and not told as well.")
@click.option("--until-eos", is_flag=True, help="Stop at the end of what is there now.")
@json_flag
@settings_flags(CONNECTION)
def command(story: str, silent: bool, until_eos: bool, as_json: bool, **flags: Any) -> None:
    """Print how a story's facts have changed, and how they change from now on.

    STORY is the story's id, or its article's where it has none.

    \b
    Example:
      wiredelta tail trump-putin-call
      wiredelta tail https://example.org/dam --silent --until-eos
    """
    settings = settings_from(flags)
    from streams.cli.run.tail import run

    run(settings, story, silent, until_eos, as_json)
