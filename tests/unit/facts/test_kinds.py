"""Each kind against its golden examples: ``kinds/<kind>.jsonl``, a sentence and what it says of that kind, or nothing.

A value's fields, the subject and the first slots of the key are compared where an example gives them; polarity,
modality, hedges and attribution always.
"""

import json
from functools import cache
from pathlib import Path
from typing import Any, get_args

import pytest

from schemas.base import Kind
from streams.facts.claim import Claim
from streams.facts.kinds import kinds
from streams.facts.memory import Memory
from streams.facts.reading import Reading, read
from tests.unit.facts.desk import Desk

FOLDER = Path(__file__).parent / "kinds"
EXAMPLES = {kind: [json.loads(line) for line in (FOLDER / f"{kind}.jsonl").open()] for kind in get_args(Kind)}
CASES = [
    pytest.param(kind, e["text"], e["claims"], id=f"{kind}: {e['text']}") for kind in EXAMPLES for e in EXAMPLES[kind]
]


@cache
def readings() -> dict[str, Reading]:
    """Each sentence read as the body of a story of its own; all are parsed together."""
    sentences = [e["text"] for examples in EXAMPLES.values() for e in examples]
    found = read([(Desk().update(sentence), Memory.blank()) for sentence in sentences])
    return dict(zip(sentences, found, strict=True))


def claims(kind: str, sentence: str) -> list[Claim]:
    """What a sentence says of a kind; a sentence's frame is no action that it tells."""
    return [claim for claim in readings()[sentence].claims if claim.kind == kind and not claim.slots.get("frame")]


def told(claim: Claim, expected: dict[str, Any]) -> dict[str, Any]:
    """A claim as an example writes it."""
    value = claim.value.model_dump(mode="json")
    found = {"value": {name: value[name] for name in expected.get("value", value)}}
    found |= {"subject": claim.subject} if "subject" in expected else {}
    found |= {"slots": claim.key.split("|")[1 : len(expected["slots"]) + 1]} if "slots" in expected else {}
    how = {"polarity": claim.polarity, "modality": claim.modality}
    return found | how | {"hedges": list(claim.hedges), "attribution": list(claim.attribution)}


@pytest.mark.parametrize(("kind", "sentence", "expected"), CASES)
def test_a_sentence_says_what_its_example_says(kind: str, sentence: str, expected: list[dict[str, Any]]) -> None:
    found = claims(kind, sentence)
    usual = {"polarity": "affirmed", "modality": "real", "hedges": [], "attribution": []}
    assert [told(claim, e) for claim, e in zip(found, expected, strict=False)] == [usual | e for e in expected]
    assert len(found) == len(expected), found


def test_every_kind_has_its_examples() -> None:
    assert set(EXAMPLES) == set(kinds())
    for examples in EXAMPLES.values():
        assert sum(bool(e["claims"]) for e in examples) >= 10
        assert sum(not e["claims"] for e in examples) >= 3
