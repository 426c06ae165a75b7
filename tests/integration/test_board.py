"""The board in a process of its own, on a real broker."""

import asyncio
import signal
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import httpx2
import pytest
from aiokafka import AIOKafkaProducer

from schemas.alerts import Alert
from schemas.dead_letters import DeadLetter
from schemas.topics import ALERT_TOPICS, ARTICLE_UPDATES, DEAD_LETTERS, FACT_CHANGES
from streams.client.reader import Reader
from streams.embedded import EmbeddedBroker
from streams.kafka import make_producer, started
from streams.settings import Settings
from streams.topics import ensure_topics
from streams.wire import encode_alert, encode_dead_letter
from tests.integration.boards import TOKEN, RunningBoard, running_board
from tests.integration.commands import environment, free_port, wiredelta
from tests.unit.cli.samples import alert, change, summary

NOW = datetime.now(UTC).replace(microsecond=0)


@pytest.fixture
async def producer(settings: Settings) -> AsyncIterator[AIOKafkaProducer]:
    await ensure_topics(settings)
    producer = make_producer(settings)
    async with started(producer, settings):
        yield producer


def told(number: int, **more: object) -> Alert:
    moment = NOW + timedelta(milliseconds=number)
    return alert(**{"id": UUID(int=number), "detected_at": moment, "updated_at": moment} | more)


async def send(producer: AIOKafkaProducer, *alerts: Alert) -> None:
    for one in alerts:
        key, value, headers = encode_alert(one)
        await producer.send_and_wait(ALERT_TOPICS[one.kind].name, value, key=key, headers=headers)


async def has(board: RunningBoard, *numbers: int) -> None:
    wanted = [str(UUID(int=number)) for number in reversed(numbers)]
    await asyncio.to_thread(board.wait_until, lambda: board.ids() == wanted, f"the board has the alerts {numbers}")


async def is_live(board: RunningBoard) -> None:
    def live() -> bool:
        return 'data-state="live"' in httpx2.get(board.address, timeout=20).text

    await asyncio.to_thread(board.wait_until, live, "the board is live")


async def test_alerts_of_before_and_of_now_come_to_the_board(
    settings: Settings, producer: AIOKafkaProducer, tmp_path: Path
) -> None:
    await send(producer, told(1), told(2, kind="figure"), told(1))
    with running_board(settings, tmp_path) as board:
        await has(board, 1, 2)
        await is_live(board)
        with board.stream(kind="event-status") as stream, board.stream(shape="html") as page:
            await send(producer, told(3, kind="figure"), told(4))
            identity, data = await asyncio.to_thread(stream.next, "alert")
            assert (identity, data["id"]) == (str(UUID(int=4)), str(UUID(int=4)))
            silent = change(id=uuid4(), detected_at=NOW).model_dump_json().encode()
            await producer.send_and_wait(FACT_CHANGES.name, silent, key=b"call")
            assert await asyncio.to_thread(page.next, "silent") == (None, {"count": 1})
        await has(board, 1, 2, 3, 4)
        board.process.send_signal(signal.SIGTERM)
        assert board.process.wait(timeout=20) == 0
    assert "Traceback" not in board.log.read_text()


async def test_a_reader_that_was_away_goes_on_where_it_was(
    settings: Settings, producer: AIOKafkaProducer, tmp_path: Path
) -> None:
    with running_board(settings, tmp_path) as board:
        await is_live(board)
        with board.stream() as stream:
            await send(producer, told(1))
            seen, _ = await asyncio.to_thread(stream.next, "alert")
        await send(producer, told(2), told(3))
        await has(board, 1, 2, 3)
        with board.stream({"Last-Event-ID": str(seen)}) as stream:
            assert [(await asyncio.to_thread(stream.next, "alert"))[0] for _ in range(2)] == [
                str(UUID(int=2)),
                str(UUID(int=3)),
            ]
        with board.stream({"Last-Event-ID": str(uuid4())}) as stream:
            assert await asyncio.to_thread(stream.next, "reload") == (None, {})


async def test_an_alert_under_embargo_comes_when_that_ends(
    settings: Settings, producer: AIOKafkaProducer, tmp_path: Path
) -> None:
    with running_board(settings, tmp_path) as board:
        await is_live(board)
        with board.stream() as stream:
            ends = datetime.now(UTC) + timedelta(seconds=4)
            await send(producer, told(1, embargo_until=ends), told(2))
            first, second = [(await asyncio.to_thread(stream.next, "alert"))[0] for _ in range(2)]
            assert (first, second) == (str(UUID(int=2)), str(UUID(int=1)))
            assert datetime.now(UTC) >= ends


async def test_two_boards_and_a_new_one_show_the_same(
    settings: Settings, producer: AIOKafkaProducer, tmp_path: Path
) -> None:
    (tmp_path / "other").mkdir()
    (tmp_path / "third").mkdir()
    with running_board(settings, tmp_path) as one, running_board(settings, tmp_path / "other") as other:
        for number in range(1, 9):  # one by one: of two topics, what comes together comes in either order
            await send(producer, told(number, kind=("figure", "quote")[number % 2]))
            await has(one, *range(1, number + 1))
            await has(other, *range(1, number + 1))
        for value in (change(told(1), id=uuid4(), detected_at=NOW), summary(detected_at=NOW)):
            await producer.send_and_wait(FACT_CHANGES.name, value.model_dump_json().encode(), key=b"call")
        await has(one, *range(1, 9))
        await has(other, *range(1, 9))
        with running_board(settings, tmp_path / "third") as third:
            await is_live(third)
            assert third.ids() == one.ids()
            assert third.get("/stories/call/facts")["facts"] == one.get("/stories/call/facts")["facts"] != []


@pytest.mark.embedded
async def test_the_board_survives_a_broker_that_goes_and_comes_back(tmp_path: Path) -> None:
    port = free_port()
    settings = Settings(broker=f"127.0.0.1:{port}")
    with running_board(settings, tmp_path) as board:
        page = httpx2.get(board.address, timeout=20).text
        assert "no Kafka broker answers" in page or "Connecting to Kafka" in page
        with EmbeddedBroker(tmp_path / "broker", port):
            await ensure_topics(settings)
            producer = make_producer(settings)
            async with started(producer, settings):
                await send(producer, told(1))
            await has(board, 1)
            await is_live(board)
        with board.stream() as stream:

            def away() -> bool:
                return stream.next("link")[1]["state"] == "away"

            await asyncio.to_thread(board.wait_until, away, "the board says that Kafka is away")
            assert board.ids() == [str(UUID(int=1))]
            with EmbeddedBroker(tmp_path / "broker", port):
                producer = make_producer(settings)
                async with started(producer, settings):
                    await send(producer, told(2))
                assert (await asyncio.to_thread(stream.next, "alert", 60))[0] == str(UUID(int=2))
                await is_live(board)


async def test_a_dead_letter_is_replayed_by_who_has_the_token(
    settings: Settings, producer: AIOKafkaProducer, tmp_path: Path
) -> None:
    raw = b"\xff<script>"
    letter = DeadLetter(
        topic=ARTICLE_UPDATES.name,
        partition=0,
        offset=3,
        reason="not valid UTF-8",
        detail="byte 0xff",
        failed_at=NOW,
        key=b"k",
        value=raw,
    )
    key, value, headers = encode_dead_letter(letter)
    place = await producer.send_and_wait(DEAD_LETTERS.name, value, key=key, headers=headers)
    with running_board(settings, tmp_path) as board:
        action = f"{board.address}/flow/replay/{place.partition}/{place.offset}"

        def shown() -> bool:
            return f'action="/flow/replay/{place.partition}/{place.offset}"' in httpx2.get(f"{board.address}/flow").text

        await asyncio.to_thread(board.wait_until, shown, "the dead letter is on the page")
        assert httpx2.post(action, data={"token": "a guess"}).status_code == 403
        assert httpx2.post(action, data={"token": TOKEN}).headers["location"] == "/flow?replayed=1"
    async with Reader(settings, [ARTICLE_UPDATES.name], until_eos=True) as reader:
        assert [(record.key, record.value) async for record in reader] == [(b"k", raw)]


def test_a_port_that_is_taken_is_told_in_one_line(settings: Settings, tmp_path: Path) -> None:
    with running_board(settings, tmp_path) as board:
        port = board.address.rpartition(":")[2]
        second = wiredelta("board", env=environment(broker=settings.broker, board_port=port))
    assert second.returncode == 1
    assert second.stderr == (f"wiredelta: nothing can be served at http://127.0.0.1:{port}: Address already in use\n")
