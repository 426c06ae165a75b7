"""`import`: updates and snapshots put in order, published, and counted in a file that lets an import go on."""

import asyncio
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from hashlib import blake2b
from itertools import islice
from pathlib import Path
from typing import Literal

from pydantic import ValidationError

from schemas.errors import explain
from schemas.updates import ArticleUpdate, Mode
from streams.cli.console import notes
from streams.cli.errors import BadInput
from streams.cli.input import read_lines
from streams.cli.run.failures import told_plainly
from streams.cli.run.publish import Told, progress_bar
from streams.client.publisher import Publisher
from streams.settings import Settings
from streams.sources.content import Unreadable
from streams.sources.kinds.page import Page
from streams.sources.snapshots import Snapshot, stamp, versions

AT_ONCE = 500  # updates between two notes of how far it is
HTML = (".html", ".htm")


@dataclass(frozen=True)
class Import:
    """What is to be imported, as the command line has it."""

    paths: Sequence[str]
    mode: Literal["baseline", "replay"]
    outlet: str | None
    url: str | None
    story_id: str | None
    language: str
    restart: bool


def run(settings: Settings, wanted: Import) -> None:
    """Raises `BadInput` for a line or a snapshot that cannot be read, before anything is published."""
    with told_plainly():
        updates = sorted(_all(wanted), key=lambda update: (update.updated_at, update.article_id, update.version))
        note = Note(settings, updates)
        done = 0 if wanted.restart else note.done()
        if done:
            notes().print(
                f"{done:,} of {len(updates):,} were imported before; the rest follows (--restart begins again)"
            )
        with progress_bar("importing", len(updates)) as told:
            asyncio.run(_publish(settings, updates, done, note, told))
    note.clear()
    notes().print(f"{len(updates) - done:,} updates imported to {settings.broker} ({wanted.mode})")


async def _publish(settings: Settings, updates: Sequence[ArticleUpdate], done: int, note: "Note", told: Told) -> None:
    async with Publisher(settings) as publisher:
        rest = iter(updates[done:])
        while batch := list(islice(rest, AT_ONCE)):
            done += await publisher.publish(batch, partial(_told_on, told, done))
            note.write(done)


def _told_on(told: Told, before: int, count: int) -> None:
    told(before + count)


class Note:
    """How far an import is: a file in the data folder, named after what is imported and where to."""

    def __init__(self, settings: Settings, updates: Sequence[ArticleUpdate]) -> None:
        digest = blake2b(f"{settings.broker} {settings.app_id}".encode(), digest_size=8)
        for update in updates:
            digest.update(f"{update.article_id}\0{update.version}\0{update.updated_at}\0".encode())
        self._path = settings.data_dir / f"import-{digest.hexdigest()}.json"

    def done(self) -> int:
        try:
            return int(json.loads(self._path.read_text())["done"])
        except (OSError, ValueError, KeyError):
            return 0

    def write(self, done: int) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        part = self._path.with_suffix(".part")
        part.write_text(json.dumps({"done": done}))
        part.replace(self._path)

    def clear(self) -> None:
        self._path.unlink(missing_ok=True)


def _all(wanted: Import) -> Iterator[ArticleUpdate]:
    files = [path for path in wanted.paths if Path(path).is_file()]
    for line in read_lines(files):
        yield line.update().model_copy(update={"mode": wanted.mode})
    for path in wanted.paths:
        if Path(path).is_dir():
            yield from _of_folder(Path(path), wanted)


def _of_folder(folder: Path, wanted: Import) -> Iterator[ArticleUpdate]:
    inner = sorted(one for one in folder.iterdir() if one.is_dir())
    if wanted.url and inner:
        raise BadInput(f"{folder}: --url is for one page, and there are {len(inner)} folders in it")
    found = [_of_page(one, wanted) for one in [folder, *inner]]
    if not any(found):
        raise BadInput(f"{folder}: no file in it is named by a time, such as 20250318140000.html")
    for updates in found:
        yield from updates


def _of_page(folder: Path, wanted: Import) -> list[ArticleUpdate]:
    dated = [(path, stamp(path.stem)) for path in sorted(folder.iterdir()) if path.suffix.lower() in HTML]
    undated = [path for path, taken_at in dated if taken_at is None]
    if undated:
        raise BadInput(f"{undated[0]}: its name should tell a time, such as 20250318140000.html")
    snapshots = [Snapshot(taken_at, path.read_bytes()) for path, taken_at in dated if taken_at is not None]
    mode: Mode = wanted.mode
    try:
        return list(versions(_page(folder, wanted), snapshots, mode))
    except Unreadable as error:
        raise BadInput(f"{folder}: {error}") from None


def _page(folder: Path, wanted: Import) -> Page:
    name = "".join(letter if letter.isalnum() else "-" for letter in folder.resolve().name.lower()).strip("-") or "page"
    given = {
        "name": name[:100],
        "kind": "page",
        "url": wanted.url or f"https://{name[:60]}.invalid/",
        "outlet": wanted.outlet or folder.resolve().name,
        "story_id": wanted.story_id,
        "language": wanted.language,
    }
    try:
        return Page.model_validate(given)
    except ValidationError as error:
        raise BadInput(explain(error)) from None
