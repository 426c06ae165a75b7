"""docs/benchmarks.md: a section for each measurement, with its method and the figures of its latest run."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from tests.benchmarks.uk_travel import ROOT

PATH = ROOT / "docs" / "benchmarks.md"
HEAD = """\
# Benchmarks

`make bench`, `make bench-board` and `make bench-cost` write this file.
"""
ARTICLES = "Real articles from end to end"
METHOD = """\
The pages of the 24 most revised destinations of the UK's foreign travel advice (Open Government Licence v3), every
version of every page, as Markdown turned into plain text; a page is an article, a destination a story. They go through
a broker and one worker or two with default settings, which are one process that parses for each, and RocksDB.

All but three stories are published at once, as a backlog: updates a second are counted from the first update in to the
last one out. The other three are then a live feed of a fixed rate, and latency is from handing an update to the
producer until a consumer has its decision (`news.fact-changes`) or its alert (`news.alerts.*`). Neither the first parse
of a page nor the worker's first seconds are left out. Two versions in three of a page equal the one before: an update
is counted whether it changes anything or not. A run fails if an update does not come out or is a dead letter.

Two yardsticks take the same messages afterwards, on the same broker, without understanding any of it: a bare aiokafka
loop, and a Faust loop with a table as its documentation shows one. For each message they send one as large as all that
wiredelta made of an update on average, and await its acknowledgement; Faust then writes a row as large as its rows.
"""


def write_report(columns: Mapping[str, Mapping[str, Any]]) -> None:
    """``columns``: the figures of each setup, all by the same names."""
    write_section(ARTICLES, METHOD, columns)


def write_section(title: str, method: str, columns: Mapping[str, Mapping[str, Any]]) -> None:
    """In place of the section of that title, or as the last one."""
    heads = [f"{datetime.now(UTC):%Y-%m-%d}", *columns]
    names = next(iter(columns.values()))
    lines = [heads, ["---"] * len(heads), *([name, *(figures[name] for figures in columns.values())] for name in names)]
    table = "\n".join(f"| {' | '.join(str(cell) for cell in line)} |" for line in lines)
    sections = re.split(r"(?m)^(?=## )", PATH.read_text(encoding="utf-8"))[1:]
    named = {section.partition("\n")[0].removeprefix("## "): section.strip() for section in sections}
    named[title] = f"## {title}\n\n{method.strip()}\n\n{table}"
    PATH.write_text("\n".join([HEAD, *(f"{section}\n" for section in named.values())]), encoding="utf-8")
