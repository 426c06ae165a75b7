"""ninjs documents of all versions, as pushes bring them."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from schemas.polls import Item
from streams.sources.content import Content, Unreadable
from streams.sources.kinds.push import Push, read

SOURCE = Push.model_validate({"name": "wire", "kind": "push", "token": "long-enough"})


def item(**document: Any) -> Item:
    body = json.dumps({"uri": "urn:x:1", **document}).encode()
    return read(Content(body, "application/json", ""), SOURCE).items[0]


def test_version_1() -> None:
    found = item(
        headline="Dam holds",
        body_xhtml="<p>It holds.</p>",
        pubstatus="canceled",
        language="en-GB",
        versioncreated="2026-03-02T09:00:00Z",
        embargoed="2026-03-02T12:00:00Z",
        subject=[{"name": "disaster", "scheme": "medtop", "code": "03000000"}],
    )
    assert (found.guid, found.headline, found.body, found.status) == ("urn:x:1", "Dam holds", "It holds.", "canceled")
    assert found.updated_at == datetime(2026, 3, 2, 9, tzinfo=UTC)
    assert found.embargo_until == datetime(2026, 3, 2, 12, tzinfo=UTC)
    assert found.subjects is not None and found.subjects[0].id == "03000000"


def test_later_versions_have_several_headlines_and_bodies() -> None:
    found = item(
        headlines=[{"role": "short", "value": "Dam"}, {"role": "main", "value": "Dam holds"}],
        bodies=[
            {"role": "main", "contenttype": "text/html", "value": "<p>As HTML.</p>"},
            {"role": "main", "contenttype": "text/plain", "value": "As text."},
        ],
    )
    assert (found.headline, found.body) == ("Dam holds", "As text.")


@pytest.mark.parametrize(
    ("document", "told"),
    [
        ({"uri": None}, "uri: "),
        ({"pubstatus": "cancelled"}, "pubstatus: "),
        ({"versioncreated": 3}, "versioncreated: "),
        ({"bodies": "text"}, "bodies: "),
    ],
)
def test_what_is_wrong_is_named(document: dict[str, Any], told: str) -> None:
    with pytest.raises(Unreadable, match=f"^not a ninjs document: {told}"):
        item(**document)


def test_times_may_be_vague_but_an_embargo_that_is_withholds() -> None:
    found = item(versioncreated="Last Tuesday", firstcreated="2026-03-01", embargoed="Next Monday")
    assert (found.updated_at, found.published_at) == (None, datetime(2026, 3, 1, tzinfo=UTC))
    assert (found.embargo_until, found.status) == (None, "withheld")
