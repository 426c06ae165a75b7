"""What an alert's update came to, out of the records of its story."""

from collections.abc import AsyncIterator
from uuid import UUID, uuid4

import pytest

from schemas.changes import FactChange, UpdateSummary
from streams.client.explanation import told_as
from tests.unit.cli.samples import alert, change, summary

Record = FactChange | UpdateSummary
ALERT = alert()
LATER = alert(id=uuid4(), version=3)

TOLD = change(ALERT, id=uuid4())
ALONG = change(id=uuid4(), reason=f"told with {ALERT.id}", decision="alert")
ALONG_LATER = change(id=uuid4(), reason=f"told with {LATER.id}", decision="alert")
TOLD_LATER = change(LATER, id=uuid4(), version=3)
SILENT = change(id=uuid4())
FIRST, SECOND, THIRD = (summary(id=uuid4(), version=version) for version in (1, 2, 3))


async def stream(records: tuple[Record, ...]) -> AsyncIterator[Record]:
    for record in records:
        yield record


@pytest.mark.parametrize(
    ("asked", "records", "told"),
    [
        (ALERT.id, (SILENT, FIRST, ALONG, TOLD, SILENT, SECOND, TOLD_LATER, THIRD), [ALONG, TOLD, SECOND]),
        (LATER.id, (FIRST, TOLD, SECOND, SILENT, TOLD_LATER, ALONG_LATER, THIRD), [TOLD_LATER, ALONG_LATER, THIRD]),
        (ALERT.id, (FIRST, SILENT, TOLD), [TOLD]),  # its summary is not there yet
        (ALERT.id, (ALONG_LATER, TOLD_LATER, THIRD), []),
        (ALERT.id, (), []),
    ],
)
async def test_an_alert_is_explained_by_its_own_update(
    asked: UUID, records: tuple[Record, ...], told: list[Record]
) -> None:
    assert await told_as(stream(records), asked) == told
