"""How the board stands with Kafka, as every page says it."""

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
    """``detail`` is one line for whoever has to mend it. ``lag``: updates that the workers have not dealt with yet."""

    state: State = "connecting"
    detail: str = ""
    lag: int | None = None

    @property
    def words(self) -> str:
        return WORDS[self.state]
