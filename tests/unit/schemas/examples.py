"""The example files, as JSON and as models."""

import json
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel

from schemas.alerts import Alert
from schemas.asyncapi import schema_file
from schemas.changes import FactChange
from schemas.dead_letters import DeadLetter
from schemas.facts import Fact
from schemas.generate import HERE, MODELS
from schemas.updates import ArticleUpdate

T = TypeVar("T", bound=BaseModel)

FOLDER = HERE / "examples"
FILES = sorted(FOLDER.iterdir())


def model_of(path: Path) -> type[BaseModel]:
    """The model whose file name the example's begins with: ``fact-change-new.json`` is a FactChange, not a Fact."""
    stems = {schema_file(model).removesuffix(".schema.json"): model for model in MODELS}
    return stems[max((stem for stem in stems if path.stem.startswith(stem)), key=len)]


def example(name: str) -> dict[str, Any]:
    data: dict[str, Any] = json.loads((FOLDER / name).read_text("utf-8"))
    return data


def _all_of(model: type[T]) -> dict[str, T]:
    paths = [path for path in FILES if model_of(path) is model]
    return {path.stem: model.model_validate_json(path.read_bytes()) for path in paths}


def updates() -> dict[str, ArticleUpdate]:
    return _all_of(ArticleUpdate)


def facts() -> dict[str, Fact]:
    return _all_of(Fact)


def alerts() -> dict[str, Alert]:
    return _all_of(Alert)


def changes() -> dict[str, FactChange]:
    return _all_of(FactChange)


def dead_letter() -> DeadLetter:
    return _all_of(DeadLetter)["dead-letter"]
