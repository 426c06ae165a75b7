"""``news.fact-changes`` → ``news.alerts.<kind>``: the changes that are to be told, each on its kind's topic."""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from faust.types import EventT
from pydantic import ValidationError

from schemas.alerts import Alert
from schemas.changes import CHANGE, FactChange
from schemas.dead_letters import DeadLetter
from schemas.errors import explain
from schemas.topics import ALERT_TOPICS, FACT_CHANGES
from streams import metrics
from streams.agents.canceled import without_sentences
from streams.positions import App, Positions
from streams.sending import deliver, message_of
from streams.tracking import RECEIVED_AT, Message, Output, dead_letter, letter_output
from streams.wire import encode_alert

BATCH, WITHIN = 64, 0.02  # messages, seconds


@dataclass
class Alerts:
    """The alerts of a batch, with the time at which their update came to Kafka, and what could not be read."""

    raised: list[tuple[Alert, float]] = field(default_factory=list)
    dead: list[DeadLetter] = field(default_factory=list)
    outputs: list[Output] = field(default_factory=list)
    rows: dict[int, dict[bytes, bytes | None]] = field(default_factory=dict)  # none: only positions are kept


class RaiseAlerts:
    """The agent. It keeps no rows, yet positions in a table of its own: few alerts repeat after a crash."""

    def __init__(self, app: App, positions: Positions[Alerts], canceled_sentences: bool) -> None:
        self.app, self.positions, self.canceled_sentences = app, positions, canceled_sentences
        app.agent(app.raw_topic(FACT_CHANGES.name), name="raise-alerts")(self.run)

    async def run(self, stream: Any) -> None:
        async for events in stream.take_events(BATCH, within=WITHIN):
            alerts = await self.positions.process(events, self._work)
            if alerts is not None:
                count(alerts)

    async def _work(self, events: Sequence[EventT[Any]]) -> Alerts:
        alerts = await asyncio.to_thread(read_alerts, [message_of(event) for event in events], self.canceled_sentences)
        await deliver(self.app, alerts.outputs)
        return alerts


def read_alerts(messages: Sequence[Message], canceled_sentences: bool = True) -> Alerts:
    """The alerts in fact changes; a message that is none goes to the dead letters.

    ``canceled_sentences``: whether those of a canceled article's alerts stand in them.
    """
    alerts = Alerts()
    for message in messages:
        try:
            change = CHANGE.validate_json(message.value or b"")
        except ValidationError as error:
            letter = dead_letter(message, "invalid", explain(error))
            alerts.dead.append(letter)
            alerts.outputs.append(letter_output(letter))
            continue
        if isinstance(change, FactChange) and change.alert is not None:
            bare = change.reason == "article canceled" and not canceled_sentences
            alert = without_sentences(change.alert) if bare else change.alert
            alerts.raised.append((alert, _received_at(message)))
            alerts.outputs.append(Output(ALERT_TOPICS[alert.kind].name, *encode_alert(alert)))
    return alerts


def _received_at(message: Message) -> float:
    """Seconds since 1970; a fact change of another make counts from when it came to Kafka itself."""
    header = dict(message.headers).get(RECEIVED_AT, b"")
    return int(header) / 1000 if header.isdigit() else message.timestamp


def count(alerts: Alerts) -> None:
    now = time.time()
    for letter in alerts.dead:
        metrics.DEAD_LETTERS.labels(letter.reason).inc()
    for alert, received_at in alerts.raised:
        metrics.ALERTS.labels(alert.kind, alert.priority).inc()
        metrics.ALERT_AFTER_RECEIPT.observe(max(0.0, now - received_at))
        if alert.status == "actual":
            metrics.ALERT_AFTER_UPDATE.observe(max(0.0, now - alert.updated_at.timestamp()))
