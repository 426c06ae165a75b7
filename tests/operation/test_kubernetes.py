"""The manifests against the schemas of Kubernetes, and against the program that they run."""

from pathlib import Path
from typing import Any

import kubernetes_validate
import pytest
import yaml
from click.testing import CliRunner

from streams.board.web.app import FOR_PROGRAMS
from streams.cli import main
from streams.settings import Settings

FOLDER = Path(__file__).parents[2] / "deploy/kubernetes"
KUSTOMIZATION = yaml.safe_load((FOLDER / "kustomization.yaml").read_text())
KNOWN = {f"WIREDELTA_{field.upper()}" for field in Settings.model_fields}
OPERATORS = {"ServiceMonitor"}  # of the Prometheus Operator, whose schemas are not Kubernetes' own


def documents() -> list[Any]:
    return [
        pytest.param(one, id=f"{one['kind']}-{one['metadata']['name']}")
        for name in KUSTOMIZATION["resources"]
        for one in yaml.safe_load_all((FOLDER / name).read_text())
    ]


def containers(document: dict[str, Any]) -> list[dict[str, Any]]:
    spec = document.get("spec", {}).get("template", {}).get("spec", {})
    return list(spec.get("containers", ()))


def test_every_manifest_is_named_by_kustomize() -> None:
    assert {path.name for path in FOLDER.glob("*.yaml")} == {*KUSTOMIZATION["resources"], "kustomization.yaml"}


@pytest.mark.parametrize("document", documents())
def test_it_is_what_kubernetes_takes(document: dict[str, Any]) -> None:
    if document["kind"] in OPERATORS:
        assert document["apiVersion"].startswith("monitoring.coreos.com/")
        return
    kubernetes_validate.validate(document, kubernetes_validate.latest_version(), strict=True)


@pytest.mark.parametrize("document", documents())
def test_it_runs_commands_that_there_are_with_settings_that_there_are(document: dict[str, Any]) -> None:
    for container in containers(document):
        assert CliRunner().invoke(main, [*container["args"], "--help"]).exit_code == 0
        assert {one["name"] for one in container.get("env", ())} <= KNOWN
    if document["kind"] == "ConfigMap":
        assert set(document["data"]) <= KNOWN


@pytest.mark.parametrize("document", documents())
def test_pods_have_no_more_rights_than_they_need(document: dict[str, Any]) -> None:
    for container in containers(document):
        rights = container["securityContext"]
        assert (rights["allowPrivilegeEscalation"], rights["readOnlyRootFilesystem"]) == (False, True)
        assert rights["capabilities"] == {"drop": ["ALL"]}
        pod = document["spec"]["template"]["spec"]
        assert (pod["securityContext"]["runAsNonRoot"], pod["automountServiceAccountToken"]) == (True, False)
        assert container["resources"]["limits"]["memory"]


@pytest.mark.parametrize("document", documents())
def test_probes_ask_for_pages_that_there_are(document: dict[str, Any]) -> None:
    for container in containers(document):
        ports = {port["name"]: port["containerPort"] for port in container.get("ports", ())}
        for probe in (container[name] for name in container if name.endswith("Probe")):
            path = probe["httpGet"]["path"].partition("?")[0]
            assert path in ({"/healthz", "/readyz"} if ports["web"] == 6066 else set(FOR_PROGRAMS))
