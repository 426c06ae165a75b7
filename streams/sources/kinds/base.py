"""What a kind of source is: a name, its settings in ``sources.yml``, and how its content is read."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from streams.sources.content import Content, Seen
from streams.sources.settings import Source

Given = TypeVar("Given", bound=Source)


@dataclass(frozen=True)
class Kind(Generic[Given]):
    """``read`` is a pure function of the content and the settings. Raises `Unreadable`."""

    name: str
    settings: type[Given]
    read: Callable[[Content, Given], Seen]
    accept: str = "*/*"  # HTTP's Accept
