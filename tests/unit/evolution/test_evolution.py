"""What every release has left in Kafka is read by this one, and what a later one might leave as well."""

import json
import zlib
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from schemas.alerts import Alert
from schemas.changes import CHANGE, FactChange
from schemas.decode import decode_update
from schemas.topics import ALERT_TOPICS, ARTICLE_UPDATES, DEAD_LETTERS, FACT_CHANGES
from schemas.updates import ArticleUpdate
from streams.agents.raise_alerts import read_alerts
from streams.facts import memory, rows, tracker
from streams.wire import decode_alert, decode_dead_letter
from tests.agents.messages import message
from tests.unit.evolution.dump import HERE, Dumped, read_messages, read_rows
from tests.unit.facts.desk import Desk, Outcome, RecordingRows

RELEASES = sorted(path for path in HERE.iterdir() if (path / "rows.jsonl").exists())
MODEL_OF_LETTER: dict[bytes, type[BaseModel]] = {
    b"s": rows.StoryRow,
    b"a": rows.ArticleRow,
    b"t": rows.TextRow,
    b"f": rows.FactRow,
    b"i": rows.IndexRow,
    b"w": rows.WordsRow,
}
MAPPINGS = {"asserted", "slots", "sentences", "names", "roles"}
LATER = {"a_later_field": {"of": [1, "what", None]}}

pytestmark = pytest.mark.parametrize("release", RELEASES, ids=lambda path: path.name)


def letter_of(key: bytes) -> bytes:
    return key.rpartition(b"\x00\x00")[2][:1]


def models(release: Path) -> dict[bytes, BaseModel]:
    """The rows of a release, read; all but those that tell an article's story, which are that story's key."""
    dumped = read_rows(release)
    assert {letter_of(key) for key in dumped} == {*MODEL_OF_LETTER, b"h"}
    read = {key: row for key, row in dumped.items() if letter_of(key) != b"h"}
    return {key: rows.decode(MODEL_OF_LETTER[letter_of(key)], row) for key, row in read.items()}


def of_topic(release: Path, *topics: str) -> list[Dumped]:
    found = [one for one in read_messages(release) if one.topic in topics]
    assert found
    return found


def updates(release: Path) -> list[ArticleUpdate]:
    return [decode_update(one.value) for one in of_topic(release, ARTICLE_UPDATES.name)]


def alerts(release: Path) -> list[Alert]:
    topics = (topic.name for topic in ALERT_TOPICS.values())
    return [decode_alert(one.value, one.headers) for one in of_topic(release, *topics)]


def next_version(release: Path, change: Callable[[str], str] = str) -> Outcome:
    """The latest usable version of the story's first article once more, with its body changed so, on the rows."""
    known = RecordingRows()
    known.all.update(read_rows(release))
    last = max((one for one in updates(release) if one.article_id.endswith("golden")), key=lambda one: one.version)
    body = change(last.body)
    at = last.updated_at + timedelta(days=1)
    update = last.model_copy(update={"version": last.version + 1, "body": body, "updated_at": at})
    return Desk(known).apply(update)


def use_extractor(monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    for module in (memory, tracker):
        monkeypatch.setattr(module, "EXTRACTOR", number)


def with_later_fields(value: Any, is_mapping: bool = False) -> Any:
    """The same JSON, with a field that nobody knows yet in every object, those that are mappings by name excepted."""
    if isinstance(value, dict):
        told = {name: with_later_fields(one, name in MAPPINGS) for name, one in value.items()}
        return told if is_mapping else told | LATER
    return [with_later_fields(one) for one in value] if isinstance(value, list) else value


def test_rows_are_read_and_say_their_schema(release: Path) -> None:
    assert models(release)
    dumped = read_rows(release)
    assert {row[0] for key, row in dumped.items() if letter_of(key) != b"h"} <= set(range(1, rows.SCHEMA + 1))
    facts = [row.fact for row in models(release).values() if isinstance(row, rows.FactRow)]
    assert {fact.kind for fact in facts} == set(ALERT_TOPICS)


def test_messages_are_read_and_say_their_schema(release: Path) -> None:
    changes = [CHANGE.validate_json(one.value or b"") for one in of_topic(release, FACT_CHANGES.name)]
    told = [change.alert for change in changes if isinstance(change, FactChange) and change.alert is not None]
    assert sorted(told, key=lambda alert: alert.id) == sorted(alerts(release), key=lambda alert: alert.id)
    [letter] = [decode_dead_letter(one.key, one.value, one.headers) for one in of_topic(release, DEAD_LETTERS.name)]
    assert (letter.reason, letter.offset, letter.value) == ("not valid JSON", 17, b"{not json")
    values = [one.value for one in read_messages(release) if one.topic not in (ARTICLE_UPDATES.name, DEAD_LETTERS.name)]
    assert all(json.loads(value or b"")["schema_version"] >= 1 for value in values)
    assert letter.schema_version >= 1


def test_alerts_are_raised_of_its_changes_as_it_raised_them(release: Path) -> None:
    """Its last changes may still be on the topic when this release takes over."""
    changes = of_topic(release, FACT_CHANGES.name)
    raised = read_alerts([message(n, one.value, "golden-story") for n, one in enumerate(changes)])
    assert raised.dead == []
    assert [alert.id for alert, _ in raised.raised] == [alert.id for alert in alerts_in_order(release)]


def alerts_in_order(release: Path) -> list[Alert]:
    changes = [CHANGE.validate_json(one.value or b"") for one in of_topic(release, FACT_CHANGES.name)]
    return [change.alert for change in changes if isinstance(change, FactChange) and change.alert]


@pytest.mark.parametrize("newer", [0, 1])
def test_what_it_knew_is_not_told_again_nor_by_a_newer_extractor(
    release: Path, newer: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    use_extractor(monkeypatch, memory.EXTRACTOR + newer)
    outcome = next_version(release, lambda body: f"{body}\n\n")
    assert outcome.alerts == []
    assert outcome.summary.sentences > 20


@pytest.mark.parametrize("newer", [0, 1])
def test_what_changes_on_its_rows_is_told_as_a_change(
    release: Path, newer: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    use_extractor(monkeypatch, memory.EXTRACTOR + newer)
    [alert] = next_version(release, lambda body: body.replace("At least 17 people", "At least 23 people")).alerts
    assert (alert.kind, alert.change) == ("figure", "update")
    assert "at least 17 people dead → at least 23" in alert.summary


def test_rows_with_fields_of_a_later_release_are_read(release: Path) -> None:
    for key, row in read_rows(release).items():
        model = MODEL_OF_LETTER.get(letter_of(key))
        if model is not None:
            later = with_later_fields(json.loads(zlib.decompress(row[1:])))
            packed = row[:1] + zlib.compress(json.dumps(later).encode())
            assert rows.decode(model, packed) == rows.decode(model, row)


def test_messages_with_fields_of_a_later_release_are_read(release: Path) -> None:
    for one in of_topic(release, FACT_CHANGES.name):
        later = json.dumps(with_later_fields(json.loads(one.value or b""))).encode()
        assert CHANGE.validate_json(later) == CHANGE.validate_json(one.value or b"")
