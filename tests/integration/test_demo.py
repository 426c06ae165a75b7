"""The demo in a process of its own: what it shows, and that nothing is left of it however it ends."""

import re
import signal
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest

from streams.demo.story import story_updates
from tests.integration.commands import environment, running, wait_for, wiredelta
from tests.integration.waiting import eventually_sync

MARK = "DEMO_UNDER_TEST"  # in the environment of the demo, and so of all that it starts
BLOCKS = re.compile(r"(?m)^(?=published )")

needs_proc = pytest.mark.skipif(sys.platform != "linux", reason="the processes left are found in /proc")


@pytest.fixture
def env(tmp_path: Path) -> dict[str, str]:
    (tmp_path / "temporary").mkdir()
    return environment() | {MARK: str(uuid.uuid4()), "TMPDIR": str(tmp_path / "temporary")}


def processes_of(env: dict[str, str]) -> Iterator[int]:
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if f"{MARK}={env[MARK]}".encode() in (folder / "environ").read_bytes().split(b"\0"):
                yield int(folder.name)
        except OSError:  # it ended meanwhile, or is not ours to look at
            continue


def assert_nothing_is_left(env: dict[str, str]) -> None:
    eventually_sync(lambda: not list(processes_of(env)), "no process of the demo's is left")
    eventually_sync(lambda: not list(Path(env["TMPDIR"]).iterdir()), "no file of the demo's is left")


@needs_proc
def test_the_story_once(env: dict[str, str], tmp_path: Path) -> None:
    out = tmp_path / "out"
    with running("demo", "--once", "--pace", "0", env=env | {"WIREDELTA_BROKER": "production:9092"}, out=out) as demo:
        wait_for("The story is told", out, demo)
        assert demo.wait(timeout=30) == 0
    _, *versions = BLOCKS.split(out.read_text())
    assert len(versions) == 11
    assert "event-status initial" in versions[0]
    assert "reworded" in versions[1]
    assert not re.search("FLASH|URGENT|ROUTINE", versions[1])
    assert re.search(r"FLASH +.*: ongoing → ended\n.* has ended, the White House said on Tuesday\.\n", versions[2])
    assert re.search(r"event-status update · example\.org v3 · after \d+\.\d s", versions[2])
    assert re.search("silent .*: duplicate\n", versions[3])
    assert re.search("silent .*: older version\n", versions[7])
    assert re.search("Kremlin.*statement.*released", versions[4])
    assert all(re.search(rf"{count} (prisoner|soldier)s\b", versions[4]) for count in (175, 23))
    assert re.search("White House.*readout.*released", versions[5])
    assert_nothing_is_left(env)


@needs_proc
@pytest.mark.parametrize(("sent", "status"), [(signal.SIGKILL, -signal.SIGKILL), (signal.SIGINT, 130)])
def test_nothing_is_left_of_a_demo_that_is_stopped(
    env: dict[str, str], tmp_path: Path, sent: signal.Signals, status: int
) -> None:
    out = tmp_path / "out"
    with running("demo", env=env, out=out) as demo:
        wait_for("event-status initial", out, demo)
        assert len(list(processes_of(env))) >= 4  # the demo, its worker, its board, its broker
        demo.send_signal(sent)
        assert demo.wait(timeout=30) == status
    assert_nothing_is_left(env)
    assert "Traceback" not in out.read_text()


def test_the_demo_goes_on_and_takes_the_readers_own_updates(env: dict[str, str], tmp_path: Path) -> None:
    out = tmp_path / "out"
    with running("demo", "--pace", "0", env=env, out=out) as demo:
        wait_for("wiredelta publish your-story.jsonl", out, demo)
        found = re.search(r"export WIREDELTA_BROKER=(\S+)", out.read_text())
        assert found is not None
        board = re.search(r"Watch it in a browser: (http://127\.0\.0\.1:\d+)\n", out.read_text())
        assert board is not None
        later = story_updates()[0].model_copy(update={"version": 9, "headline": "Trump-Putin call postponed"})
        own = {"WIREDELTA_BROKER": found[1]}
        assert wiredelta("publish", "-", env=env | own, given=later.model_dump_json()).returncode == 0
        wait_for("example.org v9", out, demo)
        asked = wiredelta("subscribe", "--start-at", "earliest", "--until-eos", "event-status", env=env | own)
        assert "event-status initial · example.org v1" in asked.stdout
        page = httpx2.get(f"{board[1]}/?kind=event-status&kind=statement", timeout=20).text
        assert re.search(r"Trump–Putin call:</span> <del>.*ongoing</del>.*ended</ins>", page)
        assert "Kremlin statement:</span> <ins>released</ins>" in page


@needs_proc
def test_a_site_that_is_followed(env: dict[str, str], tmp_path: Path) -> None:
    """A page, a feed, a live blog with a post that is edited and one that is deleted, and pushes."""
    out = tmp_path / "out"
    with running("demo", "--live", "--once", "--pace", "2.5", env=env, out=out) as demo:
        wait_for("The news is told", out, demo)
        assert demo.wait(timeout=30) == 0
    told = out.read_text()
    assert "dead letter" not in told
    assert re.search(r"FLASH .*ongoing → ended\n.*\n +event-status update · example\.org v3", told), "the page"
    assert re.search(r"· example\.net v2", told), "the feed"
    assert re.search(r"Two people hospitalised → Five people hospitalised", told), (
        "posts of the live blog are one story"
    )
    assert re.search(r"figure update · Kelmore Courier v2", told), "the edited post"
    assert re.search(r"Kelmore Courier v2: article canceled", told), "the deleted post"
    assert re.search(r"3\.1 metres → 3\.8 metres", told), "what was pushed"
    assert_nothing_is_left(env)
