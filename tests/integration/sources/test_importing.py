"""`wiredelta import`: the past in order, once, and on from where it was cut off."""

import asyncio
import json
from pathlib import Path

from schemas.decode import decode_update
from schemas.topics import ARTICLE_UPDATES
from streams.cli.run.import_ import Note
from streams.settings import Settings
from streams.topics import ensure_topics
from tests.agents.messages import update_json
from tests.integration.commands import environment, wiredelta
from tests.integration.workers import read_all

TEXT = "<p>The council met on Monday and talked about the plan for a long time, part {}.</p>"


def page(headline: str) -> str:
    return (
        f"<html><body><article><h1>{headline}</h1>{''.join(TEXT.format(n) for n in range(4))}</article></body></html>"
    )


async def published(settings: Settings) -> list[tuple[str, int, str]]:
    records = [json.loads(record.value) for record in await read_all(settings, ARTICLE_UPDATES.name)]
    return [(update["article_id"], update["version"], update["mode"]) for update in records]


async def test_snapshots_and_files_are_published_in_the_order_of_time(settings: Settings, tmp_path: Path) -> None:
    await ensure_topics(settings)
    folder = tmp_path / "desk" / "plan"
    folder.mkdir(parents=True)
    for day, headline in ((1, "Plan put off"), (2, "Plan put off"), (3, "Plan approved")):
        (folder / f"2026030{day}120000.html").write_text(page(headline))
    lines = tmp_path / "archive.jsonl"
    lines.write_bytes(b"\n".join([update_json("a", 2), update_json("a", 1)]))
    env = environment(broker=settings.broker, data_dir=tmp_path / "data")
    given = ["import", "--mode", "replay", "--story-id", "one", str(tmp_path / "desk"), str(lines)]
    done = await asyncio.to_thread(wiredelta, *given, env=env)
    assert (done.returncode, done.stderr) == (0, f"4 updates imported to {settings.broker} (replay)\n")
    found = await published(settings)
    plan = "plan/https://plan.invalid/"
    assert [one for one in found if one[0] == plan] == [(plan, 1, "replay"), (plan, 2, "replay")]
    assert [one[1] for one in found if one[0] == "a"] == [1, 2]
    assert list((tmp_path / "data").iterdir()) == []


async def test_an_import_that_was_cut_off_goes_on(settings: Settings, tmp_path: Path) -> None:
    await ensure_topics(settings)
    lines = tmp_path / "archive.jsonl"
    raw = [update_json("a", version) for version in range(1, 6)]
    lines.write_bytes(b"\n".join(raw))
    here = settings.model_copy(update={"data_dir": tmp_path / "data", "app_id": "wiredelta"})
    updates = [decode_update(one) for one in raw]
    Note(here, sorted(updates, key=lambda update: update.updated_at)).write(3)
    env = environment(broker=settings.broker, data_dir=tmp_path / "data")
    done = await asyncio.to_thread(wiredelta, "import", str(lines), env=env)
    assert done.stderr.startswith("3 of 5 were imported before; the rest follows")
    assert await published(settings) == [("a", 4, "baseline"), ("a", 5, "baseline")]


async def test_what_cannot_be_read_is_named_and_nothing_is_published(settings: Settings, tmp_path: Path) -> None:
    await ensure_topics(settings)
    (tmp_path / "desk").mkdir()
    env = environment(broker=settings.broker, data_dir=tmp_path / "data")
    empty = await asyncio.to_thread(wiredelta, "import", str(tmp_path / "desk"), env=env)
    assert (empty.returncode, "no file in it is named by a time" in empty.stderr) == (2, True)
    (tmp_path / "desk" / "20260301.html").write_text(page("Plan"))
    (tmp_path / "desk" / "index.html").write_text(page("Plan"))
    undated = await asyncio.to_thread(wiredelta, "import", str(tmp_path / "desk"), env=env)
    assert (undated.returncode, "index.html: its name should tell a time" in undated.stderr) == (2, True)
    (tmp_path / "bad.jsonl").write_text("{}")
    bad = await asyncio.to_thread(wiredelta, "import", str(tmp_path / "bad.jsonl"), env=env)
    assert (bad.returncode, "bad.jsonl:1: " in bad.stderr) == (2, True)
    assert await published(settings) == []
