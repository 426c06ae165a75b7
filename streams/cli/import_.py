"""`import`: what was published before, in the order of its time."""

from typing import Any

import click

from streams.cli.options import APP, CONNECTION, settings_flags, settings_from


@click.command("import")
@click.argument("paths", nargs=-1, required=True, metavar="PATH…", type=click.Path(exists=True))
@click.option(
    "--mode",
    type=click.Choice(["baseline", "replay"]),
    default="baseline",
    help="baseline: learn in silence; replay: raise alerts, marked as such.  [baseline]",
)
@click.option("--outlet", metavar="NAME", help="Of snapshots.  [the folder's name]")
@click.option("--url", metavar="URL", help="Of the page of which a folder has snapshots.")
@click.option("--story-id", metavar="STORY", help="Of snapshots.  [each page is a story]")
@click.option("--language", metavar="TAG", default="en", help="Of snapshots.  [en]")
@click.option("--restart", is_flag=True, help="Begin again, where an earlier import of the same was cut off.")
@settings_flags(CONNECTION, APP)
def command(paths: tuple[str, ...], **options: Any) -> None:
    """Publish the past: files of article updates (JSON Lines), and folders of dated HTML snapshots.

    Everything is put in the order of its time. The files of a folder tell their time by their names
    (20250318140000.html, 2025-03-18T14:00:00Z.html); folders within it are pages of their own. An import that was cut
    off goes on where it was.

    \b
    Example:
      wiredelta import archive.jsonl
      wiredelta import --mode replay --outlet "The Desk" --url https://desk.example/plan snapshots/
    """
    names = ("mode", "outlet", "url", "story_id", "language", "restart")
    given = {name: options.pop(name) for name in names}
    from streams.cli.run.import_ import Import, run

    run(settings_from(options), Import(paths=paths, **given))
