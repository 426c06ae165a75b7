"""docker-compose.yml and the Dockerfile, as far as they can be held to something without a container engine."""

import json
import os
import re
import shlex
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from click.testing import CliRunner

from schemas.topics import MAX_MESSAGE_BYTES
from streams.board.web.app import FOR_PROGRAMS
from streams.cli import main
from streams.settings import Settings

TOP = Path(__file__).parents[2]
BIN = Path(sys.executable).parent


def run(*command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    program, *arguments = command
    kept = {name: value for name, value in os.environ.items() if not name.startswith("WIREDELTA_")}
    return subprocess.run(
        [BIN / program, *arguments], cwd=TOP, env=kept | environment, capture_output=True, text=True, check=False
    )


@cache
def services() -> dict[str, Any]:
    """As Docker Compose itself reads them, with what .env.example sets."""
    done = run("docker-compose", "--env-file", ".env.example", "config", "--format", "json")
    assert done.returncode == 0, done.stderr
    return dict(json.loads(done.stdout)["services"])


OURS = ("topics", "worker", "board")


def test_it_asks_for_a_token_where_none_is_set() -> None:
    done = run("docker-compose", "--env-file", os.devnull, "config", "-q")
    assert done.returncode != 0
    assert "copy .env.example to .env" in done.stderr


@pytest.mark.parametrize("name", OURS)
def test_each_of_our_services_runs_a_command_that_there_is(name: str) -> None:
    command = [*services()[name]["command"], "--help"]
    assert CliRunner().invoke(main, command).exit_code == 0, shlex.join(command)


@pytest.mark.parametrize("name", OURS)
def test_what_they_are_given_are_settings(name: str) -> None:
    given = services()[name]["environment"]
    known = {f"WIREDELTA_{field.upper()}" for field in Settings.model_fields}
    assert set(given) <= known
    Settings(**{key.removeprefix("WIREDELTA_").lower(): value for key, value in given.items()})


def test_nothing_listens_beyond_loopback() -> None:
    published = [port for service in services().values() for port in service.get("ports", ())]
    assert len(published) == 5
    assert {port["host_ip"] for port in published} == {"127.0.0.1"}


@pytest.mark.parametrize("name", OURS)
def test_ours_have_no_more_rights_than_they_need(name: str) -> None:
    service = services()[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in service["security_opt"]


@pytest.mark.parametrize(
    ("name", "port", "paths"), [("worker", 6066, {"/healthz"}), ("board", 6067, set(FOR_PROGRAMS))]
)
def test_health_is_asked_where_it_is_answered(name: str, port: int, paths: set[str]) -> None:
    [url] = re.findall(r"https?://[^\"']+", services()[name]["healthcheck"]["test"][-1])
    assert urlsplit(url).port == port
    assert urlsplit(url).path in paths


def test_every_service_has_a_limit_and_an_exact_version() -> None:
    for name, service in services().items():
        assert int(service["mem_limit"]) > 0, name
        assert not service["image"].endswith(":latest"), name
        assert ":" in service["image"], name


def test_files_that_are_mounted_are_there() -> None:
    mounted = [v["source"] for s in services().values() for v in s.get("volumes", ()) if v["type"] == "bind"]
    assert mounted
    assert all(Path(source).exists() for source in mounted)


def test_kafka_takes_what_our_topics_may_hold() -> None:
    """A topic's own limit holds for producers; the broker's default for what followers fetch has to let it through."""
    assert MAX_MESSAGE_BYTES < 50 * 1024 * 1024  # fetch.max.bytes
    assert services()["kafka"]["environment"]["KAFKA_AUTO_CREATE_TOPICS_ENABLE"] == "false"


def test_the_dockerfile_has_no_known_fault() -> None:
    done = run("hadolint", "deploy/Dockerfile")
    assert done.returncode == 0, done.stdout


def test_the_image_gets_all_that_the_dockerfile_copies() -> None:
    ignored = (TOP / ".dockerignore").read_text().splitlines()
    let_through = {line[1:] for line in ignored if line.startswith("!")}
    lines = (TOP / "deploy/Dockerfile").read_text().splitlines()
    copies = [line.split()[1:-1] for line in lines if line.startswith("COPY ") and "--from" not in line]
    copied = [name for names in copies for name in names]
    assert copied
    for name in copied:
        assert name in let_through, name
        assert (TOP / name).exists(), name
