"""Reading: an update's unseen sentences to claims. The expensive part, so it runs in worker processes."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import groupby, islice
from zoneinfo import ZoneInfo

from rapidfuzz import fuzz, process

from schemas.updates import ArticleUpdate
from streams.facts.claim import Claim
from streams.facts.context import StoryContext
from streams.facts.kinds import kinds
from streams.facts.language.actors import Actors
from streams.facts.language.clauses import clauses_of
from streams.facts.language.notes import in_notes
from streams.facts.language.pages import is_guidance
from streams.facts.language.parse import Tree, parse
from streams.facts.language.quotes import Quotation, quotations_by_sentence
from streams.facts.language.text import Sentence, sentences_of, stems, words
from streams.facts.memory import Memory
from streams.facts.numbers.quantities import find_quantities
from streams.facts.outline import Outline, outline
from streams.facts.scene import Scene
from streams.facts.times.mentions import find_times

REWORDED = 55.0  # of 100 (rapidfuzz token_set_ratio): from here on two sentences may be one, reworded
NO_OUTLINE = Outline()
MAX_CLAIMS = 60  # of one sentence and kind; a longer list is a table, and its rows must stay bounded


@dataclass(frozen=True, slots=True)
class SentenceRead:
    """A sentence of the version; ``who`` is who was spoken of last, at its end; ``note``: of a correction note."""

    sentence: Sentence
    seen: bool
    note: bool
    who: str | None
    outline: Outline = NO_OUTLINE  # of an unseen one


@dataclass(frozen=True, slots=True)
class Vanished:
    """A sentence of the version before that is not in this one.

    ``alone``: the sentences before and after it stand; ``only``: the version did nothing but delete. ``passage`` is the
    same for sentences that went side by side.
    """

    fingerprint: str
    alone: bool
    only: bool
    passage: int = 0


@dataclass(frozen=True)
class Reading:
    """What an update says.

    ``aligned`` leads from an unseen sentence's index to the fingerprint of the old one that it replaces, ``likeness``
    to how like that is (0 to 1). ``gone`` is the share of the old version's sentences that are not in this one.
    ``taken`` are the stems of the words of those (None: there was no version before), ``brought`` of the unseen ones.
    ``again`` are the story's kept texts, read anew where another extractor had read them.
    """

    sentences: tuple[SentenceRead, ...] = ()
    claims: tuple[Claim, ...] = ()
    context: StoryContext = field(default_factory=StoryContext)
    vanished: tuple[Vanished, ...] = ()
    aligned: dict[int, str] = field(default_factory=dict)
    guidance: bool = False  # a page of guidance
    likeness: dict[int, float] = field(default_factory=dict)
    gone: float = 0.0
    taken: frozenset[str] | None = None
    brought: frozenset[str] = frozenset()
    again: tuple[tuple[ArticleUpdate, "Reading"], ...] = ()
    sentences_parsed: int = 0
    sentences_skipped: int = 0
    parse_seconds: float = 0.0

    @cached_property
    def first_paragraph(self) -> int:
        """The number of the body's first paragraph."""
        return min((s.sentence.paragraph for s in self.sentences if s.sentence.field == "body"), default=0)

    @property
    def notes(self) -> str:
        """The version's correction notes, as one text."""
        return " ".join(s.sentence.text for s in self.sentences if s.note)

    @property
    def has_new_note(self) -> bool:
        return any(s.note and not s.seen for s in self.sentences)


Draft = list[tuple[Sentence, bool]]


def read(work: Sequence[tuple[ArticleUpdate, Memory]]) -> list[Reading]:
    """A reading for each update; all unseen sentences are parsed together."""
    jobs = [[*((text, Memory.blank()) for text in memory.texts.values()), (update, memory)] for update, memory in work]
    drafts = [[_sentences(update, memory) for update, memory in job] for job in jobs]
    unseen = [s.text for job in drafts for draft in job for s, seen in draft if not seen]
    began = time.perf_counter()
    trees = iter(parse(unseen))
    seconds = (time.perf_counter() - began) / max(1, len(unseen))
    return [_read_job(job, draft, trees, seconds) for job, draft in zip(jobs, drafts, strict=True)]


def _read_job(
    job: list[tuple[ArticleUpdate, Memory]], drafts: list[Draft], trees: Iterator[Tree], seconds: float
) -> Reading:
    story = job[-1][1].story
    context = story.context.model_copy(deep=True) if story else StoryContext()
    readings = [_read(u, m, d, trees, seconds, context) for (u, m), d in zip(job, drafts, strict=True)]
    texts = [update for update, _ in job[:-1]]
    return replace(readings[-1], again=tuple(zip(texts, readings[:-1], strict=True)))


def _sentences(update: ArticleUpdate, memory: Memory) -> Draft:
    """The version's sentences, each with whether it is known; one that stands twice counts once, the body's."""
    if memory.verdict or update.status == "canceled":
        return []
    known = _known(memory)
    ordered = [*sentences_of("", update.body), *sentences_of(update.headline, ""), *_note_apart(update)]
    distinct = {s.fingerprint: s for s in reversed(ordered)}
    return [(s, s.fingerprint in known) for s in ordered if distinct[s.fingerprint] is s]


def _note_apart(update: ArticleUpdate) -> list[Sentence]:
    return [replace(s, field="correction") for s in sentences_of("", update.correction or "")]


def _known(memory: Memory) -> dict[str, str | None]:
    """The fingerprints that were read before; none where the article starts over."""
    article = memory.article
    if article is None or article.status in ("canceled", "withheld"):
        return {}
    return {row.f: row.who for row in article.sentences}


def _read(
    update: ArticleUpdate, memory: Memory, draft: Draft, trees: Iterator[Tree], seconds: float, context: StoryContext
) -> Reading:
    actors, known = Actors(context), _known(memory)
    sentences = [s for s, _ in draft]
    parsed = {index: next(trees) for index, (_, seen) in enumerate(draft) if not seen}
    guidance = _is_guidance(memory, sentences, parsed)
    quotations, notes = _quotations(update, draft), in_notes(sentences)
    done: list[SentenceRead] = []
    claims: list[Claim] = []
    for index, (sentence, seen) in enumerate(draft):
        if seen:
            actors.recall(known[sentence.fingerprint])
            done.append(SentenceRead(sentence, True, notes[index], actors.who))
            continue
        scene = _scene(index, sentence, parsed[index], quotations[index], actors, update, guidance)
        claims += _claims(scene, notes[index])
        actors.learn(scene.tree)
        done.append(SentenceRead(sentence, False, notes[index], actors.who, outline(scene)))
    return replace(
        _compare(memory, done),
        sentences=tuple(done),
        claims=tuple(claims),
        context=context,
        brought=stems(w for s in done if not s.seen for w in words(s.sentence.text)),
        guidance=guidance,
        sentences_parsed=len(parsed),
        sentences_skipped=len(done) - len(parsed),
        parse_seconds=seconds * len(parsed),
    )


def _is_guidance(memory: Memory, sentences: list[Sentence], parsed: dict[int, Tree]) -> bool:
    """By the headline, or as it was before where that one is known."""
    headline = next((n for n, s in enumerate(sentences) if s.field == "headline"), None)
    if headline is not None and headline in parsed:
        return is_guidance(parsed[headline])
    return memory.article is not None and memory.article.guidance


def _claims(scene: Scene, note: bool) -> Iterator[Claim]:
    """What all kinds find in a sentence; in a correction note only the correction itself."""
    for kind in kinds().values():
        if note == (kind.name == "correction"):
            yield from islice(kind.claims(scene), MAX_CLAIMS)


def _scene(
    index: int,
    sentence: Sentence,
    tree: Tree,
    quotations: list[Quotation],
    actors: Actors,
    update: ArticleUpdate,
    guidance: bool,
) -> Scene:
    zone = ZoneInfo(update.timezone) if update.timezone else ZoneInfo("UTC")
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
        guidance=guidance,
    )


def _quotations(update: ArticleUpdate, draft: Draft) -> list[list[Quotation]]:
    """For each sentence; those of paragraphs that are known as a whole are not looked for."""
    texts = {"headline": update.headline, "body": update.body, "correction": update.correction or ""}
    found: list[list[Quotation]] = []
    for (name, _), group in groupby(draft, key=lambda one: (one[0].field, one[0].paragraph)):
        paragraph = list(group)
        sentences = [sentence for sentence, _ in paragraph]
        all_seen = all(seen for _, seen in paragraph)
        found += [[] for _ in sentences] if all_seen else quotations_by_sentence(sentences, texts[name])
    return found


def _compare(memory: Memory, now: list[SentenceRead]) -> Reading:
    """A reading that tells which sentences of the version before are gone, and what they may have become."""
    if memory.text is None or not _known(memory) or not now:
        return Reading()
    before = sentences_of("", memory.text.update.body)
    here = {s.sentence.fingerprint for s in now}
    unseen = {
        n: " ".join(words(s.sentence.text)) for n, s in enumerate(now) if not s.seen and s.sentence.field == "body"
    }
    gone = [n for n, s in enumerate(before) if s.fingerprint not in here]
    likeness = {n: _most_like(before[n], unseen) for n in gone}
    became = sorted(((score, new, n) for n, (new, score) in likeness.items() if score >= REWORDED))
    aligned = {new: before[n].fingerprint for _, new, n in became}
    stands = {n for n in range(len(before)) if n not in likeness or likeness[n][1] >= REWORDED}
    only = not unseen
    vanished = [
        Vanished(before[n].fingerprint, _beside(n, len(before), stands), only, _passage(n, stands))
        for n in gone
        if n not in stands
    ]
    return Reading(
        vanished=tuple(vanished),
        aligned=aligned,
        likeness={new: score / 100 for score, new, _ in became},
        gone=len(gone) / max(1, len(before)),
        taken=stems(w for n in gone for w in words(before[n].text)),
    )


def _passage(n: int, stands: set[int]) -> int:
    """The first of the sentences that went together with this one."""
    while n > 0 and n - 1 not in stands:
        n -= 1
    return n


def _most_like(old: Sentence, unseen: dict[int, str]) -> tuple[int, float]:
    found = process.extractOne(" ".join(words(old.text)), unseen, scorer=fuzz.token_set_ratio, score_cutoff=REWORDED)
    return (found[2], found[1]) if found else (-1, 0.0)


def _beside(n: int, count: int, stands: set[int]) -> bool:
    return all(m in stands for m in (n - 1, n + 1) if 0 <= m < count)
