"""The generated files: in step with the models, valid by their own specifications, and as strict as the models."""

import copy
import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft7Validator, Draft202012Validator
from pydantic import BaseModel, ValidationError

from schemas.facts import Assertion, Fact
from schemas.generate import HERE, ID_PREFIX, MODELS, generated, json_schema
from schemas.polls import Poll
from schemas.topics import TOPICS
from schemas.updates import ArticleUpdate
from schemas.values import VALUE_OF_KIND
from streams.wire import encode_alert, encode_dead_letter
from tests.unit.schemas.examples import alerts, dead_letter, example

ASYNCAPI_SPEC = Path(__file__).parent / "vendored" / "asyncapi-3.0.0.json"


def test_the_files_are_those_that_the_command_writes() -> None:
    stale = [path.name for path, text in generated().items() if path.read_text("utf-8") != text]
    assert stale == [], "run `make schemas`"
    assert set((HERE / "json").iterdir()) | {HERE / "asyncapi.yaml"} == set(generated())


@pytest.mark.parametrize("model", MODELS)
def test_each_file_is_a_json_schema(model: type[BaseModel]) -> None:
    schema = json_schema(model)
    assert (schema["$schema"], schema["title"]) == ("https://json-schema.org/draft/2020-12/schema", model.__name__)
    assert schema["$id"].startswith(ID_PREFIX)
    Draft202012Validator.check_schema(schema)


@pytest.mark.parametrize("model", MODELS)
def test_only_what_comes_in_is_closed_to_unknown_fields(model: type[BaseModel]) -> None:
    schema = json_schema(model)
    objects = [schema, *schema.get("$defs", {}).values()]
    closed = {part.get("additionalProperties") for part in objects}
    assert closed == ({False} if model in (ArticleUpdate, Poll) else {None})


FACT = Draft202012Validator(json_schema(Fact))
ASSERTION = Draft202012Validator(json_schema(Assertion))
FACTS: dict[str, dict[str, Any]] = {kind: example(f"fact-{kind}.json") for kind in VALUE_OF_KIND}


@pytest.mark.parametrize("value_kind", VALUE_OF_KIND)
@pytest.mark.parametrize("kind", VALUE_OF_KIND)
def test_the_schema_takes_the_same_value_for_a_kind_as_the_model(kind: str, value_kind: str) -> None:
    mixed = {**FACTS[kind], "value": FACTS[value_kind]["value"], "asserted": {}}
    assert FACT.is_valid(mixed) is _accepted(Fact, mixed)
    said = {**mixed, "version": 1, "updated_at": mixed["first_seen"]}
    assert ASSERTION.is_valid(said) is _accepted(Assertion, said)


def test_each_kind_is_told_apart_from_some_other() -> None:
    for kind, fact in FACTS.items():
        values = [FACTS[other]["value"] for other in VALUE_OF_KIND if other != kind]
        assert not any(FACT.is_valid({**fact, "value": value}) for value in values), kind


@pytest.mark.parametrize(
    ("kind", "nulls", "valid"),
    [
        ("event-time", {"at": None}, False),
        ("event-time", {"at": None, "minutes": 90}, True),
        ("figure", {"number": None}, False),
        ("figure", {"number": None, "low": 12}, False),
        ("figure", {"number": None, "low": 12, "high": 15}, True),
    ],
)
def test_a_value_must_say_something(kind: str, nulls: dict[str, Any], valid: bool) -> None:
    fact = {**FACTS[kind], "value": {**FACTS[kind]["value"], **nulls}}
    assert FACT.is_valid(fact) is _accepted(Fact, fact) is valid


def _accepted(model: type[BaseModel], data: dict[str, Any]) -> bool:
    try:
        model.model_validate_json(json.dumps(data))
    except ValidationError:
        return False
    return True


@pytest.fixture(scope="module")
def asyncapi() -> dict[str, Any]:
    document: dict[str, Any] = yaml.safe_load((HERE / "asyncapi.yaml").read_text("utf-8"))
    return document


@pytest.fixture(scope="module")
def specification() -> Draft7Validator:
    return Draft7Validator(json.loads(ASYNCAPI_SPEC.read_text("utf-8")))


def test_the_asyncapi_document_is_valid(asyncapi: dict[str, Any], specification: Draft7Validator) -> None:
    assert [error.message for error in specification.iter_errors(asyncapi)] == []


@pytest.mark.parametrize(
    ("path", "wrong"),
    [
        (["asyncapi"], "2.6.0"),
        (["operations", "sendAlertsQuote", "action"], "tell"),
        (["channels", "alertsQuote", "bindings", "kafka", "topicConfiguration", "retention.ms"], "a year"),
    ],
)
def test_the_specification_would_notice(
    asyncapi: dict[str, Any], specification: Draft7Validator, path: list[str], wrong: str
) -> None:
    document = copy.deepcopy(asyncapi)
    part = document
    for name in path[:-1]:
        part = part[name]
    part[path[-1]] = wrong
    assert not specification.is_valid(document)


def test_every_topic_is_a_channel_and_every_payload_a_file(asyncapi: dict[str, Any]) -> None:
    channels = asyncapi["channels"].values()
    assert [channel["address"] for channel in channels] == [topic.name for topic in TOPICS]
    payloads = [message["payload"] for message in asyncapi["components"]["messages"].values()]
    files = [HERE / payload["schema"]["$ref"] for payload in payloads if "schema" in payload]
    assert len(files) == 8
    assert all(path.is_file() for path in files)


def test_every_reference_within_the_document_leads_somewhere(asyncapi: dict[str, Any]) -> None:
    references = [reference for reference in _references(asyncapi) if reference.startswith("#/")]
    assert len(references) == len(TOPICS) * 2 + 2  # two topics have messages of two kinds
    for reference in references:
        part = asyncapi
        for name in reference.removeprefix("#/").split("/"):
            part = part[name]
        assert part


def _references(node: Any) -> list[str]:
    if isinstance(node, dict):
        own = [node["$ref"]] if "$ref" in node else []
        return own + [found for part in node.values() for found in _references(part)]
    return [found for part in node for found in _references(part)] if isinstance(node, list) else []


def test_the_headers_that_are_written_are_those_that_are_promised(asyncapi: dict[str, Any]) -> None:
    written = {
        "Alert": encode_alert(alerts()["alert-value-changed"])[2],
        "DeadLetter": encode_dead_letter(dead_letter())[2],
    }
    for name, headers in written.items():
        promised = asyncapi["components"]["messages"][name]["headers"]["schema"]
        texts = {header: text.decode() for header, text in headers}
        assert [error.message for error in Draft202012Validator(promised).iter_errors(texts)] == []
        assert set(texts) == set(promised["properties"])
