"""ninjs documents of all versions, as pushes bring them."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from schemas.polls import Item
from streams.sources.content import Content, Unreadable
from streams.sources.kinds.push import Push, read

SOURCE = Push.model_validate({"name": "wire", "kind": "push", "token": "long-enough"})


def item(source: Push = SOURCE, **document: Any) -> Item:
    body = json.dumps({"uri": "urn:x:1", **document}).encode()
    return read(Content(body, "application/json", ""), source).items[0]


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


def test_version_3_has_capitals_within_names() -> None:
    found = item(
        headlines=[{"value": "Dam holds"}],
        bodies=[{"contentType": "text/html", "value": "<p>It holds.</p>"}],
        pubStatus="withheld",
        firstCreated="2026-03-02T08:00:00Z",
        versionCreated="2026-03-02T09:00:00Z",
        embargoedUntil="2026-03-02T12:00:00Z",
        subjects=[{"name": "disaster", "uri": "medtop:03000000", "relevance": 90}],
    )
    assert (found.headline, found.body, found.status) == ("Dam holds", "It holds.", "withheld")
    assert (found.published_at, found.updated_at, found.embargo_until) == (
        datetime(2026, 3, 2, 8, tzinfo=UTC),
        datetime(2026, 3, 2, 9, tzinfo=UTC),
        datetime(2026, 3, 2, 12, tzinfo=UTC),
    )


def test_fields_of_ones_own_are_taken_where_the_source_says_so() -> None:
    own = SOURCE.model_copy(update={"own_fields": True})
    document = {"headline": "Dam", "priority": 3, "subject": [{"name": "a", "qcode": "b", "code": "c"}]}
    assert item(own, **document).headline == "Dam"


def test_pictures_and_what_ninjs_1_names_are_no_hindrance() -> None:
    renditions = {"small": {"href": "https://x.example/s.jpg", "width": 100}}
    picture = {"uri": "urn:x:2", "type": "picture", "renditions": renditions}
    assert item(headline="Dam", associations={"first": picture}, altids={"etag": "x"}).headline == "Dam"


@pytest.mark.parametrize(
    ("document", "told"),
    [
        ({"uri": None}, "uri: "),
        ({"pubstatus": "cancelled"}, "pubstatus: "),
        ({"versioncreated": 3}, "versioncreated: "),
        ({"bodies": "text"}, "bodies: "),
        ({"priority": 3}, "has a field that ninjs does not know, priority$"),
        ({"headline_": "x"}, "has a field that ninjs does not know, headline_$"),
        ({"subjects": [{"qcode": "a"}]}, r"subjects\[0\]: has a field that ninjs does not know, qcode$"),
        ({"subject": ["flood"]}, r"subject\[0\]: should be an object \(got 'flood'\)$"),
        ({"rightsinfo": {}}, "rightsinfo: should have either linkedrights or encodedrights$"),
        ({"associations": [{"uri": "urn:x:2"}]}, r"associations\[0\].name: is missing$"),
        (
            {"eventdetails": {"dates": {"expectedenddate": "soon"}}},
            "eventdetails.dates.expectedenddate: should be a year",
        ),
        (
            {"eventdetails": {"dates": {"enddate": "x", "expectedenddate": "2026"}}},
            "eventdetails.dates: should have either",
        ),
    ],
)
def test_what_is_wrong_is_named(document: dict[str, Any], told: str) -> None:
    with pytest.raises(Unreadable, match=f"^not a ninjs document: {told}"):
        item(**document)


def test_times_may_be_vague_but_an_embargo_that_is_withholds() -> None:
    found = item(versioncreated="Last Tuesday", firstcreated="2026-03-01", embargoed="Next Monday")
    assert (found.updated_at, found.published_at) == (None, datetime(2026, 3, 1, tzinfo=UTC))
    assert (found.embargo_until, found.status) == (None, "withheld")
