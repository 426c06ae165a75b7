"""`demo`: a story, version by version, through a broker and a worker of its own."""

import click


@click.command("demo")
@click.option("--once", is_flag=True, help="Stop when the story ends.")
@click.option(
    "--pace", type=click.FloatRange(min=0), default=3.5, metavar="SECONDS", help="From one version to the next.  [3.5]"
)
def command(once: bool, pace: float) -> None:
    """Watch a story unfold: its versions are published to Kafka, its alerts come out.

    Starts a broker and a worker on this machine, in a temporary folder, and stops them at the end.

    \b
    Example:
      wiredelta demo
      wiredelta demo --once --pace 0
    """
    from streams.cli.run.demo import run

    run(once, pace)
