"""`python -m streams.cli`: the same as the console script, for child processes of the same interpreter."""

from streams.cli import main

main(prog_name="wiredelta")
