"""What of a text can be a number: its words and digits, with times, dates, links and identifiers blanked out."""

import re
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from streams.facts.numbers.units import CURRENCY_CODES
from streams.facts.times.clock import find_clock_times
from streams.facts.times.dates import find_calendar_dates

_SIGNS_AND_UNITS = (
    r"(?:millions?|billions?|trillions?|bn|mn|mln|bln|tn|trn|m|k|b|km|kms|kmh|kph|mph|cm|mm|mi|ft|in|ha|sq|kg|kgs|g|mg|lb|lbs|oz|t|l|ml|p|c|min|mins|hr"
    r"|hrs|h|am|pm|pc|pct|pp|bp|bps|kw|mw|gw|tw|kwh|mwh|gwh|twh|gb|mb|tb|hz|mhz|ghz|f)(?:2|²|³)?"
)
_DIGIT = re.compile(r"[0-9¼½¾⅓⅔⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞]")
_GROUP_MARKS = re.compile(r"['’\u00a0\u2009\u202f ]")
_DOTTED_THOUSANDS = re.compile(r"[1-9][0-9]{0,2}(?:\.[0-9]{3})*\.000\Z")  # "550.000"
_MONEY = tuple("$€£¥₹")
_BLANK = "\x00"
_GLUED = frozenset({"million", "billion", "trillion"})
_JOINTS = " -‑\u00a0\u2009\u202f\n"
VULGAR = {
    "¼": Fraction(1, 4), "½": Fraction(1, 2), "¾": Fraction(3, 4), "⅓": Fraction(1, 3), "⅔": Fraction(2, 3),
    "⅕": Fraction(1, 5), "⅖": Fraction(2, 5), "⅗": Fraction(3, 5), "⅘": Fraction(4, 5), "⅙": Fraction(1, 6),
    "⅚": Fraction(5, 6), "⅛": Fraction(1, 8), "⅜": Fraction(3, 8), "⅝": Fraction(5, 8), "⅞": Fraction(7, 8),
}  # fmt: skip
# What may be glued to digits in an amount: "USD500", "R1.2bn", "11m", "80km/h"; other letters make an identifier.
_AMOUNT = re.compile(
    rf"(?:{'|'.join(CURRENCY_CODES)}|Rs|Rp|(?=R[0-9.,]+(?:bn|m|k)\b)R)?[0-9][0-9.,]*(?i:{_SIGNS_AND_UNITS})?(?:[-–/].*)?\Z"
)
_YEARS = r"(?:1[5-9]|20)[0-9]{2}"
_MASK = re.compile(
    rf"""
    https?://\S+ | www\.\S+ | [\w.+-]{{1,60}}+@[\w-]+\.\w[\w.-]*                                  # links and addresses
  | (?<![\w$€£¥.,]) (?:
      \+?\(?[0-9]{{2,4}}\)?[\s.-][0-9]{{3,4}}[\s.-][0-9]{{4}}(?![0-9])                      # telephone numbers
    | \+\s?[0-9][0-9\s()-]{{6,20}}[0-9] | 0[0-9]{{2,4}}\s[0-9]{{3,4}}\s[0-9]{{3,4}}(?![0-9])
    | [0-9]{{3}}-[0-9]{{4}}(?![\w-]) | [0-9]{{1,4}}(?:-[0-9]{{1,4}}){{2,7}}+(?![\w-])
    | [0-9]{{1,4}}[/.][0-9]{{1,2}}[/.][0-9]{{2,4}}(?![\w/])                                # 24/06/2025
    | [0-9]{{1,15}}(?:\.[0-9]{{1,15}}){{2,9}}+                            # versions, sections
    | (?:24/7|9/11|7/7|50[/-]50)\b | (?:[12][0-9])?[0-9]0['’]?s\b | [0-9]{{1,3}}-[A-Z]\b | (?<=[A-Z]{{2}}\s)[0-9]{{5}}\b
    | [0-9]{{1,5}}\s(?:[A-Z]\w+\s){{1,2}}(?:Street|St|Road|Rd|Avenue|Ave|Lane|Boulevard|Blvd|Drive|Square|Terrace)\b
    | {_YEARS}\s?[-–/]\s?(?:{_YEARS}|[0-9]{{2}})(?!\w|[.,]?[0-9])                            # 1989-90, 2024/25
    | [0-9]{{16,}}
    | (?P<glued>(?:[A-Za-z]{{1,30}}+[-‑]?(?=[0-9])|[0-9][0-9.,]{{0,30}}+(?=[A-Za-z]))(?:[.,]?[A-Za-z0-9]+)*(?:[-/]\w+)*)
    )
  | (?:S&P|ASX|CSI)\s[0-9]{{2,4}}\b
  | ^\s*(?:[0-9]{{1,2}}[.)]|\([0-9]{{1,2}}\))\s                                             # list bullets
    """,
    re.VERBOSE,
)
_TOKEN = re.compile(
    r"""
    (?P<word> [^\W\d_¼½¾⅓⅔⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞]+ )
  | (?P<number> (?=[-−.0-9¼½¾⅓⅔⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞])
      (?: (?:(?<![^\s(\[])[-−])?
          (?: [0-9]{1,3}(?:,[0-9]{3})+(?![0-9]) | [0-9]{1,2}(?:,[0-9]{2})+,[0-9]{3}(?![0-9])
            | [0-9]{1,3}(?:['’\u00a0\u2009\u202f\ ][0-9]{3})+(?![0-9]) | [0-9]+ )
          (?: \.[0-9]+ | ,[0-9]{1,2}(?=\s?%|\s?per\b) )? (?:\s?[¼½¾⅓⅔⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞])?
        | (?<!\w)\.[0-9]+ | [¼½¾⅓⅔⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞] ) )
    """,
    re.VERBOSE,
)


class Token(NamedTuple):
    """A word (lower-cased ``word``), or a number in digits (``number``; ``word`` is then empty)."""

    start: int
    end: int
    word: str
    number: Decimal | None
    capital: bool


class NumberText:
    """The tokens of a text. ``text`` is as long as the original, with what is no number blanked out."""

    __slots__ = ("text", "tokens")

    def __init__(self, original: str) -> None:
        self.text = _mask(original)
        self.tokens = _tokens(self.text)

    def word(self, index: int) -> str:
        """The word of a token; empty beyond either end and for digits."""
        return self.tokens[index].word if 0 <= index < len(self.tokens) else ""

    def gap(self, index: int) -> str:
        """What stands between a token and the one before it."""
        return self.text[self.tokens[index - 1].end : self.tokens[index].start] if index else ""

    def joined(self, index: int) -> bool:
        """Whether a token follows the one before with nothing but one space or hyphen between, as in "€14million"."""
        if not 0 < index < len(self.tokens):
            return False
        before, after = self.tokens[index - 1].end, self.tokens[index].start
        glued = after == before and self.tokens[index].word in _GLUED
        return glued or (after == before + 1 and self.text[before] in _JOINTS)


def _mask(text: str) -> str:
    """``text`` at the same length with times, dates, links, telephone numbers and identifiers blanked out."""
    has_digits = _DIGIT.search(text) is not None
    masked = _MASK.sub(_blank_identifier, text) if has_digits else text
    spans = [(one.start, one.end) for one in find_clock_times(masked)]
    spans += [(one.start, one.end) for one in find_calendar_dates(masked)] if has_digits else []
    for start, end in spans:
        masked = masked[:start] + _BLANK * (end - start) + masked[end:]
    return masked


def _blank_identifier(match: re.Match[str]) -> str:
    keep = match["glued"] is not None and _AMOUNT.match(match[0]) and not _is_lettered(match)
    return match[0] if keep else _BLANK * len(match[0])


def _is_lettered(match: re.Match[str]) -> bool:
    """The "4B" of a room; "$4B" is an amount."""
    return (
        match[0].endswith(("b", "B")) and match[0][:-1].isdigit() and match.string[: match.start()][-1:] not in _MONEY
    )


def _tokens(line: str) -> list[Token]:
    found = []
    for match in _TOKEN.finditer(line):
        printed = match[0]
        if match.lastgroup == "word":
            lower = printed.lower()
            found.append(Token(match.start(), match.end(), lower, None, lower[0] != printed[0]))
        else:
            found.append(Token(match.start(), match.end(), "", _number(printed), False))
    return found


def _number(printed: str) -> Decimal:
    """The value of digits as printed, with a vulgar fraction if one follows."""
    if printed.isascii() and printed.isdigit():
        return Decimal(printed)
    part = VULGAR.get(printed[-1])
    digits = printed[:-1].strip() if part else printed
    if _DOTTED_THOUSANDS.match(digits):
        digits = digits.replace(".", "")
    comma = "." if len(digits.rpartition(",")[2]) < 3 else ""
    plain = _GROUP_MARKS.sub("", digits).replace("−", "-").replace(",", comma)
    value = Decimal(plain or 0)
    return value + Decimal(part.numerator) / part.denominator if part else value
