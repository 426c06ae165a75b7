"""What was received into the view: each record once, and nothing of what is withheld or still under embargo."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from schemas.alerts import Alert
from schemas.changes import FactChange, UpdateSummary
from schemas.dead_letters import DeadLetter
from schemas.sources import SourceState
from schemas.updates import ArticleUpdate
from streams.board.slugs import slug_of
from streams.board.view.alerts import ShownAlert
from streams.board.view.known import consequence
from streams.board.view.received import Received, Takedown
from streams.board.view.schema import View
from streams.client.embargo import Embargo
from streams.client.filters import RANKS, searched_text

OF_STORIES = ("alerts", "changes", "facts", "updates", "versions", "stories")
PRUNE_EVERY = timedelta(hours=1)
HELD_BY_AGE = {"alerts": "detected", "changes": "detected", "updates": "detected", "versions": "arrived"}
HELD_BY_AGE |= {"stories": "last", "letters": "failed", "facts": "touched", "sources": "polled"}


@dataclass
class Written:
    """What a batch has brought: alerts that may be shown now, and how many changes were kept silent."""

    alerts: list[ShownAlert] = field(default_factory=list)
    silent: int = 0
    reload: bool = False  # something is gone that a page may show


class Writer:
    """Holds back what is under embargo, and leaves out what belongs to a version that is withheld."""

    def __init__(self, view: View, kept: timedelta) -> None:
        self._view, self._kept = view, kept
        self._sql = view.writing
        self._held: Embargo[Received] = Embargo()
        self._embargoes: dict[tuple[str, int], datetime] = {}
        self._withheld: set[tuple[str, int]] = set()
        self._pruned: datetime | None = None

    def write(self, batch: Iterable[Received], now: datetime) -> Written:
        """One transaction: what is free of its embargo by now, then the batch."""
        written = Written()
        self._sql.execute("BEGIN")
        try:
            for one in self._held.free(now):
                self._write(one, written)
            for one in batch:
                until = self._embargo_of(one.record)
                if until is not None and until > now:
                    self._held.hold(until, one)
                else:
                    self._write(one, written)
            self._prune(now)
        except BaseException:
            self._sql.execute("ROLLBACK")
            raise
        self._sql.execute("COMMIT")
        return written

    def _embargo_of(self, record: object) -> datetime | None:
        """An update's and an alert's own; a change has that of its version."""
        match record:
            case ArticleUpdate():
                if record.embargo_until:
                    self._embargoes[record.article_id, record.version] = record.embargo_until
                return record.embargo_until
            case Alert():
                return record.embargo_until
            case FactChange() | UpdateSummary():
                return self._embargoes.get((record.article_id, record.version))
        return None

    def _write(self, one: Received, written: Written) -> None:
        match one.record:
            case Alert():
                self._write_alert(one.record, one, written)
            case FactChange():
                self._write_change(one.record, written)
            case UpdateSummary():
                self._write_summary(one.record, one)
            case ArticleUpdate():
                self._write_version(one.record, one)
            case SourceState():
                state = one.record
                place = (state.source, state.health, state.last_poll.timestamp(), one.body)
                self._sql.execute("INSERT OR REPLACE INTO sources VALUES (?, ?, ?, ?)", place)
            case Takedown():
                self._forget(one.record.story)
                written.reload = True
            case DeadLetter():
                row = (one.partition, one.offset, one.record.failed_at.timestamp(), one.body)
                self._sql.execute("INSERT OR IGNORE INTO letters VALUES (?, ?, ?, ?)", row)

    def _write_alert(self, alert: Alert, one: Received, written: Written) -> None:
        fact = alert.after or alert.before
        latency = self._latency(alert, one.at)
        row = (
            *(str(alert.id), alert.kind, RANKS[alert.priority], alert.story_id, fact.key if fact else ""),
            *(alert.article_id, alert.version, alert.source.casefold()),
            *(str(alert.supersedes) if alert.supersedes else None, alert.detected_at.timestamp(), latency),
            one.body,
        )
        cursor = self._sql.execute(
            "INSERT OR IGNORE INTO alerts (id, kind, rank, story, fact, article, version, outlet, supersedes, detected,"
            " latency, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            row,
        )
        if not cursor.rowcount:
            return
        self._sql.execute("INSERT OR IGNORE INTO outlets VALUES (?)", (alert.source.casefold(),))
        words = searched_text(alert).casefold()
        self._sql.execute("INSERT INTO alert_words (rowid, words) VALUES (?, ?)", (cursor.lastrowid, words))
        self._touch_story(alert.story_id, alert.headline, alert.source, alert.detected_at, alerts=1)
        written.alerts.append(ShownAlert(alert, latency, None))

    def _latency(self, alert: Alert, at: float) -> float | None:
        query = "SELECT arrived FROM versions WHERE article = ? AND version = ?"
        found = self._sql.execute(query, (alert.article_id, alert.version)).fetchone()
        return at - found[0] if found and at >= found[0] else None

    def _write_change(self, change: FactChange, written: Written) -> None:
        if self._is_withheld(change):
            return
        fact = change.after or change.before
        alert = str(change.alert.id) if change.alert else None
        row = (
            *(str(change.id), change.story_id, fact.key if fact else "", change.article_id, change.version),
            *(change.decision, alert, change.detected_at.timestamp(), change.model_dump_json(exclude={"alert"})),
        )
        cursor = self._sql.execute(
            "INSERT OR IGNORE INTO changes (id, story, fact, article, version, decision, alert, detected, body)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            row,
        )
        if cursor.rowcount:
            written.silent += change.decision == "silent"
            self._learn(change)

    def _learn(self, change: FactChange) -> None:
        dropped, kept = consequence(change)
        if dropped is not None:
            self._sql.execute("DELETE FROM facts WHERE story = ? AND fact = ?", (change.story_id, dropped))
        if kept is not None:
            row = (change.story_id, kept.key, change.detected_at.timestamp(), kept.model_dump_json())
            self._sql.execute("INSERT OR REPLACE INTO facts VALUES (?, ?, ?, ?)", row)

    def _write_summary(self, summary: UpdateSummary, one: Received) -> None:
        if self._is_withheld(summary):
            return
        place = (str(summary.id), summary.story_id, summary.article_id, summary.version)
        cursor = self._sql.execute(
            "INSERT OR IGNORE INTO updates (id, story, article, version, detected, body) VALUES (?, ?, ?, ?, ?, ?)",
            (*place, summary.detected_at.timestamp(), one.body),
        )
        if cursor.rowcount:
            self._touch_story(summary.story_id, summary.headline, summary.source, summary.detected_at)

    def _is_withheld(self, change: FactChange | UpdateSummary) -> bool:
        return change.reason == "withheld" or (change.article_id, change.version) in self._withheld

    def _write_version(self, update: ArticleUpdate, one: Received) -> None:
        place = (update.article_id, update.version)
        if update.status == "withheld":
            self._withheld.add(place)
            return
        self._withheld.discard(place)
        self._sql.execute(
            "INSERT OR REPLACE INTO versions VALUES (?, ?, ?, ?, ?, ?)",
            (*place, slug_of(update.article_id), update.story_key, one.at, one.body),
        )

    def _touch_story(self, story: str, headline: str, outlet: str, at: datetime, alerts: int = 0) -> None:
        moment = at.timestamp()
        self._sql.execute(
            "INSERT INTO stories VALUES (:story, :slug, :headline, :outlet, :at, :at, :alerts)"
            " ON CONFLICT DO UPDATE SET alerts = alerts + :alerts, headline = :headline, outlet = :outlet,"
            " last = max(last, :at)",
            {"story": story, "slug": slug_of(story), "headline": headline, "outlet": outlet}
            | {"at": moment, "alerts": alerts},
        )

    def _forget(self, story: str) -> None:
        """A takedown: what came before it on Kafka goes from every table; what comes after is another telling."""
        self._sql.execute("DELETE FROM alert_words WHERE rowid IN (SELECT seq FROM alerts WHERE story = ?)", (story,))
        for table in OF_STORIES:
            self._sql.execute(f"DELETE FROM {table} WHERE story = ?", (story,))

    def _prune(self, now: datetime) -> None:
        """Forget what is older than the board is asked to look back."""
        if self._pruned is not None and now - self._pruned < PRUNE_EVERY:
            return
        self._pruned, oldest = now, ((now - self._kept).timestamp(),)
        self._sql.execute("DELETE FROM alert_words WHERE rowid IN (SELECT seq FROM alerts WHERE detected < ?)", oldest)
        for table, column in HELD_BY_AGE.items():
            self._sql.execute(f"DELETE FROM {table} WHERE {column} < ?", oldest)
