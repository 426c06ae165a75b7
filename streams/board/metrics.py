"""The board's own metrics, read off it when they are asked for. Labels are bounded."""

from collections.abc import Iterator

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from schemas.sources import HEALTHS
from streams.board.board import Board
from streams.board.view import sources
from streams.board.view.counts import counts

WORKERS_LAG = ("wiredelta_workers_lag", "Article updates that no worker has dealt with yet, whether or not one runs")
CONNECTED = ("wiredelta_board_connected", "1 while the board follows Kafka")
READERS = ("wiredelta_board_readers", "Who is reading the stream of events just now")
ROWS = ("wiredelta_board_rows", "What the board has in its view")
SOURCES = ("wiredelta_sources", "Sources that are followed, by how they do")
DECLARED = {WORKERS_LAG: ("partition",), CONNECTED: (), READERS: (), ROWS: ("table",), SOURCES: ("health",)}


class BoardMetrics(Collector):
    """The text of ``/metrics``, by ``text()``."""

    def __init__(self, board: Board) -> None:
        self._board = board
        self._registry = CollectorRegistry(auto_describe=False)
        self._registry.register(self)

    def text(self) -> bytes:
        return generate_latest(self._registry)

    def collect(self) -> Iterator[GaugeMetricFamily]:
        link = self._board.link
        if link.lags is not None:
            waiting = GaugeMetricFamily(*WORKERS_LAG, labels=DECLARED[WORKERS_LAG])
            for partition, lag in link.lags.items():
                waiting.add_metric([str(partition)], lag)
            yield waiting
        yield GaugeMetricFamily(*CONNECTED, value=float(link.state == "live"))
        yield GaugeMetricFamily(*READERS, value=len(self._board.hub))
        rows = GaugeMetricFamily(*ROWS, labels=DECLARED[ROWS])
        for table, count in counts(self._board.view).items():
            rows.add_metric([table], count)
        yield rows
        followed = GaugeMetricFamily(*SOURCES, labels=DECLARED[SOURCES])
        found = sources.by_health(self._board.view)
        for health in HEALTHS:
            followed.add_metric([health], found.get(health, 0))
        yield followed
