"""What `publish` checks before it talks to a broker."""

import io
from pathlib import Path

import pytest
from click.testing import CliRunner

from streams.cli import main
from streams.cli.input import BadLine, kept_lines
from streams.cli.run.publish import check, updates_in
from tests.unit.cli.samples import update

GOOD = [update(version=number).model_dump_json().encode() for number in (1, 2, 3)]


def test_a_bad_file_is_told_before_a_broker_is_looked_for(tmp_path: Path) -> None:
    bad = tmp_path / "bad.jsonl"
    bad.write_bytes(GOOD[0] + b"\n{}\n")
    result = CliRunner().invoke(main, ["publish", "--broker", "127.0.0.1:1", str(bad)])
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(f"wiredelta: {bad}:2: article_id: is missing")
    assert result.stderr.count("\n") == 1


def test_an_update_that_kafka_would_not_take_is_a_bad_line(tmp_path: Path) -> None:
    """A control character has one byte in the body, and six in JSON."""
    large = tmp_path / "large.jsonl"
    large.write_bytes(GOOD[0] + b"\n" + update(body="\x01" * 700_000).model_dump_json().encode() + b"\n")
    result = CliRunner().invoke(main, ["publish", "--broker", "127.0.0.1:1", str(large)])
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(f"wiredelta: {large}:2: it has 4,200,")
    assert result.stderr.endswith(" bytes as a message, 4,000,000 at most are taken\n")
    with kept_lines([str(large)]) as lines:
        assert check(lines, skip_bad=True) == len(list(updates_in(lines, skip_bad=True))) == 1


def test_the_first_bad_line_of_all_files_counts(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(GOOD[0] + b"\n")
    (tmp_path / "b").write_bytes(b"\n".join([*GOOD, b"x", b"y"]))
    with kept_lines([str(tmp_path / "a"), str(tmp_path / "b")]) as lines:
        with pytest.raises(BadLine, match=r"b:4: "):
            check(lines, skip_bad=False)
        assert check(lines, skip_bad=True) == 4
        assert [one.version for one in updates_in(lines, skip_bad=True)] == [1, 1, 2, 3]


def test_skipped_lines_are_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"x\n" + GOOD[0] + b"\n[]\n")
    with kept_lines([str(path)]) as lines:
        assert check(lines, skip_bad=True) == 1
    assert [line.split(": ")[0] for line in capsys.readouterr().err.splitlines()] == [
        f"skipped {path}:1",
        f"skipped {path}:3",
    ]


def test_standard_input_can_be_checked_and_then_published(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"\n".join(GOOD))))
    with kept_lines(["-"]) as lines:
        assert check(lines, skip_bad=False) == 3
        assert [one.version for one in updates_in(lines, skip_bad=False)] == [1, 2, 3]


@pytest.mark.parametrize("arguments", [[], ["--from-dead-letters", "a.jsonl"]])
def test_files_or_dead_letters(arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.jsonl").touch()
    result = CliRunner().invoke(main, ["publish", *arguments])
    assert result.exit_code == 2
    assert "either files to publish" in result.stderr
