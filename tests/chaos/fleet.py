"""Workers that are ended in every way, and a supervisor that starts them again."""

import signal
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

from streams.positions import Exit
from streams.settings import Settings
from tests.integration.waiting import eventually_sync
from tests.integration.workers import PATIENCE, Worker

STOPS_WITHIN = 10.0  # seconds after SIGTERM
SESSIONS_FROZEN = 1.5  # a freeze is so many session timeouts long
MEANT = {-signal.SIGKILL: "killed", 0: "stopped"}  # exit codes that a fault brings about


@dataclass
class Slot:
    """A worker's place: its data folder and its log stay, whichever process has them."""

    settings: Settings
    log: Path
    worker: Worker | None = None

    def start(self, fake: bool) -> None:
        self.worker = Worker(self.settings, self.log, fake=fake)

    @property
    def process(self) -> Worker:
        assert self.worker is not None
        return self.worker


@dataclass
class Fleet:
    """So many workers of one group. Not for several threads at once."""

    settings: Settings
    folder: Path
    size: int
    fake: bool = False
    exits: Counter[str] = field(default_factory=Counter)
    stop_seconds: list[float] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.slots = [
            Slot(self.settings.model_copy(update={"data_dir": self.folder / name}), self.folder / f"{name}.log")
            for name in (f"worker-{number}" for number in range(1, self.size + 1))
        ]

    def __enter__(self) -> Self:
        for slot in self.slots:
            slot.start(self.fake)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for slot in self.slots:
            slot.process.process.kill()
            slot.process.process.wait()

    def kill(self, victims: list[Slot]) -> None:
        for slot in victims:
            slot.process.process.kill()
        for slot in victims:
            slot.process.process.wait()

    def stop(self, victim: Slot) -> None:
        """SIGTERM, which must end it with 0 in time."""
        began = time.monotonic()
        code = victim.process.stop(within=STOPS_WITHIN)
        assert code == 0, f"stopped with {code}: {victim.process.said()[-2000:]}"
        self.stop_seconds.append(time.monotonic() - began)

    def freeze(self, victim: Slot) -> float:
        """SIGSTOP for longer than its session; the seconds that it had stood still when it went on."""
        began = time.monotonic()
        victim.process.process.send_signal(signal.SIGSTOP)
        threading.Event().wait(self.settings.session_timeout * SESSIONS_FROZEN)
        victim.process.process.send_signal(signal.SIGCONT)
        return time.monotonic() - began

    def supervise(self) -> None:
        """Start again what has ended, and note how it ended."""
        for slot in self.slots:
            code = slot.process.process.poll()
            if code is not None:
                self.exits[MEANT.get(code) or _last_words(slot.process.said(), code)] += 1
                slot.start(self.fake)

    def wait_ready(self) -> None:
        """Until each has had its partitions; what ends meanwhile starts again."""

        def all_ready() -> bool:
            self.supervise()
            return all(slot.process.is_ready for slot in self.slots)

        eventually_sync(all_ready, f"all workers are ready, {self.folder}", PATIENCE)

    def shut_down(self) -> None:
        """SIGTERM to all at once. One that was too slow for its group may end as such: nobody starts it again here.

        How long a stop takes is measured in `stop`; here all compete, and leave a group that changes under them.
        """
        for slot in self.slots:
            slot.process.process.send_signal(signal.SIGTERM)
        for slot in self.slots:
            code = slot.process.wait_end()
            assert code in (0, Exit.EXPELLED), f"stopped with {code}: {slot.process.said()[-2000:]}"


def _last_words(said: str, code: int) -> str:
    fatal = [line for line in said.splitlines() if line.startswith("FATAL")]
    return " ".join(fatal[-1].split()[1:3]).rstrip(":") if fatal else f"exit {code}"
