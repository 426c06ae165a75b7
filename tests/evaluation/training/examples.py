"""Examples: the unseen sentences of a story, each with its features and whether an alert is expected of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from schemas.updates import ArticleUpdate
from streams.backtest import MemoryRows, as_replay
from streams.facts.news.features import Features
from streams.facts.tracker import read, recall, track
from tests.evaluation.data import STORIES, shared
from tests.evaluation.matching import same_sentence
from tests.evaluation.stories import read_lines

ASIDE = frozenset({"hostage-release", "bank-ceo-departure", "volcano-live-blog"})  # only ever scored


@dataclass(frozen=True)
class Example:
    story: str
    text: str
    features: Features
    wanted: bool


def open_stories() -> list[Path]:
    """The stories that may be learnt from, in a fixed order."""
    other = shared().stories
    paths = [*STORIES.glob("*.jsonl"), *(other.glob("*.jsonl") if other else ())]
    return sorted((path for path in paths if path.stem not in ASIDE), key=lambda path: path.name)


def examples(path: Path) -> Iterator[Example]:
    """The first version of a story has none: nothing is weighed before there is something known."""
    rows = MemoryRows()
    for line in read_lines(path):
        update = as_replay(ArticleUpdate.model_validate(line["update"]))
        memory = recall(update, rows)
        [reading] = read([(update, memory)])
        tracked = track(update, memory, reading, rows, update.updated_at)
        rows.write(tracked.rows)
        for weighed in tracked.weighed:
            text = reading.sentences[weighed.index].sentence.text
            wanted = any(same_sentence(text, entry["sentence"]) for entry in line["expect"])
            if wanted or not any(same_sentence(text, allowed) for allowed in line.get("allow", ())):
                yield Example(path.stem, text, weighed.features, wanted)
