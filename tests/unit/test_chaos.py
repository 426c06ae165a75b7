"""The faults that a seed brings: as many as were asked for, the same again, and never all workers gone for good."""

import random
from collections import Counter

import pytest

from tests.chaos.faults import FULL, SHORT, Counts, Fault, draw, share


@pytest.mark.parametrize("counts", [FULL, SHORT, *share(FULL, 2)])
@pytest.mark.parametrize("workers", [2, 3])
def test_so_many_faults_are_drawn(counts: Counts, workers: int) -> None:
    faults = draw(counts, workers, random.Random(1))
    times = Counter(fault.kind for fault in faults)
    assert sum(fault.victims for fault in faults if fault.kind == "kill") == counts.kills
    assert (times["stop"], times["freeze"]) == (counts.stops, counts.freezes)
    assert times["broker kill"] + times["broker stop"] == counts.broker_restarts
    assert not [fault for fault in faults if fault.victims == workers and not fault.at_once]


def test_the_same_seed_brings_the_same_faults() -> None:
    def drawn(seed: int) -> list[Fault]:
        return list(draw(FULL, 3, random.Random(seed)))

    assert drawn(1) == drawn(1) != drawn(2)


def test_rounds_share_all_faults() -> None:
    rounds = share(FULL, 3)
    assert sum(part.kills for part in rounds) == FULL.kills
    assert sum(part.broker_restarts for part in rounds) == FULL.broker_restarts
