"""What came back from a source, and what a kind of source makes of it."""

from dataclasses import dataclass, field

from schemas.polls import Item


class Unreadable(ValueError):
    """What a source sent is not what its kind promises: one line that says what was expected."""


@dataclass(frozen=True)
class Content:
    """A body as it came, decompressed; ``url`` is where it was found after redirects."""

    body: bytes
    content_type: str
    url: str


@dataclass(frozen=True)
class Seen:
    """The articles that a source shows now. ``listed`` as in `schemas.polls.Poll`."""

    items: list[Item] = field(default_factory=list)
    listed: list[str] | None = None
