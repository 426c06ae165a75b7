"""`backtest` over files, with a tracker that raises an alert for every update with the word "alert" in its body."""

import json
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

import streams.backtest
from schemas.updates import ArticleUpdate
from streams.cli import main
from streams.cli.run import backtest as command
from streams.facts.tracker import StoryChangedError, Tracked
from tests.unit.cli.samples import alert, change, summary, update


def recall(update: ArticleUpdate, rows: Any) -> None:
    if update.story_id == "another":
        raise StoryChangedError("it was in 'call'")


def read(work: Sequence[Any]) -> list[None]:
    return [None for _ in work]


def track(update: ArticleUpdate, memory: None, reading: None, rows: Any, detected_at: datetime) -> Tracked:
    told = alert(version=update.version, status="replay", detected_at=detected_at) if "alert" in update.body else None
    made = change(told), summary(version=update.version, detected_at=detected_at)
    return Tracked(changes=made, rows={})


@pytest.fixture(autouse=True)
def tracker(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, function in (("recall", recall), ("read", read), ("track", track)):
        monkeypatch.setattr(streams.backtest, name, function)


def story(path: Path, *lines: ArticleUpdate | str) -> str:
    texts = [line if isinstance(line, str) else line.model_dump_json() for line in lines]
    path.write_text("\n".join(texts) + "\n", encoding="utf-8")
    return str(path)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["backtest", *arguments])


def versions(result: Result) -> list[int]:
    return [json.loads(line)["version"] for line in result.stdout.splitlines()]


TELLING = [update(version=number, body="an alert") for number in range(1, 5)]


def test_alerts_in_the_order_of_the_files(tmp_path: Path) -> None:
    first = story(tmp_path / "a.jsonl", TELLING[2], update(version=9))
    second = story(tmp_path / "b.jsonl", TELLING[0], TELLING[1])
    result = run("--json", first, second)
    assert (result.exit_code, versions(result), result.stderr) == (0, [3, 1, 2], "")


def test_an_alert_has_all_fields_of_the_contract(tmp_path: Path) -> None:
    shown = json.loads(run("--json", story(tmp_path / "a.jsonl", TELLING[0])).stdout)
    assert shown == json.loads(alert(version=1, status="replay", detected_at=TELLING[0].updated_at).model_dump_json())


def test_for_people(tmp_path: Path) -> None:
    result = run(story(tmp_path / "a.jsonl", TELLING[0]))
    assert result.stdout.splitlines()[0] == "12:00:00    FLASH    Trump–Putin call: ongoing → ended"


def test_explain_shows_every_change_and_the_summary(tmp_path: Path) -> None:
    path = story(tmp_path / "a.jsonl", TELLING[0], update(version=2))
    shown = [json.loads(line) for line in run("--explain", "--json", path).stdout.splitlines()]
    assert [(one["record"], one["decision"]) for one in shown] == [
        ("fact", "alert"),
        ("update", "silent"),
        ("fact", "silent"),
        ("update", "silent"),
    ]
    assert "  silent    event-status  Trump–Putin call: ended  (changed, reworded)" in run("--explain", path).stdout


def test_where(tmp_path: Path) -> None:
    path = story(tmp_path / "a.jsonl", *TELLING)
    assert versions(run("--json", "--where", "version > 2 && after.value.status == 'ended'", path)) == [3, 4]
    refused = run("--where", "version >", path)
    assert (refused.exit_code, refused.stdout, refused.stderr.count("\n")) == (2, "", 1)


def test_a_bad_line_ends_it_after_the_alerts_before_it(tmp_path: Path) -> None:
    path = story(tmp_path / "a.jsonl", TELLING[0], "nonsense", TELLING[1])
    result = run("--json", path)
    assert (result.exit_code, versions(result)) == (2, [1])
    assert result.stderr.startswith(f"wiredelta: {path}:2: ")


def test_an_article_that_changes_its_story_is_named_and_the_rest_goes_on(tmp_path: Path) -> None:
    moved = TELLING[1].model_copy(update={"story_id": "another"})
    path = story(tmp_path / "a.jsonl", TELLING[0], moved, TELLING[2])
    result = run("--json", path)
    assert (result.exit_code, versions(result)) == (2, [1, 3])
    assert result.stderr == f"{path}:2: story changed: it was in 'call'\n"


def test_many_updates_are_looked_at_in_windows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "WINDOW", 3)
    path = story(tmp_path / "a.jsonl", *TELLING, *TELLING)
    assert versions(run("--json", path)) == [1, 2, 3, 4, 1, 2, 3, 4]


def test_an_empty_file_has_no_alerts(tmp_path: Path) -> None:
    path = tmp_path / "empty.jsonl"
    path.touch()
    result = run(str(path))
    assert (result.exit_code, result.output) == (0, "")
