"""The view's tables. Times are seconds since 1970; ``body`` is a record's JSON as it came, or as it is shown."""

import sqlite3
import threading
from pathlib import Path

TABLES = """
CREATE TABLE alerts (
    seq INTEGER PRIMARY KEY,       -- the order in which they may be shown
    id TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    rank INTEGER NOT NULL,         -- of the priority
    story TEXT NOT NULL,
    fact TEXT NOT NULL,            -- key of the fact that it is about
    article TEXT NOT NULL,
    version INTEGER NOT NULL,
    outlet TEXT NOT NULL,          -- case-folded
    supersedes TEXT,
    detected REAL NOT NULL,
    latency REAL,                  -- seconds on Kafka's clocks, from the update to the alert
    body BLOB NOT NULL
);
CREATE INDEX alerts_of_story ON alerts (story, seq);
CREATE INDEX alerts_of_fact ON alerts (story, fact, seq);
CREATE INDEX alerts_of_version ON alerts (article, version);
CREATE INDEX alerts_superseding ON alerts (supersedes) WHERE supersedes IS NOT NULL;
CREATE INDEX alerts_by_time ON alerts (detected);
CREATE VIRTUAL TABLE alert_words USING fts5 (words, tokenize = 'trigram');

CREATE TABLE outlets (outlet TEXT PRIMARY KEY) WITHOUT ROWID;

CREATE TABLE changes (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    story TEXT NOT NULL,
    fact TEXT NOT NULL,
    article TEXT NOT NULL,
    version INTEGER NOT NULL,
    decision TEXT NOT NULL,
    alert TEXT,                    -- id
    detected REAL NOT NULL,
    body BLOB NOT NULL             -- without the alert
);
CREATE INDEX changes_of_fact ON changes (story, fact, seq);
CREATE INDEX changes_of_version ON changes (article, version);
CREATE INDEX changes_by_time ON changes (detected);

CREATE TABLE facts (               -- what each story is known to say now
    story TEXT NOT NULL,
    fact TEXT NOT NULL,
    touched REAL NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (story, fact)
);

CREATE TABLE updates (             -- what came of each: UpdateSummary
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    story TEXT NOT NULL,
    article TEXT NOT NULL,
    version INTEGER NOT NULL,
    detected REAL NOT NULL,
    body BLOB NOT NULL
);
CREATE INDEX updates_of_story ON updates (story, seq);
CREATE INDEX updates_by_time ON updates (detected);

CREATE TABLE versions (            -- ArticleUpdate, the latest of each number
    article TEXT NOT NULL,
    version INTEGER NOT NULL,
    slug TEXT NOT NULL,            -- of the article
    story TEXT NOT NULL,
    arrived REAL NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (article, version)
);
CREATE INDEX versions_by_slug ON versions (slug, version);
CREATE INDEX versions_by_time ON versions (arrived);

CREATE TABLE stories (
    story TEXT PRIMARY KEY,
    slug TEXT NOT NULL UNIQUE,
    headline TEXT NOT NULL,
    outlet TEXT NOT NULL,
    first REAL NOT NULL,
    last REAL NOT NULL,
    alerts INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX stories_by_time ON stories (last);

CREATE TABLE sources (             -- SourceState, the latest of each
    source TEXT PRIMARY KEY,
    health TEXT NOT NULL,
    polled REAL NOT NULL,
    body BLOB NOT NULL
) WITHOUT ROWID;

CREATE TABLE letters (             -- dead ones, as they lie on Kafka
    partition INTEGER NOT NULL,
    offset INTEGER NOT NULL,
    failed REAL NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (partition, offset)
);
CREATE INDEX letters_by_time ON letters (failed);
"""


class View:
    """A new view in a file. One thread writes; each thread that reads has a connection of its own."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._threads = threading.local()
        self.writing = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
        self.writing.execute("PRAGMA journal_mode = WAL")
        self.writing.execute("PRAGMA synchronous = OFF")  # after a crash it is built anew
        self.writing.executescript(TABLES)

    def reading(self) -> sqlite3.Connection:
        """The calling thread's connection; rows are `sqlite3.Row`."""
        connection: sqlite3.Connection | None = getattr(self._threads, "connection", None)
        if connection is None:
            connection = sqlite3.connect(f"file:{self._path}?mode=ro", uri=True, isolation_level=None)
            connection.row_factory = sqlite3.Row
            self._threads.connection = connection
        return connection
