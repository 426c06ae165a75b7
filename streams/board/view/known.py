"""What a story is known to say, followed change by change through the audit log."""

from collections.abc import Iterable

from schemas.changes import FactChange
from schemas.facts import Fact

NOT_LEARNT = ("stale", "older version")  # what was said then is not what the story says now


def consequence(change: FactChange) -> tuple[str | None, Fact | None]:
    """The key of the fact that is known no longer, and the fact that is known from now on."""
    before, after = change.before, change.after
    if change.reason in NOT_LEARNT:
        return None, None
    if after is None:  # a removed claim; where that is mere background, the story still says it
        return (before.key if before and change.decision == "alert" else None), None
    return (before.key if before and before.key != after.key else None), after


def known_after(changes: Iterable[FactChange]) -> list[Fact]:
    """The facts that stand after these changes of a story, in the order in which they happened."""
    known: dict[str, Fact] = {}
    for change in changes:
        dropped, kept = consequence(change)
        if dropped is not None:
            known.pop(dropped, None)
        if kept is not None:
            known[kept.key] = kept
    return sorted(known.values(), key=lambda fact: (fact.first_seen, fact.key))
