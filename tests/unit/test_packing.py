"""What is packed comes out as it was, in pieces that are small."""

import pickle
from dataclasses import dataclass, field

from hypothesis import given
from hypothesis import strategies as st

from streams.packing import ITEMS, pack, unpack


@dataclass(frozen=True)
class Reading:
    claims: tuple[str, ...] = ()
    aligned: dict[int, str] = field(default_factory=dict)
    seconds: float = 0.0
    pair: tuple[int, str] | None = None


@given(
    st.builds(
        Reading,
        claims=st.lists(st.text(), max_size=70).map(tuple),
        aligned=st.dictionaries(st.integers(), st.text()),
        seconds=st.floats(allow_nan=False),
        pair=st.one_of(st.none(), st.tuples(st.integers(), st.text())),
    )
)
def test_what_is_unpacked_is_what_was_packed(reading: Reading) -> None:
    assert unpack(pickle.loads(pickle.dumps(pack(reading)))) == reading


def test_a_long_tuple_is_cut_up() -> None:
    reading = Reading(claims=tuple(f"claim {number}" for number in range(ITEMS * 3 + 1)))
    pieces = pack(reading)[1]["claims"]
    assert [len(pickle.loads(piece)) for piece in pieces] == [ITEMS, ITEMS, ITEMS, 1]
