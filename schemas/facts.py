"""Fact: one thing that a story says, where it says so, and who said it when."""

from typing import Annotated, Any, Literal

from pydantic import Field, SerializeAsAny, ValidationInfo, field_validator

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
    field: Literal["headline", "body"]
    start: Annotated[int, Field(ge=0)]
    end: Annotated[int, Field(ge=0)]
    sentence: str


def _typed_value(value: Any, info: ValidationInfo) -> Any:
    """Read a value as its fact's kind says; the kind stands before it in the model and so is known by then."""
    if "kind" not in info.data:  # the kind itself is wrong, which is an error of its own
        return value
    model = VALUE_OF_KIND[info.data["kind"]]
    if isinstance(value, Value) and type(value) is not model:
        raise ValueError(f"should be a {model.__name__}, as the kind is {info.data['kind']}")
    return model.model_validate(value)


class Assertion(Lenient):
    """The latest that one article said of a fact."""

    kind: Kind
    version: Version
    updated_at: UtcTime
    value: SerializeAsAny[Value]
    polarity: Polarity = "affirmed"
    modality: Modality = "real"
    hedges: tuple[str, ...] = ()
    evidence: Evidence

    _typed = field_validator("value", mode="before")(_typed_value)


class Fact(Lenient):
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

    _typed = field_validator("value", mode="before")(_typed_value)
