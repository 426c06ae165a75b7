"""Figures over time as step charts, and counts per minute as bars: numbers for inline SVG, without a library."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from schemas.changes import FactChange
from schemas.facts import Fact
from schemas.values import FigureValue
from streams.board.view.known import NOT_LEARNT
from streams.wording import value_words

WIDTH, HEIGHT = 640, 150
LEFT, RIGHT, TOP, BOTTOM = 8, 92, 22, 20  # margins; the last value stands at the right

When = Mapping[tuple[str, int], datetime]


@dataclass(frozen=True)
class Point:
    """A value from a time on, as one version of an article said it."""

    at: datetime
    number: float
    words: str
    source: str

    @property
    def label(self) -> str:
        return f"{self.number:,.10g}"


@dataclass(frozen=True)
class StepChart:
    """``path`` is SVG's, ``marks`` are places of the points with their words."""

    subject: str
    points: Sequence[Point]
    path: str
    marks: Sequence[tuple[float, float, Point]]


def step_charts(changes: Iterable[FactChange], written: When) -> list[StepChart]:
    """A chart for each figure that had more than one value. ``written``: when a version of an article was."""
    series: dict[str, list[Point]] = {}
    subjects: dict[str, str] = {}
    for change in changes:
        fact = change.after
        if fact is None or change.reason in NOT_LEARNT or (number := _number(fact)) is None:
            continue
        if change.before and change.before.key != fact.key and change.before.key in series:
            series[fact.key] = series.pop(change.before.key)
        at = written.get((change.article_id, change.version), change.detected_at)
        points = series.setdefault(fact.key, [])
        subjects[fact.key] = fact.subject
        points.append(Point(at, number, value_words(fact), fact.evidence.source))
    told = {key: _steps(points) for key, points in series.items()}
    return [_chart(subjects[key], points) for key, points in told.items() if len(points) > 1]


def _steps(points: Iterable[Point]) -> list[Point]:
    """In the order in which they were written, without those that say the same as the one before."""
    ordered = sorted(points, key=lambda point: point.at)
    return [one for at, one in enumerate(ordered) if at == 0 or one.number != ordered[at - 1].number]


def _number(fact: Fact) -> float | None:
    """A range counts as its middle."""
    value = fact.value
    if not isinstance(value, FigureValue):
        return None
    if value.number is not None:
        return float(value.number)
    assert value.low is not None
    assert value.high is not None
    return (value.low + value.high) / 2


def _chart(subject: str, points: Sequence[Point]) -> StepChart:
    times = [point.at.timestamp() for point in points]
    numbers = [point.number for point in points]
    first, span = min(times), max(times) - min(times) or 1.0
    low, rise = min(numbers), max(numbers) - min(numbers) or 1.0
    marks = [
        (
            round(LEFT + (time - first) / span * (WIDTH - LEFT - RIGHT), 1),
            round(HEIGHT - BOTTOM - (point.number - low) / rise * (HEIGHT - TOP - BOTTOM), 1),
            point,
        )
        for time, point in zip(times, points, strict=True)
    ]
    (x, y, _), *others = marks
    path = f"M{x} {y}" + "".join(f"H{x}V{y}" for x, y, _ in others) + f"H{WIDTH - RIGHT}"
    return StepChart(subject, points, path, marks)


@dataclass(frozen=True)
class Bars:
    """One bar a minute: its place from the left and its height, both of 100."""

    name: str
    total: int
    most: int
    heights: Sequence[tuple[float, float]]


def bars(name: str, counts: Sequence[int]) -> Bars:
    most = max(counts, default=0)
    step = 100 / max(1, len(counts))
    heights = [(round(at * step, 2), round(count / most * 100, 1)) for at, count in enumerate(counts) if count]
    return Bars(name, sum(counts), most, heights)
