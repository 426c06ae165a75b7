"""The floor of each figure: what a run must reach. A figure that rises may raise its floor; no run lowers one."""

import json
import math
from pathlib import Path

from tests.evaluation.figures import Figures, less_is_better

FILE = Path(__file__).parent / "floors.json"
SLACK = 0.01  # below the measured figure, before rounding down to hundredths


def load(profile: str) -> Figures:
    """Of a profile: what is measured, and on how much, decides the figures."""
    floors: Figures = json.loads(FILE.read_text()).get(profile, {}) if FILE.exists() else {}
    return floors


def misses(now: Figures, floors: Figures) -> list[str]:
    """A line for each figure on the wrong side of its floor. What was not measured is not missed."""
    return [
        f"{name} is {now[name]}, its {'ceiling' if less_is_better(name) else 'floor'} {floor}"
        for name, floor in floors.items()
        if name in now and _worse(name, now[name], floor)
    ]


def _worse(name: str, value: float, floor: float) -> bool:
    return value > floor if less_is_better(name) else value < floor


def raised(now: Figures, floors: Figures) -> Figures:
    """The floors, each moved up to just under its figure where that is higher; new figures get their first floor."""
    near = {name: _near(name, value) for name, value in now.items()}
    return floors | {
        name: floor for name, floor in near.items() if name not in floors or _worse(name, floors[name], floor)
    }


def _near(name: str, value: float) -> float:
    if less_is_better(name):
        return math.ceil(round((value + SLACK) * 100, 6)) / 100
    return max(0.0, math.floor(round((value - SLACK) * 100, 6)) / 100)


def save(profile: str, floors: Figures) -> None:
    known = json.loads(FILE.read_text()) if FILE.exists() else {}
    FILE.write_text(json.dumps(known | {profile: dict(sorted(floors.items()))}, indent=1) + "\n")
