"""Everything that works round Faust: source positions kept in the tables, written with the rows that they stand for.

A table's changelog is the one truth: after the rows of a batch, the next offset of its source is written to the same
changelog partition, and after every rebalance the source is read on from there. Committed offsets are for displays of
lag only. Anything that would break this ends the process; its supervisor starts it again, and the seek puts it right.
Topics read here must be neither compacted nor written in transactions: both leave holes in the offsets.
"""

from streams.positions.app import App
from streams.positions.ending import Exit, die
from streams.positions.lease import Lease
from streams.positions.positions import Positions
from streams.positions.table import NotHeld, Table
from streams.positions.undo import Rows

__all__ = ["App", "Exit", "Lease", "NotHeld", "Positions", "Rows", "Table", "die"]
