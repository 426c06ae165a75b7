"""What is done to the workers and to the broker, in which order: drawn from a seed, so that a run can be done again."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Kind = Literal["kill", "stop", "freeze", "broker stop", "broker kill"]

TWO_AT_ONCE = 0.2  # chance that a kill hits two workers
AT_ONCE = 0.5  # chance that those that ended are started again before others have taken over
HASTY = 0.15  # chance that the next fault comes before this one is over


@dataclass(frozen=True)
class Counts:
    """How many of each: kills and stops of workers, freezes longer than the session, restarts of the broker."""

    kills: int
    stops: int
    freezes: int
    broker_restarts: int


@dataclass(frozen=True)
class Fault:
    """``at_once``: what ended starts again at once. ``hasty``: nothing is waited for before the next fault."""

    kind: Kind
    victims: int = 0  # workers
    at_once: bool = True
    hasty: bool = False


FULL = Counts(kills=60, stops=20, freezes=15, broker_restarts=5)
SHORT = Counts(kills=6, stops=1, freezes=2, broker_restarts=1)


def share(counts: Counts, of: int) -> list[Counts]:
    """The counts shared out to so many rounds."""
    whole = (counts.kills, counts.stops, counts.freezes, counts.broker_restarts)
    return [Counts(*(count // of + (number < count % of) for count in whole)) for number in range(of)]


def draw(counts: Counts, workers: int, chance: random.Random) -> Sequence[Fault]:
    """So many faults, in a random order. Restarts of the broker are SIGTERM and kill -9 in turns."""
    faults = [*_kills(counts.kills, workers, chance)]
    faults += [Fault("stop", 1, at_once=chance.random() < AT_ONCE) for _ in range(counts.stops)]
    faults += [Fault("freeze", 1) for _ in range(counts.freezes)]
    faults += [Fault("broker kill" if number % 2 == 0 else "broker stop") for number in range(counts.broker_restarts)]
    chance.shuffle(faults)
    return faults


def _kills(left: int, workers: int, chance: random.Random) -> list[Fault]:
    faults = []
    while left:
        victims = 2 if left > 1 and chance.random() < TWO_AT_ONCE else 1
        hasty = chance.random() < HASTY
        at_once = hasty or victims == workers or chance.random() < AT_ONCE
        faults.append(Fault("kill", victims, at_once, hasty))
        left -= victims
    return faults
