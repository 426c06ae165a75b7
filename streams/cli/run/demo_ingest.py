"""The demo's ingester. Its file of sources is the first argument."""

import sys

from streams.cli.run.demo_ending import end_with_parent
from streams.cli.run.ingest import follow
from streams.settings import load_settings


def main() -> None:
    end_with_parent()
    follow(load_settings(), sys.argv[1])


if __name__ == "__main__":
    main()
