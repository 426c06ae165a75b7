"""The demo's story: the telephone call of 18 March 2025, as two outlets told it, in the order of delivery.

It begins with the call under way, and has a pure rewording, a version that is delivered twice, and one that comes late.
"""

from importlib.resources import files

from schemas.decode import decode_update
from schemas.updates import ArticleUpdate

FILE = "trump-putin-call.jsonl"


def story_updates() -> list[ArticleUpdate]:
    """The updates; they are marked as a replay, since they are years old."""
    lines = files(__package__).joinpath(FILE).read_bytes().splitlines()
    return [decode_update(line).model_copy(update={"mode": "replay"}) for line in lines]
