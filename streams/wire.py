"""Updates, alerts and dead letters as Kafka messages: keys, values and headers. No Kafka client is needed here.

Alerts travel as CloudEvents 1.0 in binary mode: https://github.com/cloudevents/spec (Kafka protocol binding).
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from urllib.parse import quote

from cloudevents.core.bindings.kafka import KafkaMessage, from_binary, to_binary
from cloudevents.core.exceptions import BaseCloudEventException
from cloudevents.core.formats.json import JSONFormat
from cloudevents.core.v1.event import CloudEvent
from pydantic import ValidationError

from schemas.alerts import Alert
from schemas.dead_letters import HEADER_OF_FIELD, DeadLetter
from schemas.errors import explain
from schemas.polls import VersionOutcome
from schemas.topics import ALERT_TOPICS, ARTICLE_UPDATES, FORGET, POLLED, VERSION_OUTCOME, Topic
from schemas.updates import ArticleUpdate

Headers = list[tuple[str, bytes]]  # as aiokafka takes them
ReceivedHeaders = Iterable[tuple[str, bytes | None]]  # as any client gives them: others may have added their own

CONTENT_TYPE = "application/json"
# What a URI's path segment may hold besides letters, digits and "-._~" (RFC 3986, section 3.3: pchar).
PCHAR = "!$&'()*+,;=:@"


RECORD_BYTES = 200  # what Kafka adds to key, value and headers, and counts as well (61 for a batch, some for a record)


class TooLarge(ValueError):
    """The message is larger than its topic takes; one line says by how much."""


class NotOurMessage(ValueError):
    """The message is no alert, or no dead letter, as wiredelta writes them; one line says what is wrong."""


def encode_update(update: ArticleUpdate, headers: Sequence[tuple[str, bytes]] = ()) -> tuple[bytes, bytes]:
    """The key and the value of an update. Raises `TooLarge`: JSON writes some characters with six bytes."""
    key, value = update.story_key.encode(), update.model_dump_json().encode()
    require_size(ARTICLE_UPDATES, key, value, headers)
    return key, value


def encode_polled(update: ArticleUpdate, source: str) -> tuple[bytes, bytes, Headers]:
    """An update that a poll of this source brought. Raises `TooLarge`."""
    headers = [(POLLED, source.encode())]
    return *encode_update(update, headers), headers


def polled_source(headers: ReceivedHeaders) -> str | None:
    """The name of the source whose poll brought an update; None where none did."""
    return next((text.decode("utf-8", "replace") for name, text in headers if name == POLLED and text), None)


def encode_outcome(outcome: VersionOutcome) -> tuple[bytes, bytes, Headers]:
    """What came of a version, as a message on the topic of polls."""
    return outcome.source.encode(), outcome.model_dump_json().encode(), [(VERSION_OUTCOME, b"1")]


def is_outcome(headers: ReceivedHeaders) -> bool:
    """Whether a message on the topic of polls is a VersionOutcome."""
    return has_header(headers, VERSION_OUTCOME)


def is_takedown(value: bytes | None, headers: ReceivedHeaders) -> bool:
    """Whether a message on the topic of updates asks that its key's story be forgotten."""
    return value is None and has_header(headers, FORGET)


def has_header(headers: ReceivedHeaders, wanted: str) -> bool:
    return any(name == wanted for name, _ in headers)


def require_size(topic: Topic, key: bytes, value: bytes, headers: Sequence[tuple[str, bytes]] = ()) -> None:
    """Raises `TooLarge` where the topic does not take such a message."""
    size = len(key) + len(value) + sum(len(name.encode()) + len(text) for name, text in headers) + RECORD_BYTES
    if size > topic.max_message_bytes:
        raise TooLarge(f"it has {size:,} bytes as a message, {topic.max_message_bytes:,} at most are taken")


def encode_alert(alert: Alert) -> tuple[bytes, bytes, Headers]:
    """The key (the story key), the value (JSON) and the headers of an alert's message on its kind's topic."""
    event = CloudEvent(
        {
            "specversion": "1.0",
            "id": str(alert.id),
            "source": f"/wiredelta/{quote(alert.source, safe=PCHAR)}",
            "type": ALERT_TOPICS[alert.kind].name,
            "time": alert.detected_at,
            "subject": alert.story_id,
            "datacontenttype": CONTENT_TYPE,
        },
        alert.model_dump_json().encode(),
    )
    message = to_binary(event, JSONFormat())
    return alert.story_id.encode(), message.value, list(message.headers.items())


def decode_alert(value: bytes | None, headers: ReceivedHeaders) -> Alert:
    """The alert in a message. Raises NotOurMessage if it is not a CloudEvent of version 1.0 that holds an alert."""
    attributes = {name: text for name, text in headers if text is not None and _is_cloudevents(name)}
    try:
        from_binary(KafkaMessage(headers=attributes, key=None, value=b""), JSONFormat(), CloudEvent)
        return Alert.model_validate_json(value or b"")
    except ValidationError as error:
        raise NotOurMessage(f"not an alert: {explain(error)}") from error
    except (BaseCloudEventException, ValueError) as error:
        raise NotOurMessage(f"not a CloudEvent: {' '.join(str(error).split())}") from error


def _is_cloudevents(name: str) -> bool:
    return name.lower().startswith("ce_") or name.lower() == "content-type"


def encode_dead_letter(letter: DeadLetter) -> tuple[bytes | None, bytes | None, Headers]:
    """The failed message's own key and value, byte for byte, and the headers that tell of the failure."""
    headers = [(name, _header(getattr(letter, field))) for field, name in HEADER_OF_FIELD.items()]
    return letter.key, letter.value, headers


def _header(value: str | int | datetime) -> bytes:
    text = value.isoformat().replace("+00:00", "Z") if isinstance(value, datetime) else str(value)
    return text.encode()


def decode_dead_letter(key: bytes | None, value: bytes | None, headers: ReceivedHeaders) -> DeadLetter:
    """The dead letter in a message. Raises NotOurMessage if its headers are missing or wrong."""
    texts = {name: text.decode("utf-8", "replace") for name, text in headers if text is not None}
    told = {field: texts[name] for field, name in HEADER_OF_FIELD.items() if name in texts}
    try:
        return DeadLetter.model_validate({**told, "key": key, "value": value})
    except ValidationError as error:
        raise NotOurMessage(f"not a dead letter: {explain(error)}") from error
