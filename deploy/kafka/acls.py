"""Rights of the four roles on any Apache Kafka that has an authorizer: ``python -m deploy.kafka.acls --help``."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

import click
from confluent_kafka import KafkaException
from confluent_kafka.admin import AclBinding, AclOperation, AclPermissionType, ResourcePatternType, ResourceType

from deploy.kafka.admin import admin_client
from schemas.topics import ARTICLE_UPDATES, DEAD_LETTERS, FACT_CHANGES, SOURCE_POLLS, SOURCE_STATE
from streams.settings import Settings, SettingsError, load_settings

ALERTS = "news.alerts."  # the topic of each kind of alert begins with it
SOURCES = "news.source-"  # the topics of sources begin with it
ANY_HOST = "*"
ANSWER_WITHIN = 15.0  # seconds


@dataclass(frozen=True)
class Right:
    """``prefix``: of all whose names begin with ``name``. Who may read or write a topic may see that it is there."""

    user: str
    operation: Literal["create", "read", "write"]
    resource: Literal["topic", "group"]
    name: str
    prefix: bool = False

    def __str__(self) -> str:
        return f"{self.user} may {self.operation} {self.resource} {self.name}{'*' if self.prefix else ''}"

    def binding(self) -> AclBinding:
        return AclBinding(
            ResourceType[self.resource.upper()],
            self.name,
            ResourcePatternType.PREFIXED if self.prefix else ResourcePatternType.LITERAL,
            f"User:{self.user}",
            ANY_HOST,
            AclOperation[self.operation.upper()],
            AclPermissionType.ALLOW,
        )


def publisher(user: str) -> list[Right]:
    """Publishes updates."""
    return [Right(user, "write", "topic", ARTICLE_UPDATES.name)]


def ingester(user: str, app_id: str) -> list[Right]:
    """Publishes what sources show and what is pushed; reads how sources do, and shares them with its like."""
    return [
        *publisher(user),
        Right(user, "write", "topic", SOURCE_POLLS.name),
        Right(user, "read", "topic", SOURCE_STATE.name),
        Right(user, "read", "group", f"{app_id}-ingest"),
    ]


def worker(user: str, app_id: str) -> list[Right]:
    """Makes the topics, reads updates and sends misplaced ones on, keeps facts in changelogs, raises alerts."""
    return [
        *(Right(user, operation, "topic", ARTICLE_UPDATES.name) for operation in ("create", "read", "write")),
        *(Right(user, operation, "topic", FACT_CHANGES.name) for operation in ("create", "read", "write")),
        *(Right(user, operation, "topic", DEAD_LETTERS.name) for operation in ("create", "write")),
        *(Right(user, operation, "topic", ALERTS, prefix=True) for operation in ("create", "write")),
        *(Right(user, operation, "topic", SOURCES, prefix=True) for operation in ("create", "read", "write")),
        *(Right(user, operation, "topic", f"{app_id}-", prefix=True) for operation in ("create", "read", "write")),
        Right(user, "read", "group", app_id),
    ]


def subscriber(user: str) -> list[Right]:
    """Reads all kinds of alerts, alone or in groups named as the user is, or as the user, a dash and more."""
    return [
        Right(user, "read", "topic", ALERTS, prefix=True),
        Right(user, "read", "group", user),
        Right(user, "read", "group", f"{user}-", prefix=True),
    ]


def grant(settings: Settings, rights: Iterable[Right]) -> None:
    """Add these rights; giving one twice changes nothing. Raises KafkaException where the user may not."""
    client = admin_client(settings)  # kept until all is done: what it was asked is given up when it goes
    asked = client.create_acls([right.binding() for right in rights], request_timeout=ANSWER_WITHIN)
    for done in asked.values():
        done.result()


@click.command()
@click.option("--publisher", "publishers", multiple=True, metavar="USER", help="A user who publishes updates.")
@click.option("--ingester", "ingesters", multiple=True, metavar="USER", help="A user as whom `wiredelta ingest` runs.")
@click.option("--worker", "workers", multiple=True, metavar="USER", help="A user as whom workers run.")
@click.option("--subscriber", "subscribers", multiple=True, metavar="USER", help="A user who reads alerts.")
@click.option("--app-id", metavar="NAME", help="Of the workers.  [WIREDELTA_APP_ID]")
def main(
    publishers: Iterable[str],
    ingesters: Iterable[str],
    workers: Iterable[str],
    subscribers: Iterable[str],
    **flags: Any,
) -> None:
    """Give users the rights of their roles, and no others. Each option may be given several times.

    Connects as WIREDELTA_BROKER and its fellows say; that user must be allowed to change rights.

    \b
    Example:
      python -m deploy.kafka.acls --publisher feeds --worker wiredelta --subscriber desk
    """
    try:
        settings = load_settings(**flags)
    except SettingsError as error:
        raise click.UsageError(str(error)) from error
    rights = [
        *(right for user in publishers for right in publisher(user)),
        *(right for user in ingesters for right in ingester(user, settings.app_id)),
        *(right for user in workers for right in worker(user, settings.app_id)),
        *(right for user in subscribers for right in subscriber(user)),
    ]
    if not rights:
        raise click.UsageError("no user is given: --publisher, --ingester, --worker or --subscriber")
    try:
        grant(settings, rights)
    except KafkaException as error:
        raise click.ClickException(f"Kafka at {settings.broker}: {error.args[0].str()}") from error
    for right in rights:
        click.echo(right)


if __name__ == "__main__":
    main()
