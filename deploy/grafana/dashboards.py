"""Writes the dashboards: ``python -m deploy.grafana.dashboards`` (`make dashboards`). They are checked in as JSON."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from grafana_foundation_sdk.builders.dashboard import Dashboard
from grafana_foundation_sdk.cog.builder import Builder
from grafana_foundation_sdk.cog.encoder import JSONEncoder
from grafana_foundation_sdk.models.dashboard import DashboardCursorSync, Panel

from deploy.grafana.panels import Query, lines, number

FOLDER = Path(__file__).parent / "dashboards"


def newsroom() -> Dashboard:
    """What is told, and what is kept silent."""
    panels = [
        number("Alerts, last hour", "Of all kinds", "short", "round(sum(increase(wiredelta_alerts_total[1h])))"),
        number(
            "Flash, last hour",
            "Alerts of the highest priority",
            "short",
            'round(sum(increase(wiredelta_alerts_total{priority="flash"}[1h])) or vector(0))',
        ),
        number("Stories", "With an update in the days that the board looks back", "short", _rows("stories")),
        number("Kept silent", "Of the updates of the last hour", "percentunit", "wiredelta:updates:kept_silent_ratio"),
        number(
            "p95 to the alert",
            "From receipt, over ten minutes",
            "s",
            "wiredelta:alert_after_receipt_seconds:p95",
            warn=60,
        ),
        number(
            "Sources not well",
            "Failing, broken, silent or noisy",
            "short",
            'sum(wiredelta_sources{health!="ok"})',
            warn=1,
        ),
        lines(
            "Alerts by kind",
            "An hour",
            "short",
            ("sum by (kind) (rate(wiredelta_alerts_total[10m])) * 3600", "{{kind}}"),
            stacked=True,
        ),
        lines(
            "Alerts by priority",
            "An hour",
            "short",
            ("sum by (priority) (rate(wiredelta_alerts_total[10m])) * 3600", "{{priority}}"),
            stacked=True,
        ),
        lines(
            "Updates, told and silent",
            "A minute",
            "short",
            ("sum by (decision) (rate(wiredelta_updates_total[10m])) * 60", "{{decision}}"),
            stacked=True,
        ),
        lines(
            "What became of facts",
            "Considered changes a minute, by what they were found to be",
            "short",
            ("sum by (outcome) (rate(wiredelta_changes_total[10m])) * 60", "{{outcome}}"),
            stacked=True,
        ),
        lines(
            "From receipt to alert",
            "Kafka's time of the update to the alert",
            "s",
            *(
                (_quantile(share, "wiredelta_alert_after_receipt_seconds"), f"p{share * 100:.0f}")
                for share in (0.5, 0.95)
            ),
        ),
        lines(
            "From the article's own time to alert",
            "An outlet that stamps its updates late, or a feed that is asked rarely, is seen here",
            "s",
            *(
                (_quantile(share, "wiredelta_alert_after_update_seconds"), f"p{share * 100:.0f}")
                for share in (0.5, 0.95)
            ),
        ),
    ]
    return _dashboard("Newsroom", "wiredelta-newsroom", "now-24h", panels)


def operations() -> Dashboard:
    """Whether it runs, and how hard."""
    panels = [
        number("Workers up", "That answer", "short", 'sum(up{job="wiredelta-worker"})'),
        number("Lag", "Messages that wait", "short", "wiredelta:lag:sum", warn=100),
        number(
            "Dead letters, last hour",
            "Messages that could not be processed",
            "short",
            "round(sum(increase(wiredelta_dead_letters_total[1h])) or vector(0))",
            warn=1,
        ),
        number(
            "Since the last update",
            "Of any outlet",
            "s",
            "time() - max(wiredelta_last_update_timestamp_seconds)",
            warn=3600,
        ),
        number("Disk free", "Of the fullest worker", "percentunit", "min(wiredelta_data_free_ratio)"),
        number("Readers of the board", "Streams that are open", "short", "sum(wiredelta_board_readers)"),
        lines("Lag by topic", "Messages that wait", "short", ("sum by (topic) (wiredelta_lag)", "{{topic}}")),
        lines(
            "Updates processed",
            "A second, by worker",
            "short",
            ("sum by (instance) (rate(wiredelta_updates_total[5m]))", "{{instance}}"),
        ),
        lines(
            "Sentences",
            "A second: parsed, and known from before",
            "short",
            ("sum(rate(wiredelta_sentences_parsed_total[5m]))", "parsed"),
            ("sum(rate(wiredelta_sentences_skipped_total[5m]))", "known"),
            stacked=True,
        ),
        lines("Parsing of an update", "Seconds", "s", (_quantile(0.95, "wiredelta_parse_seconds"), "p95")),
        lines("Rows", "In the tables, by worker", "short", ("sum by (table) (wiredelta_table_rows)", "{{table}}")),
        lines(
            "Sources", "By how they do", "short", ("sum by (health) (wiredelta_sources)", "{{health}}"), stacked=True
        ),
        lines(
            "Memory",
            "Of workers and boards",
            "bytes",
            ('process_resident_memory_bytes{job=~"wiredelta-.+"}', "{{instance}}"),
        ),
        lines(
            "Processor",
            "Cores in use by the worker's own process; parsing has processes of its own",
            "short",
            ('rate(process_cpu_seconds_total{job=~"wiredelta-.+"}[5m])', "{{instance}}"),
        ),
    ]
    return _dashboard("Operations", "wiredelta-operations", "now-6h", panels)


def _dashboard(title: str, uid: str, since: str, panels: Sequence[Builder[Panel]]) -> Dashboard:
    board = Dashboard(f"wiredelta: {title}").uid(uid).tags(["wiredelta"]).time(since, "now").timezone("browser")
    board = board.refresh("30s").tooltip(DashboardCursorSync.CROSSHAIR).readonly()
    for panel in panels:
        board = board.with_panel(panel)
    return board


def _rows(table: str) -> str:
    return f'max(wiredelta_board_rows{{table="{table}"}})'


def _quantile(share: float, histogram: str) -> str:
    return f"histogram_quantile({share}, sum by (le) (rate({histogram}_bucket[10m])))"


def _quantiles(histogram: str) -> Iterator[Query]:
    yield from ((_quantile(share, histogram), f"p{share * 100:.0f}") for share in (0.5, 0.95))


def generated() -> dict[Path, str]:
    """Every dashboard's file and its text."""
    boards = {"newsroom": newsroom(), "operations": operations()}
    return {
        FOLDER / f"{name}.json": JSONEncoder(sort_keys=True, indent=2).encode(board.build()) + "\n"
        for name, board in boards.items()
    }


def expressions(text: str) -> list[str]:
    """The PromQL of a dashboard's JSON."""
    return [target["expr"] for panel in json.loads(text)["panels"] for target in panel.get("targets", ())]


if __name__ == "__main__":
    for path, text in generated().items():
        path.write_text(text, encoding="utf-8")
