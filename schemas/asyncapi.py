"""The AsyncAPI 3.0 document of the topics: channels with their Kafka settings, messages with keys and headers."""

from typing import Annotated, Any, get_args, get_origin

from pydantic import BaseModel

from schemas.alerts import Alert
from schemas.changes import FactChange, UpdateSummary
from schemas.dead_letters import HEADER_OF_FIELD, DeadLetter
from schemas.polls import Poll, VersionOutcome
from schemas.sources import SourceHealthChange, SourceState
from schemas.topics import (
    ALERT_TOPICS,
    ARTICLE_UPDATES,
    POLLED,
    REKEYED,
    SOURCE_KEY,
    SOURCE_POLLS,
    STORY_KEY,
    TOPICS,
    VERSION_OUTCOME,
    Topic,
)
from schemas.updates import ArticleUpdate

Node = dict[str, Any]

CONTRACT_VERSION = "1.2.0"  # of the contracts: the second number counts additions; they are all that may happen
KAFKA_BINDING = "0.5.0"
JSON_SCHEMA = "application/schema+json;version=draft-2020-12"  # AsyncAPI's own dialect is draft-07
TEXT = {"type": "string"}

MOVED: Node = {REKEYED: {"const": "1", "description": "moved by wiredelta to its story's partition"}}
BROUGHT: Node = {POLLED: {**TEXT, "description": "the name of the source whose poll brought the version"}}
OUTCOME: Node = {VERSION_OUTCOME: {"const": "1", "description": "tells it from a poll"}}
CLOUDEVENT: Node = {
    "content-type": {"const": "application/json"},
    "ce_specversion": {"const": "1.0"},
    "ce_id": {**TEXT, "format": "uuid", "description": "The alert's id: the same id again is a repeat"},
    "ce_source": {**TEXT, "format": "uri-reference", "pattern": "^/wiredelta/[^/?#]+$"},
    "ce_type": {"enum": [topic.name for topic in ALERT_TOPICS.values()], "description": "The topic's name"},
    "ce_time": {**TEXT, "format": "date-time", "description": "The alert's detected_at"},
    "ce_subject": {**TEXT, "description": "The story key"},
}


def document() -> Node:
    """The whole document; the payloads refer to the JSON Schema files."""
    messages = (
        _message(ArticleUpdate, "A version of an article", _headers({**MOVED, **BROUGHT}, required=False)),
        _message(FactChange, "What was found of a fact, and whether it was told"),
        _message(UpdateSummary, "What was read of an update, and what came of it"),
        _message(Alert, "A changed fact, as a CloudEvent 1.0 in binary mode", _headers(CLOUDEVENT)),
        _dead_letter(),
        _message(Poll, "What a look at a source found", key=SOURCE_KEY),
        _message(VersionOutcome, "Whether a version told anything new", _headers(OUTCOME), key=SOURCE_KEY),
        _message(SourceState, "How a source does", key=SOURCE_KEY),
        _message(SourceHealthChange, "A source that began to fail, or does well again", key=SOURCE_KEY),
    )
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": "wiredelta",
            "version": CONTRACT_VERSION,
            "description": "Article updates in, alerts about changed facts out.",
            "license": {"name": "Apache-2.0", "url": "https://www.apache.org/licenses/LICENSE-2.0"},
        },
        "defaultContentType": "application/json",
        "channels": {channel_id(topic): _channel(topic) for topic in TOPICS},
        "operations": {_operation_id(topic): _operation(topic) for topic in TOPICS},
        "components": {"messages": {message["name"]: message for message in messages}},
    }


def schema_file(model: type[BaseModel]) -> str:
    """The name of a model's JSON Schema file: ``FactChange`` is in ``fact-change.schema.json``."""
    words = "".join(f"-{letter.lower()}" if letter.isupper() else letter for letter in model.__name__)
    return f"{words[1:]}.schema.json"


def channel_id(topic: Topic) -> str:
    """``news.alerts.event-status`` as ``alertsEventStatus``, an id that code generators can use."""
    first, *others = topic.name.removeprefix("news.").replace("-", ".").split(".")
    return first + "".join(word.capitalize() for word in others)


def _channel(topic: Topic) -> Node:
    return {
        "address": topic.name,
        "description": topic.description,
        "messages": {model.__name__: {"$ref": f"#/components/messages/{model.__name__}"} for model in _models(topic)},
        "bindings": {
            "kafka": {
                "topicConfiguration": {
                    "cleanup.policy": ["delete" if topic.retention_ms else "compact"],
                    **({"retention.ms": topic.retention_ms} if topic.retention_ms else {}),
                    "max.message.bytes": topic.max_message_bytes,
                },
                "bindingVersion": KAFKA_BINDING,
            }
        },
    }


def _models(topic: Topic) -> tuple[type[BaseModel], ...]:
    union = get_args(topic.model)[0] if get_origin(topic.model) is Annotated else topic.model
    return get_args(union) or (union,)


def _operation_id(topic: Topic) -> str:
    channel = channel_id(topic)
    return f"{_operation(topic)['action']}{channel[0].upper()}{channel[1:]}"


def _operation(topic: Topic) -> Node:
    """What wiredelta itself does with the topic."""
    action = "receive" if topic in (ARTICLE_UPDATES, SOURCE_POLLS) else "send"
    return {"action": action, "channel": {"$ref": f"#/channels/{channel_id(topic)}"}}


def _message(model: type[BaseModel], summary: str, headers: Node | None = None, key: str = STORY_KEY) -> Node:
    return {
        "name": model.__name__,
        "summary": summary,
        **({"headers": headers} if headers else {}),
        "payload": {"schemaFormat": JSON_SCHEMA, "schema": {"$ref": f"./json/{schema_file(model)}"}},
        "bindings": _key({**TEXT, "description": key}),
    }


def _dead_letter() -> Node:
    """Not the model's JSON: the message that failed, as it was, with the rest in headers."""
    return {
        "name": DeadLetter.__name__,
        "summary": "A message that could not be processed: its own key and value, byte for byte",
        "contentType": "application/octet-stream",
        "headers": _headers({name: _of_field(field) for field, name in HEADER_OF_FIELD.items()}),
        "payload": {"description": "Any bytes, or none"},
        "bindings": _key({"description": "The key of the message that failed: any bytes, or none"}),
    }


def _of_field(field: str) -> Node:
    """Headers are text on Kafka, whatever the field's type is."""
    schema: Node = DeadLetter.model_json_schema()["properties"][field]
    if schema["type"] == "integer":
        return {**TEXT, "pattern": "^[0-9]+$"}
    return {name: value for name, value in schema.items() if name != "title"}


def _headers(properties: Node, *, required: bool = True) -> Node:
    schema = {"type": "object", "properties": properties, **({"required": list(properties)} if required else {})}
    return {"schemaFormat": JSON_SCHEMA, "schema": schema}


def _key(schema: Node) -> Node:
    return {"kafka": {"key": schema, "bindingVersion": KAFKA_BINDING}}
