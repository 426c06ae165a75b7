"""All that is measured, flat: ``stories/open/f1`` = .8. A name tells whether more or less of it is better."""

import json
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from importlib.metadata import version
from pathlib import Path

from streams.facts.memory import EXTRACTOR
from tests.evaluation.metamorphic.measure import Rates
from tests.evaluation.real import should_be_silent
from tests.evaluation.scoring import figures

Figures = dict[str, float]

LATEST = Path(__file__).parent / "figures.json"  # as last published, and as published of the version before
COUNTS = {"expected", "emitted", "false", "near", "duplicates", "allowed"}
PAIRS, CASES = 10, 30  # a share of fewer pairs of a label, or cases of a transformation, is no figure


@dataclass(frozen=True)
class Published:
    """``tables``: Markdown by title."""

    version: str = ""
    now: Figures = field(default_factory=dict)
    tables: dict[str, str] = field(default_factory=dict)
    version_before: str = ""
    before: Figures = field(default_factory=dict)


def of_stories(name: str, total: Counter[str]) -> Figures:
    counted = figures(total).items()
    return {f"stories/{name}/{key}": value for key, value in counted if value is not None and key not in COUNTS}


def of_real_set(name: str, by_label: Mapping[str, Mapping[str, float]]) -> Figures:
    """Of the labels that have enough pairs: the share alerted and, where alerts are wanted, how many a pair."""
    found = {}
    for label, counts in by_label.items():
        if counts["pairs"] >= PAIRS:
            found[f"real/{name}/{label}/alerted"] = counts["alerted"]
            if not should_be_silent(label):
                found[f"real/{name}/{label}/alerts each"] = counts["alerts_each"]
    return found


def of_metamorphic(rates: Mapping[str, Rates]) -> Figures:
    named = (
        (f"metamorphic/{name}/{what.replace('_', ' ')}", getattr(rate, what))
        for name, rate in rates.items()
        if rate.cases >= CASES
        for what in ("silent", "alerted", "right_kind")
    )
    return {name: value for name, value in named if value is not None}


def less_is_better(name: str) -> bool:
    silent = re.fullmatch(r"real/[^/]+/(?P<label>.+)/alerted", name)
    return name.endswith(("/false_per_quiet", "/alerts each")) or bool(silent and should_be_silent(silent["label"]))


def this_version() -> str:
    return f"{version('wiredelta')}, extractor {EXTRACTOR}"


def publish(now: Figures, tables: dict[str, str]) -> Published:
    """Keeps figures and tables, and the figures of the version before. What was not measured stays as it was."""
    known = json.loads(LATEST.read_text()) if LATEST.exists() else {}
    last = Published(**known)
    if last.version != this_version():
        last = Published(this_version(), version_before=last.version, before=last.now)
    published = replace(last, now=last.now | now, tables=last.tables | tables)
    LATEST.write_text(json.dumps(asdict(published), indent=1) + "\n")
    return published
