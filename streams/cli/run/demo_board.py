"""The demo's board."""

import logging
import sys
import tempfile
from pathlib import Path

from streams.board.serve import AddressTaken, serve
from streams.cli.run.demo_ending import end_with_parent
from streams.settings import load_settings


def main() -> None:
    logging.basicConfig(format="%(message)s")
    with tempfile.TemporaryDirectory(prefix="wiredelta-board-") as folder:
        end_with_parent(folder)
        try:
            serve(load_settings(), Path(folder))
        except AddressTaken as error:
            sys.exit(str(error))


if __name__ == "__main__":
    main()
