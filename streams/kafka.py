"""How wiredelta talks to Kafka: connection, partitioner, producer and consumer with limits of our own."""

import asyncio
import logging
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer
from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.errors import KafkaError
from aiokafka.partitioner import murmur2

from schemas.topics import MAX_MESSAGE_BYTES
from streams.diagnosis import missing_right, refusal
from streams.fetch_pace import pace_fetches
from streams.settings import Settings, SettingsError

pace_fetches()

ANSWER_WITHIN = 8.0  # seconds in which a broker must answer at first; one in reach takes milliseconds
REQUEST_OVERHEAD = 100_000  # bytes that key, headers and framing may add to the largest message
BATCH_BYTES = 256_000  # well under the smallest max.message.bytes, which limits batches as well
LINGER_MS = 2


class BrokerUnavailable(ConnectionError):
    """No broker answered: one line that names the address and, where there are any, the credentials."""


class KafkaRefused(RuntimeError):
    """The broker answered, and did not do what was asked: one line with its reason."""


def connection(settings: Settings) -> dict[str, Any]:
    """aiokafka's keyword arguments for reaching the broker. Raises `SettingsError` on an unreadable certificate."""
    arguments: dict[str, Any] = {
        "bootstrap_servers": settings.broker.split(","),
        "security_protocol": settings.security_protocol,
    }
    if settings.security_protocol.endswith("SSL"):
        arguments["ssl_context"] = _ssl_context(settings)
    if settings.security_protocol.startswith("SASL"):
        arguments["sasl_mechanism"] = settings.sasl_mechanism
        arguments["sasl_plain_username"] = settings.sasl_username
        password = settings.sasl_password
        arguments["sasl_plain_password"] = password.get_secret_value() if password else None
    return arguments


def _ssl_context(settings: Settings) -> ssl.SSLContext:
    try:
        context = ssl.create_default_context(cafile=settings.ssl_cafile)
    except OSError as error:
        raise SettingsError(f"ssl_cafile {settings.ssl_cafile} cannot be read: {error}") from error
    if settings.ssl_certfile:
        try:
            context.load_cert_chain(settings.ssl_certfile, settings.ssl_keyfile)
        except OSError as error:
            raise SettingsError(f"ssl_certfile {settings.ssl_certfile} cannot be read: {error}") from error
    return context


def partition_of(key: bytes, partitions: int) -> int:
    """Where a key belongs: murmur2 as in Kafka's Java client and in aiokafka's default partitioner."""
    return int(murmur2(key) & 0x7FFFFFFF) % partitions


def make_producer(settings: Settings) -> AIOKafkaProducer:
    """Idempotent, acknowledged by all replicas in sync; takes the largest message that any topic takes."""
    return AIOKafkaProducer(
        **connection(settings),
        acks="all",
        enable_idempotence=True,
        max_request_size=MAX_MESSAGE_BYTES + REQUEST_OVERHEAD,
        max_batch_size=BATCH_BYTES,
        linger_ms=LINGER_MS,
    )


def make_consumer(settings: Settings, group_id: str | None = None, start_at: str = "earliest") -> AIOKafkaConsumer:
    """Commits only when told to; ``start_at`` (earliest, latest) counts where the group has no offset yet."""
    return AIOKafkaConsumer(
        **connection(settings),
        group_id=group_id,
        enable_auto_commit=False,
        auto_offset_reset=start_at,
        max_partition_fetch_bytes=MAX_MESSAGE_BYTES + REQUEST_OVERHEAD,
        session_timeout_ms=int(settings.session_timeout * 1000),
        heartbeat_interval_ms=1000,
    )


@asynccontextmanager
async def started(
    client: AIOKafkaProducer | AIOKafkaConsumer | AIOKafkaAdminClient, settings: Settings
) -> AsyncIterator[None]:
    """Run a client of aiokafka's for the block's length; its errors become ours.

    Raises `BrokerUnavailable` where no broker answers, `KafkaRefused` where one turns the client away, or refuses
    something within the block.
    """
    stop = client.close if isinstance(client, AIOKafkaAdminClient) else client.stop
    try:
        await _start(client, settings)
        yield
    except KafkaError as error:
        right = missing_right(error, settings)
        raise KafkaRefused(f"Kafka at {settings.broker}{f' {right}' if right else f': {error}'}") from error
    finally:
        await stop()


async def _start(client: AIOKafkaProducer | AIOKafkaConsumer | AIOKafkaAdminClient, settings: Settings) -> None:
    reasons = _Reasons()
    logging.getLogger("aiokafka").addFilter(reasons)
    try:
        async with asyncio.timeout(ANSWER_WITHIN):
            await client.start()
    except TimeoutError as error:
        raise BrokerUnavailable(_no_answer(settings, f"nothing within {ANSWER_WITHIN:.0f} s")) from error
    except KafkaError as error:
        refused = refusal([*reasons.errors, error], settings)
        if refused is not None:
            raise KafkaRefused(f"Kafka at {settings.broker} {refused}") from error
        raise BrokerUnavailable(_no_answer(settings, str((reasons.errors or [error])[-1]))) from error
    finally:
        logging.getLogger("aiokafka").removeFilter(reasons)


class _Reasons(logging.Filter):
    """aiokafka only logs why it could not connect; that belongs into the one line of the error."""

    def __init__(self) -> None:
        super().__init__()
        self.errors: list[BaseException] = []

    def filter(self, record: logging.LogRecord) -> bool:
        if not record.getMessage().startswith("Unable "):
            return True
        self.errors += [value for value in record.args or () if isinstance(value, BaseException)]
        return False


def _no_answer(settings: Settings, reason: str) -> str:
    how = "" if settings.security_protocol == "PLAINTEXT" else f" over {settings.security_protocol}"
    user = f" as {settings.sasl_username}" if settings.security_protocol.startswith("SASL") else ""
    return f"no Kafka broker answers at {settings.broker}{how}{user} (WIREDELTA_BROKER): {reason}"
