"""Whether two looks at an article show the same version: its words count, not what a page counts or how old it is."""

import re
from hashlib import blake2b
from unicodedata import normalize

from schemas.polls import Item

UNIT = r"(?:sec(?:ond)?|min(?:ute)?|hr|hour|day|week|month)s?"
VOLATILE = re.compile(
    rf"\b(?:\d+|an?|one)\s*(?:{UNIT}|[smhd])\s+ago\b"
    r"|\b\d[\d.,]*\s?[kKmM]?\s+(?:comments?|shares?|views?|likes?|replies|reactions?|readers?)\b"
    rf"|\b\d+\s*{UNIT}\s+read\b"
    r"|^(?:last\s+)?(?:updated?|modified|published|posted)\b(?:\s+(?:on|at))?[^\n.]{0,60}$",
    re.IGNORECASE | re.MULTILINE,
)
DIGEST_BYTES = 12


def version_digest(item: Item) -> str:
    """Equal for items that differ only in spaces, relative times, counters or the outlet's own stamp."""
    parts = (item.headline, item.body, item.status, item.correction or "", str(item.embargo_until or ""))
    plain = "\0".join(plain_words(part) for part in parts)
    return blake2b(plain.encode(), digest_size=DIGEST_BYTES).hexdigest()


def plain_words(text: str) -> str:
    return " ".join(VOLATILE.sub(" ", normalize("NFKC", text)).split())
