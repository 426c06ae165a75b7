"""Dated copies of a page, as versions."""

from datetime import UTC, datetime

import pytest

from streams.sources.kinds.page import Page
from streams.sources.snapshots import Snapshot, stamp, versions

PAGE = Page.model_validate({"name": "plan", "kind": "page", "url": "https://desk.example/plan", "outlet": "The Desk"})


@pytest.mark.parametrize(
    ("name", "moment"),
    [
        ("20250318140502", datetime(2025, 3, 18, 14, 5, 2, tzinfo=UTC)),
        ("2025-03-18T14:05:02Z", datetime(2025, 3, 18, 14, 5, 2, tzinfo=UTC)),
        ("2025-03-18T14-05", datetime(2025, 3, 18, 14, 5, tzinfo=UTC)),
        ("plan-2025-03-18", datetime(2025, 3, 18, tzinfo=UTC)),
        ("20251399", None),
        ("index", None),
    ],
)
def test_the_time_in_a_name(name: str, moment: datetime | None) -> None:
    assert stamp(name) == moment


def snapshot(day: int, text: str) -> Snapshot:
    paragraphs = "".join(f"<p>{text} It was said in part {number} of the debate.</p>" for number in range(4))
    html = f"<html><body><article><h1>Plan</h1>{paragraphs}</article></body></html>"
    return Snapshot(datetime(2025, 3, day, tzinfo=UTC), html.encode())


def test_only_what_differs_is_a_version_in_the_order_of_time() -> None:
    taken = [snapshot(3, "The plan is off."), snapshot(1, "The plan is on."), snapshot(2, "The plan is on.")]
    found = list(versions(PAGE, taken, "replay"))
    assert [(update.version, update.updated_at.day, update.mode) for update in found] == [
        (1, 1, "replay"),
        (2, 3, "replay"),
    ]
    assert found[0].article_id == found[1].article_id == "plan/https://desk.example/plan"
    assert "The plan is off." in found[1].body
