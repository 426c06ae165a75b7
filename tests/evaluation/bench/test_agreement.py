"""Two readings of a story compared."""

from tests.evaluation.agreement import compare
from tests.evaluation.bench.samples import entry, line

BODY = "Seventeen people died in the fire at the mill. Police closed Mill Street for a day."
DEAD, CLOSED = "Seventeen people died in the fire at the mill.", "Police closed Mill Street for a day."


def test_entries_match_by_sentence_and_strictly_by_kind_and_change_too() -> None:
    first = [line("Old.", 1), line(BODY, 2, entry(DEAD, "17"), entry(CLOSED, "day"))]
    second = [
        line("Old.", 1),
        line(BODY, 2, entry(DEAD, "17", kind=["figure", "action"]), entry(CLOSED, "x", kind="action")),
    ]
    total = compare(first, second)
    assert (total["first"], total["second"], total["sentence"], total["strict"]) == (2, 2, 2, 1)


def test_versions_that_either_reads_as_quiet_are_counted() -> None:
    first = [line("Old.", 1), line(BODY, 2), line(BODY, 3, entry(DEAD, "17"))]
    second = [line("Old.", 1), line(BODY, 2), line(BODY, 3)]
    total = compare(first, second)
    assert (total["quiet"], total["either_quiet"]) == (1, 2)
