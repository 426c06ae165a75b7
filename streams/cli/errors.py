"""How a command ends when it cannot go on: one line on stderr, and a status."""

import click

BAD_INPUT = 2
FAILED = 1
INTERRUPTED = 130  # as a shell says of a program that Ctrl-C ended


class BadInput(click.ClickException):
    """What was given cannot be used: a file, a line, an expression, a setting."""

    exit_code = BAD_INPUT


class Failed(click.ClickException):
    """What was given is fine, and it still could not be done: no broker there, a worker that ended."""

    exit_code = FAILED
