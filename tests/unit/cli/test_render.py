import io
import re
from datetime import timedelta

import pytest
from rich.console import Console

from schemas.alerts import Alert
from streams.cli.render import print_alert, print_change, print_facts
from streams.wording import duration, printable
from tests.unit.cli.samples import alert, change, status_fact, summary, toll_fact


def show(record: object, print_it: object = print_alert, *, terminal: bool = False, width: int = 10_000) -> str:
    out = io.StringIO()
    console = Console(file=out, force_terminal=terminal, width=width, highlight=False, markup=False, emoji=False)
    print_it(console, record)  # type: ignore[operator]
    return out.getvalue()


def test_an_alert_is_a_block() -> None:
    assert show(alert()).splitlines() == [
        "12:00:02    FLASH    Trump–Putin call: ongoing → ended",
        "2025-03-18  A telephone call between Donald Trump and Vladimir Putin about a ceasefire in Ukraine has ended, "
        "the White House said on Tuesday.",
        "            event-status update · example.org v2 · after 2.0 s",
    ]


def test_on_a_terminal_lines_are_wrapped_and_hang_under_the_first() -> None:
    lines = show(alert(), terminal=True, width=80).splitlines()
    plain = [_without_codes(line) for line in lines]
    assert max(map(len, plain)) <= 80
    assert [line[:12] for line in plain] == ["12:00:02    ", "2025-03-18  ", *[" " * 12] * (len(plain) - 2)]
    assert len(plain) == 4


def test_the_value_is_emphasised_in_its_sentence() -> None:
    assert "has \x1b[1;4mended\x1b[0m, the White House" in show(alert(), terminal=True, width=200)
    toll = alert(kind="figure", after=toll_fact(1017, "The toll is 1,017, not 101,017."), before=None)
    assert "The toll is \x1b[1;4m1,017\x1b[0m, not 101,017." in show(toll, terminal=True, width=200)


def test_no_colour_where_it_is_not_wanted(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "\x1b" not in show(alert())
    assert "\x1b[1;37;41m" in show(alert(), terminal=True)
    monkeypatch.setenv("NO_COLOR", "1")
    assert "37;41" not in show(alert(), terminal=True)


@pytest.mark.parametrize(
    ("told", "mark"),
    [
        (alert(silent_edit=True), "· silent edit"),
        (alert(flip_flop=True), "· flip-flop"),
        (alert(status="test"), "· test"),
        (
            alert(after=None, change="retraction"),
            "event-status retraction · example.org v2 · after 2.0 s · no longer said",
        ),
        (alert(related=(toll_fact(17, "x"),)), "also: killed at the dam: 17 killed"),
    ],
)
def test_marks(told: Alert, mark: str) -> None:
    assert mark in show(told)


def test_a_replay_has_no_latency() -> None:
    assert show(alert(status="replay")).endswith("event-status update · example.org v2\n")


def test_text_from_outside_cannot_steer_the_terminal() -> None:
    sentence = "It \x1b[2J\u202eended\n\tnow."
    told = alert(after=status_fact("ended", sentence), summary="call\x07: \x9bended")
    shown = show(told)
    assert "It [2J ended now." in shown
    assert "call : ended" in shown
    assert not {"\x1b", "\x07", "\x9b", "\u202e"} & set(shown)
    assert printable(" a\r\nb ") == "a b"


def test_changes_tell_decision_and_reason() -> None:
    assert show(change(alert()), print_change).splitlines()[0] == (
        "  alert     event-status  Trump–Putin call: ongoing → ended  (changed, value changed)"
    )
    assert show(change(), print_change).splitlines()[0] == (
        "  silent    event-status  Trump–Putin call: ended  (changed, reworded)"
    )
    gone = change(before=status_fact("ended"), after=None, outcome="removed", reason="background")
    assert "Trump–Putin call: ended → gone  (removed, background)" in show(gone, print_change)


def test_a_summary_tells_what_came_of_an_update() -> None:
    assert show(summary(), print_change) == "12:00:00    silent   example.org v2: reworded; 3 of 14 sentences new\n\n"
    assert "v2: duplicate\n" in show(summary(reason="duplicate", sentences=0, sentences_unseen=0), print_change)
    told = summary(decision="alert", reason="value changed", alerts=2)
    assert "2 alerts example.org v2: value changed; 3 of 14 sentences new" in show(told, print_change)
    assert "1 alert  example.org" in show(told.model_copy(update={"alerts": 1}), print_change)


def test_outside_a_terminal_a_fact_is_a_line() -> None:
    facts = [status_fact("ended", modality="planned"), toll_fact(17, "x")]
    header, first, second = show(facts, print_facts).splitlines()
    assert header.split() == ["kind", "subject", "value", "since", "sources", "according", "to"]
    assert "Trump–Putin call   ended (planned)  2025-03-18 12:00Z  example.org  –" in first
    assert "17 killed        2025-03-18 12:00Z  example.org  the governor" in second


def test_on_a_terminal_facts_fit_80_columns() -> None:
    lines = show([status_fact("ended"), toll_fact(17, "x")], print_facts, terminal=True, width=80).splitlines()
    shown = [_without_codes(line).rstrip() for line in lines]
    assert max(map(len, shown)) <= 80
    assert any(line.split() == ["figure", "killed", "at", "the", "dam", "17", "killed"] for line in shown)
    assert any(line.endswith("since 2025-03-18 12:00Z · example.org ·") for line in shown)


@pytest.mark.parametrize(
    ("span", "words"),
    [
        (0.04, "0.0 s"),
        (9.94, "9.9 s"),
        (12.4, "12 s"),
        (200, "3 min"),
        (7300, "2 h"),
        (timedelta(days=618), "618 days"),
    ],
)
def test_durations(span: float, words: str) -> None:
    assert duration(span) == words


def _without_codes(line: str) -> str:
    return re.sub(r"\x1b\[[0-9;]*m", "", line)
