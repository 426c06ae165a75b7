"""Times of a sentence that are of no known event: facts of what the sentence tells, at their place in it."""

from collections.abc import Collection, Iterator

from schemas.values import EventTimeValue
from streams.facts.claim import Claim
from streams.facts.frames import same_but_for_values, skeleton
from streams.facts.kinds.base import make_key
from streams.facts.language.clauses import Clause
from streams.facts.language.terms import clip, telling_words
from streams.facts.rows import FactRow
from streams.facts.scene import Scene
from streams.facts.times.mentions import TimeMention

LIKE = 0.45  # too little by itself: the sentence must be the one that replaces the known one


def sentence_times(scene: Scene, taken: Collection[int]) -> Iterator[Claim]:
    """One for each moment or length of time in the body's own words, but those that start at ``taken``."""
    if scene.sentence.field != "body" or not scene.times["past"]:
        return
    words = skeleton(scene)
    ahead = {mention.start: mention for mention in scene.times["future"]}
    for place, mention in enumerate(scene.times["past"]):
        tokens = scene.tree.at(mention.start, mention.end)
        if mention.start in taken or not tokens or scene.quoted(tokens[0].i):
            continue
        clause = scene.clause_of(tokens[0].i)
        if scene.of_telling(mention):
            continue
        if clause and scene.prospective(clause):
            mention = ahead.get(mention.start, mention)
        if _says_when(mention):
            yield _claim(scene, clause, mention, words, str(place))


def _says_when(mention: TimeMention) -> bool:
    """A moment, a length of time, or how long before or after something else."""
    if mention.kind == "relative":
        return mention.at is None and mention.minutes is not None
    return mention.kind in ("moment", "duration") and (mention.at is not None or mention.minutes is not None)


def is_of_sentence(claim: Claim) -> bool:
    """Whether a claim is one of these, not the time of an event."""
    return claim.kind == "event-time" and bool(claim.slots.get("frame"))


def match(claim: Claim, known: FactRow) -> float:
    """Whether both stand at the same place of one sentence."""
    ours, theirs = claim.slots, known.slots
    if (ours["role"], ours["place"], claim.polarity) != (theirs["role"], theirs["place"], known.fact.polarity):
        return 0.0
    return LIKE * same_but_for_values(ours["frame"].split(" "), theirs["frame"].split(" "))


def time_value(mention: TimeMention) -> EventTimeValue:
    """A moment, or a length of time."""
    lasts = mention.at is None
    return EventTimeValue(
        text=clip(mention.text if mention.comparator == "exactly" else f"{mention.comparator} {mention.text}"),
        at=None if lasts else mention.at,
        precision=None if lasts else mention.precision,
        zone=None if lasts else mention.zone_text,
        minutes=mention.minutes if lasts else None,
        comparator=mention.comparator,
    )


def time_slots(scene: Scene, mention: TimeMention) -> dict[str, str]:
    """What is compared of a time beside its value: the day where it is said, if one is, its part, a range's end."""
    return {
        "day": mention.day.isoformat() if mention.day else "",
        "any_day": "yes" if scene.of_any_day(mention) else "",
        "most": str(mention.most_minutes or ""),
        "part": mention.part or "",
    }


def _claim(scene: Scene, clause: Clause | None, mention: TimeMention, words: list[str], place: str) -> Claim:
    role = "time" if mention.at else "duration"
    terms = frozenset(word.rpartition("/")[0] for word in words if "/" in word)
    return Claim(
        kind="event-time",
        key=make_key("event-time", "+".join(telling_words(terms)), role, place),
        subject=clip(_what(scene, clause)),
        value=time_value(mention),
        sentence=scene.index,
        within=scene.predicate(clause),
        clause=scene.index * 1000 + mention.start + 750,
        polarity=clause.polarity if clause else "affirmed",
        modality=clause.modality if clause else "real",
        attribution=scene.attribution(clause) if clause else (),
        terms=terms,
        slots={"event": "", "role": role, "frame": " ".join(words), "place": place} | time_slots(scene, mention),
        background=True,
    )


def _what(scene: Scene, clause: Clause | None) -> str:
    """What the time is of: subject and verb, or the sentence's first words."""
    if clause is None or clause.subject is None:
        return scene.short(scene.sentence.text)
    return f"{scene.actors.of(scene.tree, clause.subject).text} {scene.tree.tokens[clause.head].text}"
