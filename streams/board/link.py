"""How the board stands with Kafka, as every page says it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

State = Literal["connecting", "reading", "live", "away"]
WORDS: dict[State, str] = {
    "connecting": "Connecting to Kafka",
    "reading": "Reading what Kafka has kept",
    "live": "Live",
    "away": "Kafka is away",
}


@dataclass(frozen=True)
class Link:
    """``detail`` is one line for whoever has to mend it.

    ``lags``: updates that the workers have not dealt with yet, by partition; None where that is not known.
    """

    state: State = "connecting"
    detail: str = ""
    lags: Mapping[int, int] | None = None

    @property
    def lag(self) -> int | None:
        return None if self.lags is None else sum(self.lags.values())

    @property
    def words(self) -> str:
        return WORDS[self.state]
