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
    return teller.removed(_gone(memory, reading, state, asserted), state)


def _gone(memory: Memory, reading: Reading, state: State, asserted: set[str]) -> list[tuple[FactRow, bool]]:
    """The facts of the vanished sentences that nothing else in the version asserts, each with whether it is told."""
    vanished = {v.fingerprint: v for v in reading.vanished}
    rows = [row for row in memory.article.sentences if row.f in vanished] if memory.article else []
    found: dict[str, tuple[FactRow, bool]] = {}
    for sentence in rows:
        how = vanished[sentence.f]
        for identity in sentence.ids:
            row = state.fact(identity)
            if row and identity not in asserted and row.fact.state == "active":
                found[identity] = row, (how.alone or how.only) and kinds()[row.fact.kind].removable(row, how.only)
    return list(found.values())


def _only_here(update: ArticleUpdate, memory: Memory, state: State) -> list[FactRow]:
    rows = memory.article.sentences if memory.article else []
    facts = [row for sentence in rows for i in sentence.ids if (row := state.fact(i))]
    distinct = {row.fact.key: row for row in facts if row.fact.state == "active"}
    return [row for row in distinct.values() if set(row.fact.asserted) <= {update.article_id}]
