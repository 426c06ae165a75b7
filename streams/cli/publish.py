"""`publish`: put article updates on Kafka."""

from typing import Any

import click

from streams.cli.options import APP, CONNECTION, input_file, settings_flags, settings_from


@click.command("publish")
@click.argument("files", nargs=-1, metavar="FILE…", type=input_file)
@click.option("--skip-bad", is_flag=True, help="Publish the good updates of a file that has bad ones.")
@click.option("--pace", type=click.FloatRange(min=0), default=0, metavar="SECONDS", help="Wait between updates.")
@click.option("--from-dead-letters", is_flag=True, help="Send every dead letter again, in place of files.")
@settings_flags(CONNECTION, APP)
def command(files: tuple[str, ...], skip_bad: bool, pace: float, from_dead_letters: bool, **flags: Any) -> None:
    """Publish files of article updates; - is standard input.

    A file has one update a line, as JSON. All files are checked before anything is published: the first bad line is
    named, and then nothing is. Names on stderr how many were published.

    \b
    Example:
      wiredelta publish story.jsonl
      some-feed | wiredelta publish -
      wiredelta publish --from-dead-letters
    """
    if bool(files) == from_dead_letters:
        raise click.UsageError("give either files to publish (- is standard input) or --from-dead-letters")
    from streams.cli.run.publish import publish_dead_letters, publish_files

    settings = settings_from(flags)
    if from_dead_letters:
        publish_dead_letters(settings)
    else:
        publish_files(settings, files, skip_bad, pace)
