"""Meaning kept: numbers, shares, sums and measures spelt otherwise."""

import re
from random import Random

from tests.evaluation.metamorphic.passage import Passage, like, respell_all

WORDS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen twenty"
).split()
COUNTED = (
    r"people|persons|passengers|children|men|women|pilots|soldiers|patients|voters|homes|schools|flats|members|others|"
    r"rescuers|volunteers|workers|officers|police|paintings|counts|days|weeks|months|hours|years|minutes|times|matches|"
    r"countries|provinces|regions|cases|survivors|victims|migrants|rockets|tourists|travellers|nights|metres|kilometres"
)
NUMBER_OF = re.compile(rf"(?<![\w.,$£€-])(\d{{1,2}})(?= (?:{COUNTED})\b)")
WORD_OF = re.compile(rf"(?<![\w-])({'|'.join(WORDS[2:])})(?= (?:[a-z]+ )?(?:{COUNTED})\b)", re.I)
SHARE = re.compile(r"(?<=\d)(%| per ?cent\b)")
BILLIONS = re.compile(r"(?<![\w.,])([$£€])?(\d{1,3}(?:\.\d)?) ?(?:bn|billion)\b")
MILLIONS = re.compile(r"(?<![\w.,])([$£€])?(\d{1,3}(?:\.\d)?) ?million\b")
THOUSANDS = re.compile(r"(?<![\w.,$£€/])(\d{1,3}),(\d{3})(?![\d,]|\.\d)")
METRIC = {"km": "kilometres", "kilometres": "km", "kilometers": "km", "kg": "kilograms", "kilograms": "kg"}
MEASURE = re.compile(r"(?<=\d)( ?)(km|kilometres|kilometers|kg|kilograms)\b(?!/)")


def digits_to_words(passage: Passage, rng: Random) -> Passage | None:
    return respell_all(passage, NUMBER_OF, _word)


def _word(match: re.Match[str]) -> str | None:
    number = int(match.group(1))
    starts = match.start() == 0 or match.string[: match.start()].rstrip().endswith((".", "\n"))
    word = WORDS[number] if 2 <= number <= 20 else None
    return like("A", word) if word and starts else word


def words_to_digits(passage: Passage, rng: Random) -> Passage | None:
    return respell_all(passage, WORD_OF, lambda match: str(WORDS.index(match.group(1).lower())))


def per_cent_respelled(passage: Passage, rng: Random) -> Passage | None:
    forms = ["%", " per cent", " percent"]
    return respell_all(passage, SHARE, lambda match: rng.choice([f for f in forms if f != match.group(1)]))


def billions_as_millions(passage: Passage, rng: Random) -> Passage | None:
    return respell_all(passage, BILLIONS, lambda m: f"{m.group(1) or ''}{float(m.group(2)) * 1000:,.0f} million")


def millions_written_out(passage: Passage, rng: Random) -> Passage | None:
    return respell_all(passage, MILLIONS, lambda m: f"{m.group(1) or ''}{float(m.group(2)) * 1_000_000:,.0f}")


def millions_abbreviated(passage: Passage, rng: Random) -> Passage | None:
    return respell_all(passage, MILLIONS, lambda match: f"{match.group(1) or ''}{match.group(2)}m")


def thousands_unseparated(passage: Passage, rng: Random) -> Passage | None:
    return respell_all(passage, THOUSANDS, lambda match: match.group(1) + match.group(2))


def measures_respelled(passage: Passage, rng: Random) -> Passage | None:
    return respell_all(passage, MEASURE, lambda match: f" {METRIC[match.group(2)]}")
