"""What is written between the markers of a document, and what is published of the version before."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.evaluation import figures, tables


def test_the_tables_replace_what_stood_between_the_markers(tmp_path: Path) -> None:
    document = tmp_path / "evaluation.md"
    document.write_text(f"Before\n{tables.BEGIN}\nold\n{tables.END}\nAfter\n")
    tables.write("new", document)
    tables.write("newer", document)
    assert document.read_text() == f"Before\n{tables.BEGIN}\n\nnewer\n\n{tables.END}\nAfter\n"


def test_a_document_without_markers_is_refused(tmp_path: Path) -> None:
    document = tmp_path / "evaluation.md"
    document.write_text("nothing")
    with pytest.raises(ValueError, match="should be there"):
        tables.write("new", document)
    assert document.read_text() == "nothing"


def test_each_set_is_a_column_with_the_version_before_in_brackets() -> None:
    text = tables.story_sets({"stories/dev/f1": 0.8, "stories/open/f1": 0.7}, {"stories/dev/f1": 0.6})
    assert text.splitlines()[-1] == "| f1 | 0.8 (0.6) | 0.7 |"


@pytest.fixture
def version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Sets which version is measured."""
    monkeypatch.setattr(figures, "LATEST", tmp_path / "figures.json")
    return lambda name: monkeypatch.setattr(figures, "this_version", lambda: name)


def test_figures_of_the_version_before_stay_until_the_next(version: Callable[[str], None]) -> None:
    version("1")
    figures.publish({"a": 0.1}, {"A": "old"})
    figures.publish({"a": 0.2}, {})
    version("2")
    published = figures.publish({"a": 0.3}, {})
    assert (published.now, published.before, published.version_before) == ({"a": 0.3}, {"a": 0.2}, "1")
    assert published.tables == {}


def test_a_part_that_was_not_measured_stays_while_the_version_does(version: Callable[[str], None]) -> None:
    version("1")
    figures.publish({"stories/blind/f1": 0.5, "a": 0.1}, {"Blind": "old", "A": "old"})
    published = figures.publish({"a": 0.2}, {"A": "new"})
    assert published.now == {"stories/blind/f1": 0.5, "a": 0.2}
    assert published.tables == {"Blind": "old", "A": "new"}


def test_labels_of_few_pairs_are_not_published() -> None:
    counts = {"pairs": 9, "alerted": 1.0, "alerts_each": 2.0}
    assert figures.of_real_set("uk", {"update": counts}) == {}
    assert set(figures.of_real_set("uk", {"update": counts | {"pairs": 10}})) == {
        "real/uk/update/alerted",
        "real/uk/update/alerts each",
    }
