"""Meaning kept: the same instants and days written otherwise."""

import re
from random import Random

from tests.evaluation.metamorphic.passage import Passage, respell_all

MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
CLOCK_24 = re.compile(r"(?<![\d:.])([01]?\d|2[0-3])[:.]?([0-5]\d) ?(GMT|UTC)\b")
AFTER_NUMBER = r"(?<!\d or )(?<!\d to )(?<!\d and )(?<!\d-)(?<!\d–)"  # "from 8 or 8.30am": one says how both are read
CLOCK_12 = re.compile(
    AFTER_NUMBER + r"(?<![\d:.])(1[0-2]|[1-9])(?:[:.]([0-5]\d))? ?([ap])\.?m\b\.?+(?! ?(?:[A-Z]{3,4}\b|\())"
)
CLOCK_24_PLAIN = re.compile(r"(?<![\d:.€£$])(1[3-9]|2[0-3]):([0-5]\d)(?![:\d])(?! ?(?:GMT|UTC|[A-Z]{3,4}\b|to\b))")
MONTH_DAY = re.compile(rf"\b({MONTHS}) (\d{{1,2}})\b(?!,? \d{{4}})(?! to\b)")
DAY_MONTH = re.compile(rf"{AFTER_NUMBER}\b(\d{{1,2}}) ({MONTHS})\b(?! \d{{4}})")
DAY_MONTH_YEAR = re.compile(rf"{AFTER_NUMBER}\b(\d{{1,2}}) ({MONTHS}) (\d{{4}})\b")
NOON = re.compile(r"\b(noon|midday)\b")


def instant_in_another_zone(passage: Passage, rng: Random) -> Passage | None:
    name, hours = rng.choice((("EST", -5), ("EDT", -4), ("CET", 1), ("BST", 1), ("MSK", 3)))
    return respell_all(passage, CLOCK_24, lambda match: _shifted(match, name, hours))


def _shifted(match: re.Match[str], zone: str, hours: int) -> str | None:
    """Not across midnight: the day may be named beside it."""
    hour = int(match.group(1)) + hours
    return f"{hour:02}:{match.group(2)} {zone}" if 0 <= hour <= 23 else None


def gmt_as_utc(passage: Passage, rng: Random) -> Passage | None:
    other = {"GMT": "UTC", "UTC": "GMT"}
    return respell_all(passage, CLOCK_24, lambda m: f"{int(m.group(1)):02}:{m.group(2)} {other[m.group(3)]}")


def twelve_hours_as_twenty_four(passage: Passage, rng: Random) -> Passage | None:
    return respell_all(passage, CLOCK_12, _as_24)


ZONE = re.compile(r" (?:[A-Z]\w*(?: [A-Z]\w*)? [Tt]ime\b|[A-Z]{2,4}\b)")


def _as_24(match: re.Match[str]) -> str:
    hour = int(match.group(1)) % 12 + (12 if match.group(3) == "p" else 0)
    after = match.string[match.end() :]
    ends = match.group().endswith(".") and (
        not after or after.startswith(("\n", ' "')) or bool(re.match(r" [A-Z]", after) and not ZONE.match(after))
    )
    return f"{hour:02}:{match.group(2) or '00'}" + ("." if ends else "")


def twenty_four_hours_as_twelve(passage: Passage, rng: Random) -> Passage | None:
    return respell_all(passage, CLOCK_24_PLAIN, lambda match: f"{int(match.group(1)) - 12}:{match.group(2)} pm")


def month_first_as_day_first(passage: Passage, rng: Random) -> Passage | None:
    return respell_all(passage, MONTH_DAY, lambda match: f"{match.group(2)} {match.group(1)}")


def day_first_as_month_first(passage: Passage, rng: Random) -> Passage | None:
    return respell_all(passage, DAY_MONTH, lambda match: f"{match.group(2)} {match.group(1)}")


def date_with_comma(passage: Passage, rng: Random) -> Passage | None:
    return respell_all(passage, DAY_MONTH_YEAR, lambda match: f"{match.group(2)} {match.group(1)}, {match.group(3)}")


def noon_respelled(passage: Passage, rng: Random) -> Passage | None:
    return respell_all(passage, NOON, lambda match: "midday" if match.group(1) == "noon" else "noon")
