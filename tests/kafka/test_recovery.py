"""Where a table comes from: a worker's own folder, the changelog, one that was compacted; and what topics lack then."""

import asyncio
import re
from pathlib import Path

import pytest

from schemas.topics import ARTICLE_UPDATES, DEAD_LETTERS
from schemas.updates import ArticleUpdate
from streams.app import changelogs
from streams.positions import Exit
from streams.settings import Settings
from streams.wire import decode_dead_letter
from tests.agents.messages import update_json
from tests.integration.undisturbed import assert_as_undisturbed, assert_ends_as_undisturbed, small_updates
from tests.integration.waiting import eventually
from tests.integration.workers import PATIENCE, Worker, expected_of_fake, publish, publish_updates, read_all
from tests.kafka.admin import configure, delete_up_to, ends, replace_topic

FIRST, SECOND = small_updates(60, 2), small_updates(60, 1, first=3)

pytestmark = pytest.mark.timeout(600)  # of several processes, each of which takes seconds to start


async def tracked_and_stopped(settings: Settings, log: Path) -> None:
    """A worker has done the first updates, and has been stopped."""
    with Worker(settings, log, fake=True) as worker:
        worker.wait_ready()
        await publish_updates(settings, FIRST)
        await assert_ends_as_undisturbed(worker, settings, expected_of_fake(FIRST))


def recovered(worker: Worker) -> int:
    """How many records of changelogs it has read."""
    return sum(int(count) for count in re.findall(r"^RECOVERED (\d+)", worker.said(), re.MULTILINE))


async def test_the_same_worker_has_its_table_and_another_reads_the_changelog(
    settings: Settings, tmp_path: Path
) -> None:
    log = tmp_path / "worker.log"
    await tracked_and_stopped(settings, log)
    with Worker(settings, log, "recovery", fake=True) as same:
        same.wait_ready()
        assert recovered(same) == 0
        assert same.stop() == 0
    elsewhere = settings.model_copy(update={"data_dir": tmp_path / "other"})
    with Worker(elsewhere, log, "recovery", fake=True) as another:
        another.wait_ready()
        assert recovered(another) == sum(sum(ends(settings, topic).values()) for topic in changelogs(settings))
        await publish_updates(settings, SECOND)
        await assert_as_undisturbed(settings, expected_of_fake([*FIRST, *SECOND]))
        another.process.kill()
        another.process.wait()
    with Worker(elsewhere, log, "recovery", fake=True) as after_a_crash:
        after_a_crash.wait_ready()
        assert recovered(after_a_crash) > 0, "its folder is not to be trusted"
        await assert_ends_as_undisturbed(after_a_crash, settings, expected_of_fake([*FIRST, *SECOND]))


async def test_a_table_comes_back_from_a_changelog_that_kafka_has_compacted(settings: Settings, tmp_path: Path) -> None:
    log, [facts, *_] = tmp_path / "worker.log", changelogs(settings)
    many: list[ArticleUpdate] = []
    with Worker(settings, log, fake=True) as worker:
        worker.wait_ready()
        often = {"segment.ms": "100", "min.cleanable.dirty.ratio": "0.01", "max.compaction.lag.ms": "100"}
        configure(settings, facts, often)

        async def compacted() -> bool:
            """Looked at from outside: records are gone from among those that are there.

            Kafka spares the segment that is written to, and begins another only with a record: more must come.
            """
            following = small_updates(60, 2, first=len(many) // 60 + 1)
            await publish_updates(settings, following)
            many.extend(following)
            return len(await read_all(settings, facts)) < sum(ends(settings, facts).values()) / 2

        await eventually(compacted, "the changelog is compacted", within=PATIENCE)
        assert worker.stop() == 0
    more = small_updates(60, 1, first=len(many) // 60 + 1)
    with Worker(settings.model_copy(update={"data_dir": tmp_path / "other"}), log, fake=True) as another:
        another.wait_ready()
        await publish_updates(settings, more)
        await assert_ends_as_undisturbed(another, settings, expected_of_fake([*many, *more]))


async def test_updates_that_retention_took_are_told_of_and_the_rest_is_done(settings: Settings, tmp_path: Path) -> None:
    log = tmp_path / "worker.log"
    await tracked_and_stopped(settings, log)
    taken, positions = small_updates(60, 1, first=3), ends(settings, ARTICLE_UPDATES.name)
    await publish_updates(settings, taken)
    delete_up_to(settings, ARTICLE_UPDATES.name, ends(settings, ARTICLE_UPDATES.name))
    rest = small_updates(60, 1, first=4)
    await publish_updates(settings, rest)
    with Worker(settings, log, fake=True) as worker:
        worker.wait_ready()
        gone = re.findall(r"article-updates-(\d+): offsets (\d+) to \d+ are gone from the broker", worker.said())
        assert {int(partition): int(first) for partition, first in gone} == positions
        await assert_ends_as_undisturbed(worker, settings, expected_of_fake([*FIRST, *rest]))


async def test_a_position_beyond_the_topics_end_is_refused(settings: Settings, tmp_path: Path) -> None:
    """The topic was made anew: what is in it is not what was counted. A new app id starts afresh."""
    log = tmp_path / "worker.log"
    await tracked_and_stopped(settings, log)
    replace_topic(settings, ARTICLE_UPDATES.name)
    with Worker(settings, log, fake=True) as worker:
        assert worker.wait_end() == Exit.HOLE
        [line] = [line for line in worker.said().splitlines() if line.startswith("FATAL")]
    assert re.search(r"article-updates-\d+: the position \d+ lies beyond the topic's end 0: .*a new app_id", line)
    with Worker(settings.model_copy(update={"app_id": "afresh"}), log, fake=True) as worker:
        worker.wait_ready()
        assert worker.stop() == 0


async def test_a_changelog_record_that_the_broker_refuses_ends_the_worker(settings: Settings, tmp_path: Path) -> None:
    """Rows are bounded; here the limit is made smaller than they are. Once it is put right, nothing is lost."""
    log, [facts, *_] = tmp_path / "worker.log", changelogs(settings)
    await tracked_and_stopped(settings, log)
    configure(settings, facts, {"max.message.bytes": "200"})
    with Worker(settings, log, fake=True) as worker:
        worker.wait_ready()
        await publish_updates(settings, SECOND)
        assert worker.wait_end() == Exit.LOST_ROW
    configure(settings, facts, {"max.message.bytes": None})
    with Worker(settings, log, fake=True) as worker:
        worker.wait_ready()
        await assert_ends_as_undisturbed(worker, settings, expected_of_fake([*FIRST, *SECOND]))


async def test_poison_is_buried_once_though_the_worker_is_killed_amid_it(settings: Settings, tmp_path: Path) -> None:
    """Not JSON, an update that always raises, and one that ends the process that reads it, among good ones."""
    log = tmp_path / "worker.log"
    raises, kills = (update_json(name, body=body) for name, body in (("r", "fail in track"), ("k", "kill the reader")))
    poison: list[tuple[str, bytes | None]] = [("not-json", b"{"), ("r", raises), ("k", kills)]
    good = [(update.story_key, update.model_dump_json().encode()) for update in FIRST]
    with Worker(settings, log, "amid-rows:2", fake=True) as worker:
        worker.wait_ready()
        await publish(settings, [*good[:40], *poison, *good[40:80], *poison, *good[80:]])
        await asyncio.to_thread(worker.wait_end)
    with Worker(settings, log, fake=True) as worker:
        worker.wait_ready()
        await assert_ends_as_undisturbed(worker, settings, expected_of_fake(FIRST))
    letters = [
        decode_dead_letter(one.key, one.value, one.headers) for one in await read_all(settings, DEAD_LETTERS.name)
    ]
    places = {(letter.partition, letter.offset): (letter.key, letter.reason) for letter in letters}
    wanted = [(b"not-json", "not valid JSON"), (b"r", "failed"), (b"k", "failed")]
    assert sorted(places.values()) == sorted(wanted * 2)
