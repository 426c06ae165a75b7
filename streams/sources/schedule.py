"""When a source is asked again: often while it changes, rarely when it has long been still, later when it fails.

A tenth of the time since its last change, within the source's limits: what changed ten minutes ago is asked every
minute, what has been still for a day every two hours. After so many failures the interval doubles so many times, up to
six hours; a ``Retry-After`` that asks for longer is obeyed.
"""

from datetime import datetime, timedelta

from schemas.polls import Poll
from schemas.sources import SourceState

SHARE_OF_STILLNESS = 0.1
MOST_DOUBLINGS = 16
LONGEST_AFTER_FAILURES = 6 * 3600.0  # seconds
LONGEST_RETRY_AFTER = 86_400.0  # seconds


def next_poll(poll: Poll, state: SourceState) -> datetime | None:
    """``state``: after this poll, less this very time. None: nobody asks, the source pushes."""
    if not poll.interval:
        return None
    return poll.polled_at + timedelta(seconds=_seconds(poll, state))


def _seconds(poll: Poll, state: SourceState) -> float:
    if state.failures:
        backed_off = poll.interval * 2.0 ** min(state.failures, MOST_DOUBLINGS)
        asked = min(poll.retry_after or 0.0, LONGEST_RETRY_AFTER)
        return max(min(backed_off, max(LONGEST_AFTER_FAILURES, poll.interval)), asked)
    still_since = state.last_change or state.first_poll
    still = (poll.polled_at - still_since).total_seconds()
    return max(min(max(still * SHARE_OF_STILLNESS, poll.interval), poll.max_interval), poll.retry_after or 0.0)
