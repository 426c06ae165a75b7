"""Removal: claims that a version no longer makes, and articles that are canceled."""

from datetime import datetime

from schemas.changes import FactChange
from schemas.updates import ArticleUpdate
from streams.facts.kinds import kinds
from streams.facts.memory import Memory
from streams.facts.reading import Reading
from streams.facts.rows import FactRow
from streams.facts.state import State
from streams.facts.telling import RemovalTeller


def removed(
    update: ArticleUpdate,
    memory: Memory,
    reading: Reading,
    state: State,
    asserted: set[str],
    silence: str | None,
    at: datetime,
) -> list[FactChange]:
    """A record for each claim that vanished alone, and for an article that is canceled all that only it asserted."""
    teller = RemovalTeller(update, at, silence)
    if update.status == "canceled":
        return teller.canceled(_only_here(update, memory, state), state)
    alone = {v.fingerprint for v in reading.vanished if v.alone}
    rows = memory.article.sentences if memory.article else []
    gone = {i: row.f in alone for row in rows for i in row.ids if row.f in {v.fingerprint for v in reading.vanished}}
    records = []
    for identity, by_itself in gone.items():
        row = state.fact(identity)
        if row is None or identity in asserted or row.fact.state != "active":
            continue
        told = by_itself and kinds()[row.fact.kind].removable(row)
        records.append(teller.removed(row, state, told))
    return records


def _only_here(update: ArticleUpdate, memory: Memory, state: State) -> list[FactRow]:
    rows = memory.article.sentences if memory.article else []
    facts = [row for sentence in rows for i in sentence.ids if (row := state.fact(i))]
    distinct = {row.fact.key: row for row in facts if row.fact.state == "active"}
    return [row for row in distinct.values() if set(row.fact.asserted) <= {update.article_id}]
