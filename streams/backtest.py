"""The same pure code as the stream's, run over updates at hand, with the rows kept in memory."""

from collections.abc import Iterator, Sequence

from schemas.updates import ArticleUpdate
from streams.facts.tracker import Memory, Reading, StoryChangedError, Tracked, read, recall, track

Outcome = Tracked | StoryChangedError  # the latter is a dead letter in the stream, which then goes on


class MemoryRows:
    """Every story's rows in one dict: there is but one partition."""

    def __init__(self) -> None:
        self._rows: dict[bytes, bytes] = {}

    def get(self, key: bytes) -> bytes | None:
        return self._rows.get(key)

    def get_anywhere(self, key: bytes) -> bytes | None:
        return self._rows.get(key)

    def write(self, rows: dict[bytes, bytes | None]) -> None:
        """None deletes."""
        for key, row in rows.items():
            if row is None:
                self._rows.pop(key, None)
            else:
                self._rows[key] = row


def backtest(updates: Sequence[ArticleUpdate], rows: MemoryRows) -> Iterator[tuple[ArticleUpdate, Outcome]]:
    """What comes of each update, in the order given; `rows` is read and written.

    Alerts say that they are of a replay (unless the update is a test), detected when the article was updated.
    """
    replayed = [as_replay(update) for update in updates]
    done: dict[int, Outcome] = {}
    shown = 0
    for together in rounds(replayed):
        done |= zip(together, _run_round([replayed[index] for index in together], rows), strict=True)
        while shown in done:
            yield replayed[shown], done.pop(shown)
            shown += 1


def _run_round(updates: Sequence[ArticleUpdate], rows: MemoryRows) -> list[Outcome]:
    recalled = [_recall(update, rows) for update in updates]
    known = [
        (u, memory) for u, memory in zip(updates, recalled, strict=True) if not isinstance(memory, StoryChangedError)
    ]
    readings = iter(read(known))
    return [
        memory if isinstance(memory, StoryChangedError) else _track(update, memory, next(readings), rows)
        for update, memory in zip(updates, recalled, strict=True)
    ]


def _recall(update: ArticleUpdate, rows: MemoryRows) -> Memory | StoryChangedError:
    try:
        return recall(update, rows)
    except StoryChangedError as error:
        return error


def _track(update: ArticleUpdate, memory: Memory, reading: Reading, rows: MemoryRows) -> Tracked:
    tracked = track(update, memory, reading, rows, update.updated_at)
    rows.write(tracked.rows)
    return tracked


def as_replay(update: ArticleUpdate) -> ArticleUpdate:
    """`actual` becomes `replay`; a test stays one, and a baseline is learnt in silence as ever."""
    return update.model_copy(update={"mode": "replay"}) if update.mode == "actual" else update


def rounds(updates: Sequence[ArticleUpdate]) -> list[list[int]]:
    """Indices of updates that can be read together: each story and each article once a round, in order.

    An update's round is the one after the last that has its story or its article.
    """
    last: dict[tuple[str, str], int] = {}
    found: list[list[int]] = []
    for index, update in enumerate(updates):
        names = (("story", update.story_key), ("article", update.article_id))
        number = max(last.get(name, -1) for name in names) + 1
        last.update(dict.fromkeys(names, number))
        if number == len(found):
            found.append([])
        found[number].append(index)
    return found
