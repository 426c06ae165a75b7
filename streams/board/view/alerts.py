"""Alerts out of the view, newest first, by the same conditions that live ones are held to."""

import sqlite3
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from schemas.alerts import Alert
from schemas.base import Kind
from streams.board.view.schema import View
from streams.client.filters import RANKS, AlertFilter

MAX_SCANNED = 2_000  # alerts that one question looks at where SQL cannot decide; the next page goes on from there
TRIGRAM = 3  # characters that the index needs at least

COLUMNS = (
    "a.seq, a.latency, a.body,"
    " (SELECT later.id FROM alerts later WHERE later.supersedes = a.id ORDER BY later.seq DESC LIMIT 1) AS replaced_by"
)


class UnknownAlert(LookupError):
    """No alert of that id is in the view: it never was, or it is older than the board looks back."""


@dataclass(frozen=True)
class ShownAlert:
    """``latency``: seconds on Kafka's clocks from update to alert, where both are known."""

    alert: Alert
    latency: float | None
    replaced_by: UUID | None


@dataclass(frozen=True)
class AlertQuery:
    """Which alerts somebody wants: kinds (none: all) and the conditions of a filter. Equal where both are."""

    kinds: frozenset[Kind] = frozenset()
    conditions: AlertFilter = field(default_factory=AlertFilter)

    def matches(self, alert: Alert) -> bool:
        return (not self.kinds or alert.kind in self.kinds) and self.conditions.matches(alert)


@dataclass(frozen=True)
class AlertPage:
    """``following``: where the next page begins, or None where there is none."""

    alerts: Sequence[ShownAlert]
    following: UUID | None


def find_alerts(view: View, query: AlertQuery, limit: int, after: UUID | None = None) -> AlertPage:
    """The newest that match, or those next after one in this order. Raises `UnknownAlert`."""
    below = _position(view, after) if after else None
    found: list[ShownAlert] = []
    last: ShownAlert | None = None
    for scanned, shown in enumerate(_candidates(view, query, below)):
        if len(found) == limit or scanned == MAX_SCANNED:
            assert last is not None
            return AlertPage(found, last.alert.id)
        last = shown
        if query.matches(shown.alert):
            found.append(shown)
    return AlertPage(found, None)


def newest_alert(view: View) -> UUID | None:
    """The last that came, whatever it is; None where there is none."""
    row = view.reading().execute("SELECT id FROM alerts ORDER BY seq DESC LIMIT 1").fetchone()
    return UUID(row["id"]) if row else None


def alerts_since(view: View, query: AlertQuery, seen: UUID | None, limit: int) -> list[ShownAlert] | None:
    """Those that came after one (None: all), oldest first; None where there are more than the limit.

    Raises `UnknownAlert`.
    """
    position = _position(view, seen) if seen else 0
    rows = view.reading().execute(
        f"SELECT {COLUMNS} FROM alerts a WHERE seq > ? ORDER BY seq LIMIT ?", (position, limit + 1)
    )
    shown = [_shown(row) for row in rows]
    return [one for one in shown if query.matches(one.alert)] if len(shown) <= limit else None


def one_alert(view: View, identity: UUID) -> ShownAlert:
    """Raises `UnknownAlert`."""
    row = view.reading().execute(f"SELECT {COLUMNS} FROM alerts a WHERE id = ?", (str(identity),)).fetchone()
    if row is None:
        raise UnknownAlert(str(identity))
    return _shown(row)


def alerts_of_versions(view: View, story: str, versions: Collection[tuple[str, int]]) -> list[ShownAlert]:
    """The alerts that these versions of a story's articles caused, oldest first."""
    rows = view.reading().execute(f"SELECT {COLUMNS} FROM alerts a WHERE story = ? ORDER BY seq", (story,))
    shown = (_shown(row) for row in rows)
    return [one for one in shown if (one.alert.article_id, one.alert.version) in versions]


def first_told(view: View, story: str, fact: str) -> float:
    """Seconds since 1970: when the first alert of a fact was detected that the view has."""
    query = "SELECT min(detected) FROM alerts WHERE story = ? AND fact = ?"
    return float(view.reading().execute(query, (story, fact)).fetchone()[0])


def outlets(view: View) -> list[str]:
    """That have caused an alert, by name."""
    rows = view.reading().execute("SELECT outlet FROM outlets ORDER BY outlet LIMIT 200")
    return [row["outlet"] for row in rows]


def _position(view: View, identity: UUID) -> int:
    row = view.reading().execute("SELECT seq FROM alerts WHERE id = ?", (str(identity),)).fetchone()
    if row is None:
        raise UnknownAlert(str(identity))
    return int(row["seq"])


def _candidates(view: View, query: AlertQuery, below: int | None) -> Iterator[ShownAlert]:
    """What SQL can tell of the conditions; the index of words narrows, and the filter itself decides."""
    wanted = query.conditions
    given = {
        "a.rank >= ?": RANKS[wanted.min_priority] if wanted.min_priority else None,
        "a.story = ?": wanted.story,
        "a.outlet = ?": wanted.outlet.casefold() if wanted.outlet else None,
    }
    conditions = {condition: [value] for condition, value in given.items() if value is not None}
    if query.kinds:
        conditions[f"a.kind IN ({', '.join('?' * len(query.kinds))})"] = sorted(query.kinds)
    source, position = "alerts a", "a.seq"
    if wanted.match and len(wanted.match.casefold()) >= TRIGRAM and "\0" not in wanted.match:
        source, position = "alert_words JOIN alerts a ON a.seq = alert_words.rowid", "alert_words.rowid"
        conditions["alert_words MATCH ?"] = ['"{}"'.format(wanted.match.casefold().replace('"', '""'))]
    if below is not None:
        conditions[f"{position} < ?"] = [below]
    where = f"WHERE {' AND '.join(conditions)}" if conditions else ""
    values = [value for each in conditions.values() for value in each]
    for row in view.reading().execute(f"SELECT {COLUMNS} FROM {source} {where} ORDER BY {position} DESC", values):
        yield _shown(row)


def _shown(row: sqlite3.Row) -> ShownAlert:
    replaced_by = UUID(row["replaced_by"]) if row["replaced_by"] else None
    return ShownAlert(Alert.model_validate_json(row["body"]), row["latency"], replaced_by)
