"""A dataclass from one process to another in small pieces.

Unpickling holds the interpreter's lock from begin to end: 40 ms for what is read of a long article, in which the event
loop stands still, whichever thread unpickles. Between pieces it can go on.
"""

import pickle
from dataclasses import fields
from typing import Any

ITEMS = 20  # of a long tuple in one piece: a millisecond or two

Packed = tuple[type[Any], dict[str, bytes | list[bytes]]]


def pack(value: Any) -> Packed:
    """Of a dataclass; its tuples are cut up."""
    return type(value), {field.name: _pack_field(getattr(value, field.name)) for field in fields(value)}


def unpack(packed: Packed) -> Any:
    kind, contents = packed
    return kind(**{name: _unpack_field(content) for name, content in contents.items()})


def _pack_field(value: Any) -> bytes | list[bytes]:
    if not isinstance(value, tuple):
        return pickle.dumps(value)
    return [pickle.dumps(value[first : first + ITEMS]) for first in range(0, len(value), ITEMS)]


def _unpack_field(content: bytes | list[bytes]) -> Any:
    if isinstance(content, bytes):
        return pickle.loads(content)
    return tuple(item for piece in content for item in pickle.loads(piece))
