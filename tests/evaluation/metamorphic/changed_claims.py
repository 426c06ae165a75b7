"""Meaning changed: negation, hedges, plans, statuses, deleted claims."""

import re
from random import Random

from tests.evaluation.metamorphic.kept_numbers import COUNTED
from tests.evaluation.metamorphic.kept_times import MONTHS
from tests.evaluation.metamorphic.passage import Passage, Respell, change_one, sentences

AFFIRMED = re.compile(
    r"\b(will|would|has been|have been|is|are|was|were|must|should|can)(?= [a-z]+(?:ed|en|ing)?\b)(?! not)"
)
NOT_AFTER = re.compile(r" (?:not|no|never|only|being|also|still|already)\b")
DENIED = re.compile(r"\b(will|would|has|have|is|are|was|were|should|can|could|had) not (?=[a-z])")
HEDGED = re.compile(
    r"\b(?:reportedly|allegedly|apparently|probably) (?=[a-z]+(?:ed|aid|ought|eft)\b)|"
    r",? it is (?:claimed|alleged)(?=[.,])"
)
MAY = re.compile(r"(?<!or )(?:may|might|could) have been(?= [a-z]+(?:ed|en)\b)")
DONE = {
    "sign": "signed", "visit": "visited", "meet": "met", "open": "opened", "close": "closed", "begin": "began",
    "vote": "voted", "hold": "held", "arrive": "arrived", "publish": "published", "resume": "resumed",
    "start": "started", "appear": "appeared", "pay": "paid", "appeal": "appealed", "reopen": "reopened",
    "speak": "spoke", "strike": "struck", "announce": "announced", "apply": "applied", "release": "released",
    "end": "ended", "suspend": "suspended", "play": "played",
}  # fmt: skip
PLANNED = re.compile(
    r"\b(?:will|(?:is|are|was|were) (?:expected|due|set|scheduled|planned) to|(?:is|are) to|plans? to) "
    rf"(?P<verb>{'|'.join(DONE)})\b"
)
STATUS = {
    "is under way": "has ended", "are under way": "have ended", "is still going on": "is over",
    "has ended": "has been suspended", "has been suspended": "has resumed", "have been suspended": "have resumed",
    "is suspended": "has resumed", "are suspended": "have resumed", "has resumed": "has been suspended",
    "have resumed": "have been suspended", "remains closed": "has reopened", "remain closed": "have reopened",
    "is closed": "has reopened", "are closed": "have reopened", "has been postponed": "has been cancelled",
    "has been cancelled": "has been postponed", "was suspended": "was resumed", "are in place": "have been lifted",
    "is in force": "has been lifted", "were suspended": "were resumed",
    "have been cancelled": "have been postponed", "is ongoing": "has ended", "are ongoing": "have ended",
}  # fmt: skip
STATUSES = re.compile(
    r"\b(?:" + "|".join(STATUS) + r")\b"
    r"(?=[.,;]| (?:in|on|at|after|as|and|but|for|by|until|since)\b)"
)
SUBORDINATE = re.compile(
    r"\b(?:if|how|when|what|whether|which|who|where|while|before|after|unless|as|because|so|find|check)\b", re.I
)
CLAIM = re.compile(
    r"[\"“].{20,}[\"”],? (?:said|says)\b"
    r"|\b(?:accused?|alleges?|ordered|demanded|claim(?:s|ed)? (?:that|to have))\b.{20,}"
    rf"|\bsaid\b.{{10,}}(?<![\d:.])\d[\d,]* (?:[a-z]+ )?(?:{COUNTED})\b"
)


def negation_put_in(passage: Passage, rng: Random) -> Passage | None:
    def deny(match: re.Match[str]) -> str | None:
        if NOT_AFTER.match(match.string, match.end()):
            return None
        first, _, rest = match.group().partition(" ")
        return f"{first} not {rest}".rstrip()

    return change_one(passage, rng, AFFIRMED, _of_a_main_clause(deny))


def negation_taken_out(passage: Passage, rng: Random) -> Passage | None:
    return change_one(passage, rng, DENIED, _of_a_main_clause(lambda match: f"{match.group(1)} "))


def hedge_dropped(passage: Passage, rng: Random) -> Passage | None:
    return change_one(passage, rng, HEDGED, lambda match: "")


def may_have_been_made_was(passage: Passage, rng: Random) -> Passage | None:
    def sure(match: re.Match[str]) -> str:
        return "were" if match.string[: match.start()].endswith("s ") else "was"

    return change_one(passage, rng, MAY, _of_a_main_clause(sure))


def plan_done(passage: Passage, rng: Random) -> Passage | None:
    """Not where a date is named, which would still lie ahead."""

    def done(match: re.Match[str]) -> str | None:
        dated = re.search(MONTHS, _sentence_of(match))
        return DONE[match.group("verb")] if not dated and _told_once(passage, match.group("verb")) else None

    return change_one(passage, rng, PLANNED, _of_a_main_clause(done))


def status_moved(passage: Passage, rng: Random) -> Passage | None:
    def moved(match: re.Match[str]) -> str | None:
        return STATUS[match.group()] if _told_once(passage, match.group().rpartition(" ")[2]) else None

    return change_one(passage, rng, STATUSES, _of_a_main_clause(moved))


def _sentence_of(match: re.Match[str]) -> str:
    before = re.split(r"[.!?]\s|\n", match.string[: match.start()])[-1]
    return before + re.split(r"[.!?]\s|\n", match.string[match.start() :])[0]


def _told_once(passage: Passage, verb: str) -> bool:
    """Whether the passage would not contradict itself: no form of the verb stands elsewhere, nor in the headline."""
    stem = verb[: max(3, len(verb) - 3)]
    return len(re.findall(rf"\b{stem}", f"{passage.headline}\n{passage.body}", re.I)) == 1


def _of_a_main_clause(change: Respell) -> Respell:
    """The change, where nothing before in the sentence makes it a condition, a question or an aside."""

    def changed(match: re.Match[str]) -> str | None:
        before = re.split(r"[.!?:]\s|\n", match.string[: match.start()])[-1]
        return None if SUBORDINATE.search(before) else change(match)

    return changed


def claim_deleted(passage: Passage, rng: Random) -> Passage | None:
    """A sentence between others goes, and nothing else."""
    claims = [s for paragraph in passage.paragraphs for s in sentences(paragraph) if CLAIM.search(s)]
    if not claims or sum(len(sentences(paragraph)) for paragraph in passage.paragraphs) < 3:
        return None
    return passage.with_body(_without(passage.body, rng.choice(claims)))


def _without(body: str, sentence: str) -> str:
    paragraphs = (re.sub(r" {2,}", " ", paragraph.replace(sentence, "")).strip() for paragraph in body.split("\n\n"))
    return "\n\n".join(paragraph for paragraph in paragraphs if paragraph)
