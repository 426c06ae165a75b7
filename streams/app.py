"""The Faust app: three agents, three tables, and the settings that did best."""

import asyncio
import logging
import shutil
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from pathlib import Path
from typing import Any

from faust import SASLCredentials, SSLCredentials
from faust.sensors.prometheus import setup_prometheus_sensors
from mode import Service

from schemas.topics import (
    ALERT_TOPICS,
    ARTICLE_UPDATES,
    DEAD_LETTERS,
    FACT_CHANGES,
    MAX_MESSAGE_BYTES,
    SOURCE_HEALTH,
    SOURCE_POLLS,
    SOURCE_STATE,
)
from streams import garbage, known_facts, metrics
from streams.agents.identify_versions import IdentifyVersions
from streams.agents.raise_alerts import RaiseAlerts
from streams.agents.track_facts import TrackFacts
from streams.facts.language.parse import model
from streams.facts.tracker import read
from streams.kafka import REQUEST_OVERHEAD, connection
from streams.positions import App, Exit, NotHeld, Positions, Table, die
from streams.positions.table import SMALL_ROCKSDB
from streams.reading import Readers
from streams.rights import Needs
from streams.settings import Settings
from streams.supervision.pages import add_pages
from streams.supervision.supervisor import Supervisor
from streams.tracking import TextReaders, seconds_to_read

log = logging.getLogger("wiredelta")

ALERT_POSITIONS = "alert-positions"  # raise_alerts keeps no rows, only where it reads on from
SOURCES = "source-state"
TABLES = (known_facts.NAME, ALERT_POSITIONS, SOURCES)


def changelogs(settings: Settings) -> list[str]:
    """The changelog topics, as Faust names them."""
    return [f"{settings.app_id}-{table}-changelog" for table in TABLES]


def needs(settings: Settings) -> Needs:
    """What the agents and tables do at the broker."""
    both = [ARTICLE_UPDATES.name, FACT_CHANGES.name, SOURCE_POLLS.name, *changelogs(settings)]
    written = [topic.name for topic in (*ALERT_TOPICS.values(), DEAD_LETTERS, SOURCE_STATE, SOURCE_HEALTH)]
    return Needs(reads=both, writes=[*both, *written], group=settings.app_id)


class Wiredelta(App):
    """The app with its reading processes, which start and end with it."""

    def __init__(self, settings: Settings) -> None:
        super().__init__(settings.app_id, **faust_settings(settings))
        self.readers: TextReaders = Readers(
            settings.read_processes, model, read, partial(seconds_to_read, settings.read_timeout)
        )
        facts, alerts, sources = (self._table(name, settings) for name in TABLES)
        TrackFacts(self, Positions(self, ARTICLE_UPDATES.name, facts), self.readers, settings)
        RaiseAlerts(self, Positions(self, FACT_CHANGES.name, alerts), settings.canceled_sentences)
        IdentifyVersions(self, Positions(self, SOURCE_POLLS.name, sources))
        self.supervision = Supervisor(self, self.readers, settings)
        add_pages(self, self.supervision)
        metrics.DATA_FREE.set_function(partial(_free_share, settings.data_dir))
        setup_prometheus_sensors(self, name_prefix="faust")

    def _table(self, name: str, settings: Settings) -> Table:
        table = self.Table(
            name, key_type=bytes, value_type=bytes, partitions=settings.partitions, options=dict(SMALL_ROCKSDB)
        )
        assert isinstance(table, Table)
        metrics.TABLE_ROWS.labels(name).set_function(lambda: self._rows(table))
        return table

    def _rows(self, table: Table) -> float:
        held = [
            partition
            for positions in self.positions.values()
            if positions.table is table
            for partition in positions.applied
        ]
        try:
            return sum(table.count(partition) for partition in held)
        except NotHeld:
            return 0

    async def on_start(self) -> None:
        for task in [self._watch_readers(), *self.supervision.tasks()]:
            self.add_future(task)
        await super().on_start()

    @Service.task
    async def _tidy(self) -> None:
        while not self.should_stop:
            await self.sleep(1.0)
            garbage.collect(idle=all(positions.at_work is None for positions in self.positions.values()))

    async def _watch_readers(self) -> None:
        try:
            await self.readers.started()
            self.supervision.can_read = True
            log.info("Texts can be read")
        except BrokenProcessPool as error:
            if self.should_stop:  # a worker that is stopped in its first seconds ends them before they have begun
                return
            die(Exit.FAILED, f"the processes that read texts do not start: {error}")

    async def on_stop(self) -> None:
        await super().on_stop()
        await asyncio.to_thread(self.readers.stop)


def _free_share(folder: Path) -> float:
    usage = shutil.disk_usage(folder if folder.exists() else Path())
    return usage.free / usage.total


def faust_settings(settings: Settings) -> dict[str, Any]:
    """Arguments of ``faust.App``. ``env`` is empty: Faust's own variables (WEB_PORT, BROKER_URL …) would beat them."""
    return {
        "env": {},
        "broker": [f"kafka://{address}" for address in settings.broker.split(",")],
        "broker_credentials": credentials(settings),
        "broker_client_id": settings.app_id,
        "broker_session_timeout": settings.session_timeout,
        "broker_heartbeat_interval": 1.0,
        "broker_request_timeout": max(30.0, settings.session_timeout),
        "broker_rebalance_timeout": max(30.0, settings.session_timeout),
        "broker_commit_interval": 1.0,
        "consumer_auto_offset_reset": "earliest",
        "consumer_max_fetch_size": MAX_MESSAGE_BYTES + REQUEST_OVERHEAD,
        "producer_linger": 0,
        "producer_max_request_size": MAX_MESSAGE_BYTES + REQUEST_OVERHEAD,
        "stream_publish_on_commit": False,
        "stream_recovery_delay": 0,
        "stream_wait_empty": True,
        "store": settings.store,
        "datadir": str(settings.data_dir),
        "table_standby_replicas": 0,
        "topic_partitions": settings.partitions,
        "topic_allow_declare": False,
        "topic_disable_leader": True,
        "web_bind": settings.web_host,
        "web_host": settings.web_host,
        "web_port": settings.web_port,
        "web_tables_enabled": False,
        "web_router_enabled": False,
        "worker_redirect_stdouts": False,
    }


def credentials(settings: Settings) -> SASLCredentials | SSLCredentials | None:
    """As `streams.kafka.connection` has them, in Faust's words."""
    given = connection(settings)
    context = given.get("ssl_context")
    if settings.security_protocol.startswith("SASL"):
        return SASLCredentials(
            mechanism=settings.sasl_mechanism,
            username=given["sasl_plain_username"],
            password=given["sasl_plain_password"],
            ssl_context=context,
        )
    return SSLCredentials(context) if context is not None else None
