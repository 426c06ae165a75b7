"""How a source does, as far as its polls tell."""

from datetime import datetime

from schemas.sources import Health, SourceState
from streams.sources.outcomes import WEIGHED

FAILING_AFTER = 3  # failures in a row
SILENT_AFTER = 8  # times the usual gap between changes
NOT_SILENT_WITHIN = 6 * 3600.0  # seconds: a night without news is none

NOISY_FROM = 24  # versions a day
NOISY_BELOW, QUIET_FROM = 0.1, 0.2  # of its versions tell something new; apart, for one version moves it by 0.05


def assess(state: SourceState, broken: str, now: datetime) -> tuple[Health, str]:
    """The health and why, in words. ``broken``: what is wrong with the texts that this poll brought, if anything."""
    if state.failures >= FAILING_AFTER:
        return "failing", f"{state.failures} failures in a row: {state.error}"
    if state.failures and state.health == "failing":
        return "failing", state.reason
    if broken:
        return "broken", broken
    if state.failures and state.health == "broken":
        return "broken", state.reason
    still = (now - state.last_change).total_seconds() if state.last_change else 0.0
    if state.usual_gap is not None and still > max(SILENT_AFTER * state.usual_gap, NOT_SILENT_WITHIN):
        return "silent", f"no change for {hours(still)}, where one comes every {hours(state.usual_gap)}"
    if _is_noisy(state):
        return "noisy", f"{state.versions_a_day:.0f} versions a day, of which {state.telling:.0%} told anything new"
    return "ok", ""


def _is_noisy(state: SourceState) -> bool:
    if state.telling is None or state.later_versions < WEIGHED or state.versions_a_day < NOISY_FROM:
        return False
    return state.telling < (QUIET_FROM if state.health == "noisy" else NOISY_BELOW)


def span(seconds: float) -> str:
    """``45 s`` where it is less than two minutes, else as `hours` says it; what is past is ``0 s``."""
    return f"{max(seconds, 0):.0f} s" if seconds < 120 else hours(seconds)


def hours(seconds: float) -> str:
    """``90 minutes``, ``36 hours``, ``5 days``."""
    for unit, name in ((86_400, "days"), (3600, "hours")):
        if seconds >= 2 * unit:
            return f"{seconds / unit:.0f} {name}"
    return f"{seconds / 60:.0f} minutes"
