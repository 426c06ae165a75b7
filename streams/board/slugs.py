"""Short names of stories and articles for addresses: readable, safe in a path, the same on every board."""

import hashlib
import re

READABLE = 48  # characters
HASHED = 10  # hexadecimal digits, 40 bits


def slug_of(identity: str) -> str:
    """`trump-putin-call-3f1c…` for any id, a URL included."""
    words = re.sub(r"[^a-z0-9]+", "-", re.sub(r"^https?://", "", identity.lower()))[:READABLE].strip("-")
    digest = hashlib.sha256(identity.encode()).hexdigest()[:HASHED]
    return f"{words}-{digest}" if words else digest
