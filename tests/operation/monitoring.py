"""Prometheus and Alertmanager as they ship, with the project's rules, on ports of the test's own.

Nobody waits ten minutes in a test: the windows, pauses and limits of the rules are shortened by a table, and each entry
of it must be found in the rules.
"""

import json
import shutil
import threading
import urllib.parse
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from subprocess import DEVNULL, Popen
from typing import Any

import pytest
import yaml

from tests.integration.commands import free_port
from tests.integration.waiting import eventually_sync

FOLDER = Path(__file__).parents[2] / "deploy/prometheus"
SHORTER = {
    "wiredelta_last_update_timestamp_seconds) > 3600": "wiredelta_last_update_timestamp_seconds) > 8",
    "wiredelta_last_update_timestamp_seconds) > 6 * 3600": "wiredelta_last_update_timestamp_seconds) > 9",
    "wiredelta:lag:sum > 100": "wiredelta:lag:sum > 20",
    "[1d] offset 10m": "[30s] offset 15s",
    "[1h]": "[60s]",
    "[15m]": "[60s]",
    "[10m]": "[30s]",
    "[5m]": "[10s]",
    "for: 15m": "for: 2s",
    "for: 10m": "for: 2s",
    "for: 5m": "for: 2s",
    "for: 2m": "for: 2s",
    "seconds:p95 > 60": "seconds:p95 > 0.001",
    "per_minute > 30": "per_minute > 10",
    "free_ratio) < 0.1": "free_ratio) < 2",
}


def shortened(rules: str) -> str:
    for old, new in SHORTER.items():
        assert old in rules, f"{old!r} is not in rules.yml any more"
        rules = rules.replace(old, new)
    return rules


@dataclass
class Monitoring:
    """``received``: the labels of alerts that came to the webhook, by the alert's name."""

    address: str = ""
    received: dict[str, list[Mapping[str, str]]] = field(default_factory=dict)

    def query(self, expression: str) -> list[Any]:
        """The series of an instant query."""
        asked = urllib.parse.urlencode({"query": expression})
        with urllib.request.urlopen(f"{self.address}/api/v1/query?{asked}", timeout=10) as answer:
            return list(json.loads(answer.read())["data"]["result"])

    def wait_for_data(self, expression: str, within: float = 60.0) -> None:
        eventually_sync(lambda: bool(self.query(expression)), f"data for {expression}", within)

    def wait_for_alert(self, name: str, within: float = 90.0) -> Mapping[str, str]:
        """Its labels, once it has come to the webhook."""
        eventually_sync(lambda: name in self.received, f"{name} comes to the webhook", within)
        return self.received[name][0]


@contextmanager
def monitoring(folder: Path, worker: int, board: int) -> Iterator[Monitoring]:
    """Scrapes a worker and a board on these ports. Skips the test where Debian's packages are absent."""
    for program in ("prometheus", "prometheus-alertmanager"):
        if shutil.which(program) is None:
            pytest.skip(f"{program} is absent: apt-get install prometheus prometheus-alertmanager")
    found = Monitoring()
    with _webhook(found) as hook, _alertmanager(folder, hook) as alerts:
        port = free_port()
        found.address = f"http://127.0.0.1:{port}"
        (folder / "rules.yml").write_text(shortened((FOLDER / "rules.yml").read_text()))
        given = yaml.safe_load((FOLDER / "prometheus.yml").read_text())
        given["global"] = {"scrape_interval": "1s", "evaluation_interval": "1s"}
        given["alerting"]["alertmanagers"] = [{"static_configs": [{"targets": [f"127.0.0.1:{alerts}"]}]}]
        targets = {"wiredelta-worker": worker, "wiredelta-board": board}
        given["scrape_configs"] = [
            {"job_name": job["job_name"], "static_configs": [{"targets": [f"127.0.0.1:{targets[job['job_name']]}"]}]}
            for job in given["scrape_configs"]
        ]
        (folder / "prometheus.yml").write_text(yaml.safe_dump(given))
        with _process(
            "prometheus",
            f"--config.file={folder / 'prometheus.yml'}",
            f"--storage.tsdb.path={folder / 'tsdb'}",
            f"--web.listen-address=127.0.0.1:{port}",
        ):
            _wait_ready(f"{found.address}/-/ready")
            yield found


@contextmanager
def _alertmanager(folder: Path, hook: str) -> Iterator[int]:
    port = free_port()
    given = yaml.safe_load((FOLDER / "alertmanager.yml").read_text())
    given["route"] |= {"group_wait": "1s", "group_interval": "1s"}
    given["receivers"][0]["webhook_configs"] = [{"url": hook}]
    (folder / "alertmanager.yml").write_text(yaml.safe_dump(given))
    with _process(
        "prometheus-alertmanager",
        f"--config.file={folder / 'alertmanager.yml'}",
        f"--storage.path={folder / 'alertmanager'}",
        f"--web.listen-address=127.0.0.1:{port}",
        "--cluster.listen-address=",
    ):
        _wait_ready(f"http://127.0.0.1:{port}/-/ready")
        yield port


@contextmanager
def _webhook(found: Monitoring) -> Iterator[str]:
    class Hook(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            for alert in body["alerts"]:
                if alert["status"] == "firing":
                    found.received.setdefault(alert["labels"]["alertname"], []).append(alert["labels"])
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Hook)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()


@contextmanager
def _process(*command: str) -> Iterator[None]:
    process = Popen(command, stdin=DEVNULL, stdout=DEVNULL, stderr=DEVNULL)
    try:
        yield
    finally:
        process.kill()
        process.wait()


def _wait_ready(address: str) -> None:
    def ready() -> bool:
        try:
            with urllib.request.urlopen(address, timeout=2):
                return True
        except OSError:
            return False

    eventually_sync(ready, f"{address} answers", 30)
