import pytest

from tests.benchmarks.uk_travel import data_file, load_updates, plain_text


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("# Title\n\n\n\nOne\ntwo.", "Title\n\nOne two."),
        ("![map](https://example.org/a.jpg)\n\nText", "Text"),
        ("see [the *long* guide](https://example.org/a_b) and `code`", "see the long guide and code"),
        ("the:\n\n* city of\u00a0Morelia\n* town of **Pátzcuaro**", "the:\n\ncity of Morelia\n\ntown of Pátzcuaro"),
    ],
)
def test_markdown_becomes_plain_paragraphs(markdown: str, text: str) -> None:
    assert plain_text(markdown) == text


@pytest.mark.skipif(not data_file().exists(), reason="the travel advice is not in ../shared/data")
def test_every_page_version_is_an_update_in_order() -> None:
    updates = load_updates(data_file())
    assert len(updates) == 2308
    assert len({(update.article_id, update.version) for update in updates}) == len(updates)
    assert updates == sorted(updates, key=lambda update: update.updated_at)
    assert len({update.story_key for update in updates}) == 24
