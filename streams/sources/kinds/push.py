"""Pushes: an outlet sends its versions over HTTP, as ninjs; it authenticates with a token or signs what it sends."""

from typing import Literal, Self

from pydantic import SecretStr, model_validator

from streams.sources.content import Content, Seen
from streams.sources.kinds.base import Kind
from streams.sources.ninjs import read_ninjs
from streams.sources.settings import Source


class Push(Source):
    """``token``: sent as a bearer token. ``secret``: the key of an HMAC-SHA256 over the body, sent in hexadecimal.

    ``own_fields``: ninjs documents may have fields that the standard does not know.
    """

    kind: Literal["push"]
    token: SecretStr | None = None
    secret: SecretStr | None = None
    first: Literal["baseline", "actual"] = "actual"
    own_fields: bool = False

    @model_validator(mode="after")
    def _authenticated(self) -> Self:
        if (self.token is None) == (self.secret is None):
            raise ValueError("should have either token or secret")
        return self


def read(content: Content, source: Push) -> Seen:
    """One ninjs document. Raises `Unreadable`."""
    return Seen([read_ninjs(content.body, source, own_fields=source.own_fields)])


KIND = Kind("push", Push, read)
