"""docs/metrics.md, from what the code declares: ``python -m deploy.prometheus.metrics`` (`make metrics`)."""

from collections.abc import Iterator
from pathlib import Path

from prometheus_client import Counter, Gauge, Histogram

from streams import metrics

PATH = Path(__file__).parents[2] / "docs" / "metrics.md"
HEAD = """\
# Metrics

Of a worker, at `/metrics` of its web port, for Prometheus. `make metrics` writes this page from the code. Faust's own
metrics stand beside them under `faust_`.

| metric | type | labels | what |
| --- | --- | --- | --- |
"""


def page() -> str:
    return HEAD + "".join(f"| {' | '.join(row)} |\n" for row in sorted(_rows()))


def _rows() -> Iterator[tuple[str, str, str, str]]:
    declared = (one for one in vars(metrics).values() if isinstance(one, Counter | Gauge | Histogram))
    for one in declared:
        name = one._name + "_total" * isinstance(one, Counter)
        labels = ", ".join(f"`{label}`" for label in one._labelnames)
        yield f"`{name}`", one._type, labels, one._documentation


if __name__ == "__main__":
    PATH.write_text(page(), encoding="utf-8")
