"""What a fact kind is."""

from collections.abc import Iterator
from typing import Protocol

from schemas.base import Kind
from schemas.facts import MAX_KEY
from streams.facts.claim import Claim
from streams.facts.rows import FactRow, digest
from streams.facts.scene import Scene


class FactKind(Protocol):
    """One kind: how it is found in a sentence, where the same fact may be known, and what makes two the same."""

    name: Kind

    def claims(self, scene: Scene) -> Iterator[Claim]:
        """What a sentence says of this kind."""

    def index_terms(self, claim: Claim) -> frozenset[str]:
        """The index entries under which a fact like this one stands."""

    def match(self, claim: Claim, known: FactRow) -> float:
        """How sure it is that both are about the same: below 0.5 they are not."""

    def same(self, claim: Claim, known: FactRow) -> bool:
        """Of a match: whether both say the same."""

    def replaces(self, claim: Claim, known: FactRow) -> bool:
        """Of a match that differs: whether it is a change even where the version still tells what was known."""

    def refines(self, claim: Claim, known: FactRow) -> bool:
        """Of a match that differs: whether the new one only is more exact."""

    def removable(self, known: FactRow, only_deleted: bool) -> bool:
        """Whether its silent removal is told: of a claim, or of what stood for now where nothing else was done."""


def make_key(*slots: str) -> str:
    """Slots joined by ``|``; one that grows too long ends in a hash instead."""
    key = "|".join(" ".join(slot.lower().split()) for slot in slots)
    return key if len(key) <= MAX_KEY else f"{key[: MAX_KEY - 17]}~{digest(key).decode()}"
