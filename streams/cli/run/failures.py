"""Errors that have one clear line of their own become that line; all others are bugs and keep their stack trace."""

from collections.abc import Iterator
from contextlib import contextmanager

from streams.cli.errors import BadInput, Failed
from streams.cli.input import BadLine
from streams.client.publisher import PublishError
from streams.embedded import EmbeddedBrokerError
from streams.kafka import BrokerUnavailable, KafkaRefused
from streams.settings import SettingsError
from streams.topics import TopicError


@contextmanager
def told_plainly() -> Iterator[None]:
    """Raises `BadInput` or `Failed` in place of them."""
    try:
        yield
    except (BadLine, SettingsError) as error:
        raise BadInput(str(error)) from None
    except (BrokerUnavailable, KafkaRefused, TopicError, PublishError, EmbeddedBrokerError) as error:
        raise Failed(str(error)) from None
