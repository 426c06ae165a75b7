"""Dated copies of pages, made into versions: as if each had been looked at on its day."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from schemas.polls import Poll
from schemas.updates import ArticleUpdate, Mode
from streams.sources.content import Content
from streams.sources.kinds.page import Page, read
from streams.sources.versions import identify

# 20250318140000 (the Internet Archive's), 2025-03-18T14:00:00Z, 2025-03-18T14-00-00Z, 2025-03-18; all in UTC
STAMP = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)(?:[T_ ]?(\d\d)[:-]?(\d\d)(?:[:-]?(\d\d))?Z?)?")


@dataclass(frozen=True)
class Snapshot:
    """A copy of a page, and when it was made."""

    taken_at: datetime
    body: bytes


def stamp(name: str) -> datetime | None:
    """The time that a file's name tells."""
    found = STAMP.search(name)
    if found is None:
        return None
    try:
        return datetime(*(int(part or 0) for part in found.groups()), tzinfo=UTC)  # type: ignore[misc, arg-type]
    except ValueError:
        return None


def versions(page: Page, snapshots: Sequence[Snapshot], mode: Mode) -> Iterator[ArticleUpdate]:
    """The versions that differ, in the order of time, each as it stood when it was first seen. Raises `Unreadable`."""
    rows = _Rows()
    for snapshot in sorted(snapshots, key=lambda one: one.taken_at):
        seen = read(Content(snapshot.body, "text/html", str(page.url)), page)
        poll = Poll(
            source=page.name, kind=page.kind, outlet=page.outlet_name, url=str(page.url), polled_at=snapshot.taken_at,
            outcome="read", items=tuple(seen.items), first_as=mode, timezone=page.timezone,
        )  # fmt: skip
        found = identify(poll, rows)
        rows.update({key: row for key, row in found.rows.items() if row is not None})
        yield from (update.model_copy(update={"mode": mode}) for update in found.updates)


class _Rows(dict[bytes, bytes]):
    """`streams.sources.rows.Rows` of an import: nothing is forgotten."""

    def scan(self, prefix: bytes) -> Iterator[tuple[bytes, bytes]]:
        return iter([])
