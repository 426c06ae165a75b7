"""Which alerts somebody wants: plain conditions, and the filter language (CEL) over an alert's fields."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import get_args

import cel

from schemas.alerts import Alert, Change, Priority
from schemas.facts import Fact
from schemas.values import ParticipantValue
from streams.facts.lexicon.actors import METONYMS

RANKS: dict[str, int] = {priority: rank for rank, priority in enumerate(reversed(get_args(Priority)))}

# The language's own functions (CEL specification, "List of Standard Definitions"); operators are named otherwise.
FUNCTION = re.compile(
    r"size|contains|startsWith|endsWith|matches|int|uint|double|string|bytes|timestamp|duration|type|dyn|"
    r"get(FullYear|Month|DayOfMonth|Date|DayOfYear|DayOfWeek|Hours|Minutes|Seconds|Milliseconds)"
)
BOUND_IN_MACRO = re.compile(r"\.\s*(?:all|exists|exists_one|map|filter)\(\s*(\w+)\s*,")


@dataclass(frozen=True)
class AlertFilter:
    """All conditions that are given must hold. Raises ValueError, in one line, where ``where`` is not valid CEL.

    ``actor`` is looked for among participants, sources and those whom a fact is about; ``match`` in headline, summary
    and sentences, in either case whatever the letters' case.
    """

    story: str | None = None
    change: Change | None = None
    actor: str | None = None
    outlet: str | None = None
    match: str | None = None
    min_priority: Priority | None = None
    where: str | None = None

    def __post_init__(self) -> None:
        self._where  # noqa: B018  compiled now, so that a bad expression is told before anything is read

    def matches(self, alert: Alert) -> bool:
        return (
            self.story in (None, alert.story_id)
            and self.change in (None, alert.change)
            and (self.outlet is None or self.outlet.casefold() == alert.source.casefold())
            and (self.min_priority is None or RANKS[alert.priority] >= RANKS[self.min_priority])
            and (self.actor is None or _acts_in(self.actor, alert))
            and (self.match is None or _contains(self.match, alert))
            and self._where(alert)
        )

    @cached_property
    def _where(self) -> Callable[[Alert], bool]:
        return compile_where(self.where)


def compile_where(expression: str | None) -> Callable[[Alert], bool]:
    """A predicate from a CEL expression over an alert's JSON fields; None is true of all. Times are ISO 8601 strings.

    An evaluation error (a field of a fact that is null, say) is "does not match". Raises ValueError, in one line.
    """
    if expression is None:
        return lambda alert: True
    program = _compile(expression)

    def matches(alert: Alert) -> bool:
        try:
            return program.execute(alert.model_dump(mode="json")) is True
        except Exception:  # CEL's own errors have no common type
            return False

    return matches


def _compile(expression: str) -> cel.Program:
    try:
        program = cel.compile(expression)
    except ValueError as error:
        raise ValueError(f"not a CEL expression: {_first_problem(str(error))}") from None
    unknown = set(program.variables()) - Alert.model_fields.keys() - set(BOUND_IN_MACRO.findall(expression))
    if unknown:
        raise ValueError(f"an alert has no field {min(unknown)!r}; it has {', '.join(Alert.model_fields)}")
    named = [name for name in program.functions() if name.isidentifier() and not name.startswith("_")]
    for name in named:
        if not FUNCTION.fullmatch(name):
            raise ValueError(f"CEL has no function {name!r}")
    return program


def _first_problem(message: str) -> str:
    """``column 8: Syntax error: …`` of a message of several lines that repeats the expression."""
    found = re.search(r"ERROR: <input>:\d+:(\d+): (.+)", message)
    return f"column {found[1]}: {found[2]}" if found else message.splitlines()[0]


def _facts(alert: Alert) -> Iterator[Fact]:
    yield from (fact for fact in (alert.before, alert.after, *alert.related) if fact is not None)


def searched_text(alert: Alert) -> str:
    """Where the text of ``match`` is looked for, a line each: headline, summary and sentences."""
    sentences = (fact.evidence.sentence for fact in _facts(alert))
    return "\n".join((alert.headline, alert.summary, *sentences))


def _contains(text: str, alert: Alert) -> bool:
    return text.casefold() in searched_text(alert).casefold()


def _acts_in(actor: str, alert: Alert) -> bool:
    """All words of ``actor`` are in one name, or the name is its last word: keys know people by their surname."""
    given = actor.casefold().removeprefix("the ")
    sought = [set(name.split()) for name in {given, METONYMS.get(given, given)}]
    surname = given.split()[-1:]
    return any(any(words <= set(name) for words in sought) or name == surname for name in _names(alert))


def _names(alert: Alert) -> Iterator[list[str]]:
    for fact in _facts(alert):
        _, *slots = fact.key.split("|")
        actors = [fact.value.actor] if isinstance(fact.value, ParticipantValue) else []
        for name in (*(part for slot in slots for part in slot.split("+")), *fact.attribution, *actors):
            yield re.findall(r"\w[\w.'’-]*", name.casefold())
