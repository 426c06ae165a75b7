"""Bad messages among good ones: all in the dead letters as they came, every alert of the good ones, a live worker."""

import asyncio
from collections.abc import Sequence
from pathlib import Path

import pytest

from schemas.topics import DEAD_LETTERS
from streams.positions import Exit
from streams.settings import Settings
from streams.wire import decode_dead_letter
from tests.agents.messages import bad_values
from tests.integration.stories import stories
from tests.integration.waiting import eventually
from tests.integration.workers import PATIENCE, Broker, Worker, alerts, expected, publish, read_all

BAD, GOOD_STORIES = 200, 67  # three updates each

pytestmark = pytest.mark.timeout(600)  # of several processes, each of which takes seconds to start


def mixed() -> tuple[list[tuple[str, bytes | None]], Sequence[bytes | None]]:
    """About as many bad messages as good ones, in turns; and the bad ones alone."""
    shapes = [value for value, _ in bad_values().values()]
    bad = [shapes[number % len(shapes)] for number in range(BAD)]
    good = [(update.story_key, update.model_dump_json().encode()) for update in stories(GOOD_STORIES)]
    woven = []
    for number, message in enumerate(good):
        woven.append(message)
        if number < BAD:
            woven.append((f"bad-{number}", bad[number]))
    return woven, bad


async def test_two_hundred_bad_messages_among_as_many_good_ones(
    broker: Broker, settings: Settings, tmp_path: Path
) -> None:
    messages, bad = mixed()
    wanted = expected(stories(GOOD_STORIES)).alert_ids
    with Worker(settings, tmp_path / "worker.log") as worker:
        worker.wait_ready()
        await publish(settings, messages)

        async def all_there() -> bool:
            told = await asyncio.to_thread(worker.metric, "wiredelta_alerts_total")
            return told >= len(wanted) and await asyncio.to_thread(worker.metric, "wiredelta_dead_letters_total") >= BAD

        await eventually(all_there, "all dead letters and all alerts are counted", within=PATIENCE)
        assert worker.stop() == 0
    records = await read_all(settings, DEAD_LETTERS.name)
    letters = [decode_dead_letter(record.key, record.value, record.headers) for record in records]
    assert sorted(letter.value or b"" for letter in letters) == sorted(value or b"" for value in bad)
    assert {letter.reason for letter in letters} == {reason for _, reason in bad_values().values()}
    assert len({(letter.partition, letter.offset) for letter in letters}) == BAD
    assert {letter.key for letter in letters} == {b"bad-%d" % number for number in range(BAD)}
    assert {alert["id"] for alert in await alerts(settings)} == wanted


async def test_more_dead_letters_in_a_row_than_allowed_stop_the_worker(
    broker: Broker, settings: Settings, tmp_path: Path
) -> None:
    with Worker(settings, tmp_path / "worker.log", max_dead_letters_in_a_row=20) as worker:
        worker.wait_ready()
        await publish(settings, [(f"bad-{number}", b"{not json") for number in range(21)])
        assert worker.wait_end() == Exit.FAILED
        lines = [line for line in worker.said().splitlines() if line.startswith("FATAL")]
    [line] = lines
    assert "more than 20 dead letters in a row" in line
    assert "not valid JSON" in line
