"""Bounds: long and strange texts are read in reasonable time, and no row grows without end."""

import time

from schemas.updates import MAX_BODY_BYTES
from streams.facts.language.text import MAX_SENTENCE, MAX_SENTENCES
from tests.unit.facts.desk import Desk, text

SIDE = "The valley is popular with hikers."
FACT = "The factory employs 300 people."
KAFKA_LIMIT = 1_000_000  # bytes of a record, by default: a larger changelog record ends the worker
SECONDS = 4.0  # for what takes a tenth of it here, and minutes where time grows with the square


def seconds(desk: Desk, body: str) -> float:
    began = time.process_time()
    desk.tell(body)
    return time.process_time() - began


def test_a_megabyte_that_repeats_itself_is_read_in_reasonable_time() -> None:
    body = text(*["The factory employs 300 people. It lies in the valley of Tarn."] * 20_000)[:MAX_BODY_BYTES]
    desk = Desk()
    assert seconds(desk, body) < SECONDS
    assert [fact.kind for fact in desk.rows.facts()].count("figure") == 1


def test_a_huge_sentence_is_cut_and_its_pieces_are_read() -> None:
    piece = "and the factory at the old mill has been repaired by masons from the north "
    outcome = Desk().tell((piece * 60).strip() + ".")
    sentences = [change.after.evidence.sentence for change in outcome.facts if change.after]
    assert sentences
    assert max(map(len, sentences)) <= MAX_SENTENCE


def test_more_sentences_than_can_be_kept_are_not_read() -> None:
    desk = Desk()
    lines = text(*["The valley is popular with hikers."] * MAX_SENTENCES)
    outcome = desk.tell(text(lines, FACT))
    assert outcome.summary.sentences == 1
    assert "figure" not in [fact.kind for fact in desk.rows.facts()]
