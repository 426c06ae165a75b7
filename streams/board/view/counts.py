"""How much is in the view."""

from streams.board.view.schema import View

COUNTED = ("alerts", "changes", "stories", "letters")


def counts(view: View) -> dict[str, int]:
    """Rows by table."""
    read = view.reading()
    return {table: int(read.execute(f"SELECT count(*) FROM {table}").fetchone()[0]) for table in COUNTED}
