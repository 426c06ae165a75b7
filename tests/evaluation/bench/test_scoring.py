"""Verdicts and figures, and that the story format's own tool counts alike."""

import random
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.evaluation.bench.samples import alert, entry, line
from tests.evaluation.data import load_tool, shared
from tests.evaluation.scoring import figures, judge_story, tally, tally_by, tally_by_trap
from tests.evaluation.stories import load

BODY = "Seventeen people died in the fire at the mill. Police closed Mill Street for a day."
DEAD, CLOSED = "Seventeen people died in the fire at the mill.", "Police closed Mill Street for a day."
TOOLS = shared().tools
STORIES = shared().stories


def verdicts(expect: list[dict[str, Any]], *alerts: dict[str, Any], allow: tuple[str, ...] = ()) -> list[str]:
    lines = [line("Old.", 1), line(BODY, 2, *expect, allow=allow)]
    return [one.verdict for one in judge_story("s", lines, alerts)[0].alerts]


def test_a_right_alert_has_kind_change_sentence_and_value() -> None:
    assert verdicts([entry(DEAD, r"\b17\b")], alert("figure", BODY, DEAD, "17")) == ["right"]


@pytest.mark.parametrize(
    "wrong",
    [
        alert("action", BODY, DEAD, "17"),
        alert("figure", BODY, DEAD, "17", change="update"),
        alert("figure", BODY, DEAD, "18"),
    ],
    ids=["kind", "change", "value"],
)
def test_an_alert_on_the_sentence_that_is_otherwise_wrong_is_near(wrong: dict[str, Any]) -> None:
    assert verdicts([entry(DEAD, r"\b17\b")], wrong) == ["near"]


def test_a_second_right_alert_is_a_duplicate() -> None:
    told = alert("figure", BODY, DEAD, "17")
    assert verdicts([entry(DEAD, r"\b17\b")], told, told) == ["right", "duplicate"]


def test_two_entries_of_a_sentence_take_an_alert_each() -> None:
    expect = [entry(DEAD, r"\b17\b|\b18\b"), entry(DEAD, r"\b17\b")]
    assert verdicts(expect, alert("figure", BODY, DEAD, "17"), alert("figure", BODY, DEAD, "18")) == ["right", "right"]


def test_an_alert_on_another_sentence_is_false_unless_allowed() -> None:
    told = alert("action", BODY, CLOSED, "closed")
    assert verdicts([entry(DEAD, "17")], told) == ["false"]
    assert verdicts([entry(DEAD, "17")], told, allow=(CLOSED,)) == ["allowed"]


def test_the_first_version_and_repeats_are_not_judged() -> None:
    lines = [line(BODY, 1), line(BODY, 2), line(BODY, 2)]
    judged = judge_story("s", lines, [alert("action", BODY, CLOSED, "x", version=1)])
    assert [one.line["update"]["version"] for one in judged] == [2]
    assert judged[0].alerts == []


def test_a_quiet_version_is_kept_or_not() -> None:
    lines = [line("Old.", 1), line(BODY, 2), line(BODY + " More.", 3)]
    counted = figures(tally(judge_story("s", lines, [alert("action", BODY, CLOSED, "x")])))
    assert (counted["quiet_kept"], counted["false_per_quiet"]) == (0.5, 0.5)


def test_offsets_must_cut_the_sentence_from_a_known_version() -> None:
    moved = alert("figure", BODY, DEAD, "17")
    moved["after"]["evidence"]["start"] += 1
    lines = [line("Old.", 1), line(BODY, 2, entry(DEAD, "17"))]
    assert figures(tally(judge_story("s", lines, [moved])))["offsets_right"] == 0.0


def test_what_was_known_is_looked_for_in_before() -> None:
    told = alert("figure", BODY, DEAD, "17", change="update", before={"value": {"number": "12"}})
    asked = entry(DEAD, "17", change="update", was=r"\b12\b", silent_edit=True)
    counted = figures(tally(judge_story("s", [line("Old.", 1), line(BODY, 2, asked)], [told])))
    assert (counted["before_right"], counted["silent_edit_right"]) == (1.0, 0.0)


def test_groups_add_up_to_the_whole() -> None:
    lines = [line("Old.", 1), line(BODY, 2, entry(DEAD, "17"), entry(CLOSED, "day", kind=["action", "figure"]))]
    judged = judge_story("s", lines, [alert("figure", BODY, DEAD, "17"), alert("quote", BODY, BODY[:20], "x")])
    kinds = tally_by(judged, lambda one: one.kind)
    assert {name: (t["expected"], t["right"]) for name, t in kinds.items()} == {
        "figure": (1, 1),
        "action": (1, 0),
        "quote": (0, 0),
    }
    assert tally_by_trap(judged)["figure"] == tally(judged) + Counter(versions=1)


@pytest.mark.skipif(not (TOOLS and STORIES), reason="../shared with its tools and stories is not there")
def test_the_story_formats_own_tool_counts_alike() -> None:
    tool = load_tool(Path(TOOLS or "") / "score_stories.py")
    for story in load(Path(STORIES or "")):
        alerts = _alerts_at_random(story.lines, random.Random(story.name))
        own = figures(tally(judge_story(story.name, story.lines, alerts)))
        theirs = tool.figures(tool.score(story.lines, alerts, [], story.name))
        names = {"quiet_versions_kept_quiet": "quiet_kept", "false_per_quiet_version": "false_per_quiet"}
        counted = {names.get(name, name): value for name, value in theirs.items()}
        assert {name: counted[name] for name in own} == own


def _alerts_at_random(lines: list[dict[str, Any]], rng: random.Random) -> list[dict[str, Any]]:
    """For each entry a right alert, one of another kind, or none; and some of sentences that nothing is asked of."""
    made = []
    for at in lines:
        body, version = at["update"]["body"], at["update"]["version"]
        known = {"article_id": at["update"]["article_id"], "version": version}
        for asked in at["expect"]:
            kind, change = (one if isinstance(one, str) else one[0] for one in (asked["kind"], asked["change"]))
            told = rng.choice((kind, "correction"))
            if asked["sentence"] in body and rng.random() < 0.8:
                made.append(alert(told, body, asked["sentence"], asked["value"], change=change) | known)
        if rng.random() < 0.5:
            made.append(alert("action", body, body.split("\n\n")[-1], "x") | known)
    return made
