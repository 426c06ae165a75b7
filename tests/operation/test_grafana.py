"""Grafana's dashboards: what is checked in is what the code writes, and names what Grafana has."""

import json
import re
from pathlib import Path

import pytest
import yaml
from prometheus_client import REGISTRY

from deploy.grafana.dashboards import FOLDER, expressions, generated
from streams.board.metrics import DECLARED
from tests.operation.test_prometheus import RULES

PROVISIONING = FOLDER.parent / "provisioning"
OURS = {name for name, _ in DECLARED} | {rule["record"] for rule in RULES if "record" in rule}


@pytest.mark.parametrize("path", generated(), ids=lambda path: path.stem)
def test_the_dashboard_is_what_the_code_writes(path: Path) -> None:
    assert path.read_text(encoding="utf-8") == generated()[path], "run 'make dashboards'"


@pytest.mark.parametrize("path", generated(), ids=lambda path: path.stem)
def test_panels_say_what_they_show_and_none_covers_another(path: Path) -> None:
    panels = json.loads(path.read_text())["panels"]
    cells = [
        (panel["gridPos"]["x"] + x, panel["gridPos"]["y"] + y)
        for panel in panels
        for x in range(panel["gridPos"]["w"])
        for y in range(panel["gridPos"]["h"])
    ]
    assert len(cells) == len(set(cells))
    assert max(x for x, _ in cells) == 23
    assert all(panel["title"] and panel["description"] for panel in panels)
    assert len({panel["title"] for panel in panels}) == len(panels)


def test_the_source_of_data_is_the_one_that_is_provisioned() -> None:
    [source] = yaml.safe_load((PROVISIONING / "datasources/prometheus.yml").read_text())["datasources"]
    named = {uid for path in generated() for uid in re.findall(r'"uid": "(prometheus)"', path.read_text())}
    assert named == {source["uid"]}


def test_the_queries_ask_for_metrics_that_there_are() -> None:
    queries = [one for path in generated() for one in expressions(path.read_text())]
    asked = {name for one in queries for name in re.findall(r"\bwiredelta[_:][\w:]+", one)}
    assert asked
    assert asked - OURS <= {name for collector in REGISTRY._collector_to_names.values() for name in collector}
