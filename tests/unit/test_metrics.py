"""Labels are bounded: however many stories and outlets there are, the series stay as many."""

from dataclasses import dataclass

from prometheus_client import REGISTRY

from schemas.updates import ArticleUpdate
from streams import metrics
from tests.agents.messages import update_json

MOST = 1_000  # series of our own: a busy worker has some 400, most of them buckets of histograms


@dataclass
class Reading:
    sentences_parsed: int = 1
    sentences_skipped: int = 2
    parse_seconds: float = 0.1


def series() -> int:
    found = [sample for family in REGISTRY.collect() for sample in family.samples]
    return sum(sample.name.startswith("wiredelta_") for sample in found)


def test_ten_thousand_stories_of_as_many_outlets_make_no_more_series_than_some_hundred() -> None:
    for number in range(10_000):
        update = ArticleUpdate.model_validate_json(update_json(f"article-{number}", source=f"outlet-{number}"))
        metrics.count_update(update, Reading(), ())
    metrics.show_lag("news.article-updates", dict.fromkeys(range(8), 0))
    assert series() < MOST


def test_what_has_not_happened_yet_is_there_as_nothing() -> None:
    """Else its first time would be no increase, and no rule would see it."""
    values = {
        (sample.name, *sample.labels.values()): sample.value
        for family in REGISTRY.collect()
        for sample in family.samples
        if sample.name in ("wiredelta_dead_letters_total", "wiredelta_alerts_total")
    }
    assert ("wiredelta_dead_letters_total", "not valid JSON") in values
    assert ("wiredelta_alerts_total", "figure", "flash") in values
