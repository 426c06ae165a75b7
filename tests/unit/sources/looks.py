"""Polls of one source, for tests: times count in seconds from a fixed moment."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from schemas.polls import Item, Poll, VersionOutcome
from streams.sources.outcomes import count_in
from streams.sources.versions import Identified, identify

BEGAN = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
TEXT = "The council has approved the plan. " * 30


def at(seconds: float) -> datetime:
    return BEGAN + timedelta(seconds=seconds)


def item(guid: str | None = "a", body: str = TEXT, **more: Any) -> Item:
    return Item(**{"guid": guid, "headline": "Council approves plan", "body": body, **more})


def poll(seconds: float, *items: Item, **more: Any) -> Poll:
    given = {
        "source": "desk", "kind": "feed", "outlet": "The Desk", "url": "https://desk.example/feed",
        "polled_at": at(seconds), "outcome": "read", "items": items, "interval": 60, "max_interval": 3600, **more,
    }  # fmt: skip
    return Poll(**given)


class MemoryRows(dict[bytes, bytes]):
    """`streams.sources.rows.Rows` in memory."""

    def scan(self, prefix: bytes) -> Iterator[tuple[bytes, bytes]]:
        return iter(sorted((key, row) for key, row in self.items() if key.startswith(prefix)))


class Source:
    """A source as the agent sees it: poll after poll, with the rows that the ones before have left."""

    def __init__(self) -> None:
        self.rows = MemoryRows()

    def see(self, poll: Poll) -> Identified:
        found = identify(poll, self.rows)
        self._write(found.rows)
        return found

    def hear(self, version: int, *, told: bool) -> None:
        """What came of a version of its article."""
        self._write(count_in(VersionOutcome(source="desk", article_id="desk/a", version=version, told=told), self.rows))

    def _write(self, rows: Mapping[bytes, bytes | None]) -> None:
        for key, row in rows.items():
            if row is None:
                self.rows.pop(key, None)
            else:
                self.rows[key] = row
