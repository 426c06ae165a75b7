"""Fact: one thing that a story says, where it says so, and who said it when."""

from typing import Annotated, Any, Literal, cast

from pydantic import Field, GetJsonSchemaHandler, SerializeAsAny, ValidationInfo, field_validator
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

from schemas.base import ArticleId, Kind, Lenient, UtcTime, Version
from schemas.values import VALUE_OF_KIND, Value

MAX_KEY = 400  # characters; longer keys are cut and hashed by whoever builds them
MAX_ASSERTIONS = 32  # articles that a fact remembers, the latest ones

Polarity = Literal["affirmed", "denied"]
Modality = Literal["real", "planned", "possible", "requested"]
State = Literal["active", "superseded", "corrected", "retracted", "removed"]


class Evidence(Lenient):
    """The sentence that proves a fact. Offsets count characters: ``field[start:end] == sentence``."""

    article_id: ArticleId
    version: Version
    source: str
    url: str | None = None
    field: Literal["headline", "body", "correction"]
    start: Annotated[int, Field(ge=0)]
    end: Annotated[int, Field(ge=0)]
    sentence: str


class OfKind(Lenient):
    """What has a ``kind`` and, after it, a ``value`` of that kind's type; the JSON Schema says so kind by kind."""

    @field_validator("value", mode="before", check_fields=False)
    @classmethod
    def _typed_value(cls, value: Any, info: ValidationInfo) -> Any:
        if "kind" not in info.data:  # the kind itself is wrong, which is an error of its own
            return value
        model = VALUE_OF_KIND[info.data["kind"]]
        if not isinstance(value, dict) and isinstance(value, Value) and type(value) is not model:
            raise ValueError(f"should be a {model.__name__}, as the kind is {info.data['kind']}")
        return model.model_validate(value)

    @classmethod
    def __get_pydantic_json_schema__(cls, core: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        schema = handler(core)
        own = handler.resolve_ref_schema(schema)
        own["properties"]["value"] = {"type": "object"}
        own["allOf"] = [_value_of(kind, handler(_by_reference(model))) for kind, model in VALUE_OF_KIND.items()]
        return schema


def _by_reference(model: type[Value]) -> CoreSchema:
    """The model under ``$defs``, once, rather than in each place."""
    named = {**model.__pydantic_core_schema__, "ref": model.__name__}
    reference = core_schema.definition_reference_schema(model.__name__)
    return core_schema.definitions_schema(reference, [cast(CoreSchema, named)])


def _value_of(kind: Kind, value: JsonSchemaValue) -> JsonSchemaValue:
    kind_is = {"properties": {"kind": {"const": kind}}, "required": ["kind"]}
    return {"if": kind_is, "then": {"properties": {"value": value}}}


class Assertion(OfKind):
    """The latest that one article said of a fact."""

    kind: Kind
    version: Version
    updated_at: UtcTime
    value: SerializeAsAny[Value]
    polarity: Polarity = "affirmed"
    modality: Modality = "real"
    hedges: tuple[str, ...] = ()
    evidence: Evidence


class Fact(OfKind):
    """``key`` is the kind and its slots: lower-case lemmas in fixed order, joined by ``|``. Equal facts, equal keys."""

    kind: Kind
    key: Annotated[str, Field(max_length=MAX_KEY)]
    subject: str
    value: SerializeAsAny[Value]
    polarity: Polarity = "affirmed"
    modality: Modality = "real"
    hedges: tuple[str, ...] = ()
    attribution: tuple[str, ...] = ()
    evidence: Evidence
    first_seen: UtcTime
    last_seen: UtcTime
    state: State = "active"
    asserted: Annotated[dict[str, Assertion], Field(max_length=MAX_ASSERTIONS)] = Field(default_factory=dict)
