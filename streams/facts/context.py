"""What a story speaks of: its actors under their several names, and its events with their instances."""

from pydantic import BaseModel, Field

MAX_NAMES = 300
MAX_EVENTS = 80


class Event(BaseModel):
    """One event of a story: of class ``cls`` (call, vote …), ``number`` telling the instances of a class apart."""

    cls: str
    number: int
    who: list[str] = Field(default_factory=list)  # canonical names of those who take part
    topic: list[str] = Field(default_factory=list)  # lemmas that say what it is about
    ordinal: int | None = None  # as told: "a second vote"
    day: str | None = None  # ISO date, where one was told
    status: str | None = None  # the last status told
    text: str = ""  # as first named

    @property
    def name(self) -> str:
        """For readers: "Trump\u2013Putin call", or as first named."""
        parties = "\u2013".join(who.title() for who in self.who)
        return f"{parties} {self.cls}" if parties else self.text

    @property
    def slot(self) -> str:
        """The event's part of a key: ``call|putin+trump|1``."""
        return f"{self.cls}|{'+'.join(sorted(self.who))}|{self.number}"


class StoryContext(BaseModel):
    """``names`` leads from a lower-case name to its canonical form, ``roles`` from a role noun to a name."""

    names: dict[str, str] = Field(default_factory=dict)
    roles: dict[str, str] = Field(default_factory=dict)
    events: list[Event] = Field(default_factory=list)

    def learn_name(self, name: str, canonical: str) -> None:
        _bounded_set(self.names, name, canonical)

    def learn_role(self, role: str, canonical: str) -> None:
        self.roles.pop(role, None)
        _bounded_set(self.roles, role, canonical)

    def add_event(self, event: Event) -> Event:
        self.events.append(event)
        del self.events[:-MAX_EVENTS]
        return event

    def touch(self, event: Event) -> None:
        """The event spoken of last is the last in the list."""
        self.events.remove(event)
        self.events.append(event)


def _bounded_set(mapping: dict[str, str], key: str, value: str) -> None:
    mapping[key] = value
    while len(mapping) > MAX_NAMES:
        del mapping[next(iter(mapping))]
