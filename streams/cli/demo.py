"""`demo`: a story, version by version, through a broker and a worker of its own."""

import click


@click.command("demo")
@click.option("--live", is_flag=True, help="Follow a news site on this machine: a feed, a page, a live blog, pushes.")
@click.option("--once", is_flag=True, help="Stop when the story ends.")
@click.option(
    "--pace", type=click.FloatRange(min=0), default=3.5, metavar="SECONDS", help="From one version to the next.  [3.5]"
)
def command(live: bool, once: bool, pace: float) -> None:
    """Watch a story unfold: its versions are published to Kafka, its alerts come out.

    Starts a broker, a worker and a board on this machine, in a temporary folder, and stops them at the end. With --live
    it starts a small news site as well, and an ingester that follows it.

    \b
    Example:
      wiredelta demo
      wiredelta demo --once --pace 0
      wiredelta demo --live
    """
    if live:
        from streams.cli.run.demo_live import run_live

        run_live(once, pace)
    else:
        from streams.cli.run.demo import run

        run(once, pace)
