"""What a round has measured, in a few lines."""

from collections.abc import Iterator, Sequence
from statistics import median

from tests.chaos.run import Result


def report(result: Result) -> Iterator[str]:
    repeats = result.decided - result.updates
    yield f"{result.updates:,} updates, {result.alerts:,} alerts: ids, rows as undisturbed, no dead letters"
    yield f"on the wire again: {repeats:,} updates' decisions, {result.alert_repeats:,} alerts"
    for name, seconds in sorted(result.takeovers.items()):
        yield f"{name}: {_spread(seconds)} until every partition goes on ({len(seconds)} times)"
    yield f"SIGTERM to exit 0: {_spread(result.stops)}"
    ends = ", ".join(f"{end}: {times}" for end, times in sorted(result.exits.items()))
    yield f"workers started again after {ends}"


def _spread(seconds: Sequence[float]) -> str:
    if not seconds:
        return "–"
    return f"median {median(seconds):.1f} s, at most {max(seconds):.1f} s"
