"""What a reader may ask for in an address, and how it becomes a query."""

from collections.abc import Sequence
from typing import Annotated, Any
from urllib.parse import urlencode

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from schemas.alerts import Change, Priority
from schemas.base import Kind
from streams.board.view.alerts import AlertQuery
from streams.client.filters import AlertFilter

LONGEST = 1000  # characters of a condition


def _given(value: Any) -> Any:
    """A form sends its empty fields along."""
    return None if value == "" else value


def _all_given(values: Any) -> Any:
    return [value for value in values if value != ""] if isinstance(values, list) else values


Text = Annotated[Annotated[str, Field(max_length=LONGEST)] | None, BeforeValidator(_given)]


class BadFilter(ValueError):
    """The CEL expression is none; one line says where."""


class AlertParameters(BaseModel):
    """Conditions on alerts; all that are given must hold."""

    model_config = ConfigDict(extra="ignore")

    kind: Annotated[list[Kind], BeforeValidator(_all_given)] = Field([], description="of fact; several may be given")
    priority: Annotated[Priority | None, BeforeValidator(_given)] = Field(None, description="this one and above")
    change: Annotated[Change | None, BeforeValidator(_given)] = None
    story: Text = Field(None, description="a story's id")
    outlet: Text = Field(None, description="the source of the article, in any case")
    actor: Text = Field(None, description="who takes part, is the source, or is spoken of")
    q: Text = Field(None, description="text in headline, summary or sentence, in any case")
    where: Text = Field(None, description="CEL expression over an alert's fields")

    def query(self) -> AlertQuery:
        """Raises `BadFilter`."""
        try:
            conditions = AlertFilter(
                story=self.story,
                change=self.change,
                actor=self.actor,
                outlet=self.outlet,
                match=self.q,
                min_priority=self.priority,
                where=self.where,
            )
        except ValueError as error:
            raise BadFilter(str(error)) from None
        return AlertQuery(frozenset(self.kind), conditions)

    def pairs(self) -> list[tuple[str, str]]:
        """The conditions that are given, as an address has them; `kind` may be there several times."""
        own = {name: getattr(self, name) for name in AlertParameters.model_fields if name != "kind"}
        return [("kind", kind) for kind in self.kind] + [(name, value) for name, value in own.items() if value]

    def address(self, path: str, extra: Sequence[tuple[str, str]] = ()) -> str:
        """The path with the conditions behind it."""
        pairs = [*self.pairs(), *extra]
        return f"{path}?{urlencode(pairs)}" if pairs else path
