from collections import Counter

from streams.demo.story import story_updates


def test_the_story_begins_with_the_call_under_way() -> None:
    first = story_updates()[0]
    assert first.version == 1
    assert "still under way" in first.body
    assert '"going well"' in first.body


def test_the_story_has_a_duplicate_and_a_late_delivery() -> None:
    versions = [(update.article_id, update.version) for update in story_updates()]
    assert versions[2] == versions[3]
    highest: Counter[str] = Counter()
    late = []
    for article, version in versions:
        if version < highest[article]:
            late.append((article, version))
        highest[article] = max(highest[article], version)
    assert late == [versions[2]]


def test_all_versions_are_of_one_story_and_a_replay() -> None:
    updates = story_updates()
    assert {update.story_key for update in updates} == {"trump-putin-call"}
    assert {update.mode for update in updates} == {"replay"}
    assert {update.source for update in updates} == {"example.org", "example.net"}
