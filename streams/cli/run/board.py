"""`board`: the web server in this process."""

import logging
from pathlib import Path
from tempfile import TemporaryDirectory

from streams.board.serve import AddressTaken, serve
from streams.cli.errors import Failed
from streams.settings import Settings


def run(settings: Settings) -> None:
    """Returns when the board is stopped. Raises `Failed` where it cannot start."""
    logging.basicConfig(level=settings.log_level.upper(), format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    logging.getLogger("aiokafka").setLevel(logging.CRITICAL)  # the board says by itself that Kafka is away
    try:
        with TemporaryDirectory(prefix="wiredelta-board-") as folder:
            serve(settings, Path(folder))
    except AddressTaken as error:
        raise Failed(str(error)) from None
