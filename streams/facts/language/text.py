"""Text to paragraphs and sentences, with offsets into the text as it came, and what makes two sentences the same."""

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import Literal

Field = Literal["headline", "body", "correction"]

MAX_SENTENCES = 5_000  # of one version; what follows is not read, so that the rows of an article stay bounded
STEM = 5  # letters
MAX_SENTENCE = 2_000  # characters; a longer one is cut at a space, as the parser's time grows with its length

# One character for one, so that offsets stay right.
_SAME_LENGTH = str.maketrans(
    {"\u201c": '"', "\u201d": '"', "\u201e": '"', "\u00ab": '"', "\u00bb": '"', "\u2018": "'", "\u2019": "'"}
    | {"\u00a0": " ", "\u2009": " ", "\u202f": " ", "\t": " ", "\n": " ", "\r": " "}
    | {"\u2010": "-", "\u2011": "-", "\u200b": " ", "\u2060": " ", "\ufeff": " "}
)
_UNSEEN = str.maketrans({"\u200b": " ", "\u2060": " ", "\ufeff": " "})
_ENTITIES = {
    "&amp;": "&",
    "&quot;": '"',
    "&#34;": '"',
    "&apos;": "'",
    "&#39;": "'",
    "&#8217;": "'",
    "&rsquo;": "'",
    "&lsquo;": "'",
    "&#8216;": "'",
    "&ldquo;": '"',
    "&rdquo;": '"',
    "&#8220;": '"',
    "&#8221;": '"',
    "&lt;": "<",
    "&gt;": ">",
}
_MARKUP = re.compile(r"</?[a-zA-Z][^<>]{0,200}>|&(?:[a-zA-Z]{2,8}|#\d{1,5});")
_LINE = re.compile(r"[^\n]*+(?:\n|\Z)")
_STANDS_ALONE = re.compile(r"[ \t]*+(?:[-*\u2022\u25cf]|\d++[.)])\s")  # a list's item
_LINE_ENDS = re.compile(r"[.!?:;\"\u201d|]\s*+\Z")
_SENTENCE_END = re.compile(
    r"""(?<![.!?\u2026])[.!?\u2026]++["'\u201d\u2019)\]]{0,4}+(?=\s++["'\u201c\u2018(\[]{0,4}+[A-Z0-9$\u00a3\u20ac])"""
)
_NO_END = re.compile(
    r"""(?:\b(?:Mr|Mrs|Ms|Mx|Dr|Prof|Gen|Col|Lt|Sgt|Capt|Maj|Cpl|Adm|Sen|Rep|Gov|Pres|Rev|Hon|St|Mt|Ft|Sr|Jr|vs?|etc|cf|Nos?|"""
    r"""approx|Inc|Ltd|Corp|Co|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Mon|Tues?|Wed|Thurs?|Fri|Sat|Sun|"""
    r"""e\.g|i\.e|U\.S|U\.K|U\.N|E\.U|D\.C|Ph\.D)|\b[A-Z]|(?:^|\s)[a-z]\.[a-z])\.$"""
)
_AFTER_ABBREVIATION = re.compile(
    r"""\s+(?:The|A|An|It|He|She|They|We|I|In|On|At|But|And|This|That|There|["\u201c])\b"""
)
_ENDS_WITH_UNIT = re.compile(r"\b(?:Inc|Ltd|Corp|Co|U\.S|U\.K|U\.N|E\.U|D\.C|[ap]\.m|etc|Jr|Sr)\.$")
_WORD = re.compile(r"[$\u00a3\u20ac\u00a5\u20b9%]|[^\W_]+(?:['.,:/-][^\W_]+)*")
_BULLET = re.compile(r"^\s*(?:[-*\u2022\u25cf>]|#{1,6}|\d+[.)])\s+")
MAX_FURNITURE = 200  # characters; a longer line is text
_FURNITURE = re.compile(
    r"""\W{0,8}+(?:
      (?:share|email|print|save|tweet|copy\ link|pin)\b
        (?:\s+(?:this|on|with|via|for\ later|article|story|link|facebook|twitter|whatsapp|\|))*+[\s\w|:]{0,40}$
    | (?:page\ |article\ )?(?:last\ )?(?:updated|published|posted|modified)\b[^.]{0,60}$
    | (?:this|the)\ (?:story|article|page|post|live\ blog|is\ a\ (?:breaking|developing))\b
        .{0,40}\b(?:updat|develop|breaking)\w*.{0,60}$
    | this\ is\ a\ (?:breaking|developing)\b.{0,60}$
    | (?:previous|next)(?:\ ?:.{0,80})?$|[^][]{0,80}\]\([^\s()]{0,200}\)$
    | (?:(?:learn|find\ out|read)\ )?more\ (?:on|about)\b[^.:,]{0,120}$
    | (?:useful|related|external)\ links\b.{0,40}$
    | (?:more|updates?)\ (?:to\ follow|follows|soon).{0,30}$
    | (?:read|see|watch|listen|related|click|tap|download|subscribe|sign\ up|follow\ us|get\ our|advertisement|sponsored
        |skip|most\ (?:read|popular)|recommended|topics?|tags?|comments?|photo(?:graph)?|image|picture|video|file\ photo
        |getty\ images|\(?(?:additional\ )?reporting\ by|\(?editing\ by|\(?writing\ by)\b
        (?:\ (?:more|also|now|here|for|to|live|:).{0,120}|:.{0,120}|\ [a-z]+(?:\ [a-z]+){0,3}|)$
    | \d+\ (?:comments?|shares?|views?|min(?:ute)?s?\ (?:read|ago)|hours?\ ago)\W{0,8}$
    )""",
    re.X | re.I,
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """``text`` is ``field[start:end]`` to the letter; ``paragraph`` counts from 0 (a headline has -1)."""

    field: Field
    paragraph: int
    start: int
    end: int
    text: str
    fingerprint: str


def plain(text: str) -> str:
    """The text with straight quotes, plain spaces and hyphens, and without left-over markup; offsets hold."""
    return _unmarked(text).translate(_SAME_LENGTH)


def _unmarked(text: str) -> str:
    """Without left-over markup and signs of no width; paragraphs stand as they did, offsets hold."""
    if "<" in text or "&" in text:
        text = _MARKUP.sub(_blanked, text)
    return text.translate(_UNSEEN)


def _blanked(markup: re.Match[str]) -> str:
    """A sign with the blanks that keep its place: before it where a word goes on after it, as in "Corrin     's"."""
    sign = _ENTITIES.get(markup.group().lower(), "")
    blanks = " " * (len(markup.group()) - len(sign))
    return blanks + sign if markup.string[markup.end() : markup.end() + 1].isalpha() else sign + blanks


def words(text: str) -> list[str]:
    """Lower-case words, numbers and signs of money, without punctuation."""
    return _WORD.findall(plain(text).casefold())


def stems(some: Iterable[str]) -> frozenset[str]:
    """Words as they are compared without a parse: by their first letters, those joined by a hyphen apart."""
    return frozenset(part[:STEM] for word in some for part in word.replace("/", "-").split("-") if part)


def fingerprint(sentence: str) -> str:
    """16 hex digits that are the same for the same words in the same order."""
    return hashlib.blake2b(" ".join(words(sentence)).encode("utf-8", "replace"), digest_size=8).hexdigest()


@lru_cache(maxsize=8192)
def is_furniture(line: str) -> bool:
    """Whether a line is the page's own (share buttons, "Updated 3 minutes ago", "Read more: ...") and says no news."""
    line = line.strip()
    return len(line) <= MAX_FURNITURE and (not any(map(str.isalnum, line)) or _FURNITURE.match(line) is not None)


def sentences_of(headline: str, body: str) -> list[Sentence]:
    """The headline and the body's sentences in their order, page furniture left out; at most MAX_SENTENCES."""
    found = [_sentence("headline", -1, headline, 0, len(headline))] if headline.strip() else []
    return [*found, *_of_body(body)][:MAX_SENTENCES]


def lead_end(body: str) -> int:
    """Where the first paragraph with a sentence ends; 0 where there is none."""
    end, first = 0, None
    for sentence in _each(body):
        if sentence.paragraph != (first := sentence.paragraph if first is None else first):
            break
        end = sentence.end
    return end


@lru_cache(maxsize=64)  # the version before has been split already, as a rule by this process
def _of_body(body: str) -> tuple[Sentence, ...]:
    return tuple(islice(_each(body), MAX_SENTENCES))


def _each(body: str) -> Iterator[Sentence]:
    shown = _unmarked(body)
    for number, (start, end) in enumerate(_paragraphs(shown)):
        for at, to, text, mark in _of_paragraph(shown[start:end], body[start:end]):
            yield Sentence("body", number, start + at, start + to, text, mark)


@lru_cache(maxsize=8192)  # a version keeps most paragraphs of the one before
def _of_paragraph(shown: str, body: str) -> tuple[tuple[int, int, str, str], ...]:
    """Start, end, text and fingerprint of its sentences; the page's own lines left out."""
    if is_furniture(shown):
        return ()
    spans = [span for span in _sentence_spans(shown, 0, len(shown)) if not is_furniture(shown[slice(*span)])]
    sentences = [_sentence("body", 0, body, *_trimmed(shown, *span)) for span in spans]
    return tuple((s.start, s.end, s.text, s.fingerprint) for s in sentences)


def _sentence(field: Field, paragraph: int, text: str, start: int, end: int) -> Sentence:
    start, end = _trimmed(text, start, end)
    return Sentence(field, paragraph, start, end, text[start:end], fingerprint(text[start:end]))


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _paragraphs(body: str) -> Iterator[tuple[int, int]]:
    """Blocks between blank lines, and within them lines that stand alone: list items, furniture, sentences."""
    start: int | None = None
    before = ""
    for line in _LINE.finditer(body):
        text = line.group()
        apart = not text.strip() or _STANDS_ALONE.match(text) or _LINE_ENDS.search(before) or is_furniture(text)
        if start is not None and (apart or is_furniture(before)):
            yield start, line.start()
            start = None
        if start is None and text.strip():
            start = line.start()
        before = text
    if start is not None:
        yield start, len(body)


def _sentence_spans(body: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    bullet = _BULLET.match(body[start : min(end, start + 20)])
    if bullet:
        start += bullet.end()
    at = start
    for stop in _SENTENCE_END.finditer(body, start, end):
        if (
            stop.end() <= at
            or not _ends_sentence(body, at, stop, end)
            or not any(map(str.isalnum, body[at : stop.end()]))
        ):
            continue
        yield from _bounded(body, at, stop.end())
        at = stop.end()
    if any(map(str.isalnum, body[at:end])):
        yield from _bounded(body, at, end)


def _ends_sentence(body: str, at: int, stop: re.Match[str], end: int) -> bool:
    if stop.group().strip("\"'\u201d\u2019)]") != ".":
        return True
    before = body[max(at, stop.start() - 12) : stop.start() + 1]
    if not _NO_END.search(before):
        return True
    return bool(_ENDS_WITH_UNIT.search(before) and _AFTER_ABBREVIATION.match(body, stop.end(), end))


def _bounded(body: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while end - start > MAX_SENTENCE:
        cut = body.rfind(" ", start, start + MAX_SENTENCE)
        cut = cut if cut > start else start + MAX_SENTENCE
        yield start, cut
        start = cut
    yield start, end
