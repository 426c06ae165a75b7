"""Meaning kept: the same sentences in another order, less background, more furniture, another outlet."""

import re
from dataclasses import replace
from random import Random

from tests.evaluation.metamorphic.passage import Passage, sentences

LEANS_BACK = re.compile(
    r"^(?:He|She|It|They|This|That|These|Those|His|Her|Its|Their|But|And|However|Both|Another|There|Earlier|Later|"
    r"Meanwhile|Instead|Also|Such|Mr|Mrs|Ms|Dr|Or|So|Then)\b|^[\"“a-z]"
)
CLAIM = re.compile(
    r"[\"“”]|\b(?:sa(?:id|ys)|told|accord|claim|alleg|accus|den|demand|order|must|should|reject|agree|refus|warn|you|can|"
    r"may|will|would|advice|advise|ha(?:s|ve)\b|law\b|legal|illegal|risk|vigilan|suspend|bring)\w*"
    r"|(?:^|[.;] )(?:[a-z]|(?:Ask|Avoid|Be|Call|Carry|Check|Find|Follow|Keep|Make|Read|See|Take|Use|Visit)\b)"
)
HISTORY = re.compile(
    r"\b(?:(?:built|founded|opened|created|born|established|listed|last|home|based|since|employs|flies|lies|"
    r"carries|carried|designs|affects?)\b.*)|\bin (?:1[89]|200|201)\d"
)
ADVICE = re.compile(r"\badvice\b", re.I)
FURNITURE = (
    "Share this",
    "Follow us on social media",
    "Sign up for our newsletter",
    "This story is being updated",
    "Read more: the latest from our reporters",
    "Cookie settings | Terms and conditions",
    "Advertisement",
    "Listen live | Download our app",
)
MOMENTS = ("Updated 3 minutes ago", "Last updated: 2 hours ago", "Posted 14 minutes ago", "Updated just now")


def paragraphs_reordered(passage: Passage, rng: Random) -> Passage | None:
    free = [p for p in passage.paragraphs if not LEANS_BACK.match(p)]
    if len(free) < len(passage.paragraphs) or len(free) < 3:
        return None
    mixed = list(free)
    rng.shuffle(mixed)
    return replace(passage, paragraphs=tuple(mixed)) if mixed != free else None


def sentences_reordered(passage: Passage, rng: Random) -> Passage | None:
    for number, paragraph in enumerate(passage.paragraphs):
        parts = sentences(paragraph)
        if len(parts) >= 2 and not any(LEANS_BACK.match(part) for part in parts) and '"' not in paragraph:
            return _with(passage, number, " ".join(reversed(parts)))
    return None


def paragraphs_joined(passage: Passage, rng: Random) -> Passage | None:
    if len(passage.paragraphs) < 3:
        return None
    first, second, *rest = passage.paragraphs
    if not all(part.endswith((".", '."', ".”")) for part in (first, second)):
        return None
    return replace(passage, paragraphs=(f"{first} {second}", *rest))


def background_trimmed(passage: Passage, rng: Random) -> Passage | None:
    """A report's last paragraph that tells of old or lasting things, and claims nothing, goes; advice is all of now."""
    last = passage.paragraphs[-1]
    if ADVICE.search(passage.headline) or len(passage.paragraphs) < 3 or CLAIM.search(last) or not HISTORY.search(last):
        return None
    return replace(passage, paragraphs=passage.paragraphs[:-1])


def furniture_inserted(passage: Passage, rng: Random) -> Passage | None:
    place = rng.choice((0, len(passage.paragraphs)))
    added = rng.choice(FURNITURE)
    return replace(passage, paragraphs=(*passage.paragraphs[:place], added, *passage.paragraphs[place:]))


def relative_time_inserted(passage: Passage, rng: Random) -> Passage | None:
    return replace(passage, paragraphs=(rng.choice(MOMENTS), *passage.paragraphs))


def repeated_by_another_outlet(passage: Passage, rng: Random) -> Passage | None:
    return replace(passage, paragraphs=(*passage.paragraphs, rng.choice(FURNITURE)), outlet="example.net")


def _with(passage: Passage, number: int, paragraph: str) -> Passage:
    paragraphs = list(passage.paragraphs)
    paragraphs[number] = paragraph
    return replace(passage, paragraphs=tuple(paragraphs))
