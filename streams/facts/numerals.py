"""Numbers in a sentence, in words and digits: "Forty-one", "1.2bn", "one in six". Ordinals come apart from them."""

import re
from dataclasses import dataclass
from decimal import Decimal

from streams.facts import number_words as words
from streams.facts.clock import find_clock_times
from streams.facts.dates import find_calendar_dates
from streams.facts.number_words import Read, Token, joined, word_at
from streams.facts.units import CURRENCY_CODES

_SIGNS_AND_UNITS = (
    r"(?:bn|mn|mln|bln|tn|trn|m|k|b|km|kms|kmh|kph|mph|cm|mm|mi|ft|in|ha|sq|kg|kgs|g|mg|lb|lbs|oz|t|l|ml|p|c|min|mins|hr|hrs"
    r"|h|am|pm|pc|pct|pp|bp|bps|kw|mw|gw|tw|kwh|mwh|gwh|twh|gb|mb|tb|hz|mhz|ghz|f)(?:2|²|³)?"
)
# What may be glued to digits in an amount: "USD500", "Rs500", "R1.2bn", "11m", "80km/h"; other letters make an identifier.
_AMOUNT = re.compile(
    rf"(?:{'|'.join(CURRENCY_CODES)}|Rs|Rp|(?=R[0-9.,]+(?:bn|m|k)\b)R)?[0-9][0-9.,]*(?i:{_SIGNS_AND_UNITS})?(?:[-–/].*)?\Z"
)
_YEARS = r"(?:1[5-9]|20)[0-9]{2}"
_MASK = re.compile(
    rf"""
    https?://\S+ | www\.\S+ | [\w.+-]+@[\w-]+\.\w[\w.-]*                                  # links and addresses
  | (?<![\w$€£¥.,]) (?:
      \+?\(?[0-9]{{2,4}}\)?[\s.-][0-9]{{3,4}}[\s.-][0-9]{{4}}(?![0-9])                      # telephone numbers
    | \+[0-9][0-9\s()-]{{6,}}[0-9] | 0[0-9]{{2,4}}\s[0-9]{{3,4}}\s[0-9]{{3,4}}(?![0-9])
    | [0-9]{{3}}-[0-9]{{4}}(?![\w-]) | [0-9](?:-[0-9]){{2,}}(?![\w-])
    | [0-9]{{1,4}}[/.][0-9]{{1,2}}[/.][0-9]{{2,4}}(?![\w/])                                # 24/06/2025
    | [0-9]+(?:\.[0-9]+){{2,}}                                                            # versions, sections
    | (?:24/7|9/11|7/7|50[/-]50)\b
    | {_YEARS}\s?[-–/]\s?(?:{_YEARS}|[0-9]{{2}})(?!\w|[.,]?[0-9])                            # 1989-90, 2024/25
    | [0-9]{{16,}}
    | (?P<glued>(?:[A-Za-z]+[-‑]?(?=[0-9])|[0-9][0-9.,]*(?=[A-Za-z]))(?:[.,]?[A-Za-z0-9]+)*(?:[-/]\w+)*)
    )
  | ^\s*(?:[0-9]{{1,2}}[.)]|\([0-9]{{1,2}}\))\s                                             # list bullets
    """,
    re.VERBOSE,
)
_TOKEN = re.compile(
    r"""
    (?P<number> (?:(?<![^\s(\[])[-−])?
        (?: [0-9]{1,3}(?:,[0-9]{3})+(?![0-9]) | [0-9]{1,2}(?:,[0-9]{2})+,[0-9]{3}(?![0-9])
          | [0-9]{1,3}(?:['’\u00a0\u2009\u202f\ ][0-9]{3})+(?![0-9]) | [0-9]+ )
        (?: \.[0-9]+ | ,[0-9]{1,2}(?=\s?%|\s?per\b) )? (?:\s?[¼½¾⅓⅔⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞])?
      | (?<!\w)\.[0-9]+ | [¼½¾⅓⅔⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞] )
  | (?P<word> [^\W\d_]+ )
    """,
    re.VERBOSE,
)
_SLASH = re.compile(r"(?:(?P<whole>[0-9]{1,3})[ -])?(?<![\w/.,])(?P<part>[0-9]{1,2})/(?P<of>[0-9]{1,3})(?![\w/])")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}\Z")
# A label's number names a thing and counts nothing: "Flight 370", "page 3", "level 3".
_LABELS = frozenset(
    """flight route highway hwy road interstate freeway motorway section sections article articles chapter chapters
    room page pages paragraph channel apollo formula group covid no nos number numbers resolution phase tier level
    levels category cat step type windows iphone gate unit terminal platform grade class line ward district pier zone
    zones area bus train ship tram boeing airbus lot proposition bill protocol version serial case file docket exhibit
    figure table appendix annex clause item rule volume vol issue episode season stage round game match lap hole day
    week month super euro falcon soyuz voyager sentinel battalion brigade regiment squadron precinct engine reactor
    title psalm""".split()
)
_FUNCTION_WORDS = frozenset(
    """of the a an and or but nor so yet to in on at by for from with as is are was were be been being has have had
    will would can could may might must shall should do does did that which who whom whose this these those it its he
    she they we i you his her their our my your not than then when where while if because after before during since
    until about over under into onto through between against out up down off away back again also too only just even
    still there here what how why said says say""".split()
)
_NOT_AFTER_ONE = _FUNCTION_WORDS | frozenset(
    "another day point way thing sitting side hand time times reason example stage word self fell go breath direction "
    "fewer less day's such others other".split()
)
_NOT_BEFORE_ONE = frozenset(
    "no the this that which every each any another number square day phase chapter formula force someone anyone some "
    "not with".split()
) - {"with", "not"}
_NOT_AFTER_NO = _FUNCTION_WORDS | frozenset(
    "longer more less fewer matter doubt wonder one sooner later better different need way brainer good".split()
)
_COMPARATORS = frozenset("than about around over under nearly almost roughly some approximately least most to".split())
_AFTER_FRACTION = frozenset("of more less fewer higher lower larger smaller bigger".split())
_BEFORE_FRACTION = frozenset("by about nearly almost roughly over around than approximately some just only".split())
_TIME_UNITS = frozenset("second seconds minute minutes hour hours day days week weeks month months year years".split())
_RATIO_BASES = frozenset((2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 20, 25, 50, 100, 1_000, 10_000, 100_000, 1_000_000))
_METRE_AHEAD = re.compile(
    r"[\s-]*(?:high|deep|tall|wide|long|thick|above|below|away|from|apart|of\s+(?:water|snow)|sprint|race|final|freestyle|hurdles"
    r"|butterfly|backstroke|breaststroke|relay|run|swim|pool|dash|sea)\b"
)
_METRE_CONTEXT = re.compile(
    r"\b(?:water|waves?|deep|depth|height|high|tall|river|snow|sprint|metres?|tide|swell|altitude|elevation|level|flood\w*)\b"
)
_AGE_AFTER = re.compile(r"[\s-]?(?:years?|months?|weeks?|days?)[\s-]olds?\b")
_AGE_BEFORE = re.compile(
    r"\b(?:aged?|ages)\s(?:of\s)?(?:between\s|about\s|around\s|just\s|only\s|over\s|under\s)?(?:\w+\s(?:to|and|or)\s)?\Z"
)
_EMERGENCY_LINE = re.compile(r"\b(?:[Cc]all|[Dd]ial|[Cc]alling|[Dd]ialling|[Pp]hone)\s\Z")
_SYMBOL_BEFORE = re.compile(r"[$€£¥₹₩₽₺₴₦₪]\s?\Z")
_PEOPLE = frozenset(
    "people men women children police personnel troops staff crew dead lives feet percent fish sheep cattle".split()
)
_BEFORE_YEAR = _FUNCTION_WORDS - frozenset("than about over under to at as is are was were has have had".split())
_INJURED = frozenset("killed killing kills injured injuring wounded wounding hurt".split())
_CHAIN = frozenset("and or to through".split())
_SENTENCE_START = re.compile(r"(?:\A|[.!?:;–—\n(\[•]|[\"“‘'])\s*\Z")


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number as printed: ``text`` is ``sentence[start:end]``.

    ``approximate``: "dozens", "several hundred": the value is the unit, not the amount. ``zero_word``: "no", "none",
    "nobody". ``year_like``: a bare 1900 to 2099 that nothing shows to be a count. ``age``: "aged 45", "Weil, 45,".
    ``fraction``: a part of something ("a third", "one in six"). ``score``: one of the two numbers of "3-1".
    """

    start: int
    end: int
    value: int | float
    text: str
    approximate: bool = False
    zero_word: bool = False
    year_like: bool = False
    age: bool = False
    fraction: bool = False
    score: bool = False


@dataclass(frozen=True, slots=True)
class Ordinal:
    """ "third", "2nd", "twenty-first"."""

    start: int
    end: int
    value: int
    text: str


def find_numerals(text: str) -> list[Numeral]:
    """All numbers of ``text`` in order of their place, none overlapping another."""
    if not _may_hold_number(text):
        return []
    work = _mask(text)
    tokens = _tokens(work)
    found: list[Numeral] = []
    index = 0
    while index < len(tokens):
        label_end = _label_end(work, tokens, index)
        if label_end:
            index = label_end
            continue
        made = _numeral_at(text, work, tokens, index)
        if made:
            numeral, index = made
            found.append(numeral)
        else:
            index += 1
    return found


def find_ordinals(text: str) -> list[Ordinal]:
    """All ordinals of ``text``: "third", "2nd", "twenty-first"; not the unit of time ("per second", "a second later")."""
    return [ordinal for match in _ORDINAL.finditer(text) if (ordinal := _ordinal(text, match))]


_ORDINAL_WORDS = "|".join(sorted(words.ORDINALS, key=len, reverse=True))
_ORDINAL = re.compile(
    rf"(?<![\w.,])(?:(?P<digits>[0-9]{{1,3}}(?:,[0-9]{{3}})?|[0-9]{{1,6}})(?:st|nd|rd|th)"
    rf"|(?:(?P<tens>{'|'.join(words.TENS)})[ -])?(?P<word>{_ORDINAL_WORDS}))\b",
    re.IGNORECASE,
)
_SECOND_OF_TIME = re.compile(r"\b(?:per|a|split|one|every|each|[0-9])[ -]?\Z", re.IGNORECASE)
_TIME_AHEAD = re.compile(r"\s(?:later|ago|before|after|earlier)\b|\Z|[.,;]")


def _ordinal(text: str, match: re.Match[str]) -> Ordinal | None:
    start, end = match.span()
    if match["digits"]:
        return Ordinal(start, end, int(match["digits"].replace(",", "")), match[0])
    value = words.ORDINALS[match["word"].lower()]
    if value == 2 and _SECOND_OF_TIME.search(text[max(0, start - 7) : start]) and _TIME_AHEAD.match(text, end):
        return None
    tens = words.TENS[match["tens"].lower()] if match["tens"] else 0
    return Ordinal(start, end, value + tens, match[0]) if value < 10 or not tens else None


_STARTERS = frozenset(words.SMALL) | frozenset(words.PLURALS) | {"dozen", "couple", "no", "none", "nobody", "half"}
_STARTERS |= frozenset(words.SCALES) | frozenset(words.DENOMINATORS)


def _may_hold_number(text: str) -> bool:
    return not (_STARTERS | _DIGITS).isdisjoint(words.WORD.findall(text.lower()))


_DIGITS = frozenset("0123456789") | frozenset(words.VULGAR)


def _mask(text: str) -> str:
    """``text`` at the same length with times, dates, links, telephone numbers and identifiers blanked out."""
    if not any(character.isdigit() for character in text):
        return text
    masked = _MASK.sub(_blank_identifier, text)
    spans = [(one.start, one.end) for one in find_clock_times(masked)]
    spans += [(one.start, one.end) for one in find_calendar_dates(masked)]
    for start, end in spans:
        masked = masked[:start] + "\x00" * (end - start) + masked[end:]
    return masked


def _blank_identifier(match: re.Match[str]) -> str:
    keep = match["glued"] is not None and _AMOUNT.match(match[0])
    return match[0] if keep else "\x00" * len(match[0])


def _tokens(work: str) -> list[Token]:
    return [
        Token(*match.span(), "", _number(match[0]), False)
        if match.lastgroup == "number"
        else Token(*match.span(), match[0].lower(), None, match[0][0].isupper())
        for match in _TOKEN.finditer(work)
    ]


def _number(printed: str) -> Decimal:
    """The value of digits as printed, with a vulgar fraction if one follows."""
    part = words.VULGAR.get(printed[-1])
    digits = printed[:-1].strip() if part else printed
    comma = "." if len(digits.rpartition(",")[2]) < 3 else ""
    plain = re.sub(r"['’\u00a0\u2009\u202f ]", "", digits).replace("−", "-").replace(",", comma)
    value = Decimal(plain or 0)
    return value + Decimal(part.numerator) / part.denominator if part else value


def _is_label(work: str, tokens: list[Token], index: int) -> bool:
    """Whether token ``index`` is the number of a named thing: "Flight 370", "No. 10", "phase two", "call 112"."""
    token = tokens[index]
    if token.number is None and token.word not in words.SMALL:
        return False
    before = word_at(tokens, index - 1)
    gap = work[tokens[index - 1].end : token.start] if index else ""
    if before in _LABELS and gap in (" ", ". ", ".", "\u00a0"):
        return not _plural_ahead(work, tokens, index + 1)
    return bool(token.number and token.number in (112, 911, 999) and _EMERGENCY_LINE.search(work[: token.start][-9:]))


def _label_end(work: str, tokens: list[Token], index: int) -> int:
    """The index after a label's number and those chained to it ("Zones 12, 45 and 60"); 0 if there is no label."""
    if not _is_label(work, tokens, index):
        return 0
    index += 1
    while index < len(tokens):
        step = 1 if word_at(tokens, index) in _CHAIN else 0
        following = index + step
        if following >= len(tokens) or (
            tokens[following].number is None and word_at(tokens, following) not in words.SMALL
        ):
            break
        if _plural_ahead(work, tokens, following + 1) or not (
            step or work[tokens[index - 1].end : tokens[index].start] in (", ", "-", "–")
        ):
            break
        index = following + 1
    return index


def _plural_ahead(work: str, tokens: list[Token], index: int) -> bool:
    """Whether the next word, or the one after an adjective, looks like what is counted."""
    return joined(work, tokens, index) and _is_plural(tokens[index].word)


def _is_plural(word: str) -> bool:
    return word in _PEOPLE or (
        len(word) > 3 and word[-1] == "s" and word[-2] not in "su" and word not in _FUNCTION_WORDS
    )


def _numeral_at(text: str, work: str, tokens: list[Token], index: int) -> tuple[Numeral, int] | None:
    """The number that begins at token ``index``, and the index after it."""
    zero = _zero_word(work, tokens, index)
    if zero:
        return _make(text, tokens, index, zero, zero_word=True), zero.after
    slash = _slash_fraction(work, tokens, index)
    if slash:
        return _make(text, tokens, index, slash, fraction=True), slash.after
    part = _fraction(work, tokens, index) or _ratio(work, tokens, index)
    if part:
        return _make(text, tokens, index, part, fraction=True), part.after
    read = _digits(work, tokens, index) if tokens[index].number is not None else words.read_words(work, tokens, index)
    if read is None or _is_name_part(work, tokens, index, read.after):
        return None
    if read.after == index + 1 and tokens[index].word == "one" and not _one_counts(work, tokens, index):
        return None
    plain = read.after == index + 1 and tokens[index].number is not None
    numeral = _make(
        text,
        tokens,
        index,
        read,
        zero_word=tokens[index].word in ("zero", "nil"),
        year_like=plain and _year_like(work, tokens, index),
        age=_is_age(work, tokens, index, read),
        score=plain and _is_score(work, tokens, index),
    )
    return numeral, read.after


def _make(text: str, tokens: list[Token], first: int, read: Read, **flags: bool) -> Numeral:
    start, end = tokens[first].start, tokens[read.after - 1].end
    return Numeral(start, end, _plain(read.value), text[start:end], approximate=read.approximate, **flags)


def _plain(value: Decimal) -> int | float:
    """An int where the number is whole."""
    return int(value) if value == value.to_integral_value() else float(value)


def _zero_word(work: str, tokens: list[Token], index: int) -> Read | None:
    word = tokens[index].word
    if word in ("none", "nobody"):
        return Read(Decimal(0), index + 1)
    if word != "no" or not joined(work, tokens, index + 1):
        return None
    if tokens[index + 1].word == "one":
        return Read(Decimal(0), index + 2)
    hyphen = work[tokens[index].end] in "-‑"
    if hyphen or not tokens[index + 1].word or tokens[index + 1].word in _NOT_AFTER_NO:
        return None
    return Read(Decimal(0), index + 1)


def _slash_fraction(work: str, tokens: list[Token], index: int) -> Read | None:
    """ "1/2", "2 1/2", "7/10"."""
    token = tokens[index]
    match = _SLASH.match(work, token.start) if token.number is not None else None
    if match is None or not 0 < int(match["part"]) < int(match["of"]):
        return None
    after = index + (3 if match["whole"] else 2)
    if after > len(tokens) or tokens[after - 1].end != match.end():
        return None
    return Read(Decimal(match["whole"] or 0) + Decimal(match["part"]) / Decimal(match["of"]), after)


def _small(tokens: list[Token], index: int) -> Decimal | None:
    """A number below a hundred in one token."""
    if not 0 <= index < len(tokens):
        return None
    if tokens[index].number is not None:
        return tokens[index].number
    return Decimal(words.SMALL[tokens[index].word]) if tokens[index].word in words.SMALL else None


def _fraction(work: str, tokens: list[Token], index: int) -> Read | None:
    """ "a third of", "two-thirds", "half the", "a quarter of a million"."""
    word, before = tokens[index].word, word_at(tokens, index - 1)
    if word == "half":
        counts = word_at(tokens, index + 1) in ("of", "the", "its", "their", "his", "her", "our") or before in (
            "by",
            "than",
        )
        return (
            _of_scale(work, tokens, Decimal("0.5"), index + 1) if counts and joined(work, tokens, index + 1) else None
        )
    count = Decimal(1) if word in ("a", "an") else _small(tokens, index)
    if count is None or count < 1 or not joined(work, tokens, index + 1):
        return None
    name = tokens[index + 1].word
    denominator = words.DENOMINATORS.get(name) if count == 1 else words.PLURAL_DENOMINATORS.get(name)
    if denominator is None or not _fraction_counts(work, tokens, index, count):
        return None
    return _of_scale(work, tokens, count / denominator, index + 2)


def _fraction_counts(work: str, tokens: list[Token], index: int, count: Decimal) -> bool:
    """Whether "a third" is a part and no ordinal, and "three quarters" no span of time."""
    name, following = tokens[index + 1].word, word_at(tokens, index + 2)
    hyphen = work[tokens[index].end] in "-‑"
    if hyphen or following in _AFTER_FRACTION:
        return True
    if count > 1:
        return name not in ("quarters", "halves")
    ends = not joined(work, tokens, index + 2)
    return ends and (tokens[index].word == "one" or word_at(tokens, index - 1) in _BEFORE_FRACTION)


def _of_scale(work: str, tokens: list[Token], part: Decimal, after: int) -> Read:
    """ "of a million" after a fraction multiplies it."""
    if (
        word_at(tokens, after) == "of"
        and word_at(tokens, after + 1) == "a"
        and word_at(tokens, after + 2) in words.SCALES
    ):
        return words.read_scale(work, tokens, part, after + 2)
    return Read(part, after)


def _ratio(work: str, tokens: list[Token], index: int) -> Read | None:
    """ "one in six", "9 out of 10", "two in every five"."""
    count = _small(tokens, index)
    if count is None or not joined(work, tokens, index + 1):
        return None
    if tokens[index + 1].word == "in":
        base_index = index + 2 + (word_at(tokens, index + 2) == "every")
    elif tokens[index + 1].word == "out" and word_at(tokens, index + 2) == "of":
        base_index = index + 3 + (word_at(tokens, index + 3) == "every")
    else:
        return None
    base = _small(tokens, base_index) if joined(work, tokens, base_index) else None
    if base is None and word_at(tokens, base_index) in ("a", "an", "hundred", "thousand"):
        base = read.value if (read := words.read_words(work, tokens, base_index)) else None
        after = read.after if read else base_index
    else:
        after = base_index + 1
        if base is not None and word_at(tokens, after) in words.SCALES:
            scaled = words.read_scale(work, tokens, base, after)
            base, after = scaled.value, scaled.after
    if base is None or not 0 < count < base or word_at(tokens, after) in _TIME_UNITS:
        return None
    if base not in _RATIO_BASES and (count > 1 or _YEAR.match(str(base))):
        return None
    if word_at(tokens, index - 1) in _INJURED and count > 1:
        return None
    return Read(count / base, after)


def _digits(work: str, tokens: list[Token], index: int) -> Read:
    """Digits with the sign or words of their scale: "1.2bn", "48 billion", "36 thousand"."""
    value = tokens[index].number or Decimal(0)
    following = index + 1
    if following < len(tokens) and tokens[following].word in words.SCALE_SIGNS:
        gap = work[tokens[index].end : tokens[following].start]
        sign = tokens[following].word
        if gap in ("", " ", "\u00a0", "-") and _is_scale_sign(work, tokens, index, sign, glued=not gap):
            return Read(value * words.SCALE_SIGNS[sign], following + 1)
    return words.read_scale(work, tokens, value, following)


def _is_scale_sign(work: str, tokens: list[Token], index: int, sign: str, *, glued: bool) -> bool:
    """Whether "m" is million and no metre, "k" thousand, "b" billion."""
    if len(sign) > 1:
        return True
    start, after = tokens[index].start, tokens[index + 1].end
    if _SYMBOL_BEFORE.search(work[max(0, start - 2) : start]) or word_at(tokens, index - 1).upper() in CURRENCY_CODES:
        return True
    if sign != "m" or not glued:
        return glued and sign == "k"
    if work[after : after + 1] in ("2", "²", "³", "/") or _METRE_AHEAD.match(work, after):
        return False
    return _plural_ahead(work, tokens, index + 2) or not _METRE_CONTEXT.search(work)


def _one_counts(work: str, tokens: list[Token], index: int) -> bool:
    """Whether "one" is a number and neither a pronoun nor part of an idiom ("one of the", "at one point", "one another")."""
    before, following = word_at(tokens, index - 1), word_at(tokens, index + 1)
    if before in _NOT_BEFORE_ONE:
        return False
    if following in ("to", "or", "and") and _small(tokens, index + 2) is not None:
        return True
    if not joined(work, tokens, index + 1):
        return before in ("by", "to", "than", "only", "just") and word_at(tokens, index - 2) != "one"
    if following == "day":
        return before in _COMPARATORS or before in ("for", "in", "within", "after", "lasted", "only", "just")
    return following != "" and following not in _NOT_AFTER_ONE


def _is_name_part(work: str, tokens: list[Token], index: int, after: int) -> bool:
    """Whether a number word with a capital belongs to a name: "Group of Seven", "Big Four", "Six Nations"."""
    if not tokens[index].capital or _SENTENCE_START.search(work[max(0, tokens[index].start - 3) : tokens[index].start]):
        return False
    if tokens[index].start == 0 or _title_case(tokens):
        return False
    before = index - 2 if word_at(tokens, index - 1) == "of" else index - 1
    return tokens[before].capital or (after < len(tokens) and tokens[after].capital)


def _title_case(tokens: list[Token]) -> bool:
    long = [token for token in tokens if len(token.word) > 3]
    return sum(token.capital for token in long) > 0.6 * len(long)


def _year_like(work: str, tokens: list[Token], index: int) -> bool:
    token = tokens[index]
    if not _YEAR.match(work[token.start : token.end]):
        return False
    before = word_at(tokens, index - 1)
    if (
        before == "than"
        or _SYMBOL_BEFORE.search(work[max(0, token.start - 2) : token.start])
        or before.upper() in CURRENCY_CODES
    ):
        return False
    if work[token.end : token.end + 1] == "%" or (
        joined(work, tokens, index + 1) and tokens[index + 1].word in _UNIT_WORDS
    ):
        return False
    return before in _BEFORE_YEAR or not _plural_ahead(work, tokens, index + 1)


_UNIT_WORDS = frozenset(
    "km kg mi ft acre acres hectares hectare miles metres meters feet percent tonnes tons dollars euros".split()
)


def _is_age(work: str, tokens: list[Token], index: int, read: Read) -> bool:
    start, end = tokens[index].start, tokens[read.after - 1].end
    if not 0 < read.value <= 120:
        return False
    if _AGE_AFTER.match(work, end) or _AGE_BEFORE.search(work[max(0, start - 24) : start]):
        return True
    named = index > 0 and tokens[index - 1].capital and work[tokens[index - 1].end : start] == ", "
    return named and work[end : end + 1] in (",", ".", ")", ";") and work[end : end + 1] != ""


def _is_score(work: str, tokens: list[Token], index: int) -> bool:
    """Whether digits are one side of "3-1": a hyphen between, and not rising, as a range does."""
    for left in (index - 1, index):
        if left >= 0 and left + 1 < len(tokens):
            first, second = tokens[left].number, tokens[left + 1].number
            if (
                first is not None
                and second is not None
                and work[tokens[left].end : tokens[left + 1].start] in ("-", "–")
            ):
                return _pair_is_score(work, tokens, left)
    return False


_SCORE_BEFORE = re.compile(
    r"\b(?:w[io]n|beat\w*|lost|lose|draw|drew|led|lead|leads|trail\w*|defeat\w*|score|finished|ended|edged|thrashed|level)\b[^.;]{0,40}\Z"
)
_SCORE_AFTER = re.compile(r"\s(?:win|victory|defeat|loss|draw|lead|vote|record|aggregate|on\s+aggregate)\b")


def _pair_is_score(work: str, tokens: list[Token], left: int) -> bool:
    first, second = tokens[left].number, tokens[left + 1].number
    if first is None or second is None or first != int(first) or second != int(second):
        return False
    end = tokens[left + 1].end
    if work[end : end + 1] == "%" or (joined(work, tokens, left + 2) and tokens[left + 2].word in _UNIT_WORDS):
        return False
    if first >= second >= 0:
        return True
    if _plural_ahead(work, tokens, left + 2):
        return False
    return bool(
        _SCORE_AFTER.match(work, end)
        or _SCORE_BEFORE.search(work[max(0, tokens[left].start - 60) : tokens[left].start])
    )
