"""Whether the messages of a topic are processed while there are any. Pure: it is told positions, ends and times."""

from collections.abc import Mapping
from dataclasses import dataclass, field

PASSED_BY = 50_000  # messages of other partitions, far more than Faust and aiokafka hold before they come to the next


@dataclass
class Standing:
    """A partition that has more to read: where it stands, for how many seconds, and what was done of others since."""

    position: int
    seconds: float = 0.0
    others: int = 0


@dataclass
class Progress:
    """Of one topic. A look counts for no more than ``longest`` seconds, however long ago the last one was: a freeze."""

    topic: str
    seconds: float
    longest: float
    _standing: dict[int, Standing] = field(default_factory=dict)
    _applied: Mapping[int, int] = field(default_factory=dict)
    _quiet: float = 0.0
    _looked_at: float | None = None

    def stall(self, applied: Mapping[int, int], ends: Mapping[int, int], now: float, at_work: bool) -> str | None:
        """What stands still, in words, or None.

        ``applied``: by partition held, the next offset to process; ``ends``: the offset after its last message.
        ``at_work``: something was done since the last look that is not seen in the offsets yet.
        """
        elapsed = min(self.longest, now - self._looked_at) if self._looked_at is not None else 0.0
        self._looked_at = now
        if applied.keys() != self._applied.keys():
            self._standing, self._applied, self._quiet = {}, {}, 0.0
        done = {at: position - self._applied.get(at, position) for at, position in applied.items()}
        self._applied = dict(applied)
        lagging = {at for at, end in ends.items() if at in applied and end > applied[at]}
        moves = at_work or any(done.values()) or not lagging
        self._quiet = 0.0 if moves else self._quiet + elapsed
        self._stand(lagging, applied, elapsed, sum(done.values()))
        return self._words(ends)

    def _stand(self, lagging: set[int], applied: Mapping[int, int], elapsed: float, done: int) -> None:
        before, self._standing = self._standing, {}
        for at in sorted(lagging):
            known = before.get(at)
            if known is None or known.position != applied[at]:
                self._standing[at] = Standing(applied[at])
            else:
                self._standing[at] = Standing(known.position, known.seconds + elapsed, known.others + done)

    def _words(self, ends: Mapping[int, int]) -> str | None:
        if self._quiet >= self.seconds:
            left = sum(ends[at] - standing.position for at, standing in self._standing.items())
            return f"nothing of {self.topic} was processed for {self._quiet:.0f} s, and {left:,} messages wait"
        for at, standing in self._standing.items():
            if standing.seconds >= self.seconds and standing.others >= PASSED_BY:
                return (
                    f"{self.topic}-{at} stood still at {standing.position} of {ends[at]} for {standing.seconds:.0f} s, "
                    f"while {standing.others:,} messages of other partitions were processed"
                )
        return None
