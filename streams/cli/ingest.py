"""`ingest`: follow feeds, pages and live blogs, and take in what is pushed."""

from typing import Any

import click

from streams.cli.options import APP, CONNECTION, PUSH, settings_flags, settings_from


@click.command("ingest")
@click.option("--sources", "file", default="sources.yml", metavar="FILE", help="The sources to follow.  [sources.yml]")
@click.option("--check", is_flag=True, help="Read the file, say what it has, and end.")
@click.option("--once", is_flag=True, help="Ask each source once, publish what it shows, and end.")
@settings_flags(CONNECTION, APP, PUSH)
def command(file: str, check: bool, once: bool, **flags: Any) -> None:
    """Follow the sources of a file until stopped (Ctrl-C or SIGTERM).

    What they show goes to news.source-polls; a worker makes versions of articles of it. The first look at a source is
    learnt in silence. Run several with the same file: they share the sources.

    \b
    Example:
      wiredelta ingest --sources sources.example.yml --check
      wiredelta ingest --sources sources.yml --broker kafka-1:9092
    """
    if check and once:
        raise click.UsageError("give either --check or --once")
    settings = settings_from(flags)
    from streams.cli.run.ingest import check_file, follow, look_once

    if check:
        check_file(file)
    elif once:
        look_once(settings, file)
    else:
        follow(settings, file)
