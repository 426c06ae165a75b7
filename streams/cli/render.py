"""How alerts, changes and summaries look to a person: a label column, then lines that hang under it.

On a terminal lines are wrapped and coloured; elsewhere each stays whole (the console is as wide as need be), so that
`grep` finds what it looks for.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import zip_longest

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from schemas.alerts import Alert
from schemas.changes import FactChange, UpdateSummary
from schemas.facts import Fact
from streams.wording import duration, fact_words, printable, value_in_sentence, value_words

LABEL_WIDTH = 12  # "2025-03-18" and two blanks
PRIORITY_WIDTH = 9  # "routine" and two blanks
PRIORITY_STYLE = {"flash": "bold white on red", "urgent": "bold yellow", "routine": "cyan"}
VALUE_STYLE = "bold underline"


def clock(moment: datetime) -> str:
    return moment.strftime("%H:%M:%S")


def day(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%d")


def print_block(console: Console, labels: Sequence[str], lines: Iterable[Text]) -> None:
    """The labels in one column, the lines, of which there are no fewer, in another beside it."""
    parts = [part for line in lines for part in line.wrap(console, console.width - LABEL_WIDTH)]
    for label, part in zip_longest(labels, parts, fillvalue=""):
        row = Text.assemble((label.ljust(LABEL_WIDTH), "dim"), part)
        row.rstrip()
        console.print(row, soft_wrap=True)


def print_alert(console: Console, alert: Alert, latency: float | None = None) -> None:
    """One alert. `latency` in seconds, where the caller measured it; else it is taken from the alert's times."""
    print_block(console, (clock(alert.detected_at), day(alert.detected_at)), alert_lines(alert, latency))


def alert_lines(alert: Alert, latency: float | None = None) -> list[Text]:
    lines = [_headline(alert), _sentence(alert)]
    if alert.related:
        lines.append(Text("also: " + "; ".join(map(fact_words, alert.related)), style="italic"))
    return [*lines, Text(" · ".join(_marks(alert, latency)), style="dim")]


def _headline(alert: Alert) -> Text:
    gap = " " * (PRIORITY_WIDTH - len(alert.priority))
    priority = (alert.priority.upper(), PRIORITY_STYLE[alert.priority])
    return Text.assemble(priority, gap, (printable(alert.summary), "bold"))


def _sentence(alert: Alert) -> Text:
    """The sentence that proves the alert, with the value in it emphasised."""
    fact = alert.after or alert.before
    return _proof(fact) if fact else Text(printable(alert.headline))


def _proof(fact: Fact) -> Text:
    sentence = Text(printable(fact.evidence.sentence))
    value = value_in_sentence(fact)
    if value is not None:
        sentence.highlight_regex(value, VALUE_STYLE)
    return sentence


def _marks(alert: Alert, latency: float | None) -> list[str]:
    marks = [f"{alert.kind} {alert.change}", f"{printable(alert.source)} v{alert.version}"]
    if latency is None and alert.status == "actual":
        latency = (alert.detected_at - alert.updated_at).total_seconds()
    if latency is not None:
        marks.append(f"after {duration(latency)}")
    if alert.after is None:
        marks.append("no longer said")
    flags = (("silent edit", alert.silent_edit), ("flip-flop", alert.flip_flop), ("test", alert.status == "test"))
    return [*marks, *(name for name, is_set in flags if is_set)]


def print_change(console: Console, change: FactChange | UpdateSummary) -> None:
    """One record of the audit log, whose update summary comes after the update's facts."""
    if isinstance(change, UpdateSummary):
        print_block(console, (clock(change.detected_at),), [summary_line(change)])
        console.print()
    else:
        print_block(console, (f"  {change.decision}",), change_lines(change))


def change_lines(change: FactChange) -> list[Text]:
    fact = change.after or change.before
    if fact is None:
        return [Text(f"{change.outcome}: {change.reason}")]
    style = "bold" if change.decision == "alert" else ""
    told = Text.assemble((f"{fact.kind}  {_before_and_after(change)}", style), (f"  ({_why(change)})", "dim"))
    return [told, _proof(fact)]


def _before_and_after(change: FactChange) -> str:
    before, after = change.before, change.after
    if before and after and value_words(before) != value_words(after):
        return f"{printable(after.subject)}: {value_words(before)} → {value_words(after)}"
    fact = after or before
    assert fact is not None
    return fact_words(fact) if after else f"{fact_words(fact)} → gone"


def _why(change: FactChange) -> str:
    return change.outcome if change.outcome == change.reason else f"{change.outcome}, {change.reason}"


def summary_line(summary: UpdateSummary) -> Text:
    """What came of one update: how many alerts, or why it was silent, and how much of it was new."""
    told = f"{summary.alerts} alert{'s' if summary.alerts != 1 else ''}" if summary.decision == "alert" else "silent"
    counts = f"; {summary.sentences_unseen} of {summary.sentences} sentences new" if summary.sentences else ""
    article = f"{printable(summary.source)} v{summary.version}"
    style = "bold" if summary.decision == "alert" else "green"
    return Text.assemble((told.ljust(PRIORITY_WIDTH), style), f"{article}: ", (f"{summary.reason}{counts}", "dim"))


def print_facts(console: Console, facts: Sequence[Fact]) -> None:
    """A story's facts as a table: on a terminal three columns that fit 80, elsewhere a line a fact."""
    rows = [_fact_row(fact) for fact in facts]
    console.print(_narrow_table(rows) if console.is_terminal else _wide_table(rows))


def _narrow_table(rows: Iterable[tuple[str, ...]]) -> Table:
    table = Table("kind", "subject", "value", box=SIMPLE_HEAD, pad_edge=False, header_style="bold")
    table.columns[0].no_wrap = True
    for kind, subject, value, since, named, sources in rows:
        said = f"since {since} · {sources}" + (f" · says {named}" if named else "")
        table.add_row(kind, subject, Text.assemble(value, "\n", (said, "dim")))
    return table


def _wide_table(rows: Iterable[tuple[str, ...]]) -> Table:
    table = Table("kind", "subject", "value", "since", "sources", "according to", box=None, pad_edge=False)
    for kind, subject, value, since, named, sources in rows:
        table.add_row(kind, subject, value, since, sources, named or "–")
    return table


def _fact_row(fact: Fact) -> tuple[str, ...]:
    """Kind, subject, value, since when, who says so, in which outlets."""
    since = fact.first_seen.strftime("%Y-%m-%d %H:%MZ")
    sources = sorted({printable(said.evidence.source) for said in fact.asserted.values()} or {fact.evidence.source})
    named = ", ".join(map(printable, fact.attribution))
    return fact.kind, printable(fact.subject), value_words(fact), since, named, ", ".join(sources)
