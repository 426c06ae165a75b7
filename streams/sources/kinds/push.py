"""Pushes: an outlet sends its versions over HTTP, as ninjs; it authenticates with a token or signs what it sends."""

from typing import Literal, Self

from pydantic import SecretStr, model_validator

from streams.sources.content import Content, Seen
from streams.sources.kinds.base import Kind
from streams.sources.ninjs import item_of, parse_ninjs
from streams.sources.settings import Source


class Push(Source):
    """``token``: sent as a bearer token. ``secret``: the key of an HMAC-SHA256 over the body, sent in hexadecimal."""

    kind: Literal["push"]
    token: SecretStr | None = None
    secret: SecretStr | None = None
    first: Literal["baseline", "actual"] = "actual"

    @model_validator(mode="after")
    def _authenticated(self) -> Self:
        if (self.token is None) == (self.secret is None):
            raise ValueError("should have either token or secret")
        return self


def read(content: Content, source: Push) -> Seen:
    """One ninjs document. Raises `Unreadable`."""
    document = parse_ninjs(content.body)
    return Seen([item_of(document, source)])


KIND = Kind("push", Push, read)
