"""Bounds: long and strange texts are read in reasonable time, and no row grows without end."""

import time

import pytest

from schemas.updates import MAX_BODY_BYTES
from streams.facts import diff
from streams.facts.language.text import MAX_SENTENCE, MAX_SENTENCES
from streams.facts.removal import MAX_RELATED
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
    assert seconds(desk, body.replace("300", "350")) < SECONDS  # and held against the version before
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


def test_many_new_facts_of_one_key_are_kept_apart_without_counting_from_the_first(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    counted, next_key = [], diff._next_key
    monkeypatch.setattr(diff, "_next_key", lambda *of: counted.append(of) or next_key(*of))
    desk = Desk()
    desk.tell(villages(100))
    keys = [fact.key for fact in desk.rows.facts()]
    assert len(set(keys)) == len(keys) > 100
    assert 100 < len(counted) < len(keys)


def test_a_canceled_article_of_many_facts_is_told_in_an_alert_that_fits_into_a_message() -> None:
    desk = Desk()
    desk.tell(villages(100))
    outcome = desk.tell(villages(100), status="canceled")
    assert [alert.change for alert in outcome.alerts] == ["retraction"]
    assert len(outcome.alert.related) == MAX_RELATED
    others = [change.reason for change in outcome.facts if change.alert is None]
    assert others.count(f"told with {outcome.alert.id}") == MAX_RELATED
    assert others.count("article canceled") == len(others) - MAX_RELATED > 0
    assert {fact.state for fact in desk.rows.facts()} == {"retracted"}


def villages(count: int) -> str:
    return text(*(f"{12 + n} people were killed in the village of Nouak {n}." for n in range(count)))
