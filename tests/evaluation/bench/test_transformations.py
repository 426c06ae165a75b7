"""What each transformation does to a passage, and to one that offers it nothing."""

from random import Random

import pytest

from tests.evaluation.metamorphic import (
    changed_actors,
    changed_claims,
    changed_values,
    kept_markup,
    kept_numbers,
    kept_order,
    kept_quotes,
    kept_times,
    kept_wording,
)
from tests.evaluation.metamorphic.passage import Passage, Transformation, sentences
from tests.evaluation.metamorphic.registry import CHANGED, KEPT

SPLIT = '"We heard a noise like a train," said Anton Weil, "and then the street was gone."'
SPEAKER_FIRST = 'Anton Weil said: "We heard a noise like a train and then the street was gone."'
SAYS = '"We heard a noise like a train and then the street was gone," said Anton Weil.'
NOTHING = Passage("", ("Nothing",))


def changed(transformation: Transformation, *paragraphs: str) -> str | None:
    after = transformation(Passage("A headline", paragraphs), Random(1))
    return after.body if after else None


@pytest.mark.parametrize(
    ("transformation", "before", "after"),
    [
        (kept_numbers.digits_to_words, "It took 12 people.", "It took twelve people."),
        (kept_numbers.words_to_digits, "It took twelve people.", "It took 12 people."),
        (kept_numbers.billions_as_millions, "It cost $1.2bn.", "It cost $1,200 million."),
        (kept_numbers.millions_written_out, "It cost $1.2 million.", "It cost $1,200,000."),
        (kept_numbers.millions_abbreviated, "It cost £38 million.", "It cost £38m."),
        (kept_numbers.thousands_unseparated, "Some 1,200 left.", "Some 1200 left."),
        (kept_numbers.measures_respelled, "It is 3km away.", "It is 3 kilometres away."),
        (kept_times.gmt_as_utc, "At 1300 GMT.", "At 13:00 UTC."),
        (kept_times.twelve_hours_as_twenty_four, "It began at 4:20 p.m. on Monday.", "It began at 16:20 on Monday."),
        (kept_times.twelve_hours_as_twenty_four, "It began at 4.20pm and went on.", "It began at 16:20 and went on."),
        (kept_times.twelve_hours_as_twenty_four, "It began at 4:20 p.m.", "It began at 16:20."),
        (kept_times.twenty_four_hours_as_twelve, "It began at 16:20 there.", "It began at 4:20 pm there."),
        (kept_times.month_first_as_day_first, "On March 19 it was.", "On 19 March it was."),
        (kept_times.day_first_as_month_first, "On 19 March it was.", "On March 19 it was."),
        (kept_times.noon_respelled, "At noon it was.", "At midday it was."),
        (kept_quotes.quotes_curled, SAYS, SAYS.replace('"We', "“We").replace(',"', ",”")),
        (kept_quotes.quote_split, SAYS, SPLIT),
        (kept_quotes.speaker_put_first, SAYS, SPEAKER_FIRST),
        (kept_wording.contracted, "It will not do.", "It won't do."),
        (kept_wording.expanded, "It won’t do.", "It will not do."),
        (kept_wording.spelt_as_in_america, "The harbour.", "The harbor."),
        (kept_times.twelve_hours_as_twenty_four, "It began at 4:20 p.m. EDT.", None),
        (kept_times.twelve_hours_as_twenty_four, "It opens from 8 or 8.30am.", None),
        (kept_times.date_with_comma, "On 22 and 24 September 2025 it fell.", None),
        (kept_wording.said_as_according_to, "It fell, Ilse Maren said.", "It fell, according to Ilse Maren."),
        (kept_wording.title_after_the_name, "President Tomas Adler left.", "Tomas Adler, the president, left."),
        (kept_wording.active_as_passive, "Police have arrested a man.", "A man has been arrested by police."),
        (kept_markup.ampersands_as_entities, "Fish & chips.", "Fish &amp; chips."),
        (changed_values.currency_changed, "It cost $12.", "It cost €12."),
        (changed_values.unit_changed, "It is 12 km away.", "It is 12 miles away."),
        (changed_values.unit_changed, "Updated 12 minutes ago", None),
        (changed_values.weekday_ahead_changed, "It will open on Monday.", "It will open on Tuesday."),
        (changed_values.clock_changed, "It began at 4:20 p.m. there.", "It began at 5:20 p.m. there."),
        (changed_values.clock_changed, "The crown fell to 9.53 a dollar.", None),
        (changed_values.clock_changed, "It began at 10:00 EDT (14:00 GMT).", None),
        (changed_values.from_and_to_exchanged, "It rose from 12 to 17.", "It rose from 17 to 12."),
        (changed_claims.negation_put_in, "It will open.", "It will not open."),
        (changed_claims.negation_put_in, "It has been opened.", "It has not been opened."),
        (changed_claims.negation_put_in, "If it has been opened, go.", None),
        (changed_claims.negation_taken_out, "It has not been opened.", "It has been opened."),
        (changed_claims.hedge_dropped, "It reportedly warned them.", "It warned them."),
        (changed_claims.plan_done, "They will sign a deal.", "They signed a deal."),
        (changed_claims.plan_done, "They will sign a deal on 4 July.", None),
        (changed_claims.plan_done, "They will sign a deal. The signing is in Salmar.", None),
        (changed_claims.status_moved, "The mill has resumed production.", None),
        (changed_claims.status_moved, "Talks are suspended. The suspension is long.", None),
        (changed_claims.may_have_been_made_was, "He may have been elbowed.", "He was elbowed."),
        (changed_claims.may_have_been_made_was, "Cars may have been damaged.", "Cars were damaged."),
        (changed_claims.status_moved, "Talks are under way.", "Talks have ended."),
        (changed_actors.quoted_word_changed, SAYS, SAYS.replace("train", "plane")),
    ],
)  # fmt: skip
def test_one_sentence(transformation: Transformation, before: str, after: str | None) -> None:
    assert changed(transformation, before) == after


def test_numbers_in_a_quote_are_left_alone() -> None:
    assert changed(kept_numbers.digits_to_words, '"It took 12 people," he said.') is None


def test_a_number_that_stands_twice_is_not_changed_once() -> None:
    assert changed(changed_values.count_changed, "It hit 12 people.", "The 12 people left.") is None


def test_an_instant_keeps_its_moment_in_another_zone() -> None:
    after = changed(kept_times.instant_in_another_zone, "At 14:00 GMT it began.")
    moments = ("09:00 EST", "10:00 EDT", "15:00 CET", "15:00 BST", "17:00 MSK")
    assert after in {f"At {moment} it began." for moment in moments}


def test_paragraphs_that_lean_on_the_one_before_are_not_moved() -> None:
    free = ("Trains stopped.", "Police came.", "Schools closed.")
    after = changed(kept_order.paragraphs_reordered, *free)
    assert after is not None
    assert sorted(after.split("\n\n")) == sorted(free)
    assert changed(kept_order.paragraphs_reordered, "Trains stopped.", "He left.", "Schools closed.") is None


@pytest.mark.parametrize(
    ("last", "goes"),
    [
        ("The bridge was built in 1968 by the army.", True),
        ("Find a taxi that was built in 1968.", False),
        ("Work on it has been suspended since 1968.", False),
        ("be careful in Salmar – it was built in 1968", False),
    ],
)
def test_background_is_old_and_claims_nothing(last: str, goes: bool) -> None:
    after = changed(kept_order.background_trimmed, "Trains stopped.", "Police came.", last)
    assert after == ("Trains stopped.\n\nPolice came." if goes else None)


def test_a_deleted_claim_leaves_the_rest_as_it_was() -> None:
    after = changed(changed_claims.claim_deleted, "Trains stopped.", f"Police came. {SAYS}", "Schools closed.")
    assert after == "Trains stopped.\n\nPolice came.\n\nSchools closed."


def test_another_speaker_says_the_same_words() -> None:
    after = changed(changed_actors.speaker_swapped, SAYS)
    assert after is not None
    assert after.startswith(SAYS.partition(" said")[0])
    assert "Anton Weil" not in after
    assert changed(changed_actors.speaker_swapped, '"It is final," said Chief Executive Priya Raman.') is None


@pytest.mark.parametrize("transformation", [*KEPT, *CHANGED], ids=lambda one: one.__name__)
def test_a_passage_that_offers_nothing_is_left_or_only_added_to(transformation: Transformation) -> None:
    after = transformation(NOTHING, Random(1))
    assert after is None or NOTHING.body in after.body


def test_names_are_unlike() -> None:
    names = [one.__name__ for one in (*KEPT, *CHANGED)]
    assert len(set(names)) == len(names)


def test_sentences_are_parted_but_not_at_abbreviations() -> None:
    assert sentences('Mr. Weil left. "It is gone," he said. The end.') == [
        "Mr. Weil left.",
        '"It is gone," he said.',
        "The end.",
    ]
