"""The board as a whole: the view, who follows Kafka into it, and who is looking."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from streams.board.follow import Follower
from streams.board.hub import Encode, Hub, event
from streams.board.link import Link
from streams.board.view.schema import View
from streams.board.view.writer import Written
from streams.settings import Settings

SILENT_EVERY = 1.0  # seconds between two counts of what was kept silent


@dataclass
class Board:
    """``async with board.running(): …``. ``folder`` takes the view, and is the caller's to remove."""

    settings: Settings
    folder: Path
    encode: Encode
    view: View = field(init=False)
    hub: Hub = field(init=False)
    follower: Follower = field(init=False)
    _silent: int = 0
    _was_live: bool = False

    def __post_init__(self) -> None:
        self.view = View(self.folder / "view.sqlite3")
        self.hub = Hub(self.encode)
        self.follower = Follower(self.settings, self.view, self._tell, self._tell_link)

    @property
    def link(self) -> Link:
        return self.follower.link

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Follows Kafka within the block. What the follower raises is a bug: it ends the block, and is raised here."""
        async with asyncio.TaskGroup() as tasks:
            following = [tasks.create_task(self.follower.run()), tasks.create_task(self._tell_silent())]
            try:
                yield
            finally:
                self.hub.end()
                for task in following:
                    task.cancel()

    def _tell(self, written: Written) -> None:
        """While the kept tail is read, nobody is told: pages are loaded anew when that is done."""
        if self._was_live:
            self.hub.tell_alerts(written.alerts)
            if written.reload:
                self.hub.tell_all(RELOAD)
            self._silent += written.silent

    def _tell_link(self, link: Link) -> None:
        self.hub.tell_all(link_event(link))
        if link.state == "live" and not self._was_live:
            self.hub.tell_all(RELOAD)
        self._was_live = link.state == "live" or (self._was_live and link.state == "away")

    async def _tell_silent(self) -> None:
        while True:
            await asyncio.sleep(SILENT_EVERY)
            if self._silent:
                self.hub.tell_all(event("silent", json.dumps({"count": self._silent})))
                self._silent = 0


RELOAD = event("reload", "{}")


def link_event(link: Link) -> bytes:
    return event("link", json.dumps({"state": link.state, "words": link.words, "detail": link.detail}))
