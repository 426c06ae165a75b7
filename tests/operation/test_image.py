"""The image, built as `make image` does it and run: a worker in it tracks a story."""

import asyncio
import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from streams.app import changelogs
from streams.embedded import SESSION_TIMEOUT, EmbeddedBroker
from streams.settings import Settings
from streams.topics import ensure_topics
from tests.integration.commands import environment, free_port, wait_for, wiredelta
from tests.integration.stories import story
from tests.integration.waiting import eventually_sync

SCRIPT = Path(__file__).parents[2] / "deploy/image.sh"
BUILDING = 900.0  # seconds at most: packages are fetched, and twice as much is copied


@pytest.fixture(scope="module")
def built() -> str:
    """What the build says."""
    for program in ("buildah", "mmdebstrap"):
        if shutil.which(program) is None:
            pytest.skip(f"{program} is absent: apt-get install buildah mmdebstrap")
    done = subprocess.run([SCRIPT], capture_output=True, text=True, timeout=BUILDING, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout


@pytest.fixture
def settings(tmp_path: Path) -> Iterator[Settings]:
    with EmbeddedBroker(tmp_path / "broker") as broker:
        settings = Settings(broker=broker.address, app_id="wiredelta-test", data_dir=tmp_path / "worker")
        asyncio.run(ensure_topics(settings, changelogs(settings)))
        yield settings


@pytest.mark.timeout(BUILDING)
def test_it_is_built_and_does_not_run_as_root(built: str) -> None:
    assert "wiredelta 0" in built
    assert "texts can be read" in built, "the language model is in it"


@pytest.mark.timeout(180)
def test_a_worker_in_it_raises_alerts(built: str, settings: Settings, tmp_path: Path) -> None:
    given = environment(broker=settings.broker, app_id=settings.app_id, web_port=free_port(), log_level="info",
                        session_timeout=SESSION_TIMEOUT)  # fmt: skip
    updates = "".join(f"{update.model_copy(update={'mode': 'actual'}).model_dump_json()}\n" for update in story(0))
    log = tmp_path / "worker.log"
    with log.open("wb") as out:
        worker = subprocess.Popen([SCRIPT, "worker"], env=given, stdout=out, stderr=out)
    try:
        wait_for("Worker ready", log, worker)
        assert wiredelta("publish", "-", env=given, given=updates).returncode == 0
        told = ["subscribe", "--start-at", "earliest", "--until-eos", "figure"]
        eventually_sync(lambda: "16 people dead" in wiredelta(*told, env=given).stdout, "its alert", 60)
        os.kill(inside(given["WIREDELTA_WEB_PORT"]), signal.SIGTERM)
        worker.wait(60)
    finally:
        worker.kill()
        worker.wait()
    assert "Traceback" not in log.read_text()


def inside(port: str) -> int:
    """The process of the worker itself, which the chroot hides from nobody."""
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            words = (folder / "cmdline").read_bytes().split(b"\0")
            is_ours = f"WIREDELTA_WEB_PORT={port}".encode() in (folder / "environ").read_bytes().split(b"\0")
            if is_ours and b"python" in words[0] and b"worker" in words:
                return int(folder.name)
    raise AssertionError("no worker runs in the image")
