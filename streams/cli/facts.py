"""`facts`: what is known of a story."""

from typing import Any

import click

from streams.cli.options import APP, CONNECTION, json_flag, settings_flags, settings_from


@click.command("facts")
@click.argument("story", metavar="STORY")
@json_flag
@settings_flags(CONNECTION, APP)
def command(story: str, as_json: bool, **flags: Any) -> None:
    """Print the known facts of a story, with value, age and sources.

    STORY is a story_id, or an article_id where the article has no story.

    \b
    Example:
      wiredelta facts trump-putin-call
      wiredelta facts https://example.org/strike --json
    """
    settings = settings_from(flags)
    from streams.cli.run.facts import run

    run(settings, story, as_json)
