"""The command line: one file a command, data on stdout, logs on stderr, one clear line for what is wrong."""

import importlib
import sys
from typing import Any

import click

from streams.cli.errors import INTERRUPTED

COMMANDS = (
    "demo",
    "board",
    "ingest",
    "sources",
    "import",
    "publish",
    "subscribe",
    "tail",
    "backtest",
    "explain",
    "facts",
    "forget",
    "topics",
    "worker",
)


MODULES = {"import": "import_"}  # a word of Python's own


class Commands(click.Group):
    """Imports a command's module when it is asked for, and ends every run with one line and a status."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        command: click.Command = importlib.import_module(f"streams.cli.{MODULES.get(name, name)}").command
        return command

    def main(self, *args: Any, **kwargs: Any) -> Any:
        try:
            status = super().main(*args, **kwargs | {"standalone_mode": False})
        except click.ClickException as error:
            click.echo(f"{_speaker(error)}: {error.format_message()}", err=True)
            sys.exit(error.exit_code)
        except click.Abort:
            sys.exit(INTERRUPTED)
        sys.exit(status if isinstance(status, int) else 0)


def _speaker(error: click.ClickException) -> str:
    context = getattr(error, "ctx", None)
    return context.command_path if context else "wiredelta"


@click.group(
    "wiredelta", cls=Commands, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]}
)
@click.version_option(package_name="wiredelta", message="wiredelta %(version)s")
@click.pass_context
def main(ctx: click.Context) -> None:
    """Article updates in, alerts about changed facts out.

    \b
    Example:
      wiredelta demo
      wiredelta subscribe event-status --where 'after.value.status == "ended"'
    """
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())
