"""A look at a source: what is sent, what is said of it, what is not said twice."""

import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest

from schemas.polls import Poll
from schemas.sources import SourceState
from streams.ingest import looking
from streams.ingest.fetch import Fetcher
from streams.ingest.hosts import Hosts
from streams.ingest.looking import Looking
from streams.ingest.robots import Robots
from streams.sources.kinds.feed import Feed
from streams.sources.kinds.live_blog import LiveBlog
from tests.integration.sources.site import Answer, Asked, Site, playing, rss

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.fixture
async def eye() -> AsyncIterator[Looking]:
    async with Fetcher() as fetcher:
        yield Looking(fetcher, Hosts(), Robots(fetcher))


def feed(site: Site, **more: object) -> Feed:
    return Feed.model_validate(
        {"name": "desk", "kind": "feed", "url": f"{site.address}/feed", "allow_private": True, "host_pause": 0, **more}
    )


def state(**more: object) -> SourceState:
    given = {"source": "desk", "kind": "feed", "outlet": "Desk", "since": NOW, "first_poll": NOW, "last_poll": NOW}
    return SourceState.model_validate({**given, **more})


def shown(polls: list[Poll]) -> list[tuple[str, list[str | None]]]:
    return [(poll.outcome, [item.guid for item in poll.items]) for poll in polls]


async def test_validators_are_sent_once_this_process_has_seen_what_they_stand_for(eye: Looking) -> None:
    def plays(asked: Asked) -> Answer:
        return Answer(status=304) if "if-none-match" in asked.headers else rss(("a", "Text."))

    async with playing(plays) as site:
        first = await eye.look(feed(site), state(etag='"1"'))
        second = await eye.look(feed(site), state(etag='"1"', last_modified="yesterday"))
        eye.forget("desk")
        third = await eye.look(feed(site), state(etag='"1"'))
    assert shown(first + second + third) == [("read", ["a"]), ("unchanged", []), ("read", ["a"])]
    assert [asked.headers.get("if-none-match") for asked in site.asked] == [None, '"1"', None]
    assert site.asked[1].headers["if-modified-since"] == "yesterday"


async def test_the_same_body_is_unchanged_without_validators_too(eye: Looking) -> None:
    async with playing(lambda _: rss(("a", "Text."))) as site:
        polls = [*await eye.look(feed(site), None), *await eye.look(feed(site), None)]
    assert shown(polls) == [("read", ["a"]), ("unchanged", [])]


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (Answer(b"<html>", headers={"Content-Type": "text/html"}), "not a feed"),
        (Answer(status=500), "HTTP 500"),
        (Answer(b"\x00" * 10), "not a feed"),
    ],
)
async def test_what_goes_wrong_is_a_poll_as_well_and_is_tried_again_in_full(
    eye: Looking, answer: Answer, told: str
) -> None:
    answers = iter([answer, answer, rss(("a", "Text."))])
    async with playing(lambda _: next(answers)) as site:
        polls = [poll for _ in range(3) for poll in await eye.look(feed(site), state(etag='"1"'))]
    assert [poll.outcome for poll in polls] == ["failed", "failed", "read"]
    assert (polls[0].error or "").startswith(told)
    assert all("if-none-match" not in asked.headers for asked in site.asked)


async def test_robots_txt_is_obeyed_where_the_source_says_so(eye: Looking) -> None:
    async with playing(lambda _: Answer(b"User-agent: *\nDisallow: /")) as site:
        [poll] = await eye.look(feed(site, robots=True), None)
    assert (poll.outcome, poll.error) == ("failed", "robots.txt forbids it (robots: false ignores that)")
    assert [asked.path for asked in site.asked] == ["/robots.txt"]


async def test_a_large_look_goes_in_parts(eye: Looking, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(looking, "MAX_POLL_BYTES", 1000)
    async with playing(lambda _: rss(*((str(number), "word " * 60) for number in range(5)))) as site:
        polls = await eye.look(feed(site), None)
    assert len(polls) > 1
    assert [item.guid for poll in polls for item in poll.items] == ["0", "1", "2", "3", "4"]
    assert len({poll.polled_at for poll in polls}) == 1


async def test_the_text_behind_a_summary_is_fetched_once_until_the_item_changes(eye: Looking) -> None:
    summaries = iter(["Short.", "Short. ", "Shorter."])

    def plays(asked: Asked) -> Answer:
        if asked.path == "/robots.txt":
            return Answer(status=404)
        if asked.path == "/feed":
            link = f"<link>{site.address}/a</link>"
            return Answer(rss(("a", next(summaries))).body.replace(b"<title>About", link.encode() + b"<title>About"))
        long = "".join(
            f"<p>A whole paragraph, number {number}, of the article's text stands here.</p>" for number in range(5)
        )
        return Answer(f"<html><body><article>{long}</article></body></html>".encode())

    async with playing(plays) as site:
        polls = [poll for _ in range(3) for poll in await eye.look(feed(site, full_text=True), None)]
    assert all("number 4, of the article" in poll.items[0].body for poll in polls)
    assert [asked.path for asked in site.asked].count("/a") == 2


async def test_an_item_whose_page_cannot_be_had_waits(eye: Looking) -> None:
    def plays(asked: Asked) -> Answer:
        if asked.path == "/feed":
            link = f"<link>{site.address}/a</link>"
            return Answer(rss(("a", "Short.")).body.replace(b"<title>About", link.encode() + b"<title>About"))
        return Answer(status=404 if asked.path == "/robots.txt" else 500)

    async with playing(plays) as site:
        polls = [poll for _ in range(2) for poll in await eye.look(feed(site, full_text=True), state(etag='"1"'))]
    assert shown(polls) == [("read", []), ("read", [])], "and is looked for again"


def blog(*posts: tuple[str, str]) -> Answer:
    said = {
        "@type": "LiveBlogPosting",
        "liveBlogUpdate": [{"@id": name, "headline": name, "articleBody": text} for name, text in posts],
    }
    html = f"<html><head><script type='application/ld+json'>{json.dumps(said)}</script></head><body>Live</body></html>"
    return Answer(html.encode())


async def test_of_a_live_blog_only_what_differs_is_sent_with_all_names(eye: Looking) -> None:
    answers = iter([blog(("b", "1"), ("a", "1")), blog(("c", "1"), ("b", "2"), ("a", "1"))])
    async with playing(lambda _: next(answers)) as site:
        source = LiveBlog.model_validate(
            {"name": "fire", "kind": "live-blog", "url": site.address, "allow_private": True, "robots": False}
        )
        polls = [poll for _ in range(2) for poll in await eye.look(source, None)]
    assert shown(polls) == [("read", ["b", "a"]), ("read", ["c", "b"])]
    assert polls[1].listed == ("c", "b", "a")
