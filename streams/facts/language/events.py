"""Events: which one a text means, so that a second call does not end the first one again."""

from dataclasses import dataclass
from datetime import date

from streams.facts.context import Event, StoryContext
from streams.facts.language.actors import Actors
from streams.facts.language.clauses import Clause, conjuncts, phrase, pobjs
from streams.facts.language.parse import Token, Tree
from streams.facts.lexicon import events as words
from streams.facts.lexicon.actors import METONYMS
from streams.facts.numbers.ordinals import ordinal

_ONE_MORE = {"another": 2, "fresh": 2, "further": 2, "additional": 2, "new": 2}
_TIME_WORDS = frozenset(
    """monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
    september october november december morning afternoon evening night day week month year noon midday midnight
    hour minute time a.m. p.m. gmt edt est utc""".split()
)
_PLACES = ("in", "at", "near", "off", "on", "over", "across", "below", "above")


@dataclass(frozen=True, slots=True)
class Mention:
    """One naming of an event: its parties by canonical name, in order; ``indefinite``: "a vote", "another call"."""

    cls: str
    text: str
    parties: tuple[str, ...] = ()
    topic: frozenset[str] = frozenset()
    ordinal: int | None = None
    day: date | None = None
    indefinite: bool = False

    @property
    def who(self) -> frozenset[str]:
        return frozenset(self.parties)


def noun_class(tree: Tree, head: int) -> str | None:
    """The class of an event noun, by its compound ("telephone call") or itself; None for other nouns."""
    token = tree.tokens[head]
    gerund = token.tag == "VBG" and token.dep in ("nsubj", "nsubjpass", "dobj", "pobj")
    named = token.pos in ("NOUN", "PROPN") or (
        token.dep in ("nsubj", "nsubjpass", "dobj", "pobj") and token.pos == "ADJ"
    )
    if not named and not gerund:
        return None
    for modifier in tree.kids(head, "compound", "amod"):
        pair = f"{modifier.lemma} {token.lemma}"
        if pair in words.NOUNS:
            return words.NOUNS[pair]
    cls = words.NOUNS.get(token.text.lower()) or (None if gerund else words.NOUNS.get(token.lemma))
    if cls == "call" and pobjs(tree, head, "for", "to"):
        return None  # a call for something is a demand
    if token.lemma == "talk" and token.tag == "NN" and pobjs(tree, head, "of"):
        return None  # nor is talk of something an event
    return cls


def noun_form(token: Token) -> str:
    """A noun's lemma; of one in -ing its word, which the lemmatizer may take for a verb's or spell wrongly."""
    word = token.text.lower()
    return word if word.endswith("ing") else token.lemma


def verb_class(tree: Tree, clause: Clause, context: StoryContext) -> str | None:
    """The class of a verb that is an event of itself; None for other verbs.

    A verb of talk is one by telephone, or where the story knows of talk, the last of it ("they spoke for an hour").
    """
    if clause.lemma in words.TALK:
        if any(t.lemma in {"telephone", "phone", "videolink"} for t in tree.subtree(clause.head)):
            return "call"
        known = [event.cls for event in context.events if event.cls in words.TALK_CLASSES]
        return (
            known[-1] if known and clause.subject is not None and tree.tokens[clause.subject].pos != "PROPN" else None
        )
    return words.VERBS.get(clause.lemma)


def mention_of_noun(tree: Tree, head: int, actors: Actors, clause: Clause, day: date | None = None) -> Mention:
    """The event that a noun phrase names; what the clause says of its place and matter belongs to it."""
    kind = noun_class(tree, head) or noun_form(tree.tokens[head])
    between = [*pobjs(tree, head, "between", "with"), *_compound_names(tree, head)]
    owners = [t.i for t in tree.kids(head, "poss")] + pobjs(tree, head, "by", "of")
    parties = between + (owners if kind not in words.MUTUAL else [t for t in owners if tree.tokens[t].pos == "PROPN"])
    who = tuple(dict.fromkeys(_names(tree, parties, actors)))
    return Mention(
        cls=kind,
        text=tree.span_text(phrase(tree, head)),
        parties=who,
        topic=frozenset(_topic(tree, head, parties)) | frozenset(_setting(tree, clause)),
        ordinal=_ordinal(tree, head),
        day=day,
        indefinite=any(t.lemma in ("a", "an", "another") for t in tree.kids(head, "det"))
        or (tree.tokens[head].tag == "NNS" and not who and not _has_determiner(tree, head)),
    )


def mention_of_verb(tree: Tree, clause: Clause, cls: str, actors: Actors, day: date | None = None) -> Mention:
    """The event that a verb is: "Trump and Putin are speaking by telephone"."""
    parties = [j for side in (clause.subject, clause.agent) if side is not None for j in conjuncts(tree, side)]
    if cls in words.MUTUAL:
        parties += pobjs(tree, clause.head, "to", "with")
    objects = [clause.object] if clause.object is not None else []
    if not clause.passive and clause.object is not None and tree.tokens[clause.object].pos in ("PROPN", "PRON"):
        parties += conjuncts(tree, clause.object)
    if clause.passive and clause.subject is not None and tree.tokens[clause.subject].pos in ("PROPN", "PRON"):
        parties = conjuncts(tree, clause.subject)
    elif clause.passive and clause.subject is not None:
        parties, objects = [clause.agent] if clause.agent is not None else [], [clause.subject]
    topic = {t for j in objects for t in _content(tree, j)} | _setting(tree, clause)
    tokens = [t for t in tree.tokens if t.i == clause.head or (t.dep in ("dobj", "prt") and t.head == clause.head)]
    return Mention(
        cls, tree.span_text(tokens)[:60], tuple(dict.fromkeys(_names(tree, parties, actors))), frozenset(topic), day=day
    )


def _setting(tree: Tree, clause: Clause) -> set[str]:
    return {
        t for j in pobjs(tree, clause.head, *_PLACES, "to", "for", "about") for t in _content(tree, j)
    } - _TIME_WORDS


def _compound_names(tree: Tree, head: int) -> list[int]:
    """The names in a compound: two in "the Trump-Putin call"."""
    direct = [t.i for t in tree.kids(head, "compound") if t.pos == "PROPN"]
    nested = [t.i for j in direct for t in tree.kids(j, "compound", "nmod") if _hyphenated(tree, t.i, j)]
    return nested + direct


def _hyphenated(tree: Tree, first: int, second: int) -> bool:
    return second - first == 2 and tree.tokens[first + 1].text in ("-", "\u2013")


def resolve(mention: Mention, context: StoryContext) -> Event:
    """The event of the story that is meant; a new instance where none fits."""
    same_class = _candidates(mention, context)
    scored = [(score, n, event) for n, event in enumerate(same_class) if (score := _fit(mention, event)) is not None]
    if scored:
        best = max(scored, key=lambda item: item[:2])[2]
        _merge(mention, best)
        context.touch(best)
        return best
    if mention.ordinal and mention.ordinal > 1:
        for event in same_class:
            event.ordinal = event.ordinal or 1
    number = max((event.number for event in same_class), default=0) + 1
    event = Event(
        cls=mention.cls, number=number, who=list(mention.parties), topic=sorted(mention.topic), text=mention.text
    )
    event.ordinal, event.day = mention.ordinal, mention.day.isoformat() if mention.day else None
    return context.add_event(event)


def _candidates(mention: Mention, context: StoryContext) -> list[Event]:
    """The events of the mention's class; where there are none, "their talk" may be a call or a meeting."""
    same_class = [event for event in context.events if event.cls == mention.cls]
    if same_class or mention.indefinite or mention.ordinal or mention.cls not in words.TALK_CLASSES:
        return same_class
    return [event for event in context.events if event.cls in words.TALK_CLASSES][-1:]


def _fit(mention: Mention, event: Event) -> float | None:
    """How well a known event fits, None where it cannot be meant."""
    who, topic = set(event.who), set(event.topic)
    if mention.ordinal and event.ordinal and mention.ordinal != event.ordinal:
        return None
    if mention.ordinal and mention.ordinal > 1 and not event.ordinal:
        return None
    mutual = mention.cls in words.MUTUAL
    if mention.who and who and not (mention.who & who):
        return 0.0 if not mutual and mention.topic & topic else None
    if mutual and mention.who and who and not (mention.who <= who or who <= mention.who):
        return None
    done = event.status in ("ended", "cancelled")
    if mention.day and event.day and mention.day.isoformat() != event.day and done:
        return None
    if mention.indefinite and min(len(mention.topic), len(topic)) > 1 and not mention.topic & topic:
        return None
    if mention.indefinite and done and not mention.who & who and not mention.topic & topic:
        return None
    agreement = 2.0 * len(mention.who & who) + len(mention.topic & topic) - 0.5 * (not mention.topic & topic)
    return (
        agreement + (mention.ordinal is not None and mention.ordinal == event.ordinal) * 3 + _same_day(mention, event)
    )


def _same_day(mention: Mention, event: Event) -> float:
    if not mention.day or not event.day:
        return 0.0
    return 2.0 if mention.day.isoformat() == event.day else -1.0


def _merge(mention: Mention, event: Event) -> None:
    if mention.day:
        event.day = mention.day.isoformat()
    event.ordinal = event.ordinal or mention.ordinal
    event.topic = sorted({*event.topic, *mention.topic})[:12]


def _names(tree: Tree, heads: list[int], actors: Actors) -> list[str]:
    found = [actors.of(tree, j) for j in heads]
    return [actor.canonical for actor in found if actor.named or actor.canonical in METONYMS.values()]


def _topic(tree: Tree, head: int, parties: list[int]) -> list[str]:
    left_out = {t.i for j in parties for t in tree.subtree(j)}
    return [t for t in _content(tree, head, left_out) if t != tree.tokens[head].lemma]


def _content(tree: Tree, head: int, left_out: set[int] | None = None) -> list[str]:
    return [t.lemma for t in phrase(tree, head) if _is_content(t) and t.i not in (left_out or set())]


def _is_content(token: Token) -> bool:
    content = token.pos in ("NOUN", "PROPN", "ADJ") and token.lemma not in words.NOUNS
    return content and _instance(token.lemma) is None and token.lemma not in _TIME_WORDS


def _ordinal(tree: Tree, head: int) -> int | None:
    found = (_instance(t.text.lower()) for t in tree.kids(head, "amod", "det", "nummod", "compound"))
    return next((n for n in found if n), None)


def _instance(word: str) -> int | None:
    """Which of several events of a class a word says: the second, another."""
    return _ONE_MORE.get(word) or ordinal(word)


def _has_determiner(tree: Tree, head: int) -> bool:
    return any(True for _ in tree.kids(head, "det", "poss", "nummod"))
