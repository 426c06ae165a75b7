"""How far two readers of the same stories agree: the entries of one held against those of the other."""

from collections import Counter
from pathlib import Path
from typing import Any

from tests.evaluation.data import STORIES
from tests.evaluation.matching import as_list, best_matching, same_sentence
from tests.evaluation.stories import Lines, read_lines

SECOND = Path(__file__).parent / "second_reading"


def agreement(folder: Path = SECOND) -> tuple[int, dict[str, float]] | None:
    """How many stories, and how far the readers agree on them; None: there is no second reading."""
    total: Counter[str] = Counter()
    files = sorted(folder.rglob("*.jsonl"))
    for path in files:
        first = next(STORIES.rglob(path.name))
        total += compare(read_lines(first), read_lines(path))
    return (len(files), _shares(total)) if files else None


def compare(first: Lines, second: Lines) -> Counter[str]:
    """Line by line; the story's first version is not compared."""
    total: Counter[str] = Counter()
    for one, other in list(zip(first, second, strict=True))[1:]:
        a, b = one["expect"], other["expect"]
        total.update(first=len(a), second=len(b))
        total.update(sentence=_matched(a, b, strict=False), strict=_matched(a, b, strict=True))
        total.update(quiet=not a and not b, either_quiet=not a or not b)
    return total


def _matched(first: list[dict[str, Any]], second: list[dict[str, Any]], strict: bool) -> int:
    return len(best_matching([[n for n, e in enumerate(first) if _alike(e, entry, strict)] for entry in second]))


def _alike(a: dict[str, Any], b: dict[str, Any], strict: bool) -> bool:
    kinds, changes = (set(as_list(a[name])) & set(as_list(b[name])) for name in ("kind", "change"))
    return same_sentence(a["sentence"], b["sentence"]) and (not strict or bool(kinds and changes))


def _shares(total: Counter[str]) -> dict[str, float]:
    entries = total["first"] + total["second"] or 1
    return {
        "F1 by sentence": round(2 * total["sentence"] / entries, 3),
        "F1 with kind and change": round(2 * total["strict"] / entries, 3),
        "quiet versions read alike": round(total["quiet"] / (total["either_quiet"] or 1), 3),
    }
