"""A poll and what is known of its source, made into article updates: which article is it, and is this a new version?

An article is known by its guid; by its address where the guid is new, for some outlets give each version a guid of its
own. Its version counts up with each text that differs from the last. A text that has shrunk to a tenth, or is gone, is
held back for a while: more often than the news the parser is broken.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from math import log
from urllib.parse import urlsplit

from schemas.polls import Item, Poll
from schemas.sources import SourceHealthChange, SourceState
from schemas.updates import ArticleUpdate, Mode
from streams.sources.health import assess
from streams.sources.rows import (
    Article,
    Name,
    Rows,
    article_key,
    article_prefix,
    decode_article,
    decode_name,
    decode_state,
    digest,
    encode,
    name_key,
    name_prefix,
    state_key,
)
from streams.sources.sameness import version_digest
from streams.sources.schedule import next_poll

SHRUNK_TO = 0.1  # of the last version's length
WORTH_HOLDING = 500  # characters of the last version
HELD_FOR = timedelta(hours=6)  # then a short text is believed
MAX_ARTICLE_ID = 2048
FORGOTTEN_AFTER = 30  # days out of sight
GAP_WEIGHT = 0.2  # of the newest gap in the mean of all
DAY = 86_400.0  # seconds


@dataclass
class Identified:
    """What came of a poll: updates in order, rows to write, and the change of health, if there was one."""

    state: SourceState
    updates: list[ArticleUpdate] = field(default_factory=list)
    rows: dict[bytes, bytes | None] = field(default_factory=dict)
    health_change: SourceHealthChange | None = None


def identify(poll: Poll, rows: Rows) -> Identified:
    """Pure but for the rows that it reads; the same poll again brings no update once its rows are written."""
    return _Identification(poll, rows).run()


class _Identification:
    """One poll on its way."""

    def __init__(self, poll: Poll, rows: Rows) -> None:
        self.poll, self.stored = poll, rows
        self.before = decode_state(rows.get(state_key(poll.source)))
        self.rows: dict[bytes, bytes | None] = {}
        self.updates: list[ArticleUpdate] = []
        self.new_articles = 0
        self.held: list[str] = []
        self.day = _day(poll.polled_at)
        self.addresses = Counter(item.url for item in poll.items)

    def run(self) -> Identified:
        for item in self.poll.items:
            self._see(item)
        if self.poll.listed is not None:
            self._cancel_missing(set(self.poll.listed))
        if self.updates and self.before and self.before.last_change and _day(self.before.last_change) < self.day:
            self._forget()
        state, change = self._state()
        self.rows[state_key(self.poll.source)] = state.model_dump_json().encode()
        return Identified(state, self.updates, self.rows, change)

    @property
    def mode(self) -> Mode:
        first_read = self.before.first_read if self.before else None
        first = first_read in (None, self.poll.polled_at)  # a poll may come in parts
        return self.poll.first_as if first else "actual"

    def _see(self, item: Item) -> None:
        names = self._names(item)
        known = self._known(names)
        article_id = known.article_id if known else self._article_id(item)
        if self._is_held(item, known):
            self.held.append(article_id)
            if known and known.held_since is None:
                self._write(replace(known, held_since=self.poll.polled_at))
            return
        found, made = version_digest(item), known
        if known is None or known.digest != found:
            made = self._new_version(item, article_id, known, found, names[0] if names else None)
        elif known.seen != self.day or known.held_since:
            made = replace(known, seen=self.day, held_since=None)
        if made is not known and made is not None:
            self._write(made)
        self._remember(names, article_id)

    def _names(self, item: Item) -> list[str]:
        """Its guid and its address, as far as it is the only one here to have this."""
        own_address = item.url and self.addresses[item.url] == 1 and self.poll.listed is None and _has_path(item.url)
        return [name for name in (item.guid, item.url if own_address or not item.guid else None) if name]

    def _known(self, names: list[str]) -> Article | None:
        if not names:
            return decode_article(self._get(article_key(self.poll.source, self.poll.source)))
        for name in names:
            alias = decode_name(self._get(name_key(self.poll.source, name)))
            if alias is not None:
                return decode_article(self._get(article_key(self.poll.source, alias.article_id)))
        return None

    def _article_id(self, item: Item) -> str:
        name = item.guid or item.url
        if not name:
            return self.poll.source
        article_id = f"{self.poll.source}/{name}"
        return article_id if len(article_id) <= MAX_ARTICLE_ID else f"{self.poll.source}/{digest(name).hex()}"

    def _is_held(self, item: Item, known: Article | None) -> bool:
        if item.status != "usable":
            return False
        if known is None:
            return not item.body and not item.headline
        shrunk = known.length >= WORTH_HOLDING and len(item.body) < known.length * SHRUNK_TO
        waited = known.held_since is not None and self.poll.polled_at - known.held_since >= HELD_FOR
        return shrunk and not waited

    def _new_version(self, item: Item, article_id: str, known: Article | None, found: str, name: str | None) -> Article:
        self.new_articles += known is None
        updated_at = self._updated_at(item, known)
        article = Article(
            article_id=article_id,
            version=known.version + 1 if known else 1,
            digest=found,
            length=len(item.body),
            seen=self.day,
            headline=item.headline,
            published_at=min(item.published_at or (known.published_at if known else updated_at), updated_at),
            updated_at=updated_at,
            name=name,
            url=item.url or self.poll.url,
            story_id=known.story_id if known else item.story_id,
            canceled=item.status == "canceled",
        )
        self.updates.append(self._update(article, item))
        return article

    def _updated_at(self, item: Item, known: Article | None) -> datetime:
        """As the source says, unless that lies ahead, or a version that differs is said to be as old as the last."""
        said = item.updated_at or (item.published_at if known is None else None)
        if said is None or said > self.poll.polled_at or (known and said <= known.updated_at):
            return self.poll.polled_at
        return said

    def _update(self, article: Article, item: Item) -> ArticleUpdate:
        return ArticleUpdate(
            article_id=article.article_id,
            version=article.version,
            story_id=article.story_id,
            source=self.poll.outlet,
            url=article.url,
            headline=item.headline,
            body=item.body,
            language=item.language,
            published_at=article.published_at,
            updated_at=article.updated_at,
            status=item.status,
            timezone=self.poll.timezone,
            mode=self.mode,
            embargo_until=item.embargo_until,
            subjects=item.subjects,
            correction=item.correction,
        )

    def _cancel_missing(self, listed: set[str]) -> None:
        """Those that others of their age are still there without. The oldest that is listed tells how far it goes."""
        articles = [article for _, article in self._articles()]
        there = [article for article in articles if article.name in listed]
        for article in there:
            self._see_unchanged(article)
        oldest = min((article.published_at for article in there), default=None)
        for article in articles:
            if oldest and article.name not in listed and article.published_at >= oldest and not article.canceled:
                item = Item(headline=article.headline, body="", status="canceled", url=article.url)
                canceled = replace(
                    article,
                    digest=version_digest(item),
                    version=article.version + 1,
                    canceled=True,
                    updated_at=max(self.poll.polled_at, article.updated_at),
                )
                self.updates.append(self._update(canceled, item))
                self._write(canceled)

    def _see_unchanged(self, article: Article) -> None:
        """An ingester sends only what differs of a source that lists all that it shows."""
        if article.seen != self.day and article.name:
            self._write(replace(article, seen=self.day))
            self._remember([article.name], article.article_id)

    def _forget(self) -> None:
        """With a day's first change, what was out of sight for a month: a source that is still shows what it did."""
        source = self.poll.source
        for key, article in self._articles():
            if article.seen < self.day - FORGOTTEN_AFTER and article.article_id != source:
                self.rows[key] = None
        for key, row in self._scan(name_prefix(source)):
            name = decode_name(row)
            if name is not None and name.seen < self.day - FORGOTTEN_AFTER:
                self.rows[key] = None

    def _remember(self, names: list[str], article_id: str) -> None:
        for name in names:
            key = name_key(self.poll.source, name)
            if decode_name(self._get(key)) != Name(article_id, self.day):
                self.rows[key] = encode(Name(article_id, self.day))

    def _articles(self) -> Iterator[tuple[bytes, Article]]:
        for key, row in self._scan(article_prefix(self.poll.source)):
            article = decode_article(row)
            if article is not None:
                yield key, article

    def _scan(self, prefix: bytes) -> Iterator[tuple[bytes, bytes]]:
        """As stored, with what this poll has written so far."""
        merged: Mapping[bytes, bytes | None] = {
            **dict(self.stored.scan(prefix)),
            **{key: row for key, row in self.rows.items() if key.startswith(prefix)},
        }
        yield from ((key, row) for key, row in merged.items() if row is not None)

    def _get(self, key: bytes) -> bytes | None:
        return self.rows[key] if key in self.rows else self.stored.get(key)

    def _write(self, article: Article) -> None:
        self.rows[article_key(self.poll.source, article.article_id)] = encode(article)

    def _state(self) -> tuple[SourceState, SourceHealthChange | None]:
        poll, before = self.poll, self.before
        base = before or SourceState(
            source=poll.source, kind=poll.kind, outlet=poll.outlet, since=poll.polled_at,
            first_poll=poll.polled_at, last_poll=poll.polled_at,
        )  # fmt: skip
        state = base.model_copy(update=self._after(base))
        health, reason = assess(state, self._broken(), poll.polled_at)
        changed = health != base.health
        state = state.model_copy(
            update={"health": health, "reason": reason, "since": poll.polled_at if changed else base.since}
        )
        state = state.model_copy(update={"next_poll": next_poll(poll, state)})
        if not changed:
            return state, None
        return state, SourceHealthChange(
            source=poll.source, outlet=poll.outlet, url=poll.url, before=base.health, after=health,
            reason=reason or "it does well again", at=poll.polled_at,
        )  # fmt: skip

    def _broken(self) -> str:
        if self.held:
            return f"{len(self.held)} of {len(self.poll.items)} texts are empty or have shrunk to a tenth"
        shows_none = self.poll.outcome == "read" and not self.poll.items and not self.poll.listed
        if shows_none and self.poll.interval and self.before and self.before.articles:
            return f"it shows no article, where it has shown {self.before.articles}"
        return ""

    def _after(self, base: SourceState) -> dict[str, object]:
        poll = self.poll
        told = {"kind": poll.kind, "outlet": poll.outlet, "url": poll.url, "last_poll": poll.polled_at}
        if poll.outcome == "failed":
            return {**told, "failures": base.failures + 1, "error": poll.error}
        changes = len(self.updates)
        seconds = max((poll.polled_at - base.last_poll).total_seconds(), 0.0)
        fading = 0.5 ** (seconds / DAY)  # a count that halves each day is the daily rate, divided by ln 2
        after: dict[str, object] = {
            **told,
            "first_read": base.first_read or (poll.polled_at if poll.outcome == "read" else None),
            "last_success": poll.polled_at,
            "failures": 0,
            "error": None,
            "etag": poll.etag or (base.etag if poll.outcome == "unchanged" else None),
            "last_modified": poll.last_modified or (base.last_modified if poll.outcome == "unchanged" else None),
            "articles": base.articles + self.new_articles,
            "versions": base.versions + changes,
            "versions_a_day": base.versions_a_day * fading + (changes * log(2) if self.before else 0.0),
        }
        if changes:
            after["last_change"] = poll.polled_at
            if base.last_change and poll.polled_at > base.last_change:
                gap = (poll.polled_at - base.last_change).total_seconds()
                usual = base.usual_gap
                after["usual_gap"] = gap if usual is None else usual + GAP_WEIGHT * (gap - usual)
        return after


def _day(moment: datetime) -> int:
    """Counted from 1970, in UTC."""
    return int(moment.timestamp() // DAY)


def _has_path(url: str) -> bool:
    """Addresses of front pages name no article."""
    parts = urlsplit(url)
    return parts.path.strip("/") != "" or parts.query != ""
