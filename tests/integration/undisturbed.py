"""Updates of the small tracker, and what an undisturbed run makes of them, to hold a disturbed one against."""

from contextlib import suppress

from schemas.updates import ArticleUpdate
from streams.settings import Settings
from tests.agents.messages import update_json
from tests.integration.waiting import eventually
from tests.integration.workers import PATIENCE, Expected, Worker, alerts, table_rows


def small_updates(stories: int, versions: int, first: int = 1) -> list[ArticleUpdate]:
    """An article a story, an alert a version: all first versions, then all second ones, and so on."""
    return [
        ArticleUpdate.model_validate_json(update_json(f"article-{number}", version))
        for version in range(first, first + versions)
        for number in range(stories)
    ]


async def assert_as_undisturbed(settings: Settings, undisturbed: Expected) -> None:
    """The same alerts and the same rows, within a while: rows come after alerts."""

    async def all_written() -> bool:
        told = {alert["id"] for alert in await alerts(settings)}
        return told >= undisturbed.alert_ids and await table_rows(settings) == undisturbed.rows

    with suppress(AssertionError):  # below it is told what differs
        await eventually(all_written, "all alerts are told and all rows written", within=PATIENCE)
    assert {alert["id"] for alert in await alerts(settings)} == undisturbed.alert_ids
    assert await table_rows(settings) == undisturbed.rows


async def assert_ends_as_undisturbed(worker: Worker, settings: Settings, undisturbed: Expected) -> None:
    """Before it stops as well as after: a worker that stops gives up its batch."""
    await assert_as_undisturbed(settings, undisturbed)
    assert worker.stop() == 0
    await assert_as_undisturbed(settings, undisturbed)
