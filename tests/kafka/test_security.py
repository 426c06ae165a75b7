"""SCRAM over TLS with rights: each role may do its own and only its own, and a secret is never shown."""

import json
import re
import subprocess
import sys
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import pytest
from aiokafka.admin import AIOKafkaAdminClient
from confluent_kafka import KafkaError, KafkaException
from confluent_kafka.admin import (
    AclBinding,
    AclBindingFilter,
    AclOperation,
    ScramCredentialInfo,
    ScramMechanism,
    UserScramCredentialUpsertion,
)
from pydantic import SecretStr

from deploy.kafka.acls import Right, grant, publisher
from deploy.kafka.acls import worker as worker_rights
from deploy.kafka.admin import admin_client
from deploy.kafka.cluster import Cluster
from schemas.topics import ALERT_TOPICS, ARTICLE_UPDATES, DEAD_LETTERS, FACT_CHANGES, SOURCE_POLLS, SOURCE_STATE
from streams.client.publisher import Publisher
from streams.client.reader import Reader
from streams.client.story import known_facts_changelog, story_facts
from streams.demo.story import story_updates
from streams.kafka import BrokerUnavailable, KafkaRefused, connection, make_producer, started
from streams.positions import Exit
from streams.settings import Settings
from streams.topics import TopicError, ensure_topics
from tests.integration.commands import environment, free_port, running, wait_for, wiredelta
from tests.integration.emptying import empty
from tests.integration.waiting import eventually
from tests.integration.workers import alerts, expected
from tests.kafka.conftest import ROLES
from tests.unit.cli.samples import update

ROOT = Path(__file__).parents[2]
ALERTS = ALERT_TOPICS["figure"].name
CHANGELOG = known_facts_changelog(Settings())
NOT_ALLOWED = {KafkaError.TOPIC_AUTHORIZATION_FAILED, KafkaError.CLUSTER_AUTHORIZATION_FAILED}

Acl = TypeVar("Acl", AclBinding, AclBindingFilter)
Action = Callable[[Settings], Awaitable[Any]]


@pytest.fixture
async def topics(secure: Cluster) -> Cluster:
    """The worker has made its topics, and the broker has one for its groups' offsets."""
    empty(secure.settings())
    await ensure_topics(secure.settings("worker"), [CHANGELOG])
    await write(ALERTS)(secure.settings())
    await read(ALERTS, "any")(secure.settings())
    return secure


async def publish(settings: Settings) -> None:
    async with Publisher(settings) as publishing:
        assert await publishing.publish([update()]) == 1


def write(topic: str) -> Action:
    async def action(settings: Settings) -> None:
        producer = make_producer(settings)
        async with started(producer, settings):
            await producer.send_and_wait(topic, b"{}", key=b"key")

    return action


def read(topic: str, group_id: str | None = None) -> Action:
    async def action(settings: Settings) -> None:
        async with Reader(settings, [topic], until_eos=True, group_id=group_id) as reader:
            assert [record async for record in reader]

    return action


def offsets_of(group_id: str) -> Action:
    async def action(settings: Settings) -> None:
        admin = AIOKafkaAdminClient(**connection(settings))
        async with started(admin, settings):
            await admin.list_consumer_group_offsets(group_id)

    return action


async def make_topic(settings: Settings) -> None:
    await ensure_topics(settings, ["another"])


async def delete_topic(settings: Settings) -> None:
    client = admin_client(settings)
    client.delete_topics([ARTICLE_UPDATES.name])[ARTICLE_UPDATES.name].result()


async def give_rights(settings: Settings) -> None:
    grant(settings, publisher("anybody"))


ACTIONS: dict[str, Action] = {
    "publish updates": publish,
    "write updates": write(ARTICLE_UPDATES.name),
    "write alerts": write(ALERTS),
    "write fact changes": write(FACT_CHANGES.name),
    "write dead letters": write(DEAD_LETTERS.name),
    "write known facts": write(CHANGELOG),
    "write source polls": write(SOURCE_POLLS.name),
    "write source state": write(SOURCE_STATE.name),
    "read source polls": read(SOURCE_POLLS.name),
    "read source state": read(SOURCE_STATE.name),
    "see the ingesters' group": offsets_of("wiredelta-ingest"),
    "read updates": read(ARTICLE_UPDATES.name),
    "read alerts": read(ALERTS),
    "read alerts as subscriber": read(ALERTS, "subscriber"),
    "read alerts as subscriber-2": read(ALERTS, "subscriber-2"),
    "read alerts as another": read(ALERTS, "another"),
    "read fact changes": read(FACT_CHANGES.name),
    "read dead letters": read(DEAD_LETTERS.name),
    "read known facts": read(CHANGELOG),
    "see the workers' group": offsets_of("wiredelta"),
    "make a topic": make_topic,
    "delete a topic": delete_topic,
    "give rights": give_rights,
}
WRITES = {name for name in ACTIONS if name.startswith("write ")}
ALLOWED = {
    "publisher": {"publish updates", "write updates"},
    "ingester": {
        "publish updates",
        "write updates",
        "write source polls",
        "read source state",
        "see the ingesters' group",
    },
    "worker": WRITES
    | {"publish updates", "read updates", "read fact changes", "read known facts", "see the workers' group"}
    | {"read source polls", "read source state"},
    "subscriber": {"read alerts", "read alerts as subscriber", "read alerts as subscriber-2"},
}


async def is_allowed(action: Action, settings: Settings) -> bool:
    """Whether it was done; anything but a refusal in so many words fails the test."""
    try:
        await action(settings)
    except (TopicError, KafkaRefused) as error:
        assert re.search(
            rf"not let {settings.sasl_username}|that {settings.sasl_username} may see|Authorization failed", str(error)
        )
        assert "\n" not in str(error)
        return False
    except KafkaException as error:
        assert error.args[0].code() in NOT_ALLOWED
        return False
    return True


@pytest.mark.parametrize("role", ROLES)
async def test_each_role_may_do_its_own_and_only_its_own(role: str, topics: Cluster) -> None:
    admin = topics.settings()
    for name, action in ACTIONS.items():
        if name in WRITES:
            await action(admin)  # so that there is something to read
    allowed = {name for name, action in ACTIONS.items() if await is_allowed(action, topics.settings(role))}
    assert allowed == ALLOWED[role]


def test_the_admin_may_give_rights_by_script_and_nobody_else(topics: Cluster) -> None:
    command = [sys.executable, "-m", "deploy.kafka.acls", "--subscriber", "desk", "--worker", "second", "--app-id", "x"]

    def run_as(user: str) -> subprocess.CompletedProcess[str]:
        env = environment(**topics.client_settings(user))
        return subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, timeout=60)

    given = run_as("admin")
    assert (given.returncode, given.stderr) == (0, "")
    lines = given.stdout.splitlines()
    assert "desk may read topic news.alerts.*" in lines
    assert {"second may read group x", "second may write topic x-*"} <= set(lines)
    refused = run_as("worker")
    assert (refused.returncode, refused.stdout) == (1, "")
    assert refused.stderr.startswith(f"Error: Kafka at {topics.address}: ")
    assert refused.stderr.count("\n") == 1


def role_environment(cluster: Cluster, role: str, tmp_path: Path, **more: Any) -> dict[str, str]:
    own = {"data_dir": tmp_path / "data", "web_port": free_port()}
    return environment(**cluster.client_settings(role), **own, **more)


async def test_a_story_goes_from_publisher_by_worker_to_subscriber(secure: Cluster, tmp_path: Path) -> None:
    story, log = tmp_path / "story.jsonl", tmp_path / "worker.log"
    updates = story_updates()
    story.write_text("".join(update.model_dump_json() + "\n" for update in updates), encoding="utf-8")
    told = expected(updates).alert_ids
    subscriber = secure.settings("subscriber")
    empty(secure.settings())

    async def all_told() -> bool:
        return {alert["id"] for alert in await alerts(subscriber)} >= told

    with running("worker", env=role_environment(secure, "worker", tmp_path, log_level="debug"), out=log) as worker:
        wait_for("Worker ready", log, worker)
        published = wiredelta("publish", str(story), env=role_environment(secure, "publisher", tmp_path))
        assert published.returncode == 0, published.stderr
        await eventually(all_told, "all alerts are told", within=90)
        worker.terminate()
        assert worker.wait(timeout=60) == 0
    subscribed = wiredelta(
        "subscribe",
        *("--start-at", "earliest", "--until-eos", "--json", "--group-id", "subscriber-desk"),
        env=role_environment(secure, "subscriber", tmp_path),
    )
    assert {json.loads(line)["id"] for line in subscribed.stdout.splitlines()} == told
    assert await story_facts(secure.settings("worker"), updates[0].story_key)
    assert secure.security is not None
    shown = log.read_text() + published.stderr + subscribed.stderr
    assert "worker" in shown
    assert [user for user, password in secure.security.passwords.items() if password in shown] == []


SECRET = "correct-horse-battery"


def refused(settings: Settings, **changes: Any) -> Settings:
    return settings.model_copy(update=changes)


REFUSALS: dict[str, tuple[dict[str, Any], str]] = {
    "a wrong password": (
        {"sasl_password": SecretStr(SECRET)},
        r"does not know the user worker with this password \(WIREDELTA_SASL_USERNAME, WIREDELTA_SASL_PASSWORD\)",
    ),
    "an unknown user": ({"sasl_username": "nobody"}, r"does not know the user nobody with this password"),
    "another mechanism": ({"sasl_mechanism": "PLAIN"}, r"does not take PLAIN \(WIREDELTA_SASL_MECHANISM\)"),
    "an unknown authority": ({"ssl_cafile": None}, r"shows a certificate that is not trusted \(WIREDELTA_SSL_CAFILE\)"),
    "no TLS": ({"security_protocol": "PLAINTEXT"}, r"hung up on PLAINTEXT \(WIREDELTA_SECURITY_PROTOCOL\)"),
    "no credentials": ({"security_protocol": "SSL"}, r"hung up on SSL \(WIREDELTA_SECURITY_PROTOCOL\)"),
}


@pytest.mark.parametrize("case", REFUSALS)
async def test_what_the_broker_refuses_is_told_apart_from_a_dead_one(
    case: str, secure: Cluster, caplog: pytest.LogCaptureFixture
) -> None:
    changes, told = REFUSALS[case]
    caplog.set_level("DEBUG")
    worker = secure.settings("worker")
    with pytest.raises(KafkaRefused, match=rf"^Kafka at {secure.address} {told}") as caught:
        await ensure_topics(refused(worker, **changes))
    assert "\n" not in str(caught.value)
    with pytest.raises(BrokerUnavailable, match=r"^no Kafka broker answers at 127\.0\.0\.1:1 "):
        await ensure_topics(refused(worker, broker="127.0.0.1:1", **changes))
    assert SECRET not in str(caught.value) + caplog.text


async def test_what_is_wrong_at_one_of_several_addresses_is_told(secure: Cluster) -> None:
    wrong = refused(secure.settings("worker"), sasl_username="nobody", broker=f"127.0.0.1:1,{secure.address}")
    with pytest.raises(KafkaRefused, match=r"does not know the user nobody"):
        await ensure_topics(wrong)


@pytest.mark.parametrize("protocol", ["SSL", "SASL_SSL", "SASL_PLAINTEXT"])
async def test_security_where_the_broker_has_none_is_told(protocol: str, single: Cluster, secure: Cluster) -> None:
    settings = refused(secure.settings("worker"), broker=single.address, security_protocol=protocol)
    with pytest.raises(KafkaRefused, match=rf" {protocol} .*\(WIREDELTA_SECURITY_PROTOCOL\)$"):
        await ensure_topics(settings)


@pytest.mark.parametrize("command", [["worker"], ["publish", "-"], ["subscribe"], ["facts", "story"], ["topics"]])
def test_every_command_tells_a_wrong_password_in_one_line_without_it(
    command: list[str], secure: Cluster, tmp_path: Path
) -> None:
    (tmp_path / "password").write_text(SECRET + "\n")
    own = {"sasl_password_file": tmp_path / "password", "data_dir": tmp_path / "data", "web_port": free_port()}
    env = environment(**{**secure.client_settings("worker"), **own})
    done = wiredelta(*command, env=env, given=update().model_dump_json())
    assert done.returncode == 1
    assert done.stdout == ""
    [line] = done.stderr.splitlines()
    assert line.startswith(f"wiredelta: Kafka at {secure.address} does not know the user worker with this password")


def test_a_command_without_the_right_says_which_in_one_line(topics: Cluster, tmp_path: Path) -> None:
    """A worker is told of topics that it may not make; who reads or writes, of topics that it may not see."""
    given = update().model_dump_json()

    def line(role: str, *command: str) -> str:
        done = wiredelta(*command, env=role_environment(topics, role, tmp_path), given=given)
        assert (done.returncode, done.stdout) == (1, "")
        [told] = done.stderr.splitlines()
        return told.removeprefix("wiredelta: ")

    at = topics.address
    assert re.fullmatch(r"topic news\.alerts\..* cannot be made: Authorization failed\.", line("publisher", "worker"))
    assert line("subscriber", "publish", "-").startswith(
        f"no topic news.article-updates at {at} that subscriber may see"
    )
    assert line("publisher", "subscribe", "figure").startswith(f"no topic {ALERTS} at {at} that publisher may see")
    other_group = ("subscribe", "figure", "--group-id", "another", "--until-eos")
    assert line("subscriber", *other_group) == f"Kafka at {at} does not let subscriber join the group another"


LESS: dict[str, tuple[Callable[[Right], bool], str]] = {
    "group": (lambda right: right.resource == "group", "join the group wiredelta"),
    "write to alerts": (
        lambda right: right.name == "news.alerts." and right.operation == "write",
        f"write to the topic {', '.join(sorted(topic.name for topic in ALERT_TOPICS.values()))}",
    ),
    "read updates, write dead letters": (
        lambda right: (right.name, right.operation) in ((ARTICLE_UPDATES.name, "read"), (DEAD_LETTERS.name, "write")),
        f"read the topic {ARTICLE_UPDATES.name}, write to the topic {DEAD_LETTERS.name}",
    ),
}


@pytest.mark.parametrize("less", LESS)
def test_a_worker_with_all_rights_but_one_is_told_which_although_its_topics_exist(
    less: str, topics: Cluster, tmp_path: Path
) -> None:
    is_taken, told = LESS[less]
    taken = [right for right in worker_rights("worker", "wiredelta") if is_taken(right)]
    assert taken
    with without(topics.settings(), taken):
        env = role_environment(topics, "worker", tmp_path, app_id="wiredelta")
        done = wiredelta("worker", env=env)
    assert (done.returncode, done.stdout) == (1, "")
    [line] = done.stderr.splitlines()
    assert line == f"wiredelta: Kafka at {topics.address} does not let worker {told}"


@contextmanager
def without(admin: Settings, rights: Sequence[Right]) -> Iterator[None]:
    """Some user's rights are taken for a while; a topic that may be written or read may be seen."""
    client = admin_client(admin)
    bindings = [right.binding() for right in rights]
    for given in client.create_acls(
        [changed(binding, AclBinding, AclOperation.DESCRIBE) for binding in bindings]
    ).values():
        given.result()
    taken = client.delete_acls([changed(binding, AclBindingFilter, binding.operation) for binding in bindings])
    assert all(done.result() for done in taken.values())
    try:
        yield
    finally:
        grant(admin, rights)


def changed(binding: AclBinding, made: type[Acl], operation: AclOperation) -> Acl:
    of = (binding.restype, binding.name, binding.resource_pattern_type, binding.principal, binding.host)
    return made(*of, operation, binding.permission_type)


def test_a_worker_whose_password_is_changed_says_so_and_shows_neither(topics: Cluster, tmp_path: Path) -> None:
    assert topics.security is not None
    password, log = topics.security.passwords["worker"], tmp_path / "worker.log"
    env = role_environment(topics, "worker", tmp_path, broker_timeout=40, log_level="debug")
    with running("worker", env=env, out=log) as process:
        wait_for("Worker ready", log, process)
        try:
            set_password(topics.settings(), "worker", SECRET)
            topics.nodes[0].kill()  # those who are connected already are not asked again
            topics.nodes[0].start()
            assert process.wait(timeout=180) == Exit.CUT_OFF
        finally:
            set_password(topics.settings(), "worker", password)
    said = log.read_text()
    told = f"Kafka at {topics.address} does not know the user worker with this password"
    assert said.splitlines()[-1].startswith(f"FATAL 76 CUT_OFF: Kafka could not be reached for 40 s: {told}")
    assert password not in said
    assert SECRET not in said


def set_password(admin: Settings, user: str, password: str) -> None:
    info = ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, 4096)
    client = admin_client(admin)  # kept until all is done: what it was asked is given up when it goes
    asked = client.alter_user_scram_credentials([UserScramCredentialUpsertion(user, info, password.encode())])
    asked[user].result()


async def test_settings_and_clients_show_no_secret(secure: Cluster) -> None:
    settings = secure.settings("worker")
    assert settings.sasl_password is not None
    secret = settings.sasl_password.get_secret_value()
    assert len(secret) >= 32
    producer = make_producer(settings)
    async with started(producer, settings):
        shown = [repr(settings), str(settings), settings.model_dump_json(), repr(producer), repr(producer.client)]
    assert [text for text in shown if secret in text] == []
