"""docs/metrics.md, from what the code declares: ``python -m deploy.prometheus.metrics`` (`make metrics`)."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from prometheus_client import Counter, Gauge, Histogram

from streams import metrics
from streams.board.metrics import DECLARED

PATH = Path(__file__).parents[2] / "docs" / "metrics.md"
HEAD = """\
# Metrics

For Prometheus: of a worker at `/metrics` of its web port, where Faust's own stand beside them under `faust_`, and of a
board at `/metrics`. `make metrics` writes this page from the code. Labels are bounded: however many stories, articles
and sources there are, the series stay as many.

## Worker

| metric | type | labels | what |
| --- | --- | --- | --- |
"""


BOARD = """
## Board

| metric | type | labels | what |
| --- | --- | --- | --- |
"""


def page() -> str:
    return HEAD + _table(_rows()) + BOARD + _table(_of_board())


def _table(rows: Iterable[tuple[str, str, str, str]]) -> str:
    return "".join(f"| {' | '.join(row)} |\n" for row in sorted(rows))


def _of_board() -> Iterator[tuple[str, str, str, str]]:
    for (name, words), labels in DECLARED.items():
        yield f"`{name}`", "gauge", ", ".join(f"`{label}`" for label in labels), words


def _rows() -> Iterator[tuple[str, str, str, str]]:
    declared = (one for one in vars(metrics).values() if isinstance(one, Counter | Gauge | Histogram))
    for one in declared:
        name = one._name + "_total" * isinstance(one, Counter)
        labels = ", ".join(f"`{label}`" for label in one._labelnames)
        yield f"`{name}`", one._type, labels, one._documentation


if __name__ == "__main__":
    PATH.write_text(page(), encoding="utf-8")
