"""Which article an item is, and whether it is a new version of it."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streams.sources.versions import FORGOTTEN_AFTER, HELD_FOR
from tests.unit.sources.looks import TEXT, Source, at, item, poll

HOURS, DAYS = 3600, 86_400


def test_the_first_look_is_a_baseline_and_the_next_is_actual() -> None:
    source = Source()
    [first] = source.see(poll(0, item())).updates
    [second] = source.see(poll(60, item(body=TEXT + "It met on Monday."))).updates
    assert (first.version, first.mode, second.version, second.mode) == (1, "baseline", 2, "actual")
    assert first.article_id == second.article_id == "desk/a"
    assert (first.source, second.url) == ("The Desk", "https://desk.example/feed")


def test_a_first_look_that_comes_in_parts_is_a_baseline_as_a_whole() -> None:
    source = Source()
    found = [source.see(poll(0, item(guid))).updates[0].mode for guid in ("a", "b")]
    assert found == ["baseline", "baseline"]
    assert source.see(poll(60, item("c"))).updates[0].mode == "actual"


@pytest.mark.parametrize("before", [{"outcome": "failed", "error": "HTTP 500"}, {"outcome": "unchanged"}])
def test_the_first_look_that_shows_what_there_is_is_the_baseline(before: dict[str, str]) -> None:
    source = Source()
    source.see(poll(0, **before))
    assert source.see(poll(60, item())).updates[0].mode == "baseline"
    assert source.see(poll(120, item("b"))).updates[0].mode == "actual"


def test_what_comes_after_a_first_look_at_nothing_is_news() -> None:
    source = Source()
    source.see(poll(0))
    assert source.see(poll(60, item())).updates[0].mode == "actual"


def test_a_source_whose_first_look_is_news_says_so() -> None:
    assert Source().see(poll(0, item(), first_as="actual")).updates[0].mode == "actual"


def test_the_same_text_is_no_version_and_the_same_poll_again_none_either() -> None:
    source = Source()
    source.see(poll(0, item()))
    changed = poll(60, item(body=TEXT + "It met on Monday."))
    assert len(source.see(changed).updates) == 1
    assert source.see(changed).updates == []
    assert source.see(poll(120, item(body=TEXT + "It  met on\n\nMonday."))).updates == []


@pytest.mark.parametrize(
    "volatile",
    ["Updated 3 hours ago", "128 comments", "5 min read", "Last updated on 3 March 2026, 14:05 BST", "2h ago"],
)
def test_what_a_page_counts_is_no_version(volatile: str) -> None:
    source = Source()
    source.see(poll(0, item(body=f"{TEXT}\n\n{volatile}")))
    assert source.see(poll(60, item(body=f"{TEXT}\n\n{volatile.replace('3', '4').replace('2', '5')}"))).updates == []


def test_a_number_in_a_sentence_is_one() -> None:
    source = Source()
    source.see(poll(0, item(body="Three hours ago 12 people were missing.")))
    assert len(source.see(poll(60, item(body="Three hours ago 14 people were missing."))).updates) == 1


def test_an_article_is_known_by_its_guid_whatever_its_address() -> None:
    source = Source()
    source.see(poll(0, item("a", url="https://desk.example/old")))
    [update] = source.see(poll(60, item("a", "New.  " + TEXT, url="https://desk.example/new"))).updates
    assert (update.article_id, update.version, update.url) == ("desk/a", 2, "https://desk.example/new")


def test_an_article_whose_guid_changes_is_known_by_its_address() -> None:
    source = Source()
    source.see(poll(0, item("a#0", url="https://desk.example/a")))
    [update] = source.see(poll(60, item("a#1", "New. " + TEXT, url="https://desk.example/a"))).updates
    assert (update.article_id, update.version) == ("desk/a#0", 2)
    [third] = source.see(poll(120, item("a#2", "Newer. " + TEXT, url="https://desk.example/a"))).updates
    assert (third.article_id, third.version) == ("desk/a#0", 3)


@pytest.mark.parametrize("address", ["https://desk.example/", "https://desk.example/all"])
def test_an_address_that_several_share_or_that_is_a_front_page_names_none(address: str) -> None:
    source = Source()
    items = [item("a", url=address), item("b", url=address)]
    assert len(source.see(poll(0, *items)).updates) == 2
    [update] = source.see(poll(60, *items, item("c", url=address))).updates
    assert (update.article_id, update.version) == ("desk/c", 1)


def test_a_source_of_one_article_needs_no_name_for_it() -> None:
    source = Source()
    assert source.see(poll(0, item(None))).updates[0].article_id == "desk"
    assert source.see(poll(60, item(None, "New. " + TEXT))).updates[0].version == 2


def test_a_text_that_shrinks_to_a_tenth_is_held_back_until_it_lasts() -> None:
    source = Source()
    source.see(poll(0, item()))
    held = source.see(poll(60, item(body="Enable JavaScript.")))
    assert (held.updates, held.state.health) == ([], "broken")
    assert held.health_change is not None and held.health_change.after == "broken"
    well = source.see(poll(120, item()))
    assert (well.updates, well.state.health) == ([], "ok")
    source.see(poll(180, item(body="Enable JavaScript.")))
    [update] = source.see(poll(180 + HELD_FOR.total_seconds(), item(body="The plan is off."))).updates
    assert (update.version, update.body) == (2, "The plan is off.")


def test_an_item_without_any_text_is_not_an_article() -> None:
    found = Source().see(poll(0, item(headline="", body="")))
    assert (found.updates, found.state.health) == ([], "broken")


def test_what_is_no_longer_listed_among_its_like_was_deleted() -> None:
    source = Source()
    posts = {name: item(name, published_at=at(age)) for name, age in (("old", -300), ("middle", -200), ("new", -100))}
    source.see(poll(0, *posts.values(), listed=list(posts)))
    found = source.see(poll(60, listed=["middle"]))
    assert [(update.article_id, update.status, update.version) for update in found.updates] == [
        ("desk/new", "canceled", 2)
    ], "older ones have only gone from the page"
    assert source.see(poll(120, listed=["middle"])).updates == []
    [again] = source.see(poll(180, posts["new"], listed=["middle", "new"])).updates
    assert (again.status, again.version) == ("usable", 3)


def test_a_page_that_lists_nothing_it_is_known_for_deletes_nothing() -> None:
    source = Source()
    source.see(poll(0, item("a"), listed=["a"]))
    assert source.see(poll(60, listed=[])).updates == []


def test_times_are_the_sources_own_where_they_can_be() -> None:
    source = Source()
    [first] = source.see(poll(0, item(published_at=at(-600), updated_at=at(-60)))).updates
    assert (first.published_at, first.updated_at) == (at(-600), at(-60))
    [second] = source.see(poll(60, item(body="New. " + TEXT, updated_at=at(-60)))).updates
    assert second.updated_at == at(60), "a text that differs is not as old as the last"
    [third] = source.see(poll(120, item(body="Newer. " + TEXT, updated_at=at(9000)))).updates
    assert third.updated_at == at(120), "it does not come from the future"
    assert (second.published_at, third.published_at) == (at(-600), at(-600))


def test_what_has_been_out_of_sight_for_a_month_is_forgotten() -> None:
    source = Source()
    source.see(poll(0, item("a", url="https://desk.example/a"), item("b")))
    for day in range(1, FORGOTTEN_AFTER + 3):
        source.see(poll(day * DAYS, item("b", f"{TEXT} {day} are left.")))
    assert len(source.rows) == 3, "the state, one article and its name"
    [update] = source.see(
        poll((FORGOTTEN_AFTER + 2) * DAYS + 60, item("a"), item("b", f"{TEXT} {day} are left."))
    ).updates
    assert (update.article_id, update.version) == ("desk/a", 1)


def test_what_a_source_has_shown_unchanged_for_months_is_not_forgotten() -> None:
    source = Source()
    source.see(poll(0, item("a"), item("b")))
    for day in range(1, 3 * FORGOTTEN_AFTER):
        source.see(poll(day * DAYS, outcome="unchanged"))
    [update] = source.see(poll(3 * FORGOTTEN_AFTER * DAYS, item("a"), item("b"), item("c"))).updates
    assert update.article_id == "desk/c"


def test_a_listed_article_is_seen_though_only_what_differs_is_sent() -> None:
    source = Source()
    source.see(poll(0, item("a"), item("b"), listed=["a", "b"]))
    for day in range(1, 2 * FORGOTTEN_AFTER):
        source.see(poll(day * DAYS, item("b", f"{TEXT} {day} are left."), listed=["a", "b"]))
    assert source.see(poll(2 * FORGOTTEN_AFTER * DAYS, item("a"), listed=["a", "b"])).updates == []


def test_the_state_counts_and_tells_when_to_ask_again() -> None:
    source = Source()
    source.see(poll(0, item("a"), item("b"), etag='"1"'))
    state = source.see(poll(100, outcome="unchanged")).state
    assert (state.articles, state.versions, state.etag, state.next_poll) == (2, 2, '"1"', at(160))
    failed = source.see(poll(200, outcome="failed", error="HTTP 500")).state
    assert (failed.failures, failed.error, failed.etag, failed.health) == (1, "HTTP 500", '"1"', "ok")


STEPS = st.lists(
    st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 4)), max_size=3, unique_by=lambda pair: pair[0]),
    max_size=12,
)


@given(STEPS)
def test_every_version_comes_out_once_and_in_order(steps: list[list[tuple[str, int]]]) -> None:
    source, expected, shown = Source(), [], {}
    told = []
    for number, step in enumerate(steps):
        for guid, text in step:
            if shown.get(guid) != text:
                shown[guid] = text
                expected.append((guid, text))
        look = poll(number * 60, *(item(guid, f"{TEXT} {text} of them.") for guid, text in step))
        told += [(update.article_id[-1], update.body) for update in source.see(look).updates]
        assert source.see(look).updates == [], "the same look again"
    assert told == [(guid, f"{TEXT} {text} of them.") for guid, text in expected]


@given(STEPS)
def test_versions_count_up_by_one(steps: list[list[tuple[str, int]]]) -> None:
    source, latest = Source(), dict.fromkeys("abc", 0)
    for number, step in enumerate(steps):
        for update in source.see(poll(number * 60, *(item(guid, f"{text} of them.") for guid, text in step))).updates:
            latest[update.article_id[-1]] += 1
            assert update.version == latest[update.article_id[-1]]
            assert update.published_at <= update.updated_at <= at(number * 60) + timedelta(0)
