"""Writes what this release leaves in Kafka: ``python -m tests.unit.evolution.dump``, once for each release.

`tests/unit/evolution/test_evolution.py` reads the dumps of all releases with the code as it is: do not write the dump
of an earlier release anew.
"""

import json
from base64 import b64decode, b64encode
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from importlib.metadata import version
from pathlib import Path

from schemas.changes import FactChange, UpdateSummary
from schemas.decode import decode_update
from schemas.topics import ALERT_TOPICS, ARTICLE_UPDATES, DEAD_LETTERS, FACT_CHANGES
from schemas.updates import ArticleUpdate
from streams.backtest import MemoryRows, backtest
from streams.facts.tracker import Tracked
from streams.tracking import Message, dead_letter
from streams.wire import encode_alert, encode_dead_letter, encode_update

HERE = Path(__file__).parent
KINDS = HERE.parent / "facts" / "kinds"
SENTENCES = 4  # of each kind's golden examples
BEGIN = datetime(2026, 3, 2, 9, tzinfo=UTC)


@dataclass(frozen=True)
class Dumped:
    """A message as it lies in Kafka."""

    topic: str
    key: bytes | None
    value: bytes | None
    headers: tuple[tuple[str, bytes], ...] = ()

    def line(self) -> str:
        headers = [[name, text.decode()] for name, text in self.headers]
        return json.dumps({"topic": self.topic, "key": _text(self.key), "value": _text(self.value), "headers": headers})


def _text(raw: bytes | None) -> str | None:
    return None if raw is None else raw.decode()


def read_messages(folder: Path) -> list[Dumped]:
    return [_dumped(json.loads(line)) for line in (folder / "messages.jsonl").read_text("utf-8").splitlines()]


def _dumped(line: Mapping[str, str | None]) -> Dumped:
    headers = tuple((name, text.encode()) for name, text in line["headers"] or ())
    key, value = (None if text is None else text.encode() for text in (line["key"], line["value"]))
    return Dumped(str(line["topic"]), key, value, headers)


def read_rows(folder: Path) -> dict[bytes, bytes]:
    lines = (folder / "rows.jsonl").read_text("utf-8").splitlines()
    return {b64decode(key): b64decode(row) for key, row in map(json.loads, lines)}


def golden_updates() -> list[ArticleUpdate]:
    """An article whose sentences state facts of every kind, of which the second version changes some and corrects one.

    Beside it, another article of the story, a withheld one, and a canceled one.
    """
    sentences = [sentence for path in sorted(KINDS.glob("*.jsonl")) for sentence in _examples(path)]
    first = "\n\n".join(["At least 12 people were killed when the dam burst near Larvik, police said.", *sentences])
    second = first.replace("At least 12 people", "At least 17 people").replace("\n\n".join(sentences[-3:]), "")
    note = "Correction: An earlier version misstated the number of the dead. It is 17, not 12."
    return [
        _update("golden", 1, first),
        _update("golden", 2, second, correction=note),
        _update("other", 1, "At least 17 people were killed when the dam burst near Larvik. A second dam held."),
        _update("withheld", 1, "The minister resigned on Monday.", status="withheld"),
        _update("canceled", 1, "The harbour handles 40 ships.", story_id=None),
        _update("canceled", 2, "The harbour handles 40 ships.", story_id=None, status="canceled"),
    ]


def _examples(path: Path) -> list[str]:
    lines = [json.loads(line) for line in path.read_text("utf-8").splitlines()[:SENTENCES]]
    return [line["text"] for line in lines if line["claims"]]


def _update(name: str, number: int, body: str, **more: str | None) -> ArticleUpdate:
    fields = {
        "article_id": f"https://example.org/{name}",
        "version": number,
        "story_id": "golden-story",
        "source": f"{name}.example.org",
        "url": f"https://example.org/{name}",
        "headline": "Dam bursts near Larvik",
        "body": body,
        "published_at": BEGIN.isoformat(),
        "updated_at": (BEGIN + timedelta(hours=number, minutes=len(name))).isoformat(),
        "subjects": [{"scheme": "medtop", "id": "03000000", "label": "disaster"}],
        "mode": "replay",
    }
    return decode_update(json.dumps(fields | more).encode())


def messages_of(updates: Sequence[ArticleUpdate], rows: MemoryRows) -> list[Dumped]:
    """What the worker makes of them, and one message that it could not read."""
    dumped = [Dumped(ARTICLE_UPDATES.name, *encode_update(update)) for update in updates]
    for _, outcome in backtest(updates, rows):
        assert isinstance(outcome, Tracked)
        dumped += [one for change in outcome.changes for one in _of_change(change)]
    bad = Message(ARTICLE_UPDATES.name, 3, 17, BEGIN.timestamp(), b"golden", b"{not json", [])
    letter = dead_letter(bad, "not valid JSON", "key must be a string").model_copy(update={"failed_at": BEGIN})
    key, value, headers = encode_dead_letter(letter)
    return [*dumped, Dumped(DEAD_LETTERS.name, key, value, tuple(headers))]


def _of_change(change: FactChange | UpdateSummary) -> Iterable[Dumped]:
    yield Dumped(FACT_CHANGES.name, change.story_id.encode(), change.model_dump_json().encode())
    if isinstance(change, FactChange) and change.alert is not None:
        key, value, headers = encode_alert(change.alert)
        yield Dumped(ALERT_TOPICS[change.alert.kind].name, key, value, tuple(headers))


def main() -> None:
    folder, rows = HERE / version("wiredelta"), MemoryRows()
    folder.mkdir(exist_ok=True)
    messages = messages_of(golden_updates(), rows)
    (folder / "messages.jsonl").write_text("".join(one.line() + "\n" for one in messages), "utf-8")
    pairs = [[b64encode(key).decode(), b64encode(row).decode()] for key, row in sorted(rows._rows.items())]
    (folder / "rows.jsonl").write_text("".join(json.dumps(pair) + "\n" for pair in pairs), "utf-8")
    print(f"wrote {folder}: {len(messages)} messages, {len(pairs)} rows")  # noqa: T201 - a command that says what it did


if __name__ == "__main__":
    main()
