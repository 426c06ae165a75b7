"""`subscribe`: alerts as they come."""

from datetime import UTC, datetime
from typing import Any

import click

from streams.cli.options import CONNECTION, json_flag, settings_flags, settings_from, where_option

# Those of schemas.base.Kind, whose import would cost more than `--help` may take; a test holds the two together.
KINDS = (
    "correction",
    "event-status",
    "event-time",
    "figure",
    "statement",
    "quote",
    "position",
    "participant",
    "action",
)


class StartPoint(click.ParamType):
    """`earliest`, `latest`, or an aware datetime."""

    name = "point"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if value in ("earliest", "latest") or isinstance(value, datetime):
            return value
        try:
            moment = datetime.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is neither earliest nor latest nor a time like 2026-01-31T06:00Z", param, ctx)
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


@click.command("subscribe")
@click.argument("kinds", nargs=-1, metavar="[KIND…]", type=click.Choice(KINDS))
@click.option(
    "--start-at",
    default="latest",
    metavar="POINT",
    type=StartPoint(),
    help="earliest, latest or a time (UTC where it names no zone).  [latest]",
)
@click.option("--until-eos", is_flag=True, help="Stop at the end of what is there now.")
@click.option("--group-id", metavar="NAME", help="Go on where this group was. Without it: from the start point.")
@click.option("--story", metavar="STORY", help="Only this story.")
@click.option("--change", type=click.Choice(["initial", "update", "retraction"]), help="Only this sort of change.")
@click.option("--actor", metavar="NAME", help="Only alerts in which this actor takes part.")
@click.option("--outlet", metavar="SOURCE", help="Only alerts that this outlet caused.")
@click.option("--match", metavar="TEXT", help="Only alerts with this text in summary, headline or sentence.")
@click.option("--min-priority", type=click.Choice(["routine", "urgent", "flash"]), help="Only this priority and above.")
@where_option
@click.option("--exec", "shell", metavar="CMD", help="Run this for each alert, its JSON on standard input.")
@json_flag
@settings_flags(CONNECTION)
def command(kinds: tuple[Any, ...], as_json: bool, shell: str | None, **choices: Any) -> None:
    """Print alerts of these kinds, or of all, as they come.

    The kinds: correction, event-status, event-time, figure, statement, quote, position, participant, action. An alert
    that comes twice is printed once; one under embargo is held back until the embargo ends. What --exec runs is waited
    for, so that alerts keep their order; one that fails is told on stderr.

    \b
    Example:
      wiredelta subscribe
      wiredelta subscribe figure --min-priority urgent --start-at 2026-01-31T06:00Z
      wiredelta subscribe event-status --where 'after.value.status == "ended"'
      wiredelta subscribe --min-priority flash --exec 'jq -r .summary | wall'
      wiredelta subscribe --start-at earliest --until-eos --json
    """
    settings = settings_from({name: choices.pop(name) for name in CONNECTION})
    from streams.cli.run.subscribe import run

    run(settings, kinds, as_json, shell, **choices)
