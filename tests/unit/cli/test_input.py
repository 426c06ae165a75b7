import io
from pathlib import Path

import pytest

from streams.cli.input import BadLine, read_lines
from tests.unit.cli.samples import update

GOOD = update().model_dump_json().encode()


def write(path: Path, *lines: bytes) -> str:
    path.write_bytes(b"\n".join(lines) + b"\n")
    return str(path)


def test_files_are_read_in_order_with_their_line_numbers(tmp_path: Path) -> None:
    first = write(tmp_path / "a.jsonl", GOOD, b"", b"   ", GOOD)
    second = write(tmp_path / "b.jsonl", GOOD)
    lines = list(read_lines([second, first]))
    assert [line.place for line in lines] == [f"{second}:1", f"{first}:1", f"{first}:4"]
    assert all(line.update() == update() for line in lines)


def test_a_byte_order_mark_and_a_missing_last_newline_do_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(b"\xef\xbb\xbf" + GOOD + b"\r\n" + GOOD)
    assert [line.update() for line in read_lines([str(path)])] == [update(), update()]


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(GOOD + b"\nnonsense\n")))
    lines = list(read_lines(["-"]))
    assert lines[0].update() == update()
    with pytest.raises(BadLine, match=r"^standard input:2: "):
        lines[1].update()


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"nonsense", "JSON"),
        (b"[]", "object"),
        (b'{"article_id": "\xff"}', "UTF-8"),
        (GOOD.replace(b'"version":1', b'"version":0'), "version"),
        (GOOD.replace(b'"version":1', b'"version":1,"vresion":2'), "vresion"),
    ],
)
def test_a_bad_line_is_named(tmp_path: Path, raw: bytes, said: str) -> None:
    path = write(tmp_path / "bad.jsonl", GOOD, raw)
    bad = list(read_lines([path]))[1]
    with pytest.raises(BadLine) as caught:
        bad.update()
    message = str(caught.value)
    assert message.startswith(f"{path}:2: ")
    assert said in message
    assert "\n" not in message
