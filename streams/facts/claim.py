"""Claim: what one sentence says, before it is held against what is known."""

from dataclasses import dataclass, field

from schemas.base import Kind
from schemas.facts import Modality, Polarity
from schemas.values import Value


@dataclass(frozen=True, slots=True)
class Claim:
    """``key`` and ``subject`` as in a Fact; ``sentence`` is the index of the sentence in its version.

    ``clause`` groups what is told as one; ``within`` is the predicate of the clause in which it stands. Matching needs
    ``terms`` (content words), ``clocks`` (hours named) and ``slots``. ``words`` are those whose novelty counts, where
    they are not the terms. ``background``: told of a time before, so no news where it is new; ``was``: the earlier
    value that the text names.
    """

    kind: Kind
    key: str
    subject: str
    value: Value
    sentence: int
    clause: int
    within: int = -1
    polarity: Polarity = "affirmed"
    modality: Modality = "real"
    hedges: tuple[str, ...] = ()
    attribution: tuple[str, ...] = ()
    terms: frozenset[str] = frozenset()
    clocks: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()
    slots: dict[str, str] = field(default_factory=dict)
    background: bool = False
    was: str | None = None
