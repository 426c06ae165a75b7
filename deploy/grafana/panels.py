"""The few shapes of panel that the dashboards use."""

from grafana_foundation_sdk.builders import prometheus, stat, timeseries
from grafana_foundation_sdk.builders.common import StackingConfig
from grafana_foundation_sdk.builders.dashboard import ThresholdsConfig
from grafana_foundation_sdk.models.common import BigValueGraphMode, StackingMode, VisibilityMode
from grafana_foundation_sdk.models.dashboard import DataSourceRef, Threshold, ThresholdsMode

SOURCE = DataSourceRef(type_val="prometheus", uid="prometheus")  # as in provisioning/datasources
HEIGHT = 8  # grid units of 30 pixels; a row has 24 in width
Query = tuple[str, str]  # PromQL, legend


def lines(title: str, words: str, unit: str, *queries: Query, stacked: bool = False) -> timeseries.Panel:
    """Lines over time, half of the width."""
    panel = timeseries.Panel().title(title).description(words).unit(unit).datasource(SOURCE).span(12).height(HEIGHT)
    panel = panel.min(0).line_width(2).fill_opacity(25 if stacked else 8).show_points(VisibilityMode.NEVER)
    if stacked:
        panel = panel.stacking(StackingConfig().mode(StackingMode.NORMAL))
    for number, query in enumerate(queries):
        panel = panel.with_target(_target(number, query))
    return panel


def number(title: str, words: str, unit: str, query: str, *, warn: float | None = None) -> stat.Panel:
    """One number, a sixth of the width; red from ``warn`` on."""
    panel = stat.Panel().title(title).description(words).unit(unit).datasource(SOURCE).span(4).height(4)
    panel = panel.graph_mode(BigValueGraphMode.AREA).thresholds(_thresholds(warn)).no_value("–")
    return panel.with_target(_target(0, (query, "")))


def _target(number: int, query: Query) -> prometheus.Dataquery:
    expression, legend = query
    return prometheus.Dataquery().expr(expression).legend_format(legend).ref_id("ABCDEFGH"[number])


def _thresholds(warn: float | None) -> ThresholdsConfig:
    steps = [Threshold(value=None, color="text")]
    if warn is not None:
        steps.append(Threshold(value=warn, color="red"))
    return ThresholdsConfig().mode(ThresholdsMode.ABSOLUTE).steps(steps)
