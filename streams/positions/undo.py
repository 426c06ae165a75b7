"""Undo records: across a crash, the rows of a batch are all there or none of them. Pure.

Before a batch's rows are written to a partition, the rows that they replace are written there, in pieces, with the
position at which the batch began; last comes the new position. A changelog partition keeps its order, so what a crash
leaves is some first part of these writes. Where the pieces are whole and the position is still theirs, the batch was
not finished: its rows are then read through the record, and the next batch puts back what it does not itself write.
That batch writes its own record to the other of two slots, so that one of them is whole at every moment.
"""

import struct
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

Get = Callable[[bytes], bytes | None]
Rows = Mapping[bytes, bytes | None]  # None: there is no such row, or it is to be deleted
Write = tuple[bytes, bytes | None]

PIECE_BYTES = 256 * 1024  # a piece is larger only where one row is: below a changelog's largest message
HEAD = struct.Struct(">QIII")  # position at the batch's begin, attempt, number of the piece, count of the pieces
SIZES = struct.Struct(">Ii")  # of the key and of the row; -1: absent


@dataclass(frozen=True)
class Undo:
    """The rows to read in place of those that an unfinished batch may have written, and which attempt it was."""

    attempt: int
    rows: Rows


def position_key(partition: int) -> bytes:
    """Reserved keys begin with a NUL, which no story's rows do; the memory store needs the partition in them."""
    return b"\0position/%d" % partition


def undo_key(partition: int, attempt: int, piece: int) -> bytes:
    """Attempts take turns in two slots."""
    return b"\0undo/%d/%d/%d" % (partition, attempt % 2, piece)


def position_of(get: Get, partition: int) -> int:
    """The next offset of the source to apply; 0 where nothing was ever applied."""
    return int(get(position_key(partition)) or 0)


def unfinished(get: Get, partition: int) -> Undo | None:
    """The record of the batch that was not finished on this partition, if one was not."""
    base = position_of(get, partition)
    found = [undo for slot in (0, 1) if (undo := _slot(get, partition, slot, base)) is not None]
    return max(found, key=lambda undo: undo.attempt, default=None)


def read_through(get: Get, undo: Undo | None, key: bytes) -> bytes | None:
    """The row as it was before the unfinished batch."""
    return undo.rows[key] if undo is not None and key in undo.rows else get(key)


def plan(get: Get, partition: int, undo: Undo | None, rows: Rows, position: int) -> list[Write]:
    """What to write, in this order, so that the partition has these rows and this position."""
    wanted = {**(undo.rows if undo else {}), **rows}
    before = {key: read_through(get, undo, key) for key in wanted}
    stored = {key: get(key) for key in wanted}
    touched = {key: row for key, row in before.items() if not row == stored[key] == wanted[key]}
    attempt = undo.attempt + 1 if undo else 0
    pieces = _pieces(touched, position_of(get, partition), attempt) if touched else []
    return [
        *((undo_key(partition, attempt, number), piece) for number, piece in enumerate(pieces)),
        *((key, wanted[key]) for key in touched if stored[key] != wanted[key]),
        (position_key(partition), b"%d" % position),
    ]


def _slot(get: Get, partition: int, slot: int, base: int) -> Undo | None:
    first = get(undo_key(partition, slot, 0))
    if first is None:
        return None
    head = began, attempt, _, count = HEAD.unpack_from(first)
    pieces = [get(undo_key(partition, slot, number)) for number in range(count)]
    if began != base or any(_head(piece) != (*head[:2], number, count) for number, piece in enumerate(pieces)):
        return None
    return Undo(attempt, dict(entry for piece in pieces if piece for entry in _entries(piece)))


def _head(piece: bytes | None) -> tuple[int, ...]:
    return HEAD.unpack_from(piece) if piece is not None else ()


def _pieces(rows: Rows, base: int, attempt: int) -> list[bytes]:
    bodies = [bytearray()]
    for key, row in rows.items():
        entry = SIZES.pack(len(key), -1 if row is None else len(row)) + key + (row or b"")
        if bodies[-1] and len(bodies[-1]) + len(entry) > PIECE_BYTES:
            bodies.append(bytearray())
        bodies[-1] += entry
    return [HEAD.pack(base, attempt, number, len(bodies)) + body for number, body in enumerate(bodies)]


def _entries(piece: bytes) -> Iterator[tuple[bytes, bytes | None]]:
    at = HEAD.size
    while at < len(piece):
        key_size, row_size = SIZES.unpack_from(piece, at)
        at += SIZES.size
        key, at = piece[at : at + key_size], at + key_size
        row, at = (None, at) if row_size < 0 else (piece[at : at + row_size], at + row_size)
        yield key, row
