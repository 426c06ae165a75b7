"""`backtest`: which alerts the updates in these files would have raised, without a broker."""

import click

from streams.cli.options import input_file, json_flag, where_option


@click.command("backtest")
@click.argument("files", nargs=-1, required=True, metavar="FILE…", type=input_file)
@click.option("--explain", is_flag=True, help="Print each considered change and why it was told or not.")
@where_option
@json_flag
@click.pass_context
def command(ctx: click.Context, files: tuple[str, ...], explain: bool, where: str | None, as_json: bool) -> None:
    """Print the alerts that files of article updates would raise.

    Needs no broker. The files are read in the order given, with one memory for all of them. Alerts have the ids that
    the stream would give them; they are detected when the article was updated, and their status is replay.

    \b
    Example:
      wiredelta backtest story.jsonl
      wiredelta backtest --explain story.jsonl
      wiredelta backtest --json --where 'priority == "flash"' *.jsonl
    """
    from streams.cli.run.backtest import run

    ctx.exit(run(files, explain, where, as_json))
