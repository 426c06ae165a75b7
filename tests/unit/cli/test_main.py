import subprocess
import sys
from datetime import UTC, datetime
from typing import get_args

import click
import pytest
from click.testing import CliRunner

from schemas.base import Kind
from streams.cli import COMMANDS, main
from streams.cli.errors import BadInput, Failed
from streams.cli.options import APP, BOARD, CONNECTION, PUSH, TOPICS, WORKER, settings_from
from streams.cli.subscribe import KINDS, StartPoint
from streams.settings import Settings

HEAVY = ("aiokafka", "faust", "pydantic", "spacy", "cel", "fastapi")


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_shows_an_example(command: str) -> None:
    result = CliRunner().invoke(main, [command, "--help"])
    assert result.exit_code == 0
    assert f"Example:\n    wiredelta {command}" in result.output


def test_without_a_command_the_commands_are_listed() -> None:
    result = CliRunner().invoke(main, [])
    assert result.exit_code == 0
    assert all(f"\n  {command} " in result.output for command in COMMANDS)


def test_version() -> None:
    result = CliRunner().invoke(main, ["--version"])
    assert result.output.startswith("wiredelta ")
    assert result.output.split()[1][0].isdigit()


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (["publsh"], "wiredelta: No such command 'publsh'."),
        (["backtest"], "wiredelta backtest: Missing argument 'FILE…'."),
        (["backtest", "--nonsense", "x"], "wiredelta backtest: No such option: --nonsense"),
        (
            ["backtest", "absent.jsonl"],
            "wiredelta backtest: Invalid value for 'FILE…': File 'absent.jsonl' does not exist.",
        ),
        (["subscribe", "--change", "x"], "wiredelta subscribe: Invalid value for '--change': 'x' is not one of"),
        (["publish"], "wiredelta publish: give either files to publish"),
        (["demo", "--pace", "-1"], "wiredelta demo: Invalid value for '--pace'"),
    ],
)
def test_bad_usage_is_one_line_and_status_2(arguments: list[str], line: str) -> None:
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.startswith(line)
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("error", "status", "shown"),
    [
        (BadInput("a.jsonl:3: no"), 2, "wiredelta: a.jsonl:3: no\n"),
        (Failed("no broker"), 1, "wiredelta: no broker\n"),
        (KeyboardInterrupt(), 130, "\n"),
    ],
)
def test_what_ends_a_command(error: BaseException, status: int, shown: str, monkeypatch: pytest.MonkeyPatch) -> None:
    @click.command()
    def failing() -> None:
        raise error

    monkeypatch.setattr(type(main), "get_command", lambda *_: failing)
    result = CliRunner().invoke(main, ["failing"])
    assert (result.exit_code, result.stderr) == (status, shown)


def test_a_bug_keeps_its_stack_trace(monkeypatch: pytest.MonkeyPatch) -> None:
    @click.command()
    def buggy() -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(type(main), "get_command", lambda *_: buggy)
    assert isinstance(CliRunner().invoke(main, ["buggy"]).exception, ZeroDivisionError)


@pytest.mark.parametrize(
    "command", ["worker", "publish", "subscribe", "tail", "board", "explain", "facts", "topics", "ingest", "sources"]
)
def test_flags_bear_the_names_of_settings(command: str) -> None:
    names = {name for group in (APP, BOARD, CONNECTION, PUSH, TOPICS, WORKER) for name in group}
    secrets = {"sasl_password", "admin_token"}  # have no place in a process list
    assert names == set(Settings.model_fields) - secrets
    flags = {option for parameter in main.get_command(None, command).params for option in parameter.opts}
    assert {f"--{name.replace('_', '-')}" for name in CONNECTION} <= flags


def test_a_flag_wins_over_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WIREDELTA_BROKER", "kafka:9092")
    monkeypatch.setenv("WIREDELTA_PARTITIONS", "4")
    settings = settings_from({"broker": "other:1234", "partitions": None})
    assert (settings.broker, settings.partitions) == ("other:1234", 4)


def test_a_bad_setting_is_bad_input() -> None:
    result = CliRunner().invoke(main, ["topics", "--broker", "nonsense"])
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
    assert "nonsense" in result.stderr


def test_help_imports_nothing_heavy() -> None:
    """Start-up is kept short by what is not imported; a stopwatch would fail on a busy machine."""
    code = (
        "import sys; from click.testing import CliRunner; from streams.cli import main, COMMANDS\n"
        "for command in [[], *([c] for c in COMMANDS)]:\n"
        "    assert CliRunner().invoke(main, [*command, '--help']).exit_code == 0\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_kinds_are_those_of_the_contract() -> None:
    assert set(KINDS) == set(get_args(Kind))


@pytest.mark.parametrize(
    ("given", "point"),
    [
        ("earliest", "earliest"),
        ("latest", "latest"),
        ("2026-01-31T06:00Z", datetime(2026, 1, 31, 6, tzinfo=UTC)),
        ("2026-01-31T06:00+02:00", datetime(2026, 1, 31, 4, tzinfo=UTC)),
        ("2026-01-31", datetime(2026, 1, 31, tzinfo=UTC)),
    ],
)
def test_start_points(given: str, point: object) -> None:
    assert StartPoint().convert(given, None, None) == point


def test_a_start_point_that_is_none() -> None:
    with pytest.raises(click.BadParameter, match="'yesterday' is neither"):
        StartPoint().convert("yesterday", None, None)
