"""`explain`: why a story's changes were told or not."""

from typing import Any

import click

from streams.cli.options import CONNECTION, json_flag, settings_flags, settings_from


@click.command("explain")
@click.argument("subject", metavar="ALERT_ID|STORY")
@json_flag
@settings_flags(CONNECTION)
def command(subject: str, as_json: bool, **flags: Any) -> None:
    """Print each considered change of a story, with the decision and its reason.

    STORY is a story_id, or an article_id where the article has no story. With the id of an alert: what the alert
    tells, what was told with it, and what else came of the update that raised it.

    \b
    Example:
      wiredelta explain trump-putin-call
      wiredelta explain 8f8f4f3e-52f1-5d3e-9c1b-0a2b4f7f3c11
      wiredelta explain https://example.org/strike --json
    """
    settings = settings_from(flags)
    from streams.cli.run.explain import run

    run(settings, subject, as_json)
