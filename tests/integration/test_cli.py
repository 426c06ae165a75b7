"""From a file to alerts and facts through broker and worker, each command in a process of its own."""

import asyncio
import json
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from schemas.changes import CHANGE, UpdateSummary
from schemas.topics import FACT_CHANGES, TOPICS
from schemas.updates import ArticleUpdate
from streams.client.alerts import alert_topics
from streams.client.reader import Reader
from streams.demo.story import story_updates
from streams.settings import Settings
from tests.integration.commands import environment, free_port, running, wait_for, wiredelta

STORY = "trump-putin-call"


@pytest.fixture
def env(settings: Settings) -> dict[str, str]:
    own = {"app_id": settings.app_id, "data_dir": settings.data_dir, "web_port": free_port()}
    return environment(broker=settings.broker, partitions=3, **own)


@pytest.fixture
def story(tmp_path: Path) -> Path:
    return write_updates(tmp_path / "story.jsonl", story_updates())


def write_updates(path: Path, updates: list[ArticleUpdate]) -> Path:
    path.write_text("".join(update.model_dump_json() + "\n" for update in updates), encoding="utf-8")
    return path


async def all_came_out(settings: Settings, updates: int) -> None:
    """Until so many updates have their summary and all alerts that the summaries count are there."""
    summaries, expected, alerts = 0, 0, 0
    async with asyncio.timeout(90), Reader(settings, [FACT_CHANGES.name, *alert_topics()]) as reader:
        async for record in reader:
            if record.topic != FACT_CHANGES.name:
                alerts += 1
            elif isinstance(change := CHANGE.validate_json(record.value), UpdateSummary):
                summaries, expected = summaries + 1, expected + change.alerts
            if summaries == updates and alerts == expected:
                return


@pytest.mark.timeout(400)  # a dozen processes, each of which takes seconds on a busy machine
async def test_a_story_from_file_to_alerts_and_facts(
    env: dict[str, str], settings: Settings, story: Path, tmp_path: Path
) -> None:
    made = wiredelta("topics", "--create", "--json", env=env)
    assert {json.loads(line)["name"]: json.loads(line)["partitions"] for line in made.stdout.splitlines()} == {
        topic.name: 3 for topic in TOPICS
    }
    listed = [line.split() for line in wiredelta("topics", env=env).stdout.splitlines()]
    assert ["news.article-updates", "3", "30", "days", "Versions"] in [row[:5] for row in listed]

    published = wiredelta("publish", str(story), env=env)
    assert (published.returncode, published.stdout) == (0, "")
    assert published.stderr == f"11 updates published to {settings.broker}\n"

    log = tmp_path / "worker.log"
    with running("worker", env=env, out=log) as worker:
        wait_for("Worker ready", log, worker)
        await all_came_out(settings, updates=11)
        worker.terminate()
        assert worker.wait(timeout=30) == 0

    told = wiredelta("backtest", "--json", str(story), env=env)
    expected = {alert["id"]: alert for alert in map(json.loads, told.stdout.splitlines())}
    assert len(expected) > 3

    everything = ("subscribe", "--start-at", "earliest", "--until-eos", "--json")
    alerts = {alert["id"]: alert for alert in map(json.loads, wiredelta(*everything, env=env).stdout.splitlines())}
    assert alerts.keys() == expected.keys()
    assert {i: alert["summary"] for i, alert in alerts.items()} == {i: a["summary"] for i, a in expected.items()}

    some = wiredelta(*everything, "statement", "figure", "--where", "change == 'initial'", env=env)
    chosen = [json.loads(line)["id"] for line in some.stdout.splitlines()]
    assert set(chosen) == {
        i for i, alert in expected.items() if alert["kind"] in ("statement", "figure") and alert["change"] == "initial"
    }
    assert chosen

    shown = tmp_path / "shown"
    with running("subscribe", "--start-at", "earliest", env=env, out=shown) as subscriber:
        wait_for("ongoing → ended", shown, subscriber)
        subscriber.send_signal(signal.SIGINT)
        assert subscriber.wait(timeout=30) == 130
    assert "Traceback" not in shown.read_text(encoding="utf-8")

    group = (*everything, "--group-id", "desk")
    first, again = wiredelta(*group, env=env), wiredelta(*group, env=env)
    assert len(first.stdout.splitlines()) == len(expected)
    assert (again.returncode, again.stdout) == (0, "")

    facts = wiredelta("facts", STORY, "--json", env=env)
    known = {fact["key"] for fact in map(json.loads, facts.stdout.splitlines())}
    assert {alert["after"]["key"] for alert in expected.values() if alert["after"]} <= known
    table = wiredelta("facts", STORY, env=env)
    assert table.stdout.splitlines()[0].split()[:3] == ["kind", "subject", "value"]
    assert len(table.stdout.splitlines()) == len(known) + 1

    unknown = wiredelta("facts", "no-such-story", env=env)
    assert (unknown.returncode, unknown.stderr) == (2, "wiredelta: nothing is known of a story 'no-such-story'\n")
    explained_as_a_backtest_explains(env, story, alerts)


def explained_as_a_backtest_explains(env: dict[str, str], story: Path, alerts: dict[str, Any]) -> None:
    """The story by its key, record for record, repeats left out; an alert by its id."""
    considered = [json.loads(line) for line in _out("backtest", "--explain", "--json", str(story), env=env)]
    expected: dict[str, str] = {}
    for one in considered:
        expected.setdefault(one["id"], one["reason"])
    logged = [json.loads(line) for line in _out("explain", STORY, "--json", env=env)]
    assert [(one["id"], one["reason"]) for one in logged] == list(expected.items())
    shown, replayed = _out("explain", STORY, env=env), _out("backtest", "--explain", str(story), env=env)
    assert shown
    assert {line[8:] for line in shown} <= {line[8:] for line in replayed}  # but for the clock

    some, alert = next(iter(alerts.items()))
    of_alert = [json.loads(line) for line in _out("explain", some, "--json", env=env)]
    assert [one["alert"] for one in of_alert if one.get("alert")] == [alert]
    assert (of_alert[-1]["record"], of_alert[-1]["version"]) == ("update", alert["version"])

    unknown = wiredelta("explain", "no-such-story", env=env)
    line = "wiredelta: news.fact-changes has nothing of a story or an alert 'no-such-story'\n"
    assert (unknown.returncode, unknown.stdout, unknown.stderr) == (2, "", line)


def _out(*arguments: str, env: dict[str, str]) -> list[str]:
    done = wiredelta(*arguments, env=env)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout.splitlines()


@pytest.fixture
def topics(env: dict[str, str]) -> Iterator[dict[str, str]]:
    assert wiredelta("topics", "--create", env=env).returncode == 0
    yield env


async def published(settings: Settings) -> list[int]:
    """The versions on the topic, in order."""
    async with Reader(settings, ["news.article-updates"], until_eos=True) as reader:
        return [json.loads(record.value)["version"] async for record in reader]


async def test_nothing_of_a_bad_file_is_published(topics: dict[str, str], settings: Settings, tmp_path: Path) -> None:
    good = story_updates()[0].model_dump_json()
    bad = tmp_path / "bad.jsonl"
    bad.write_text(f"{good}\n\n{good.replace(':1,', ':0,', 1)}\nnonsense\n")
    refused = wiredelta("publish", str(bad), env=topics)
    assert refused.returncode == 2
    assert refused.stderr.startswith(f"wiredelta: {bad}:3: version: ")
    assert refused.stderr.count("\n") == 1
    assert await published(settings) == []

    skipped = wiredelta("publish", "--skip-bad", str(bad), env=topics)
    assert skipped.returncode == 0
    lines = skipped.stderr.splitlines()
    assert [line.split(": ")[0] for line in lines[:-1]] == [f"skipped {bad}:3", f"skipped {bad}:4"]
    assert lines[-1] == f"1 updates published to {settings.broker}"
    assert await published(settings) == [1]


async def test_updates_from_standard_input(topics: dict[str, str], settings: Settings) -> None:
    lines = "".join(update.model_dump_json() + "\n" for update in story_updates()[:2])
    assert wiredelta("publish", "-", env=topics, given=lines).returncode == 0
    refused = wiredelta("publish", "-", env=topics, given=lines + "{}\n")
    assert (refused.returncode, refused.stderr.split(": ")[1]) == (2, "standard input:3")
    assert await published(settings) == [1, 2]


def test_no_broker_is_one_line(story: Path) -> None:
    env = environment(broker=f"127.0.0.1:{free_port()}")
    for command in (
        ["topics"],
        ["publish", str(story)],
        ["subscribe"],
        ["facts", STORY],
        ["explain", STORY],
        ["worker"],
    ):
        failed = wiredelta(*command, env=env)
        assert failed.returncode == 1
        assert failed.stderr.startswith("wiredelta: no Kafka broker answers at 127.0.0.1:")
        assert (failed.stderr.count("\n"), failed.stdout) == (1, "")


def test_a_bad_expression_is_bad_usage(story: Path) -> None:
    env = environment()
    for command in (["backtest", str(story)], ["subscribe"]):
        failed = wiredelta(*command, "--where", "kind ==", env=env)
        assert failed.returncode == 2
        assert failed.stderr.startswith("wiredelta: --where: ")
        assert (failed.stderr.count("\n"), failed.stdout) == (1, "")


@pytest.mark.embedded
def test_a_worker_with_a_broker_beside_it(env: dict[str, str], story: Path, tmp_path: Path) -> None:
    env = env | {"WIREDELTA_BROKER": f"127.0.0.1:{free_port()}"}
    log = tmp_path / "worker.log"
    with running("worker", "--embedded", env=env, out=log) as worker:
        wait_for("Worker ready", log, worker)
        assert "not for production" in log.read_text()
        assert wiredelta("publish", str(story), env=env).returncode == 0
        worker.terminate()
        assert worker.wait(timeout=60) == 0
    assert wiredelta("topics", env=env).returncode == 1  # the broker went with it
