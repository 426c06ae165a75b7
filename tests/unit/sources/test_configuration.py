"""What ``sources.yml`` may say, and what is said of one that is wrong: file, line, field."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streams.sources.configuration import SourcesError, parse_sources
from streams.sources.kinds.feed import Feed
from streams.sources.kinds.push import Push

GOOD = """\
sources:
  - name: desk
    kind: feed
    url: https://desk.example/feed
    outlet: The Desk
    interval: 2m
    headers: {Authorization: "Bearer ${DESK_TOKEN}"}
    story_id: {pattern: "/story/([a-z]+)"}
  - name: wire
    kind: push
    token: ${DESK_TOKEN}
"""


def test_a_file_that_is_right() -> None:
    feed, push = parse_sources(GOOD, "sources.yml", {"DESK_TOKEN": "s3cret-word"})
    assert isinstance(feed, Feed) and isinstance(push, Push)
    assert (feed.interval, feed.max_interval, feed.outlet_name) == (120, 3600, "The Desk")
    assert feed.headers == {"Authorization": "Bearer s3cret-word"}
    assert feed.story_of({}, "https://desk.example/story/flood/2") == "flood"
    assert (push.outlet_name, push.token and push.token.get_secret_value()) == ("wire", "s3cret-word")
    assert "s3cret-word" not in repr(push)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("kind: feed", "kind: fed", "s.yml:2: sources[0]: "),
        ("interval: 2m", "interval: soon", "s.yml:6: sources[0].interval: should be a duration such as 30s, 5m or 2h"),
        ("interval: 2m", "intervall: 2m", "s.yml:6: sources[0].intervall: is not a known field"),
        ("    url: https://desk.example/feed\n", "", "s.yml:2: sources[0].url: is missing"),
        ("url: https", "url: ftp", "s.yml:4: sources[0].url: "),
        ("name: wire", "name: desk", "s.yml:9: sources[1].name: 'desk' is the name of an earlier source as well"),
        ("${DESK_TOKEN}\n", "${OTHER}\n", "s.yml:11: sources[1].token: the environment variable OTHER is not set"),
        ("    token: ${DESK_TOKEN}\n", "", "s.yml:9: sources[1]: should have either token or secret"),
        ("/story/([a-z]+)", "/story/([a-z+", "sources[0].story_id"),
        ("interval: 2m", "interval: 2h", "s.yml:2: sources[0]: max_interval should not be shorter than interval"),
        ("sources:\n", "", "s.yml:1: "),
        ("sources:", "sources: [", "is not valid YAML"),
    ],
)
def test_a_file_that_is_wrong(old: str, new: str, told: str) -> None:
    with pytest.raises(SourcesError) as caught:
        parse_sources(GOOD.replace(old, new, 1), "s.yml", {"DESK_TOKEN": "s3cret-word"})
    assert told in str(caught.value)
    assert "s3cret-word" not in str(caught.value)


def test_all_that_is_wrong_is_told_at_once() -> None:
    text = GOOD.replace("interval: 2m", "interval: soon").replace("${DESK_TOKEN}\n", "${OTHER}\n")
    with pytest.raises(SourcesError) as caught:
        parse_sources(text, "s.yml", {"DESK_TOKEN": "x"})
    assert [line.partition(": ")[0] for line in str(caught.value).splitlines()] == ["s.yml:11", "s.yml:6"]


@given(st.text(max_size=200))
def test_no_file_is_a_crash(text: str) -> None:
    with pytest.raises(SourcesError):
        parse_sources(text, "s.yml", {})
