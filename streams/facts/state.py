"""A story's rows while one update is applied: read once, changed in memory, written at the end."""

from collections.abc import Iterable

from schemas.updates import ArticleUpdate
from streams.facts.rows import (
    MAX_INDEXED,
    MAX_WORDS,
    ArticleRow,
    FactRow,
    IndexRow,
    Rows,
    StoryRow,
    TextRow,
    WordsRow,
    article_key,
    decode,
    decode_fact,
    encode,
    fact_id,
    fact_row_key,
    home_key,
    index_key,
    story_row_key,
    text_key,
    words_key,
)


class State:
    """The facts and index entries of one story; ``rows()`` gives what is to be written."""

    def __init__(self, story_key: str, rows: Rows) -> None:
        self.story_key = story_key
        self._rows = rows
        self._facts: dict[str, FactRow | None] = {}
        self._changed: set[str] = set()
        self._written: dict[bytes, bytes | None] = {}
        self._index: dict[str, IndexRow] = {}
        self._indexed: set[str] = set()
        self._words: dict[bytes, WordsRow] = {}
        self._worded: set[bytes] = set()

    def fact(self, identity: str) -> FactRow | None:
        if identity not in self._facts:
            row = self._rows.get(fact_row_key(self.story_key, identity))
            self._facts[identity] = None if row is None else decode_fact(row)
        return self._facts[identity]

    def put(self, row: FactRow, terms: Iterable[str]) -> str:
        """Keep a fact, found from then on under the terms; gives its id."""
        identity = fact_id(row.fact.key)
        self._facts[identity] = row
        self._changed.add(identity)
        for term in terms:
            entry = self._entry(term)
            if identity not in entry.ids:
                entry.ids.append(identity)
                del entry.ids[:-MAX_INDEXED]
                self._indexed.add(term)
        return identity

    def under(self, terms: Iterable[str]) -> list[str]:
        """The ids of the facts that stand under any of the terms, in a fixed order."""
        return list(dict.fromkeys(identity for term in sorted(terms) for identity in self._entry(term).ids))

    def knows(self, word: str) -> bool:
        """Whether the story has used a content word before."""
        return word in self._bucket(words_key(self.story_key, word)).words

    def learn(self, words: Iterable[str]) -> None:
        """Remember content words as used."""
        for word in sorted(words):
            key = words_key(self.story_key, word)
            bucket = self._bucket(key)
            if word not in bucket.words:
                bucket.words.append(word)
                del bucket.words[:-MAX_WORDS]
                self._worded.add(key)

    def _bucket(self, key: bytes) -> WordsRow:
        if key not in self._words:
            row = self._rows.get(key)
            self._words[key] = WordsRow() if row is None else decode(WordsRow, row)
        return self._words[key]

    def _entry(self, term: str) -> IndexRow:
        if term not in self._index:
            row = self._rows.get(index_key(self.story_key, term))
            self._index[term] = IndexRow() if row is None else decode(IndexRow, row)
        return self._index[term]

    def put_story(self, row: StoryRow) -> None:
        self._written[story_row_key(self.story_key)] = encode(row)

    def put_article(self, article_id: str, row: ArticleRow) -> None:
        """Keep an article's latest version, and to which story it belongs."""
        self._written[article_key(self.story_key, article_id)] = encode(row)
        if self._rows.get(home_key(article_id)) is None:
            self._written[home_key(article_id)] = self.story_key.encode()

    def put_text(self, update: ArticleUpdate) -> None:
        self._written[text_key(self.story_key, update.article_id)] = encode(TextRow(update=update))

    def rows(self) -> dict[bytes, bytes | None]:
        """All that changed, by row key."""
        facts = {i: row for i in sorted(self._changed) if (row := self._facts[i]) is not None}
        return (
            {fact_row_key(self.story_key, i): encode(row) for i, row in facts.items()}
            | {index_key(self.story_key, term): encode(self._index[term]) for term in sorted(self._indexed)}
            | {key: encode(self._words[key]) for key in sorted(self._worded)}
            | self._written
        )
