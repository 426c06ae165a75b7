"""The stories are well formed: what an entry asks for can be met. Messages name the place, never a text."""

import json
import re
from itertools import pairwise
from pathlib import Path
from typing import Any, get_args

import pytest

from schemas.alerts import Change
from schemas.base import Kind
from schemas.updates import ArticleUpdate

STORIES = Path(__file__).parents[2] / "evaluation" / "stories"
FILES = sorted(STORIES.rglob("*.jsonl"))
Lines = list[dict[str, Any]]


def read(path: Path) -> Lines:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def text(update: dict[str, Any]) -> str:
    return f"{update['headline']}\n{update['body']}"


def earlier_text(lines: Lines, number: int) -> str:
    return "\n".join(text(line["update"]) for line in lines[:number])


def entries(lines: Lines) -> list[tuple[int, dict[str, Any]]]:
    return [(number, entry) for number, line in enumerate(lines) for entry in line["expect"]]


@pytest.fixture(params=FILES, ids=lambda path: path.stem)
def lines(request: pytest.FixtureRequest) -> Lines:
    return read(request.param)


def test_a_third_is_set_aside() -> None:
    blind = [path for path in FILES if path.parent.name == "blind"]
    assert len(FILES) >= 16
    assert len(blind) * 3 >= len(FILES)


def test_every_line_has_the_same_keys_and_a_valid_update(lines: Lines) -> None:
    for line in lines:
        assert set(line) - {"trap"} == {"update", "expect", "allow", "note"}
        assert line["note"]
        ArticleUpdate.model_validate(line["update"])


def test_a_story_has_one_key_and_six_to_ten_deliveries(lines: Lines) -> None:
    assert len({line["update"]["story_id"] for line in lines}) == 1
    assert 6 <= len(lines) <= 10


def test_the_first_version_asks_for_nothing(lines: Lines) -> None:
    assert not lines[0]["expect"]
    assert not lines[0]["allow"]


def test_versions_count_up_and_what_comes_again_asks_for_nothing(lines: Lines) -> None:
    seen: dict[str, dict[int, Any]] = {}
    for line in lines:
        update = line["update"]
        versions = seen.setdefault(update["article_id"], {})
        if update["version"] in versions:
            assert update == versions[update["version"]]
            assert not line["expect"]
        else:
            assert update["version"] == len(versions) + 1
            versions[update["version"]] = update


def test_an_article_keeps_its_outlet_and_its_clock_runs_on(lines: Lines) -> None:
    by_version = sorted(
        (u["article_id"], u["version"], u["source"], u["published_at"], u["updated_at"])
        for u in (line["update"] for line in lines)
    )
    for before, after in pairwise(by_version):
        if before[0] == after[0]:
            assert before[2:4] == after[2:4]
            assert before[4] <= after[4]


def test_a_sentence_is_copied_letter_for_letter(lines: Lines) -> None:
    for number, entry in entries(lines):
        own = text(lines[number]["update"])
        place = earlier_text(lines, number) if entry["change"] == "retraction" else own
        found = entry["sentence"] in (place + own if isinstance(entry["change"], list) else place)
        assert found or entry["sentence"] in own, f"line {number + 1}"


def test_an_allowed_sentence_is_in_this_version_or_an_earlier_one(lines: Lines) -> None:
    for number, line in enumerate(lines):
        known = earlier_text(lines, number + 1)
        assert [n for n, sentence in enumerate(line["allow"]) if sentence not in known] == [], f"line {number + 1}"


def test_kinds_changes_and_weights_are_known_words(lines: Lines) -> None:
    for number, entry in entries(lines):
        assert set(as_list(entry["kind"])) <= set(get_args(Kind)), f"line {number + 1}"
        assert set(as_list(entry["change"])) <= set(get_args(Change)), f"line {number + 1}"
        assert entry["weight"] in (1, 2)
        assert set(entry) <= {"kind", "change", "sentence", "value", "was", "silent_edit", "weight"}


def test_patterns_compile_and_are_no_wildcards(lines: Lines) -> None:
    for number, entry in entries(lines):
        for name in ("value", "was"):
            if name in entry:
                assert not re.compile(entry[name], re.I).search("\x00"), f"line {number + 1}: {name}"


def test_what_is_asked_of_words_and_numbers_stands_in_the_sentence(lines: Lines) -> None:
    for number, entry in entries(lines):
        if set(as_list(entry["kind"])) <= {"figure", "quote"}:
            assert re.search(entry["value"], entry["sentence"], re.I), f"line {number + 1}"


def test_what_was_stood_in_an_earlier_version(lines: Lines) -> None:
    for number, entry in entries(lines):
        if "was" in entry and set(as_list(entry["kind"])) <= {"figure", "quote"}:
            assert re.search(entry["was"], earlier_text(lines, number), re.I), f"line {number + 1}"


def test_only_an_entry_that_is_no_first_assertion_asks_for_a_silent_edit(lines: Lines) -> None:
    for number, entry in entries(lines):
        if "silent_edit" in entry:
            assert as_list(entry["change"]) != ["initial"], f"line {number + 1}"


def test_traps_are_short_names(lines: Lines) -> None:
    names = [name for line in lines for name in line.get("trap", [])]
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", name) for name in names)
