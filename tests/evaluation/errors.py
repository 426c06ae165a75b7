"""Every miss, near miss and false alarm of a set of stories, beside its evidence and the facts found there."""

from collections.abc import Iterable, Iterator

from schemas.changes import FactChange
from schemas.facts import Fact
from tests.evaluation.matching import as_list, same_sentence, sentence, value_text
from tests.evaluation.scoring import Judged, JudgedAlert, JudgedEntry
from tests.evaluation.stories import Result

WRONG = ("near", "false", "duplicate")


def report(title: str, result: Result) -> str:
    """Markdown, story by story."""
    lines = [f"# {title}: what went wrong", ""]
    story = ""
    for version in result.judged:
        errors = list(_errors(version, _changes(version, result)))
        if errors and version.story != story:
            story = version.story
            lines += [f"## {story}", ""]
        lines += errors
    return "\n".join(lines) + "\n"


def _changes(version: Judged, result: Result) -> list[FactChange]:
    update = version.line["update"]
    return result.changes.get((update["article_id"], update["version"]), [])


def _errors(version: Judged, changes: list[FactChange]) -> Iterator[str]:
    update = version.line["update"]
    place = f"{update['source']} v{update['version']}"
    for entry in version.entries:
        if entry.alert is None:
            yield _missed(place, entry, changes)
    for alert in version.alerts:
        if alert.verdict in WRONG:
            yield _wrong(place, alert, changes)


def _missed(place: str, judged: JudgedEntry, changes: list[FactChange]) -> str:
    entry = judged.entry
    kinds, ways = "/".join(as_list(entry["kind"])), "/".join(as_list(entry["change"]))
    head = f"- **MISSED** {place}, weight {entry['weight']}: {kinds} {ways} `{entry.get('value', '')}`"
    return "\n".join([head, f"  > {entry['sentence']}", *_found(entry["sentence"], changes)]) + "\n"


def _wrong(place: str, judged: JudgedAlert, changes: list[FactChange]) -> str:
    alert = judged.alert
    value = value_text(alert.get("after") or alert.get("before"), judged.kind).replace("\n", " · ")
    head = f"- **{judged.verdict.upper()}** {place}, {alert['priority']}: {judged.kind} {judged.change} `{value[:120]}`"
    return "\n".join([head, f"  > {sentence(alert)}", *_found(sentence(alert), changes)]) + "\n"


def _found(said: str, changes: Iterable[FactChange]) -> list[str]:
    """The facts considered in that sentence, with decision and reason; none: nothing was read there, or it was seen."""
    there = [change for change in changes if same_sentence(said, _sentence(change))]
    return [f"  - {describe(change)}" for change in there] or ["  - no fact found"]


def _sentence(change: FactChange) -> str:
    fact = change.after or change.before
    return fact.evidence.sentence if fact else ""


def describe(change: FactChange) -> str:
    """One line: decision, outcome, reason, and the fact before and after."""
    sides = " → ".join(_fact(fact) for fact in (change.before, change.after) if fact)
    return f"{change.decision} ({change.outcome}, {change.reason}): {sides}"


def _fact(fact: Fact) -> str:
    marks = "".join(f" {word}" for word in (fact.polarity, fact.modality) if word not in ("affirmed", "real"))
    return f"`{fact.key}` = {fact.value.text}{marks}"
