"""The pages and the interface, asked in memory."""

import re
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from fastapi.testclient import TestClient

from schemas.dead_letters import DeadLetter
from schemas.sources import SourceState
from streams.board.board import Board
from streams.board.link import Link
from streams.board.slugs import slug_of
from streams.board.web.render import safe_link
from tests.unit.board.conftest import TOKEN, Take
from tests.unit.cli.samples import ARTICLE, ENDED, NOON, alert, change, status_fact, summary, toll_fact, update

EVIL = "<script>alert('x')</script>\"'><img src=x onerror=alert(1)>"
STORY, VERSION = slug_of("call"), slug_of(ARTICLE)
ONE = alert()


@pytest.fixture
def told(take: Take) -> None:
    """A story of two versions with an alert, told over."""
    before, after = status_fact("ongoing", "The call is under way."), status_fact("ended")
    take(
        update(story_id="call", body="The call is under way.\n\nMore later.", headline="Call begins"),
        summary(id=uuid4(), version=1, decision="alert", reason="new fact", headline="Call begins"),
        update(story_id="call", version=2, body=f"{ENDED}\n\nMore later.", headline="Call ends"),
        change(ONE, before=before, after=after),
        change(id=uuid4(), outcome="new", reason="below similarity", after=toll_fact(3, "Three were there.")),
        ONE,
        summary(decision="alert", reason="value changed", alerts=1),
    )


def text_of(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", "", html).split())


@pytest.mark.usefixtures("told")
def test_now_shows_what_changed_from_what_to_what_with_the_sentence(client: TestClient) -> None:
    page = client.get("/").text
    assert '<del><span class="sr">was </span>ongoing</del>' in page
    assert '<ins><span class="sr">now </span>ended</ins>' in page
    assert "about a ceasefire in Ukraine has <mark>ended</mark>, the White House" in page
    assert f'href="/alert/{ONE.id}"' in page
    assert f'href="/version/{VERSION}/2"' in page
    assert '1</b> <span id="silent-words">changes kept silent' not in page  # that was in 2025


@pytest.mark.usefixtures("told")
@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("/?priority=flash&kind=event-status&kind=figure&outlet=EXAMPLE.org&story=call", True),
        ("/?where=after.value.status+%3D%3D+%22ended%22", True),
        ("/?q=CEASEFIRE", True),
        ("/?kind=figure", False),
        ("/?q=volcano", False),
        ("/?where=version+%3E+2", False),
        ("/?q=&kind=&priority=&outlet=&where=", True),
    ],
)
def test_the_filter_is_in_the_address(client: TestClient, address: str, found: bool) -> None:
    answer = client.get(address)
    assert answer.status_code == 200
    assert (f"a-{ONE.id}" in answer.text) is found
    assert ("No alert matches" in answer.text) is not found


def test_a_bad_expression_is_told_in_the_form(client: TestClient) -> None:
    page = client.get("/", params={"where": "after.value.number >="})
    assert page.status_code == 200
    assert 'id="problem" role="alert">not a CEL expression: column' in page.text
    assert "after.value.number &gt;=" in page.text


def test_empty_pages_say_what_to_do(client: TestClient, board: Board) -> None:
    assert "No alerts yet" in client.get("/").text
    assert "No stories yet" in client.get("/story").text
    assert "No dead letters" in client.get("/flow").text
    assert "No sources yet" in client.get("/sources").text
    board.follower.link = Link("reading")
    assert "Reading what Kafka has kept" in client.get("/").text


def source(name: str, **more: Any) -> SourceState:
    given = {"source": name, "kind": "feed", "outlet": name.title(), "since": NOON, "first_poll": NOON}
    return SourceState.model_validate({**given, "last_poll": NOON, **more})


def test_sources_that_are_not_well_come_first(client: TestClient, take: Take) -> None:
    failing = source("wire", health="failing", reason="3 failures in a row: <b>HTTP 500</b>", articles=1234)
    take(source("desk", url="https://desk.example/feed"), source("wire"), failing)
    page = client.get("/sources").text
    assert page.index("Wire") < page.index("Desk")
    assert "2 followed, 1 not well" in text_of(page)
    assert "3 failures in a row: &lt;b&gt;HTTP 500&lt;/b&gt;" in page
    assert ">1,234<" in page
    take(source("wire", last_poll=NOON + timedelta(minutes=1)))
    assert "2 followed, all well" in text_of(client.get("/sources").text)


def test_a_page_says_that_kafka_is_away(client: TestClient, board: Board) -> None:
    assert re.search(r'id="banner" role="alert" hidden>', client.get("/").text)
    board.follower.link = Link("away", "no Kafka broker answers at 127.0.0.1:1")
    page = client.get("/").text
    assert re.search(r'id="banner" role="alert">', page)
    assert "no Kafka broker answers at 127.0.0.1:1" in page


@pytest.mark.usefixtures("told")
def test_a_story_shows_what_is_known_and_what_was_not_sent(client: TestClient) -> None:
    page = client.get(f"/story/{STORY}").text
    words = text_of(page)
    assert "Trump–Putin call: ended" in words
    assert "Killed at the dam: 3 killed" in words
    assert "1 considered and not sent" in words
    assert "new: below similarity" in words
    assert client.get("/stories/call").json()["name"] == STORY


@pytest.mark.usefixtures("told")
def test_a_version_stands_beside_the_one_before_with_its_facts(client: TestClient) -> None:
    page = client.get(f"/version/{VERSION}/2").text
    assert re.search(r"<del>[^<]*under way", page)
    assert re.search(r"<ins>[^<]*ended", page)
    assert f'<a href="/alert/{ONE.id}"><span class="kind">event status</span>' in page
    first = client.get(f"/version/{VERSION}/1").text
    assert "<del>" not in first
    assert "The call is under way." in first


@pytest.mark.usefixtures("told")
def test_the_history_of_a_fact(client: TestClient) -> None:
    page = client.get(f"/story/{STORY}/history", params={"fact": "event-status|call|putin+trump|1"}).text
    assert "told: value changed" in text_of(page)
    assert client.get(f"/story/{STORY}/history", params={"fact": "none"}).status_code == 404


def test_figures_are_drawn_as_steps(client: TestClient, take: Take) -> None:
    take(
        summary(id=uuid4(), version=1, updated_at=NOON),
        summary(id=uuid4(), version=2, updated_at=NOON + timedelta(hours=1)),
        change(id=uuid4(), version=1, outcome="new", after=toll_fact(12, "12 were killed.")),
        change(id=uuid4(), version=2, outcome="changed", after=toll_fact(1700, "1,700 were killed.")),
    )
    page = client.get(f"/story/{STORY}").text
    assert re.search(r'<path class="step" d="M8.0 130.0H[\d.]+V22.0H548"/>', page)
    assert ">1,700</text>" in page


def test_whatever_comes_from_outside_is_text(client: TestClient, take: Take) -> None:
    evil_fact = status_fact("ended", EVIL, subject=EVIL, attribution=(EVIL,), hedges=(EVIL,))
    evil = alert(
        id=UUID(int=1), headline=EVIL, summary=EVIL, source=EVIL, after=evil_fact, story_id=EVIL, url="javascript:x()"
    )
    take(
        update(story_id=EVIL, version=2, headline=EVIL, body=EVIL, source=EVIL, url="javascript:x()", correction=EVIL),
        change(evil, story_id=EVIL, after=evil_fact),
        evil,
        summary(story_id=EVIL, headline=EVIL, source=EVIL),
        letter(EVIL.encode()),
    )
    pages = ["/", "/story", "/flow", f"/alert/{evil.id}", f"/story/{slug_of(EVIL)}", f"/version/{VERSION}/2"]
    pages += [f"/?q={EVIL}&outlet={EVIL}&story={EVIL}&where={EVIL}", f"/story/{EVIL}", f"/{EVIL}"]
    pages += [f"/story/{slug_of(EVIL)}/history?fact=event-status%7Ccall%7Cputin%2Btrump%7C1", f"/flow?replayed={EVIL}"]
    for address in pages:
        html = client.get(address).text
        assert "<script>alert" not in html, address
        assert "<img" not in html, address
        assert "javascript:" not in html, address
        assert not re.search(r"<[^>]+ on\w+=", re.sub(r'="[^"]*"', '=""', html)), address


def letter(value: bytes) -> DeadLetter:
    told = {"topic": "news.article-updates", "partition": 1, "offset": 7, "reason": "invalid", "detail": "version: bad"}
    return DeadLetter.model_validate(told | {"failed_at": NOON, "key": b"k", "value": value})


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("https://example.org/a", True),
        ("http://example.org", True),
        ("javascript:alert(1)", False),
        ("JavaScript://example.org/%0aalert(1)", False),
        ("data:text/html,x", False),
        ("//example.org", False),
        ("/etc", False),
        ("https://[", False),
        (None, False),
    ],
)
def test_only_addresses_on_the_web_are_linked(address: str | None, kept: bool) -> None:
    assert safe_link(address) == (address if kept else None)


@pytest.mark.parametrize("address", ["/", "/flow", "/alerts", "/nowhere", "/static/board.css", "/feed.atom"])
def test_every_answer_has_the_security_headers(client: TestClient, address: str) -> None:
    headers = client.get(address).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"


def test_pages_have_nothing_inline(client: TestClient, take: Take) -> None:
    take(ONE, summary(), letter(b"x"))
    for address in ("/", "/story", f"/story/{STORY}", "/flow", f"/alert/{ONE.id}"):
        html = client.get(address).text
        assert "style=" not in html
        assert "<style" not in html
        assert re.findall(r"<script[^>]*>[^<]*", html) == ['<script src="/static/board.js" type="module">']


@pytest.mark.parametrize("path", ["/alert/00000000-0000-0000-0000-000000000009", "/story/none", "/version/a/1", "/xyz"])
def test_what_is_not_there_is_a_page_that_says_so(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert "older than the board looks back" in answer.text


def test_programs_get_their_errors_as_json(client: TestClient) -> None:
    assert client.get(f"/alerts/{UUID(int=9)}").status_code == 404
    bad = client.get("/alerts", params={"where": "1 +"})
    assert (bad.status_code, bad.json()["detail"].split(":")[0]) == (422, "not a CEL expression")
    assert client.get("/alerts?limit=0").json()["detail"].startswith("limit: ")
    assert client.get("/stories/none").json()["detail"].endswith("older than the board looks back.")


def test_the_interface_pages_through_alerts(client: TestClient, take: Take) -> None:
    take(*(alert(id=UUID(int=number), detected_at=NOON + timedelta(seconds=number)) for number in range(1, 6)))
    found: list[int] = []
    cursor: dict[str, Any] = {}
    while cursor is not None:
        page = client.get("/alerts", params={"limit": 2, **cursor}).json()
        found += [UUID(one["id"]).int for one in page["alerts"]]
        cursor = {"cursor": page["next"]} if page["next"] else None  # type: ignore[assignment]
    assert found == [5, 4, 3, 2, 1]


@pytest.mark.usefixtures("told")
def test_facts_as_they_were_at_a_time(client: TestClient) -> None:
    now = client.get("/stories/call/facts").json()
    assert {fact["value"]["text"] for fact in now["facts"]} == {"ended", "3 killed"}
    before = client.get("/stories/call/facts", params={"at": (NOON - timedelta(hours=1)).isoformat()})
    assert before.json()["facts"] == []


def test_a_replay_asks_for_the_token_and_is_no_get(client: TestClient, board: Board, take: Take) -> None:
    take(letter(b"\xff<b>"))
    assert "\\xff&lt;b&gt;" in client.get("/flow").text
    assert client.get("/flow/replay/0/0").status_code == 405
    assert client.post("/flow/replay/0/0").status_code == 403
    assert client.post("/flow/replay/0/0", data={"token": TOKEN[:-1]}).status_code == 403
    assert client.post("/flow/replay/0/9", data={"token": TOKEN}).status_code == 404
    assert client.post("/flow/replay/0/0", data={"token": TOKEN}).status_code == 503  # Kafka is not there
    board.settings = board.settings.model_copy(update={"admin_token": None})
    assert client.post("/flow/replay/0/0", data={"token": ""}).status_code == 403
    assert "Replaying is off" in client.get("/flow").text
