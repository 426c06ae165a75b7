"""Who pushes: told by a bearer token, or by an HMAC of the body with a secret that only the outlet shares."""

import hmac
from collections.abc import Mapping, Sequence
from hashlib import sha256

from streams.sources.kinds.push import Push

SIGNATURE = "x-signature-256"  # ``sha256=`` and the HMAC in hexadecimal, as GitHub's and others' webhooks have it
NAMED = "x-source"  # with a signature: the source's name, since a signature names nobody


def authenticated(headers: Mapping[str, str], body: bytes, sources: Sequence[Push]) -> Push | None:
    """None: nobody that is known. Comparisons take the same time whatever is wrong."""
    scheme, _, token = headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        return next(
            (source for source in sources if source.token and _same(token.strip(), source.token.get_secret_value())),
            None,
        )
    signature, name = headers.get(SIGNATURE, ""), headers.get(NAMED, "")
    for source in sources:
        if source.secret and source.name == name:
            expected = hmac.new(source.secret.get_secret_value().encode(), body, sha256).hexdigest()
            return source if _same(signature.removeprefix("sha256="), expected) else None
    return None


def _same(given: str, expected: str) -> bool:
    return hmac.compare_digest(given.encode(), expected.encode())
