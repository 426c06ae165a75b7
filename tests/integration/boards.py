"""A board in a process of its own, and what it is asked over HTTP."""

import json
import queue
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlencode

import httpx2

from streams.settings import Settings
from tests.integration.commands import environment, free_port, running, wait_for
from tests.integration.waiting import eventually_sync

TOKEN = "newsroom-desk"


@dataclass
class RunningBoard:
    """``address`` is that of its pages; ``log`` is what it says."""

    address: str
    log: Path
    process: Any

    def get(self, path: str, **parameters: Any) -> Any:
        return httpx2.get(f"{self.address}{path}", params=parameters or None, timeout=20).raise_for_status().json()

    def ids(self, **parameters: Any) -> list[str]:
        return [alert["id"] for alert in self.get("/alerts", **parameters)["alerts"]]

    def wait_until(self, condition: Callable[[], bool], what: str, within: float = 40.0) -> None:
        eventually_sync(condition, what, within)

    def stream(self, headers: dict[str, str] | None = None, **parameters: Any) -> "Stream":
        return Stream(f"{self.address}/stream?{urlencode(parameters)}", headers or {})


@contextmanager
def running_board(settings: Settings, folder: Path, port: int | None = None, **more: Any) -> Iterator[RunningBoard]:
    """Ready, whether it has found Kafka or not."""
    port, log = port or free_port(), folder / "board.log"
    own = {"broker": settings.broker, "app_id": settings.app_id, "board_port": port, "admin_token": TOKEN}
    with running("board", env=environment(**own | more) | {"TMPDIR": str(folder)}, out=log) as process:
        wait_for("Board ready at", log, process)
        yield RunningBoard(f"http://127.0.0.1:{port}", log, process)


@dataclass
class Stream:
    """``with board.stream(…) as stream: stream.next("alert")``: server-sent events, read by a thread."""

    address: str
    headers: dict[str, str]
    _events: "queue.Queue[tuple[str, str | None, str]]" = field(default_factory=queue.Queue)

    def __enter__(self) -> Self:
        self._client = httpx2.Client(timeout=None)
        self._answer = self._client.send(
            self._client.build_request("GET", self.address, headers=self.headers), stream=True
        )
        self._answer.raise_for_status()
        self._thread = threading.Thread(target=self._read, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._answer.close()
        self._client.close()

    def next(self, name: str, within: float = 30.0) -> tuple[str | None, Any]:
        """Id and data of the next event of that name; others are passed over."""
        while True:
            found, identity, data = self._events.get(timeout=within)
            if found == name:
                return identity, json.loads(data)

    def _read(self) -> None:
        fields: dict[str, str] = {}
        try:
            for line in self._answer.iter_lines():
                if line:
                    name, _, value = line.partition(": ")
                    fields[name] = value
                elif "event" in fields:
                    self._events.put((fields["event"], fields.get("id"), fields.get("data", "")))
                    fields = {}
        except (httpx2.HTTPError, httpx2.StreamError, OSError):
            return
