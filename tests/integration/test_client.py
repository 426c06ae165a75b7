"""The client against a real broker: what is published is read back, from where and to where it was asked for."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
import pytest_asyncio
from aiokafka import AIOKafkaProducer, ConsumerRecord

from schemas.alerts import Alert
from schemas.changes import FactChange
from schemas.dead_letters import DeadLetter
from schemas.decode import decode_update
from schemas.topics import ALERT_TOPICS, ARTICLE_UPDATES, DEAD_LETTERS, FACT_CHANGES, TOPICS
from schemas.updates import MAX_BODY_BYTES, ArticleUpdate
from streams.client.alerts import alert_topics, read_alerts
from streams.client.changes import read_changes
from streams.client.dead_letters import replay_dead_letters
from streams.client.explanation import explanation
from streams.client.publisher import Publisher, PublishError
from streams.client.reader import Reader, StartAt
from streams.client.story import known_facts_changelog, story_facts
from streams.facts.rows import FactRow, StoryRow, encode, fact_row_key, story_row_key
from streams.kafka import BrokerUnavailable, KafkaRefused, make_producer, partition_of, started
from streams.settings import Settings
from streams.topics import UnknownTopic, ensure_topics
from streams.wire import encode_alert, encode_dead_letter
from tests.unit.cli.samples import NOON, alert, change, status_fact, summary, toll_fact, update

UPDATES = ARTICLE_UPDATES.name


@pytest_asyncio.fixture
async def topics(settings: Settings) -> Settings:
    """Settings of a broker on which all topics are."""
    await ensure_topics(settings, [known_facts_changelog(settings)])
    return settings


@pytest_asyncio.fixture
async def producer(topics: Settings) -> AsyncIterator[AIOKafkaProducer]:
    producer = make_producer(topics)
    async with started(producer, topics):
        yield producer


async def publish(settings: Settings, *updates: ArticleUpdate) -> int:
    async with Publisher(settings) as publisher:
        return await publisher.publish(updates)


async def read(
    settings: Settings, *topics: str, start_at: StartAt = "earliest", group_id: str | None = None
) -> list[ConsumerRecord]:
    """All that is there now, each told as done."""
    records = []
    async with Reader(settings, topics, start_at=start_at, until_eos=True, group_id=group_id) as reader:
        async for record in reader:
            records.append(record)
            await reader.done(record)
    return records


def versions(records: list[ConsumerRecord]) -> list[int]:
    return [decode_update(record.value).version for record in records]


async def test_updates_are_read_back_in_order_and_lie_where_their_key_belongs(topics: Settings) -> None:
    sent = [update(f"article-{number % 7}", number // 7 + 1, story_id=f"story-{number % 3}") for number in range(1200)]
    told: list[int] = []
    async with Publisher(topics) as publisher:
        assert await publisher.publish(sent, told.append) == len(sent)
    assert told == list(range(1, len(sent) + 1))
    records = await read(topics, UPDATES)
    for story in ("story-0", "story-1", "story-2"):
        of_story = [record for record in records if record.key == story.encode()]
        assert [decode_update(record.value) for record in of_story] == [one for one in sent if one.story_id == story]
        assert {record.partition for record in of_story} == {partition_of(story.encode(), topics.partitions)}


async def test_an_article_of_the_largest_size_passes(topics: Settings) -> None:
    body = "é" * (MAX_BODY_BYTES // 2)
    await publish(topics, update(body=body), update(body='"' * MAX_BODY_BYTES, version=2))
    records = await read(topics, UPDATES)
    assert decode_update(records[0].value).body == body
    assert versions(records) == [1, 2]


async def test_an_update_that_the_broker_refuses_is_named_and_the_others_are_counted(topics: Settings) -> None:
    bloated = update(body="\x01" * 800_000, version=2)  # six bytes a character in JSON: more than the topic takes
    with pytest.raises(
        PublishError, match=r"^version 2 of https://example\.org/call was not taken: it has 4,800.*2 others"
    ):
        await publish(topics, update(), bloated, update("other"))
    assert sorted(decode_update(record.value).article_id for record in await read(topics, UPDATES)) == [
        "https://example.org/call",
        "other",
    ]


async def test_an_update_beyond_what_a_client_may_send_is_refused_likewise(topics: Settings) -> None:
    with pytest.raises(PublishError, match=r"^version 3 of .* was not taken: it has 6,000,.*0 others"):
        await publish(topics, update(body="\x01" * MAX_BODY_BYTES, version=3))


async def test_empty_topics_end_at_once(topics: Settings) -> None:
    async with asyncio.timeout(10):
        assert await read(topics, *alert_topics()) == []
        assert await read(topics, UPDATES, group_id="desk") == []


@pytest.mark.parametrize("group_id", [None, "desk"])
async def test_latest_gives_what_is_published_after_the_reader_was_entered(
    topics: Settings, group_id: str | None
) -> None:
    await publish(topics, update(version=1))
    async with Reader(topics, [UPDATES], start_at="latest", group_id=group_id) as reader:
        await publish(topics, update(version=2))
        first = await anext(aiter(reader))
    assert versions([first]) == [2]


@pytest.mark.parametrize("group_id", [None, "desk"])
async def test_a_time_starts_at_the_first_record_that_is_not_older(
    topics: Settings, producer: AIOKafkaProducer, group_id: str | None
) -> None:
    since = datetime(2025, 3, 18, 12, 0, tzinfo=UTC)
    for version, moment in enumerate([since - timedelta(hours=1), since, since + timedelta(hours=1)], 1):
        value = update(version=version).model_dump_json().encode()
        await producer.send_and_wait(UPDATES, value, key=b"a", timestamp_ms=int(moment.timestamp() * 1000))
    assert versions(await read(topics, UPDATES, start_at=since, group_id=group_id)) == [2, 3]
    assert await read(topics, UPDATES, start_at=since + timedelta(days=1)) == []


async def test_a_group_goes_on_after_the_last_record_that_was_done(topics: Settings) -> None:
    await publish(topics, *(update(version=version) for version in (1, 2, 3, 4)))
    seen = []
    async with Reader(topics, [UPDATES], group_id="desk") as reader:
        async for record in reader:
            seen.append(record)
            if len(seen) == 3:
                break
            await reader.done(record)  # the third is read and not done
    assert versions(await read(topics, UPDATES, group_id="desk")) == [3, 4]
    assert await read(topics, UPDATES, group_id="desk") == []
    assert versions(await read(topics, UPDATES, group_id="another")) == [1, 2, 3, 4]
    assert versions(await read(topics, UPDATES)) == [1, 2, 3, 4]


async def test_a_group_that_began_at_the_latest_misses_nothing_while_it_is_away(topics: Settings) -> None:
    await publish(topics, update(version=1))
    assert await read(topics, UPDATES, start_at="latest", group_id="desk") == []
    await publish(topics, update(version=2))
    assert versions(await read(topics, UPDATES, start_at="latest", group_id="desk")) == [2]


async def test_two_members_share_the_partitions_and_read_everything_once(topics: Settings) -> None:
    sent = [update(f"article-{number}") for number in range(60)]
    read_by: dict[str, list[str]] = {"one": [], "two": []}
    both_in, all_read = asyncio.Barrier(2), asyncio.Event()

    async def member(name: str) -> None:
        async with Reader(topics, [UPDATES], group_id="desk") as reader:
            await both_in.wait()
            async for record in reader:
                read_by[name].append(decode_update(record.value).article_id)
                await reader.done(record)
                if len(set(read_by["one"] + read_by["two"])) == len(sent):
                    all_read.set()

    members = [asyncio.create_task(member(name)) for name in read_by]
    await publish(topics, *sent)
    async with asyncio.timeout(60):
        await all_read.wait()
    for task in members:
        task.cancel()
    await asyncio.gather(*members, return_exceptions=True)
    assert set(read_by["one"] + read_by["two"]) == {one.article_id for one in sent}


async def test_topics_that_are_not_there_are_named_and_not_made(settings: Settings) -> None:
    with pytest.raises(UnknownTopic, match=rf"^no topic {UPDATES} at {settings.broker}"):
        await publish(settings, update())
    with pytest.raises(UnknownTopic, match=r"^no topic news\.alerts\.figure at"):
        await read(settings, *alert_topics(["figure"]))
    assert len(await ensure_topics(settings)) == len(TOPICS)  # none was made by asking for it


async def test_no_broker_is_told_in_one_line() -> None:
    nowhere = Settings(broker="127.0.0.1:1")
    for attempt in (publish(nowhere, update()), read(nowhere, UPDATES), replay_dead_letters(nowhere)):
        with pytest.raises(BrokerUnavailable, match=r"^no Kafka broker answers at 127\.0\.0\.1:1 .*(refused|failed)"):
            await attempt


def at(second: int, **more: object) -> Alert:
    return alert(id=UUID(int=second + 1), detected_at=NOON + timedelta(seconds=second), **more)


async def send_alert(producer: AIOKafkaProducer, one: Alert) -> None:
    key, value, headers = encode_alert(one)
    await producer.send_and_wait(ALERT_TOPICS[one.kind].name, value, key=key, headers=headers)


async def test_alerts_of_all_kinds_come_merged_by_detection_each_once(
    topics: Settings, producer: AIOKafkaProducer
) -> None:
    told = [
        at(second, kind=("figure", "quote", "event-status")[second % 3], story_id=f"s{second % 5}")
        for second in range(30)
    ]
    for one in sorted(told, key=lambda one: one.kind):
        await send_alert(producer, one)
        await send_alert(producer, one)
    async with Reader(topics, alert_topics(), until_eos=True) as reader:
        assert [one async for one in read_alerts(reader)] == told


async def test_a_group_is_given_an_embargoed_alert_again_until_it_was_shown(
    topics: Settings, producer: AIOKafkaProducer
) -> None:
    for one in (at(0), at(1, embargo_until=NOON + timedelta(days=1)), at(2)):
        await send_alert(producer, one)

    async def shown(now: datetime) -> list[int]:
        async with Reader(topics, alert_topics(), until_eos=True, group_id="desk") as reader:
            return [one.id.int - 1 async for one in read_alerts(reader, now=lambda: now)]

    assert await shown(NOON) == [0, 2]
    assert await shown(NOON + timedelta(days=1)) == [1, 2]
    assert await shown(NOON + timedelta(days=2)) == []


async def test_fact_changes_come_typed_and_once(
    topics: Settings, producer: AIOKafkaProducer, caplog: pytest.LogCaptureFixture
) -> None:
    told: list[FactChange | object] = [change(alert()), summary()]
    for value in [*(one.model_dump_json().encode() for one in (change(alert()), summary(), summary())), b"{}"]:
        await producer.send_and_wait(FACT_CHANGES.name, value, key=b"call")
    async with Reader(topics, [FACT_CHANGES.name], until_eos=True) as reader:
        assert [one async for one in read_changes(reader)] == told
    own = [record.getMessage() for record in caplog.records if record.name.startswith("streams.")]
    assert [message.split(":")[0] for message in own] == [
        f"{FACT_CHANGES.name}, partition {partition_of(b'call', topics.partitions)}, offset 3"
    ]


async def test_a_story_or_an_alert_is_explained_out_of_the_audit_log(
    topics: Settings, producer: AIOKafkaProducer
) -> None:
    told = alert()
    along = change(id=UUID(int=1), reason=f"told with {told.id}")
    others = [change(id=UUID(int=2)), summary(id=UUID(int=3), version=3)]
    of_story = [along, change(told), summary(), *others]
    for value in of_story:
        await producer.send_and_wait(FACT_CHANGES.name, value.model_dump_json().encode(), key=b"call")
    stranger = change(id=UUID(int=4), story_id="other")  # on the same partition
    place = partition_of(b"call", topics.partitions)
    await producer.send_and_wait(FACT_CHANGES.name, stranger.model_dump_json().encode(), key=b"other", partition=place)

    async def explained(subject: str) -> list[object]:
        return [record async for record in explanation(topics, subject)]

    assert await explained("call") == of_story
    assert await explained(str(told.id)) == of_story[:3]
    assert await explained(str(UUID(int=5))) == await explained("never heard of") == []


async def test_the_facts_of_a_story_are_the_latest_rows_of_its_keys_alone(
    topics: Settings, producer: AIOKafkaProducer
) -> None:
    topic = known_facts_changelog(topics)
    toll, ended = toll_fact(17, "17 were killed."), status_fact("ended")

    async def write(story: str, key: bytes, row: bytes | None) -> None:
        partition = partition_of(story.encode(), topics.partitions)
        await producer.send_and_wait(topic, row, key=key, partition=partition)

    row = encode(StoryRow(first_seen=NOON, last_active=NOON, extractor=1))
    await write("call", story_row_key("call"), row)
    await write("call", fact_row_key("call", "1"), encode(FactRow(fact=status_fact("ongoing"))))
    await write("call", fact_row_key("call", "1"), encode(FactRow(fact=ended)))
    await write("call", fact_row_key("call", "2"), encode(FactRow(fact=toll)))
    await write("call", fact_row_key("call", "3"), encode(FactRow(fact=toll)))
    await write("call", fact_row_key("call", "3"), None)
    await write("call", fact_row_key("call-2", "1"), encode(FactRow(fact=toll)))  # a neighbour in the partition
    assert await story_facts(topics, "call") == [ended, toll]
    assert await story_facts(topics, "never heard of") == []


def letter(offset: int, key: bytes | None, value: bytes | None) -> DeadLetter:
    return DeadLetter(
        topic=UPDATES, partition=0, offset=offset, reason="invalid", detail="x", failed_at=NOON, key=key, value=value
    )


async def test_dead_letters_are_replayed_byte_for_byte_and_once(topics: Settings, producer: AIOKafkaProducer) -> None:
    raw = [(b"call", b"\xff\x00"), (b"call", b"[1]"), (b"call", None), (None, b"{}")]
    for offset, (key, value) in enumerate(raw):
        _, _, headers = encode_dead_letter(letter(offset, key, value))
        await producer.send_and_wait(DEAD_LETTERS.name, value, key=key, headers=headers)
    counted: list[int] = []
    assert await replay_dead_letters(topics, counted.append) == len(raw)
    assert counted == [1, 2, 3, 4]
    records = await read(topics, UPDATES)
    assert sorted(((one.key, one.value) for one in records), key=repr) == sorted(raw, key=repr)
    keyed = [one for one in records if one.key]
    assert [one.value for one in keyed] == [value for key, value in raw if key]
    assert {one.partition for one in keyed} == {partition_of(b"call", topics.partitions)}
    assert await replay_dead_letters(topics) == 0


async def test_a_record_that_is_no_dead_letter_is_passed_over(
    topics: Settings, producer: AIOKafkaProducer, caplog: pytest.LogCaptureFixture
) -> None:
    await producer.send_and_wait(DEAD_LETTERS.name, b"{}", key=b"call")
    assert await replay_dead_letters(topics) == 0
    assert await read(topics, UPDATES) == []
    assert any("is passed over: not a dead letter" in message for message in caplog.messages)


async def test_a_dead_letter_that_its_topic_does_not_take_is_told_and_stays(
    topics: Settings, producer: AIOKafkaProducer
) -> None:
    large = b"x" * (ARTICLE_UPDATES.max_message_bytes + 1000)
    _, _, headers = encode_dead_letter(letter(0, b"call", large))
    await producer.send_and_wait(DEAD_LETTERS.name, large, key=b"call", headers=headers)
    for _ in range(2):
        with pytest.raises(KafkaRefused, match=rf"^Kafka at {topics.broker}: .*MessageSizeTooLarge"):
            await replay_dead_letters(topics)
    assert await read(topics, UPDATES) == []
