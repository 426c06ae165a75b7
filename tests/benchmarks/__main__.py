"""`make bench`."""

from tests.benchmarks.uk_sequences import main

main()
