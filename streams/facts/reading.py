"""Reading: an update's unseen sentences to claims. The expensive part, so it runs in worker processes."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from zoneinfo import ZoneInfo

from rapidfuzz import fuzz, process

from schemas.updates import ArticleUpdate
from streams.facts.claim import Claim
from streams.facts.context import StoryContext
from streams.facts.kinds import kinds
from streams.facts.language.actors import Actors
from streams.facts.language.clauses import clauses_of
from streams.facts.language.parse import Tree, parse
from streams.facts.language.quotes import Quotation, quotations_by_sentence
from streams.facts.language.terms import is_content, term
from streams.facts.language.text import Sentence, sentences_of, words
from streams.facts.memory import Memory
from streams.facts.numbers.quantities import find_quantities
from streams.facts.scene import Scene
from streams.facts.times.mentions import find_times

REWORDED = 55.0  # of 100 (rapidfuzz token_set_ratio): from here on two sentences may be one, reworded


@dataclass(frozen=True, slots=True)
class SentenceRead:
    """A sentence of the version; ``who`` is the actor spoken of last, at its end."""

    sentence: Sentence
    seen: bool
    who: str | None
    lemmas: frozenset[str] = frozenset()  # the content lemmas of an unseen one


@dataclass(frozen=True, slots=True)
class Vanished:
    """A sentence of the version before that is not in this one.

    ``alone``: the sentences before and after it stand; ``only``: the version did nothing but delete.
    """

    fingerprint: str
    alone: bool
    only: bool


@dataclass(frozen=True)
class Reading:
    """What an update says. ``aligned`` leads from an unseen sentence's index to the fingerprint of the old one that it replaces."""

    sentences: tuple[SentenceRead, ...] = ()
    claims: tuple[Claim, ...] = ()
    context: StoryContext = field(default_factory=StoryContext)
    vanished: tuple[Vanished, ...] = ()
    aligned: dict[int, str] = field(default_factory=dict)
    sentences_parsed: int = 0
    sentences_skipped: int = 0
    parse_seconds: float = 0.0


def read(work: Sequence[tuple[ArticleUpdate, Memory]]) -> list[Reading]:
    """A reading for each update; their unseen sentences are parsed together."""
    drafts = [_sentences(update, memory) for update, memory in work]
    unseen = [s.text for draft in drafts for s, seen in draft if not seen]
    began = time.perf_counter()
    trees = iter(parse(unseen))
    seconds = (time.perf_counter() - began) / max(1, len(unseen))
    return [_read(update, memory, draft, trees, seconds) for (update, memory), draft in zip(work, drafts, strict=True)]


def _sentences(update: ArticleUpdate, memory: Memory) -> list[tuple[Sentence, bool]]:
    """The version's sentences, each with whether it is known; one that stands twice counts once, the body's."""
    if memory.verdict or update.status == "canceled":
        return []
    known = _known(memory)
    ordered = [*sentences_of("", update.body), *sentences_of(update.headline, "")]
    distinct = {s.fingerprint: s for s in reversed(ordered)}
    return [(s, s.fingerprint in known) for s in ordered if distinct[s.fingerprint] is s]


def _known(memory: Memory) -> dict[str, str | None]:
    started_over = memory.article is None or memory.article.status in ("canceled", "withheld")
    return {} if started_over or memory.article is None else {row.f: row.who for row in memory.article.sentences}


def _read(
    update: ArticleUpdate, memory: Memory, draft: list[tuple[Sentence, bool]], trees: Iterator[Tree], seconds: float
) -> Reading:
    context = memory.story.context.model_copy(deep=True) if memory.story else StoryContext()
    actors, known = Actors(context), _known(memory)
    zone = ZoneInfo(update.timezone) if update.timezone else ZoneInfo("UTC")
    quotations = _quotations(update, [s for s, _ in draft])
    done: list[SentenceRead] = []
    claims: list[Claim] = []
    for index, (sentence, seen) in enumerate(draft):
        lemmas: frozenset[str] = frozenset()
        if seen:
            actors.recall(known[sentence.fingerprint])
        else:
            tree = next(trees)
            scene = _scene(index, sentence, tree, quotations[index], actors, update, zone)
            claims += [claim for kind in kinds().values() for claim in kind.claims(scene)]
            actors.learn(tree)
            lemmas = frozenset(term(t) for t in tree.tokens if is_content(t))
        done.append(SentenceRead(sentence, seen, actors.who, lemmas))
    parsed = sum(not s.seen for s in done)
    vanished, aligned = _compare(memory, done)
    return Reading(tuple(done), tuple(claims), context, vanished, aligned, parsed, len(done) - parsed, seconds * parsed)


def _scene(
    index: int,
    sentence: Sentence,
    tree: Tree,
    quotations: list[Quotation],
    actors: Actors,
    update: ArticleUpdate,
    zone: ZoneInfo,
) -> Scene:
    return Scene(
        index=index,
        sentence=sentence,
        tree=tree,
        clauses=clauses_of(tree),
        quantities=find_quantities(tree.text),
        times={tense: find_times(tree.text, update.updated_at, zone, tense) for tense in ("past", "future")},
        quotations=quotations,
        actors=actors,
        context=actors.context,
        reference=update.updated_at,
        zone=zone,
    )


def _quotations(update: ArticleUpdate, sentences: list[Sentence]) -> list[list[Quotation]]:
    found: list[list[Quotation]] = []
    for (name, _), group in groupby(sentences, key=lambda s: (s.field, s.paragraph)):
        found += quotations_by_sentence(list(group), update.headline if name == "headline" else update.body)
    return found


def _compare(memory: Memory, now: list[SentenceRead]) -> tuple[tuple[Vanished, ...], dict[int, str]]:
    """Which sentences of the version before are gone, and which unseen one each of them may have become."""
    if memory.text is None or not _known(memory) or not now:
        return (), {}
    before = sentences_of("", memory.text.body)
    here = {s.sentence.fingerprint for s in now}
    unseen = {
        n: " ".join(words(s.sentence.text)) for n, s in enumerate(now) if not s.seen and s.sentence.field == "body"
    }
    gone = [n for n, s in enumerate(before) if s.fingerprint not in here]
    likeness = {n: _most_like(before[n], unseen) for n in gone}
    aligned = {
        match[0]: before[n].fingerprint
        for n, match in sorted(likeness.items(), key=lambda i: i[1][1])
        if match[1] >= REWORDED
    }
    stands = {n for n in range(len(before)) if n not in likeness or likeness[n][1] >= REWORDED}
    only_deleted = not unseen
    vanished = tuple(
        Vanished(before[n].fingerprint, _neighbours_stand(n, len(before), stands), only_deleted)
        for n in gone
        if n not in stands
    )
    return vanished, aligned


def _most_like(old: Sentence, unseen: dict[int, str]) -> tuple[int, float]:
    found = process.extractOne(" ".join(words(old.text)), unseen, scorer=fuzz.token_set_ratio, score_cutoff=REWORDED)
    return (found[2], found[1]) if found else (-1, 0.0)


def _neighbours_stand(n: int, count: int, stands: set[int]) -> bool:
    return all(m in stands for m in (n - 1, n + 1) if 0 <= m < count)
