"""A desk that tells stories to the domain, version by version, with the rows in memory."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from schemas.alerts import Alert
from schemas.changes import FactChange, UpdateSummary
from schemas.facts import Fact
from schemas.updates import ArticleUpdate
from streams.backtest import MemoryRows
from streams.facts.language.parse import Tree, parse
from streams.facts.rows import decode_fact_row, story_prefix
from streams.facts.tracker import Tracked, read, recall, track

NOON = datetime(2025, 3, 18, 12, 0, tzinfo=UTC)  # a Tuesday
STORY = "story"
_TREES: dict[str, Tree] = {}


def parse_once(sentences: Iterable[str]) -> list[Tree]:
    """The trees of sentences, from an earlier parse where there was one; those still unseen are parsed together."""
    wanted = list(sentences)
    unseen = [sentence for sentence in dict.fromkeys(wanted) if sentence not in _TREES]
    _TREES.update(zip(unseen, parse(unseen), strict=True))
    return [_TREES[sentence] for sentence in wanted]


@dataclass(frozen=True)
class Outcome:
    """What came of one version."""

    update: ArticleUpdate
    tracked: Tracked

    @property
    def facts(self) -> list[FactChange]:
        return [change for change in self.tracked.changes if isinstance(change, FactChange)]

    @property
    def summary(self) -> UpdateSummary:
        last = self.tracked.changes[-1]
        assert isinstance(last, UpdateSummary)
        return last

    @property
    def alerts(self) -> list[Alert]:
        return [change.alert for change in self.facts if change.alert]

    @property
    def alert(self) -> Alert:
        """The one alert of the version."""
        assert len(self.alerts) == 1, [alert.summary for alert in self.alerts]
        return self.alerts[0]

    def of_kind(self, kind: str) -> list[FactChange]:
        facts = [(change, change.after or change.before) for change in self.facts]
        return [change for change, fact in facts if fact and fact.kind == kind]


class RecordingRows(MemoryRows):
    """Keeps what was written, to be looked through."""

    def __init__(self) -> None:
        super().__init__()
        self.all: dict[bytes, bytes] = self._rows

    def facts(self, story: str = STORY) -> list[Fact]:
        rows = sorted(item for item in self.all.items() if item[0].startswith(story_prefix(story)))
        return [fact for key, row in rows if (fact := decode_fact_row(key, row))]


@dataclass
class Desk:
    """Versions count up for each article; each comes ten minutes after the one before, unless `at` says otherwise."""

    rows: RecordingRows = field(default_factory=RecordingRows)
    told: int = 0
    versions: dict[str, int] = field(default_factory=dict)

    def update(self, body: str, headline: str = "", article: str = "a", **more: Any) -> ArticleUpdate:
        version = more.pop("version", self.versions.get(article, 0) + 1)
        self.versions[article] = max(version, self.versions.get(article, 0))
        self.told += 1
        at = more.pop("at", NOON + timedelta(minutes=10 * self.told))
        usual = {"story_id": STORY, "source": f"{article}.example", "published_at": NOON, "updated_at": at}
        return ArticleUpdate(article_id=article, version=version, headline=headline, body=body, **usual | more)

    def tell(self, body: str, headline: str = "", article: str = "a", **more: Any) -> Outcome:
        """Publish the next version of an article."""
        return self.apply(self.update(body, headline, article, **more))

    def apply(self, update: ArticleUpdate) -> Outcome:
        memory = recall(update, self.rows)
        [reading] = read([(update, memory)])
        tracked = track(update, memory, reading, self.rows, update.updated_at + timedelta(seconds=2))
        self.rows.write(tracked.rows)
        return Outcome(update, tracked)


def text(*paragraphs: str) -> str:
    return "\n\n".join(paragraphs)
