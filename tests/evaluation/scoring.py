"""A story's alerts held against its entries: a verdict for each alert and each entry, and figures over many of them."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from tests.evaluation.matching import (
    Alert,
    Entry,
    as_list,
    best_matching,
    evidence,
    right,
    same_sentence,
    sentence,
    value_text,
)

Verdict = Literal["right", "duplicate", "near", "allowed", "false"]
Figures = dict[str, float | int | None]


@dataclass(frozen=True)
class JudgedAlert:
    alert: Alert
    verdict: Verdict
    offsets_right: bool = True

    @property
    def kind(self) -> str:
        return str(self.alert["kind"])

    @property
    def change(self) -> str:
        return str(self.alert["change"])


@dataclass(frozen=True)
class JudgedEntry:
    """``alert`` is the one that meets the entry; ``hit``: some alert has at least its sentence."""

    entry: Entry
    alert: Alert | None
    hit: bool

    @property
    def kind(self) -> str:
        """The alert's; of a missed entry that allows several, the first."""
        return str(self.alert["kind"] if self.alert else as_list(self.entry["kind"])[0])

    @property
    def change(self) -> str:
        return str(self.alert["change"] if self.alert else as_list(self.entry["change"])[0])


@dataclass(frozen=True)
class Judged:
    """One version: its first delivery's place in the story, what was raised and what was asked for."""

    story: str
    line: dict[str, Any]
    alerts: list[JudgedAlert] = field(default_factory=list)
    entries: list[JudgedEntry] = field(default_factory=list)

    @property
    def traps(self) -> list[str]:
        return list(self.line.get("trap", []))


def judge_story(name: str, lines: Sequence[dict[str, Any]], alerts: Iterable[Alert]) -> list[Judged]:
    """Each version once, without the story's first. Alerts of a repeat count with the first delivery."""
    raised: dict[tuple[str, int], list[Alert]] = {}
    for alert in alerts:
        raised.setdefault((alert["article_id"], alert["version"]), []).append(alert)
    seen: dict[tuple[str, int], dict[str, Any]] = {}
    judged = []
    for number, line in enumerate(lines):
        key = (line["update"]["article_id"], line["update"]["version"])
        if key in seen:
            continue
        seen[key] = line["update"]
        if number:
            judged.append(judge(name, line, raised.get(key, []), list(seen.values())))
    return judged


def judge(name: str, line: dict[str, Any], alerts: list[Alert], known: Sequence[dict[str, Any]]) -> Judged:
    entries, allowed = line.get("expect", []), line.get("allow", [])
    near = [[n for n, entry in enumerate(entries) if same_sentence(sentence(a), entry["sentence"])] for a in alerts]
    strict = [[n for n in near[i] if right(alert, entries[n])] for i, alert in enumerate(alerts)]
    met = best_matching(strict)
    verdicts = [_verdict(i, met, strict, near, sentence(a), allowed) for i, a in enumerate(alerts)]
    return Judged(
        name,
        line,
        [JudgedAlert(a, v, _offsets_right(a, known)) for a, v in zip(alerts, verdicts, strict=True)],
        [
            JudgedEntry(entry, alerts[met[n]] if n in met else None, any(n in hits for hits in near))
            for n, entry in enumerate(entries)
        ],
    )


def _verdict(
    alert: int, met: dict[int, int], strict: list[list[int]], near: list[list[int]], said: str, allowed: list[str]
) -> Verdict:
    if alert in met.values():
        return "right"
    if strict[alert]:
        return "duplicate"
    if near[alert]:
        return "near"
    return "allowed" if any(same_sentence(said, other) for other in allowed) else "false"


def _offsets_right(alert: Alert, known: Sequence[dict[str, Any]]) -> bool:
    at = evidence(alert)
    return any(
        old[at["field"]][at["start"] : at["end"]] == at["sentence"] != ""
        for old in known
        if at and old["article_id"] == alert["article_id"]
    )


def tally(judged: Iterable[Judged]) -> Counter[str]:
    total: Counter[str] = Counter()
    for version in judged:
        for alert in version.alerts:
            total[alert.verdict] += 1
            total["offsets"] += 1
            total["offsets_right"] += alert.offsets_right
        for entry in version.entries:
            total += _tally_entry(entry)
        if not version.entries:
            false = sum(alert.verdict != "allowed" for alert in version.alerts)
            total.update(quiet=1, quiet_kept=not false, quiet_false=false)
    return total


def _tally_entry(judged: JudgedEntry) -> Counter[str]:
    entry, alert = judged.entry, judged.alert
    weight = entry.get("weight", 1)
    counts = Counter(expected=1, weight=weight, loose=judged.hit, heavy=weight == 2)
    if alert is None:
        return counts
    wanted = ("flash", "urgent") if weight == 2 else ("urgent", "routine")
    counts.update(weight_met=weight, heavy_met=weight == 2, priority_right=alert["priority"] in wanted)
    if "was" in entry:
        known = value_text(alert.get("before"), alert["kind"])
        counts.update(was=1, was_right=bool(re.search(entry["was"], known, re.I)))
    if "silent_edit" in entry:
        counts.update(silent_edit=1, silent_edit_right=alert["silent_edit"] is entry["silent_edit"])
    return counts


def figures(t: Counter[str]) -> Figures:
    """The shares that the targets are stated in; None where nothing was to be counted."""
    emitted = t["right"] + t["duplicate"] + t["near"] + t["false"]
    precision, recall = t["right"] / (emitted or 1), t["right"] / (t["expected"] or 1)
    loose_precision, loose_recall = (emitted - t["false"]) / (emitted or 1), t["loose"] / (t["expected"] or 1)
    return {
        "precision": round(precision, 3),
        "recall": round(recall, 3),
        "f1": _f1(precision, recall),
        "sentence_f1": _f1(loose_precision, loose_recall),
        "quiet_kept": share(t["quiet_kept"], t["quiet"]),
        "false_per_quiet": share(t["quiet_false"], t["quiet"]),
        "recall_weight_2": share(t["heavy_met"], t["heavy"]),
        "priority_right": share(t["priority_right"], t["right"]),
        "before_right": share(t["was_right"], t["was"]),
        "silent_edit_right": share(t["silent_edit_right"], t["silent_edit"]),
        "offsets_right": share(t["offsets_right"], t["offsets"]),
        "expected": t["expected"],
        "emitted": emitted,
        "false": t["false"],
        "near": t["near"],
        "duplicates": t["duplicate"],
        "allowed": t["allowed"],
    }


def _f1(precision: float, recall: float) -> float:
    return round(2 * precision * recall / (precision + recall), 3) if precision + recall else 0.0


def share(part: int, whole: int) -> float | None:
    return round(part / whole, 3) if whole else None


Named = Callable[[JudgedAlert | JudgedEntry], str]


def tally_by(judged: Iterable[Judged], name: Named) -> dict[str, Counter[str]]:
    """Per kind or per change: an alert counts under its own, a missed entry under the first that it allows."""
    found: dict[str, Counter[str]] = {}
    for version in judged:
        for alert in version.alerts:
            found.setdefault(name(alert), Counter())[alert.verdict] += 1
        for entry in version.entries:
            found.setdefault(name(entry), Counter()).update(expected=1, loose=entry.hit)
    return found


def tally_by_trap(judged: Iterable[Judged]) -> dict[str, Counter[str]]:
    """A version counts under each of its traps."""
    found: dict[str, Counter[str]] = {}
    for version in judged:
        counts = tally([version])
        for trap in version.traps:
            found.setdefault(trap, Counter()).update(counts + Counter(versions=1))
    return found
