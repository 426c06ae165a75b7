"""What is answered to a push, and what becomes of it."""

import asyncio
import hmac
import json
from hashlib import sha256
from typing import Any

import pytest
from aiokafka.errors import KafkaError
from starlette.testclient import TestClient

from schemas.polls import Poll
from streams.ingest.push import app as push
from streams.ingest.push.app import PushApp
from streams.ingest.push.serve import attend
from streams.sources.kinds.push import Push
from tests.agents.messages import update_json

TOKEN, SECRET = "a-long-token", "a-long-secret"
SOURCES = (
    Push.model_validate({"name": "wire", "kind": "push", "token": TOKEN, "outlet": "The Wire"}),
    Push.model_validate({"name": "hook", "kind": "push", "secret": SECRET}),
)
NINJS = {"uri": "urn:x:1", "headline": "Dam holds", "body_text": "It holds."}
BEARER = {"Authorization": f"Bearer {TOKEN}"}


class Desk:
    """The application, and what it has sent to Kafka."""

    def __init__(self) -> None:
        self.sent: list[tuple[str, bytes, bytes]] = []
        self.error: Exception | None = None
        self.client = TestClient(PushApp(SOURCES, self.send).app)

    async def send(self, topic: str, key: bytes, value: bytes) -> None:
        if self.error:
            raise self.error
        self.sent.append((topic, key, value))

    def post(self, body: bytes | dict[str, Any], headers: dict[str, str] = BEARER) -> Any:
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        return self.client.post("/updates", content=content, headers=headers)


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_an_article_update_goes_where_updates_go(desk: Desk) -> None:
    answer = desk.post(update_json("a", 3))
    assert (answer.status_code, answer.json()) == (202, {"accepted": ["a"]})
    [(topic, _, value)] = desk.sent
    assert (topic, json.loads(value)["version"]) == ("news.article-updates", 3)


def test_a_ninjs_document_is_a_poll_of_its_source(desk: Desk) -> None:
    assert desk.post(NINJS).json() == {"accepted": ["wire/urn:x:1"]}
    [(topic, key, value)] = desk.sent
    poll = Poll.model_validate_json(value)
    assert (topic, key, poll.outlet, poll.items[0].headline) == ("news.source-polls", b"wire", "The Wire", "Dam holds")


def test_a_batch_is_taken_whole_or_not_at_all(desk: Desk) -> None:
    lines = [json.dumps(NINJS).encode(), update_json("a", 1)]
    headers = BEARER | {"Content-Type": "application/x-ndjson"}
    assert desk.post(b"\n".join(lines), headers).json() == {"accepted": ["wire/urn:x:1", "a"]}
    answer = desk.post(b"\n".join([*lines, b'{"uri": 3}']), headers)
    assert answer.status_code == 422
    assert answer.json()["detail"].startswith("line 3: not a ninjs document: uri: ")
    assert len(desk.sent) == 2
    assert desk.post(b"\n", headers).status_code == 422


def test_a_signature_stands_for_a_token(desk: Desk) -> None:
    body = json.dumps(NINJS).encode()
    signature = hmac.new(SECRET.encode(), body, sha256).hexdigest()
    headers = {"X-Source": "hook", "X-Signature-256": f"sha256={signature}"}
    assert desk.post(body, headers).json() == {"accepted": ["hook/urn:x:1"]}
    assert desk.post(body + b" ", headers).status_code == 401


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Authorization": "Bearer wrong"},
        {"Authorization": f"Basic {TOKEN}"},
        {"Authorization": "Bearer "},
        {"X-Source": "wire", "X-Signature-256": "sha256="},
        {"X-Source": "hook", "X-Signature-256": "ä"},
    ],
)
def test_nobody_is_refused(desk: Desk, headers: dict[str, str]) -> None:
    encoded = {name: value.encode("latin-1") for name, value in headers.items()}
    answer = desk.post(NINJS, encoded)  # type: ignore[arg-type]
    assert (answer.status_code, desk.sent) == (401, [])


@pytest.mark.parametrize(
    ("body", "status", "told"),
    [
        (b"{", 400, "is not valid JSON"),
        (b"\xff", 400, "is not valid JSON"),
        (b'{"article_id": "a"}', 422, "version: is missing"),
        (b"{}", 422, "not a ninjs document: uri: is missing"),
        (b"[]", 422, "not a ninjs document"),
        (b"[" * 100_000, 400, "is not valid JSON"),
    ],
)
def test_what_is_wrong_is_said(desk: Desk, body: bytes, status: int, told: str) -> None:
    answer = desk.post(body)
    assert (answer.status_code, desk.sent) == (status, [])
    assert told in answer.json()["detail"]


def test_a_body_has_a_limit(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(push, "MAX_BODY", 100)
    assert desk.post(b" " * 101).status_code == 413


def test_a_slow_kafka_asks_to_come_again(desk: Desk) -> None:
    desk.error = TimeoutError()
    answer = desk.post(NINJS)
    assert (answer.status_code, answer.headers["retry-after"]) == (429, "5")


def test_other_methods_and_paths(desk: Desk) -> None:
    assert desk.client.get("/updates").status_code == 405
    assert desk.client.get("/").status_code == 404
    assert desk.client.get("/healthz").json() == {"status": "ok"}


async def test_a_door_at_which_nobody_knocks_says_that_it_is_open() -> None:
    """Without that nothing would tell a source that has stopped to push from one that has no news."""
    heard = asyncio.Queue[tuple[str, bytes, Poll]]()

    async def send(topic: str, key: bytes, value: bytes) -> None:
        await heard.put((topic, key, Poll.model_validate_json(value)))
        if heard.qsize() == 2:
            raise KafkaError("is away")  # which ends nothing

    attending = asyncio.create_task(attend(SOURCES, send, every=0))
    said = [await asyncio.wait_for(heard.get(), 5) for _ in range(3)]
    attending.cancel()
    assert [(topic, key, poll.outcome, poll.items) for topic, key, poll in said] == [
        ("news.source-polls", name, "unchanged", ()) for name in (b"wire", b"hook", b"wire")
    ]
