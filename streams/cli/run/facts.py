"""`facts`: what is known of a story, read from the workers' changelog."""

import asyncio

from streams.cli.console import data, printer
from streams.cli.errors import BadInput
from streams.cli.render import print_facts
from streams.cli.run.failures import told_plainly
from streams.client.story import story_facts
from streams.settings import Settings


def run(settings: Settings, story: str, as_json: bool) -> None:
    """Raises `BadInput` where nothing is known of the story."""
    with told_plainly():
        facts = asyncio.run(story_facts(settings, story))
    if not facts:
        raise BadInput(f"nothing is known of a story {story!r}")
    if as_json:
        show = printer(as_json, print_facts)
        for fact in facts:
            show(fact)
    else:
        print_facts(data(), facts)
