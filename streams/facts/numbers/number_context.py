"""What the words around a number say of it: a label's number, a year, an age, a score, part of a name, a pronoun."""

import re

from streams.facts.numbers import number_words as words
from streams.facts.numbers.number_parts import small
from streams.facts.numbers.number_tokens import NumberText
from streams.facts.numbers.number_words import Read
from streams.facts.numbers.units import CURRENCY_CODES

_YEAR = re.compile(r"(?:1[5-9]|20)[0-9]{2}\Z")
_BEFORE_OLD_YEAR = frozenset("in since from until till before after during circa".split())
# A number after one of these names a thing and counts nothing: "Flight 370", "level 3".
_LABELS = frozenset(
    """flight route highway hwy interstate motorway section sections article articles chapter chapters paragraph channel
    apollo formula covid no nos resolution phase tier level levels category cat ward pier zone zones boeing airbus
    proposition protocol exhibit appendix annex vol issue episode iphone windows falcon soyuz voyager sentinel
    regiment squadron precinct psalm option exit ftse nasdaq cac nikkei stoxx fortune russell road sr""".split()
)
# After one of these as well, unless a noun follows that the number may count: "on the bus 42 passengers".
_SOMETIMES_LABELS = frozenset(
    """room page pages group number numbers step type gate unit terminal platform grade class line district area bus
    train ship tram lot bill version serial case file docket figure table clause item rule volume season stage round
    game match lap hole day week month super euro battalion brigade engine reactor title team freeway""".split()
)
FUNCTION_WORDS = frozenset(
    """of the a an and or but nor so yet to in on at by for from with as is are was were be been being has have had
    will would can could may might must shall should do does did that which who whom whose this these those it its he
    she they we i you his her their our my your not than then when where while if because after before during since
    until about over under into onto through between against out up down off away back again also too only just even
    still there here what how why said says say towards across always plus versus us else yes perhaps
    besides""".split()
)
_NOT_AFTER_ONE = FUNCTION_WORDS | frozenset(
    "another last final day point way thing sitting side hand time times reason example stage word self fell go breath "
    "direction fewer less day's such others other".split()
)
_NOT_BEFORE_ONE = frozenset(
    "no the this that which every each any another number square day phase chapter formula force some".split()
)
_COMPARATORS = frozenset("than about around over under nearly almost roughly some approximately least most to".split())
_AGE_AFTER = re.compile(
    r"(?:-?\s(?:and|to|or)\s\w+|[-–]\w+)?[\s-]?(?:years?|months?|weeks?|days?)(?:[\s-]olds?|\sof\sage)\b"
)
_AGE_BEFORE = re.compile(
    r"\b(?:aged?|ages)\s(?:of\s)?(?:between\s|about\s|around\s|just\s|only\s|over\s|under\s)?(?:\w+\s(?:to|and|or)\s)?\Z"
)
_CALL_BEFORE = re.compile(
    r"\b(?:(?:call|dial|phone|telephone|ring)(?:ing|ling)?:?\s|(?:call|phone|contact|ring|notify)\b[^.;]{1,40}\son\s)\Z",
    re.IGNORECASE,
)
SYMBOL_BEFORE = re.compile(r"[$€£¥₹₩₽₺₴₦₪]\s?\Z")
_PEOPLE = frozenset(
    "people men women children police personnel troops staff crew dead lives feet percent fish sheep cattle".split()
)
_BEFORE_YEAR = FUNCTION_WORDS - frozenset("than about over under to at as is are was were has have had".split())
_PERSONS = frozenset(
    """suspect man woman driver victim boy girl teenager mother father student officer pilot nurse teacher widow player
    husband wife son daughter brother sister soldier leader president minister""".split()
)
_CHAIN = frozenset("and or to through".split())
_SENTENCE_START = re.compile(r"(?:\A|[.!?:;–—\n(\[•]|\s-|[\"“‘'])\s*\Z")
_UNIT_WORDS = frozenset(
    "km kg mi ft acre acres hectares hectare miles metres meters feet percent tonnes tons dollars euros".split()
)
_SCORE_BEFORE = re.compile(
    r"\b(?:w[io]n|beat\w*|lost|lose|draw|drew|led|lead|leads|trail\w*|defeat\w*|score|finished|ended|edged|thrashed|level)\b[^.;]{0,40}\Z"
)
_SCORE_AFTER = re.compile(r"\s(?:win|victory|defeat|loss|draw|lead|vote|record|aggregate|on\s+aggregate)\b")


def label_end(line: NumberText, index: int) -> int:
    """The index after a label's number and those chained to it ("Zones 12, 45 and 60"); 0 if there is no label."""
    if not (_is_number(line, index) and _is_label(line, index)):
        return 0
    index += 1
    while True:
        chained = index + (line.word(index) in _CHAIN)
        if not _is_number(line, chained) or plural_ahead(line, chained + 1):
            return index
        if chained == index and line.gap(index) not in (", ", "-", "–"):
            return index
        index = chained + 1


def _is_number(line: NumberText, index: int) -> bool:
    return index < len(line.tokens) and (line.tokens[index].number is not None or line.word(index) in words.SMALL)


def _is_label(line: NumberText, index: int) -> bool:
    """Whether a number names a thing and counts nothing: "Flight 370", "No. 10", "phase two", "call 112", "§ 551"."""
    before, gap = line.word(index - 1), line.gap(index)
    if before in _LABELS and gap in (" ", ". ", ".", ": ", "\u00a0"):
        return True
    if before in _SOMETIMES_LABELS and gap in (" ", "\u00a0"):
        return not plural_ahead(line, index + 1)
    token = line.tokens[index]
    if line.text[max(0, token.start - 2) : token.start].rstrip()[-1:] == "§":
        return True
    digits = token.number is not None and token.end - token.start == 3
    return (
        digits
        and not plural_ahead(line, index + 1)
        and bool(_CALL_BEFORE.search(line.text[max(0, token.start - 60) : token.start]))
    )


def plural_ahead(line: NumberText, index: int) -> bool:
    """Whether the next word, or the one after an adjective, looks like what is counted."""
    return line.joined(index) and _is_plural(line.tokens[index].word)


def _is_plural(word: str) -> bool:
    return word in _PEOPLE or (
        len(word) > 3 and word[-1] == "s" and word[-2] not in "su" and word not in FUNCTION_WORDS
    )


def one_counts(line: NumberText, index: int) -> bool:
    """Whether "one" is a number and neither a pronoun nor part of an idiom ("one of the", "at one point")."""
    before, following = line.word(index - 1), line.word(index + 1)
    if before in _NOT_BEFORE_ONE:
        return False
    if following in ("to", "or", "and") and small(line, index + 2) is not None:
        return True
    if not line.joined(index + 1):
        return before in ("by", "to", "than", "only", "just") and line.word(index - 2) != "one"
    if following == "more" and line.word(index + 2) == "time":
        return False
    if following == "day":
        return before in _COMPARATORS or before in ("for", "in", "within", "after", "lasted", "only", "just")
    return following != "" and following not in _NOT_AFTER_ONE


def is_name_part(line: NumberText, index: int, after: int) -> bool:
    """Whether a number word with a capital belongs to a name: "Group of Seven", "Big Four", "Six Nations"."""
    if not line.tokens[index].capital or _SENTENCE_START.search(
        line.text[max(0, line.tokens[index].start - 3) : line.tokens[index].start]
    ):
        return False
    if line.tokens[index].start == 0 or _title_case(line):
        return False
    before = index - 2 if line.word(index - 1) == "of" else index - 1
    return line.tokens[before].capital or (after < len(line.tokens) and line.tokens[after].capital)


def _title_case(line: NumberText) -> bool:
    long = [token for token in line.tokens if len(token.word) > 3]
    return sum(token.capital for token in long) > 0.6 * len(long)


def year_like(line: NumberText, index: int) -> bool:
    token = line.tokens[index]
    if not _YEAR.match(line.text[token.start : token.end]):
        return False
    before = line.word(index - 1)
    if line.text[token.start : token.end] < "1900":
        return before in _BEFORE_OLD_YEAR and not plural_ahead(line, index + 1)
    if (
        before == "than"
        or SYMBOL_BEFORE.search(line.text[max(0, token.start - 2) : token.start])
        or before.upper() in CURRENCY_CODES
    ):
        return False
    if line.text[token.end : token.end + 1] == "%" or (
        line.joined(index + 1) and line.tokens[index + 1].word in _UNIT_WORDS
    ):
        return False
    return before in _BEFORE_YEAR or not plural_ahead(line, index + 1)


def is_age(line: NumberText, index: int, read: Read) -> bool:
    start, end = line.tokens[index].start, line.tokens[read.after - 1].end
    if not 0 < read.value <= 120:
        return False
    if _AGE_AFTER.match(line.text, end) or _AGE_BEFORE.search(line.text[max(0, start - 24) : start]):
        return True
    person = index > 0 and (line.tokens[index - 1].capital or line.word(index - 1) in _PERSONS)
    named = person and line.text[line.tokens[index - 1].end : start] == ", "
    return named and line.text[end : end + 1] in (",", ".", ")", ";") and line.text[end : end + 1] != ""


def is_score(line: NumberText, index: int) -> bool:
    """Whether digits are one side of "3-1": a hyphen between, and not rising, as a range does."""
    for left in (index - 1, index):
        if left >= 0 and left + 1 < len(line.tokens):
            first, second = line.tokens[left].number, line.tokens[left + 1].number
            if (
                first is not None
                and second is not None
                and line.text[line.tokens[left].end : line.tokens[left + 1].start] in ("-", "–")
            ):
                return _pair_is_score(line, left)
    return False


def _pair_is_score(line: NumberText, left: int) -> bool:
    first, second = line.tokens[left].number, line.tokens[left + 1].number
    if first is None or second is None or first != int(first) or second != int(second):
        return False
    end = line.tokens[left + 1].end
    if line.text[end : end + 1] == "%" or (line.joined(left + 2) and line.tokens[left + 2].word in _UNIT_WORDS):
        return False
    if first >= second >= 0:
        return True
    if plural_ahead(line, left + 2):
        return False
    return bool(
        _SCORE_AFTER.match(line.text, end)
        or _SCORE_BEFORE.search(line.text[max(0, line.tokens[left].start - 60) : line.tokens[left].start])
    )
