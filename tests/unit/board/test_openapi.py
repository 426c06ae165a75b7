"""The interface holds to its own OpenAPI document: schemathesis asks it whatever the document allows, and more."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
import schemathesis
from fastapi import FastAPI
from hypothesis import HealthCheck, given, settings
from schemathesis.specs.openapi.checks import positive_data_acceptance

from streams.board.board import Board
from streams.board.link import Link
from streams.board.view.received import Received
from streams.board.view.writer import Writer
from streams.board.web.app import create_app
from streams.board.web.render import encode_alert
from streams.settings import Settings
from tests.unit.cli.samples import alert, change, summary, toll_fact

ADDRESSES = (
    "/alerts",
    "/alerts/{id}",
    "/stories",
    "/stories/{name}",
    "/stories/{name}/facts",
    "/stream",
    "/feed.atom",
    "/feed.rss",
    "/feed.json",
)


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> FastAPI:
    board = Board(Settings(broker="127.0.0.1:1"), tmp_path_factory.mktemp("board"), encode_alert)
    board.follower.link = Link("live")
    board.hub.end()  # a stream that never ends would never be done
    records = [alert(id=UUID(int=1)), change(), change(id=UUID(int=2), after=toll_fact(3, "Three.")), summary()]
    writer = Writer(board.view, timedelta(days=36_500))
    writer.write([Received(one, 0, at, 0.0) for at, one in enumerate(records)], datetime.now(UTC))
    return create_app(board)


def operations(app: FastAPI) -> dict[str, schemathesis.APIOperation]:
    found = [result.ok() for result in schemathesis.openapi.from_asgi("/openapi.json", app).get_all_operations()]
    return {operation.path: operation for operation in found}


def test_every_address_is_documented(app: FastAPI) -> None:
    assert set(operations(app)) == set(ADDRESSES)


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_answer_is_as_documented(app: FastAPI, address: str) -> None:
    @settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
    @given(operations(app)[address].as_strategy())
    def ask(case: schemathesis.Case) -> None:
        texts = [positive_data_acceptance] if "where" in (case.query or {}) else []  # not every text is CEL
        case.call_and_validate(excluded_checks=texts)

    ask()
