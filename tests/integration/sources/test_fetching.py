"""One request against a server that plays every trick."""

import gzip
import socket
from collections.abc import AsyncIterator

import pytest

from streams.ingest import fetch, guard
from streams.ingest.fetch import Fetcher, FetchFailed
from streams.ingest.robots import Robots
from tests.integration.sources.site import Answer, Asked, playing


@pytest.fixture
async def fetcher() -> AsyncIterator[Fetcher]:
    async with Fetcher() as fetcher:
        yield fetcher


async def failure(fetcher: Fetcher, answer: Answer) -> FetchFailed:
    async with playing(lambda _: answer) as site:
        with pytest.raises(FetchFailed) as caught:
            await fetcher.fetch(site.address, {}, allow_private=True)
    return caught.value


async def test_a_body_with_its_type_and_validators(fetcher: Fetcher) -> None:
    headers = {"Content-Type": "text/plain", "ETag": '"1"', "Last-Modified": "Mon, 02 Mar 2026 09:00:00 GMT"}
    async with playing(lambda _: Answer(b"hello", headers=headers)) as site:
        answer = await fetcher.fetch(f"{site.address}/a", {"X-Key": "k"}, allow_private=True)
    assert answer.content is not None
    assert (answer.content.body, answer.content.content_type, answer.etag) == (b"hello", "text/plain", '"1"')
    assert answer.last_modified == headers["Last-Modified"]
    [asked] = site.asked
    assert (asked.headers["x-key"], asked.headers["user-agent"]) == ("k", fetch.AGENT)


async def test_nothing_new(fetcher: Fetcher) -> None:
    async with playing(lambda _: Answer(status=304, headers={"ETag": '"1"'})) as site:
        answer = await fetcher.fetch(site.address, {"If-None-Match": '"1"'}, allow_private=True)
    assert (answer.content, answer.etag) == (None, '"1"')


@pytest.mark.parametrize(("header", "seconds"), [("120", 120), ("Mon, 02 Mar 2020 09:00:00 GMT", 0), ("soon", None)])
async def test_an_error_says_when_to_come_again(fetcher: Fetcher, header: str, seconds: float | None) -> None:
    error = await failure(fetcher, Answer(status=503, headers={"Retry-After": header}))
    assert (error.status, error.retry_after) == (503, seconds)
    assert str(error).startswith("HTTP 503")


async def test_a_slow_body_ends(fetcher: Fetcher, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetch, "SECONDS", 0.3)
    assert str(await failure(fetcher, Answer(b"begun", hang=True))) == "no whole answer within 0 s"


async def test_a_long_body_ends(fetcher: Fetcher, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetch, "MAX_BYTES", 100_000)
    assert str(await failure(fetcher, Answer(b"x" * 100_001))) == "more than 100,000 bytes"


async def test_a_bomb_is_told_by_how_far_it_expands(fetcher: Fetcher) -> None:
    bomb = Answer(gzip.compress(b"0" * 15_000_000), headers={"Content-Encoding": "gzip"})
    assert "expands to more than 100 times" in str(await failure(fetcher, bomb))


async def test_what_is_not_what_it_says_is_an_error(fetcher: Fetcher) -> None:
    assert "Decod" in str(await failure(fetcher, Answer(b"plain", headers={"Content-Encoding": "gzip"})))


async def test_redirects_are_followed_without_the_headers_that_are_for_one_host_alone(fetcher: Fetcher) -> None:
    async with playing(lambda _: Answer(b"there")) as other:
        elsewhere = other.address.replace("127.0.0.1", "localhost")
        async with playing(lambda _: Answer(status=302, headers={"Location": elsewhere})) as site:
            answer = await fetcher.fetch(site.address, {"Authorization": "Bearer secret"}, allow_private=True)
    assert answer.content is not None and answer.content.body == b"there"
    assert "authorization" in site.asked[0].headers
    assert "authorization" not in other.asked[0].headers


async def test_redirects_end(fetcher: Fetcher) -> None:
    assert str(await failure(fetcher, Answer(status=302, headers={"Location": "/again"}))) == "more than 5 redirects"


async def test_other_schemes_are_not_followed(fetcher: Fetcher) -> None:
    error = await failure(fetcher, Answer(status=302, headers={"Location": "file:///etc/passwd"}))
    assert str(error) == "redirects to file:, which is not followed"


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "0.0.0.0", "2130706433"])
async def test_this_machine_is_not_asked(fetcher: Fetcher, host: str) -> None:
    async with playing(lambda _: Answer(b"inner secrets")) as site:
        port = site.address.rpartition(":")[2]
        with pytest.raises(FetchFailed, match=r"is not a public one|is not known"):
            await fetcher.fetch(f"http://{host}:{port}/", {})
    assert site.asked == []


async def test_a_redirect_to_this_machine_is_not_followed(fetcher: Fetcher, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first host passes for a public one, by being let through once."""
    checked, is_public = [], guard.is_public

    def let_through_once(address: guard.Address) -> bool:
        checked.append(address)
        return len(checked) == 1 or is_public(address)

    monkeypatch.setattr(guard, "is_public", let_through_once)
    async with (
        playing(lambda _: Answer(b"inner secrets")) as inner,
        playing(lambda _: Answer(status=302, headers={"Location": inner.address})) as site,
    ):
        with pytest.raises(FetchFailed, match="is not a public one"):
            await fetcher.fetch(site.address, {})
    assert (len(site.asked), inner.asked) == (1, [])


async def test_no_server(fetcher: Fetcher) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        with pytest.raises(FetchFailed, match="ConnectError"):
            await fetcher.fetch(f"http://127.0.0.1:{unused.getsockname()[1]}/", {}, allow_private=True)


@pytest.mark.parametrize(
    ("robots", "allowed"),
    [
        (Answer(b"User-agent: *\nDisallow: /private\n"), True),
        (Answer(b"User-agent: *\nDisallow: /news\n"), False),
        (Answer(b"User-agent: wiredelta\nDisallow: /\n"), False),
        (Answer(b"User-agent: wiredelta\nAllow: /\n\nUser-agent: *\nDisallow: /\n"), True),
        (Answer(status=404), True),
        (Answer(status=500), False),
    ],
)
async def test_robots_txt(fetcher: Fetcher, robots: Answer, allowed: bool) -> None:
    def plays(asked: Asked) -> Answer:
        assert asked.path == "/robots.txt"
        return robots

    async with playing(plays) as site:
        rules = Robots(fetcher)
        found = [await rules.allows(f"{site.address}/news/1", allow_private=True) for _ in range(3)]
    assert (found, len(site.asked)) == ([allowed] * 3, 1)
