"""Prometheus' configuration and rules, held to the tools that come with it (Debian: prometheus-alertmanager)."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml
from prometheus_client import REGISTRY

from deploy.prometheus.metrics import PATH, page
from streams.board.metrics import DECLARED

TOP = Path(__file__).parents[2]
FOLDER = TOP / "deploy/prometheus"
RULES = yaml.safe_load((FOLDER / "rules.yml").read_text())["groups"][0]["rules"]
ALERTS = [rule for rule in RULES if "alert" in rule]


def run(*command: str) -> None:
    if shutil.which(command[0]) is None:
        pytest.skip(f"{command[0]} is absent: apt-get install prometheus prometheus-alertmanager")
    done = subprocess.run(command, cwd=FOLDER, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_configuration_is_sound() -> None:
    run("promtool", "check", "config", "prometheus.yml")


def test_alertmanagers_configuration_is_sound() -> None:
    run("amtool", "check-config", "alertmanager.yml")


def test_the_rules_do_what_their_tests_say() -> None:
    run("promtool", "test", "rules", "rules_test.yml")


def test_every_alert_has_a_test_of_its_firing() -> None:
    cases = yaml.safe_load((FOLDER / "rules_test.yml").read_text())["tests"]
    asked = [one for case in cases for one in case.get("alert_rule_test", ())]
    fires = {one["alertname"] for one in asked if one["exp_alerts"]}
    silent = {one["alertname"] for one in asked if not one["exp_alerts"]}
    names = {rule["alert"] for rule in ALERTS}
    assert names == fires
    assert names - silent == {"WiredeltaSilentSource"}  # which its test holds apart from a source that is heard


def test_the_rules_ask_for_metrics_that_there_are() -> None:
    declared = {name for collector in REGISTRY._collector_to_names.values() for name in collector}
    declared |= {name for name, _ in DECLARED}
    named = {name for rule in RULES for name in re.findall(r"\bwiredelta_\w+", rule["expr"])}
    assert named
    assert named <= declared


def test_the_page_of_the_metrics_is_what_the_code_declares() -> None:
    assert PATH.read_text(encoding="utf-8") == page(), "run 'make metrics'"


@pytest.mark.parametrize("rule", ALERTS, ids=lambda rule: rule["alert"])
def test_every_alert_has_a_summary_and_a_place_in_the_runbook(rule: dict[str, dict[str, str]]) -> None:
    page, _, anchor = rule["annotations"]["runbook"].partition("#")
    headings = re.findall(r"^#+ (.+)$", (TOP / page).read_text(), re.M)
    assert anchor in {heading.lower().replace(" ", "-") for heading in headings}
    assert rule["annotations"]["summary"]
