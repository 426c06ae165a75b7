"""A board without Kafka: what the tests say was received is in its view."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from pydantic import SecretStr

from streams.board.board import Board
from streams.board.link import Link
from streams.board.view.received import Received, Record
from streams.board.view.writer import Writer, Written
from streams.board.web.app import create_app
from streams.board.web.render import encode_alert
from streams.settings import Settings
from tests.unit.cli.samples import NOON

TOKEN = "a-newsroom-token"
LONG_AFTER = datetime(2100, 1, 1, tzinfo=UTC)
Take = Callable[..., Written]


@pytest.fixture
def board(tmp_path: Path) -> Board:
    board = Board(Settings(broker="127.0.0.1:1", admin_token=SecretStr(TOKEN)), tmp_path, encode_alert)
    board.follower.link = Link("live")
    return board


@pytest.fixture
def take(board: Board) -> Take:
    """``take(record, …, now=NOON, at=…)``: the view takes what was received; `at` is Kafka's time of it."""
    writer = Writer(board.view, timedelta(days=36_500))

    def take_all(*records: Record, now: datetime = LONG_AFTER, at: datetime = NOON) -> Written:
        received = [Received(one, 0, offset, at.timestamp()) for offset, one in enumerate(records)]
        return writer.write(received, now)

    return take_all


@pytest.fixture
def client(board: Board) -> Iterator[TestClient]:
    with TestClient(create_app(board), base_url="http://board.test", follow_redirects=False) as client:
        yield client
