import json
import lzma
from pathlib import Path

import pytest

from tests.benchmarks.uk_travel import load_updates, plain_text


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


def test_every_page_version_is_an_update_in_the_order_of_time(tmp_path: Path) -> None:
    def destination(country: str, *times: str) -> str:
        versions = [{"observed_at": time, "pages": {"Health": f"At {time}", "Entry": "**Visa**"}} for time in times]
        return json.dumps({"country": country, "versions": versions}) + "\n"

    path = tmp_path / "travel.jsonl.xz"
    with lzma.open(path, "wt") as file:
        file.write(destination("El Salvador", "2025-03-25T21:35:20-07:00", "2025-04-26T06:11:18+00:00"))
        file.write(destination("Chad", "2025-03-26T01:00:00+00:00"))
    updates = load_updates(path)
    assert [(update.article_id.removeprefix("https://example.org/"), update.version) for update in updates] == [
        ("chad/health", 1),
        ("chad/entry", 1),
        ("el-salvador/health", 1),
        ("el-salvador/entry", 1),
        ("el-salvador/health", 2),
        ("el-salvador/entry", 2),
    ]
    assert updates[-1].body == "Visa"
    assert updates[-1].headline == "El Salvador travel advice: Entry"
    assert updates[-1].story_key == "travel-advice-el-salvador"
