"""``python -m deploy.kafka``: an Apache Kafka to play with, until Ctrl-C."""

import signal
import sys
import threading
import time

import click

from deploy.kafka.acls import grant, publisher, subscriber, worker
from deploy.kafka.cluster import Cluster
from deploy.kafka.errors import KafkaUnavailable
from deploy.kafka.jars import SUMS, kafka_version, update_sums
from streams.settings import PREFIX

ROLES = ("publisher", "worker", "subscriber")
UNAVAILABLE = 2  # the exit status


@click.command()
@click.option("--nodes", type=click.Choice(["1", "3"]), default="1", help="Brokers.  [1]")
@click.option("--secure", is_flag=True, help="SASL_SSL with SCRAM-SHA-512, and rights for three users.")
@click.option("--update-sums", "update", is_flag=True, help=f"Write {SUMS.name} anew from pom.xml, and start nothing.")
def main(nodes: str, secure: bool, update: bool) -> None:
    """Run Apache Kafka on free ports of this machine until Ctrl-C. Its data goes with it.

    \b
    Example:
      python -m deploy.kafka
      python -m deploy.kafka --nodes 3 --secure
    """
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))
    try:
        if update:
            click.echo(f"{SUMS}: {update_sums()} jars")
        else:
            _run(Cluster(int(nodes), ROLES if secure else ()))
    except KafkaUnavailable as error:
        click.echo(f"deploy.kafka: {error}", err=True)
        sys.exit(UNAVAILABLE)
    except KeyboardInterrupt:
        click.echo("stopped", err=True)


def _run(cluster: Cluster) -> None:
    begun = time.monotonic()
    with cluster:
        if cluster.security:
            admin = cluster.settings()
            grant(admin, [*publisher("publisher"), *worker("worker", admin.app_id), *subscriber("subscriber")])
        nodes = f"{cluster.size} node{'s' if cluster.size > 1 else ''}"
        click.echo(f"Apache Kafka {kafka_version()}, {nodes}, ready after {time.monotonic() - begun:.0f} s\n")
        click.echo(_how_to_use(cluster))
        while all(node.is_running for node in cluster.nodes):
            threading.Event().wait(1.0)
    raise KafkaUnavailable("a node ended by itself")


def _how_to_use(cluster: Cluster) -> str:
    """Lines for a shell, to be pasted."""
    if cluster.security is None:
        return "\n".join([*_exports(cluster.client_settings()), "wiredelta worker"])
    users = {"publisher": "wiredelta publish FILE", "worker": "wiredelta worker", "subscriber": "wiredelta subscribe"}
    parts = [[f"# as {user}", *_exports(cluster.client_settings(user)), command] for user, command in users.items()]
    return "\n\n".join("\n".join(part) for part in parts)


def _exports(settings: dict[str, str]) -> list[str]:
    return [f"export {PREFIX}{name.upper()}={value}" for name, value in settings.items()]


if __name__ == "__main__":
    main()
