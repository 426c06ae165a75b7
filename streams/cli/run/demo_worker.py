"""The demo's worker."""

import sys
import tempfile

from streams.cli.run.demo_ending import end_with_parent
from streams.settings import load_settings
from streams.worker import CannotStart, run_worker


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="wiredelta-worker-") as folder:
        end_with_parent(folder)
        try:
            run_worker(load_settings(data_dir=folder))
        except CannotStart as error:
            sys.exit(str(error))


if __name__ == "__main__":
    main()
