"""`wiredelta forget`: gone from the worker's table, from its changelog, and from a board that was looking."""

import asyncio
from pathlib import Path

from streams.app import changelogs
from streams.settings import Settings
from streams.topics import ensure_topics
from tests.agents.messages import update_json
from tests.integration.boards import running_board
from tests.integration.commands import environment, wiredelta
from tests.integration.waiting import eventually
from tests.integration.workers import Worker, publish, table_rows


async def test_a_story_that_is_taken_down_is_gone_and_others_stay(settings: Settings, tmp_path: Path) -> None:
    await ensure_topics(settings, changelogs(settings))
    env = environment(broker=settings.broker, app_id=settings.app_id)
    values = [
        (f"story-{n}", update_json(f"article-{n}", version, story_id=f"story-{n}"))
        for n in (1, 2)
        for version in (1, 2)
    ]
    with Worker(settings, tmp_path / "worker.log", fake=True) as worker, running_board(settings, tmp_path) as board:
        worker.wait_ready()
        await publish(settings, values)

        def stories() -> set[str]:
            return {story["story_id"] for story in board.get("/stories")["stories"]}

        async def both() -> bool:
            return stories() == {"story-1", "story-2"}

        async def one() -> bool:
            return stories() == {"story-2"} and not any(b"story-1" in key for key in await table_rows(settings))

        await eventually(both, "the board has both stories")
        done = await asyncio.to_thread(wiredelta, "forget", "article-1", env=env)
        assert (done.returncode, done.stdout) == (0, "")
        assert done.stderr.startswith("Story story-1 will be forgotten (")
        assert "news.article-updates 30 days" in done.stderr
        await eventually(one, "one of them is gone")
        rows = await table_rows(settings)
        assert any(b"story-2" in key for key in rows)
        assert not any(b"article-1" in key for key in rows), "the row that tells its story"
        assert board.get("/alerts")["alerts"]
        assert all(alert["story_id"] == "story-2" for alert in board.get("/alerts")["alerts"])
        facts = await asyncio.to_thread(wiredelta, "facts", "story-1", env=env)
        assert facts.returncode == 2
        await publish(settings, [("story-1", update_json("article-1", 3, story_id="story-1"))])
        await eventually(both, "its next update opens it anew")
