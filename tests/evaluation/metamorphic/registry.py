"""The transformations: those that keep a text's meaning, and those that change it, with the kinds that may tell."""

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
from tests.evaluation.metamorphic.passage import Transformation

KEPT: tuple[Transformation, ...] = (
    kept_order.paragraphs_reordered,
    kept_order.sentences_reordered,
    kept_order.paragraphs_joined,
    kept_order.background_trimmed,
    kept_order.furniture_inserted,
    kept_order.relative_time_inserted,
    kept_order.repeated_by_another_outlet,
    kept_numbers.digits_to_words,
    kept_numbers.words_to_digits,
    kept_numbers.per_cent_respelled,
    kept_numbers.billions_as_millions,
    kept_numbers.millions_written_out,
    kept_numbers.millions_abbreviated,
    kept_numbers.thousands_unseparated,
    kept_numbers.measures_respelled,
    kept_times.instant_in_another_zone,
    kept_times.gmt_as_utc,
    kept_times.twelve_hours_as_twenty_four,
    kept_times.twenty_four_hours_as_twelve,
    kept_times.month_first_as_day_first,
    kept_times.day_first_as_month_first,
    kept_times.date_with_comma,
    kept_times.noon_respelled,
    kept_quotes.quotes_curled,
    kept_quotes.quote_split,
    kept_quotes.quote_made_whole,
    kept_quotes.speaker_put_first,
    kept_wording.contracted,
    kept_wording.expanded,
    kept_wording.spelt_as_in_america,
    kept_wording.speech_verb_replaced,
    kept_wording.said_as_according_to,
    kept_wording.full_name_as_surname,
    kept_wording.title_after_the_name,
    kept_wording.active_as_passive,
    kept_wording.headline_in_capitals,
    kept_markup.spaces_unbreakable,
    kept_markup.spaces_doubled,
    kept_markup.entities_left,
    kept_markup.apostrophes_as_entities,
    kept_markup.line_breaks_left,
    kept_markup.zero_width_spaces_left,
    kept_markup.ampersands_as_entities,
)

AMOUNT = frozenset({"figure", "event-time"})
TIME = frozenset({"event-time", "event-status"})
DEED = frozenset({"action", "position", "event-status", "statement", "participant"})
WORDS = frozenset({"quote", "statement", "position"})
ANY = frozenset(
    {"correction", "event-status", "event-time", "figure", "statement", "quote", "position", "participant", "action"}
)

CHANGED: dict[Transformation, frozenset[str]] = {
    changed_values.count_changed: AMOUNT,
    changed_values.count_in_words_changed: AMOUNT,
    changed_values.sum_changed: AMOUNT,
    changed_values.share_changed: AMOUNT,
    changed_values.unit_changed: AMOUNT,
    changed_values.currency_changed: AMOUNT,
    changed_values.day_of_month_changed: TIME,
    changed_values.weekday_ahead_changed: TIME,
    changed_values.clock_changed: TIME,
    changed_values.from_and_to_exchanged: AMOUNT,
    changed_claims.negation_put_in: DEED | AMOUNT,
    changed_claims.negation_taken_out: DEED | AMOUNT,
    changed_claims.hedge_dropped: DEED | AMOUNT,
    changed_claims.may_have_been_made_was: DEED | AMOUNT,
    changed_claims.plan_done: DEED,
    changed_claims.status_moved: DEED,
    changed_claims.claim_deleted: ANY,
    changed_actors.actor_changed: DEED | AMOUNT,
    changed_actors.place_changed: DEED | AMOUNT,
    changed_actors.speaker_swapped: WORDS | {"participant", "figure", "action"},
    changed_actors.quoted_word_changed: frozenset({"quote"}),
}
