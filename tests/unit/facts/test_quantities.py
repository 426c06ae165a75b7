"""Amounts in sentences of many domains: number, unit, comparator, ranges, pairs and restatements."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streams.facts.numbers.quantities import Quantity, find_quantities

UNITS = [  # sentence, text as printed, number, unit
    ("lost $1.2bn last year", "$1.2bn", 1_200_000_000, "USD"),
    ("lost $1.2 billion last year", "$1.2 billion", 1_200_000_000, "USD"),
    ("grossed more than $ 65 million", "$ 65 million", 65_000_000, "USD"),
    ("paid US$3m", "US$3m", 3_000_000, "USD"),
    ("a fine of A$5", "A$5", 5, "AUD"),
    ("C$40 million in aid", "C$40 million", 40_000_000, "CAD"),
    ("HK$120", "HK$120", 120, "HKD"),
    ("€4.5 million", "€4.5 million", 4_500_000, "EUR"),
    ("the €14million raid", "€14million", 14_000_000, "EUR"),
    ("£1.50 a loaf", "£1.50", 1.5, "GBP"),
    ("12p a share", "12p", 12, "penny"),
    ("40 pence", "40 pence", 40, "penny"),
    ("50 cents a litre", "50 cents", 50, "cent"),
    ("Rs 500 crore", "Rs 500 crore", 5_000_000_000, "INR"),
    ("Rs500 each", "Rs500", 500, "INR"),
    ("3.5 trillion yen", "3.5 trillion yen", 3_500_000_000_000, "JPY"),
    ("EUR 12 million", "EUR 12 million", 12_000_000, "EUR"),
    ("USD500", "USD500", 500, "USD"),
    ("often around 10,000 KGS", "10,000 KGS", 10_000, "KGS"),
    ("a bail of 25 US dollars", "25 US dollars", 25, "USD"),
    ("25 new Israeli shekels", "25 new Israeli shekels", 25, "Israeli shekel"),
    ("1,600 Namibian dollars per person", "1,600 Namibian dollars", 1600, "Namibian dollar"),
    ("50,000 Trinidad and Tobago dollars", "50,000 Trinidad and Tobago dollars", 50_000, "Trinidad and Tobago dollar"),
    ("25 Australian dollars", "25 Australian dollars", 25, "AUD"),
    ("48 billion crowns", "48 billion crowns", 48_000_000_000, "crown"),
    ("48bn crowns", "48bn crowns", 48_000_000_000, "crown"),
    ("50,000 won", "50,000 won", 50_000, "KRW"),
    ("two billion euros", "two billion euros", 2_000_000_000, "EUR"),
    ("2.9 percent of output", "2.9 percent", 2.9, "%"),
    ("2.9% of output", "2.9%", 2.9, "%"),
    ("59 % of critics", "59 %", 59, "%"),
    ("0.8 per cent", "0.8 per cent", 0.8, "%"),
    ("3 pct", "3 pct", 3, "%"),
    ("Eighty-seven percent of the pilots", "Eighty-seven percent", 87, "%"),
    ("0.25 percentage points", "0.25 percentage points", 0.25, "pp"),
    ("by half a percentage point", "half a percentage point", 0.5, "pp"),
    ("by a quarter of a percentage point", "a quarter of a percentage point", 0.25, "pp"),
    ("three-quarters of a mile", "three-quarters of a mile", 0.75, "mi"),
    ("a debt of $4B", "$4B", 4_000_000_000, "USD"),
    ("a half-point, or 50 basis points", "50 basis points", 50, "bp"),
    ("a 25-basis-point rise", "25-basis-point", 25, "bp"),
    ("within 4 kilometres of the river", "4 kilometres", 4, "km"),
    ("within four kilometers of the river", "four kilometers", 4, "km"),
    ("within 80km of the border", "80km", 80, "km"),
    ("4 miles away", "4 miles", 4, "mi"),
    ("Water rose to 4.2 metres", "4.2 metres", 4.2, "m"),
    ("Water rose to 4.2m at the bridge", "4.2m", 4.2, "m"),
    ("a 14-foot wave", "14-foot", 14, "ft"),
    ("nearly 14 feet of snow", "14 feet", 14, "ft"),
    ("6 inches of rain", "6 inches", 6, "in"),
    ("30cm of snow", "30cm", 30, "cm"),
    ("a 70-acre fire", "70-acre", 70, "acre"),
    ("burned 221,835 acres", "221,835 acres", 221_835, "acre"),
    ("12,000 hectares", "12,000 hectares", 12_000, "ha"),
    ("500 square kilometres", "500 square kilometres", 500, "km²"),
    ("500 sq km", "500 sq km", 500, "km²"),
    ("500 km2", "500 km2", 500, "km²"),
    ("Each tin weighs 800 grams", "800 grams", 800, "g"),
    ("800g tins", "800g", 800, "g"),
    ("2.5 kilos", "2.5 kilos", 2.5, "kg"),
    ("40 tonnes", "40 tonnes", 40, "t"),
    ("the baby weighed 6 pounds", "6 pounds", 6, "lb"),
    ("it cost 6 pounds", "6 pounds", 6, "GBP"),
    ("30,000 gallons of water", "30,000 gallons", 30_000, "gal"),
    ("two million barrels a day", "two million barrels", 2_000_000, "barrel"),
    ("35°C in the shade", "35°C", 35, "°C"),
    ("35 degrees Celsius", "35 degrees Celsius", 35, "°C"),
    ("minus 15 degrees Celsius", "minus 15 degrees Celsius", -15, "°C"),
    ("-5 C overnight", "-5 C", -5, "°C"),
    ("a high of 80℉", "80℉", 80, "°F"),
    ("1.5 degrees warmer", "1.5 degrees", 1.5, "degree"),
    ("winds of 120 km/h", "120 km/h", 120, "km/h"),
    ("winds of 120 kph", "120 kph", 120, "km/h"),
    ("120 kilometres per hour", "120 kilometres per hour", 120, "km/h"),
    ("gusts of 30 mph", "30 mph", 30, "mph"),
    ("30 knots", "30 knots", 30, "kt"),
    ("a magnitude 6.1 quake", "magnitude 6.1", 6.1, "magnitude"),
    ("a 6.1-magnitude quake", "6.1-magnitude", 6.1, "magnitude"),
    ("a magnitude of 7", "magnitude of 7", 7, "magnitude"),
    ("600 MW of solar power", "600 MW", 600, "MW"),
    ("two hours", "two hours", 2, "hour"),
    ("a 30-day ceasefire", "30-day", 30, "day"),
    ("90 mins", "90 mins", 90, "minute"),
    ("three second-half goals", "three", 3, None),
    ("Lund needs 76 votes", "76", 76, None),
    ("12 won medals", "12", 12, None),
    ("a dozen people", "a dozen", 12, None),
    ("36 C.F.R. applies", "36", 36, None),
    ("two-thirds of members", "two-thirds", 2 / 3, None),
    ("No illnesses have been linked", "No", 0, None),
]

COMPARATORS = [
    ("about 1,200 people", "about"),
    ("around 40", "about"),
    ("some 2,300 pilots", "about"),
    ("roughly twelve hundred", "about"),
    ("nearly 14 feet", "about"),
    ("almost 300 homes", "about"),
    ("approximately 95%", "about"),
    ("an estimated 4,000 birds", "about"),
    ("close to 50 flights", "about"),
    ("40 or so", "about"),
    ("~300 km", "about"),
    ("Dozens still missing", "about"),
    ("at least 12 dead", "at least"),
    ("no fewer than 30 lawmakers", "at least"),
    ("no less than 30 000 lari", "at least"),
    ("a minimum of 10 days", "at least"),
    ("1,000+ people", "at least"),
    ("15 people or more", "exactly"),
    ("15 or more people", "at least"),
    ("15 days or longer", "at least"),
    ("more than $1.2bn", "more than"),
    ("over 100 deaths", "more than"),
    ("in excess of 40 tonnes", "more than"),
    ("upwards of 60 cities", "more than"),
    ("above 4 metres", "more than"),
    ("exceeding 3,000 metres", "more than"),
    ("just over 40", "more than"),
    ("up to 90 days", "at most"),
    ("it can take up to 3 weeks", "at most"),
    ("gusts of up to 30 mph", "at most"),
    ("no more than two", "at most"),
    ("at most 12", "at most"),
    ("a maximum of 6 months", "at most"),
    ("as many as 40", "at most"),
    ("fewer than 15 cases", "fewer than"),
    ("less than $65,000", "fewer than"),
    ("under 300 appearances", "fewer than"),
    ("below 75 %", "fewer than"),
    ("just under 40", "fewer than"),
    ("spending would go up to 48bn crowns", "exactly"),
    ("14 people", "exactly"),
    ("a strike over two years", "exactly"),
    ("talks lasted over two hours", "more than"),
    ("within 4 days", "at most"),
    ("≥ 30 %", "at least"),
]

RANGES = [  # sentence, text, low, high, unit
    ("between 10 and 15 people", "10 and 15", 10, 15, None),
    ("between 10 and 15 percent", "10 and 15 percent", 10, 15, "%"),
    ("between $10m and $15m", "$10m and $15m", 10_000_000, 15_000_000, "USD"),
    ("fined between 150 and 1800 euros", "150 and 1800 euros", 150, 1800, "EUR"),
    ("10 to 15 percent", "10 to 15 percent", 10, 15, "%"),
    ("10-15 people", "10-15", 10, 15, None),
    ("10–15 km", "10–15 km", 10, 15, "km"),
    ("gusts to 15-20 mph", "15-20 mph", 15, 20, "mph"),
    ("5-10bn", "5-10bn", 5_000_000_000, 10_000_000_000, None),
    ("two to three million", "two to three million", 2_000_000, 3_000_000, None),
    ("$5-10 million", "$5-10 million", 5_000_000, 10_000_000, "USD"),
    ("one or two people", "one or two", 1, 2, None),
    ("won 3-1", "3-1", 3, 1, "score"),
    ("a 76-74 vote", "76-74", 76, 74, "score"),
    ("rejected 76 to 74", "76 to 74", 76, 74, "score"),
    ("two to three hours", "two to three hours", 2, 3, "hour"),
]

PAIRS = [  # sentence, amount before, amount after, their unit
    ("rose from 12 to 17 on Tuesday", 12, 17, None),
    ("raised its offer from 9 percent to 11.5 percent over two years", 9, 11.5, "%"),
    ("fell from 12 to 9 percent", 12, 9, "%"),
    ("widened its recall from two batches to five", 2, 5, None),
    ("rose to 17 from 12", 12, 17, None),
    ("climbed to $12m from $10m", 10_000_000, 12_000_000, "USD"),
    ("grew from about 1,200 acres to more than 3,000 acres", 1200, 3000, "acre"),
    ("Turnout was 61.3%, up from 58.2%", 58.2, 61.3, "%"),
    ("slowed to 2.8% in February, down from 3%", 3, 2.8, "%"),
    ("cut the rate to 4 percent, from 4.5 percent", 4.5, 4, "%"),
]

NOT_PAIRS = [
    "by 76 votes to 74",
    "12 people and 14 dogs",
    "175 from each side, 23 from a hospital",
    "5 km from the town of 9,000",
    "from 12 towns, and then to 14 more",
]

EQUIVALENTS = [
    ("Water reached 4.2 metres (14 feet)", "14 feet", "4.2 metres"),
    ("the water reached 4.2 meters, or nearly 14 feet", "14 feet", "4.2 meters"),
    ("A tin weighs 800 grams (28 ounces)", "28 ounces", "800 grams"),
    ("35°C (95F)", "95F", "35°C"),
    ("€10m ($11m) in damages", "$11m", "€10m"),
    ("winds of 120 km/h (75 mph)", "75 mph", "120 km/h"),
    ("12,000 hectares (about 30,000 acres)", "30,000 acres", "12,000 hectares"),
]

NOT_EQUIVALENTS = [
    "800 grams, 28 tins",
    "4 km, 14 minutes away",
    "4.2 metres at the bridge and 14 feet at the mill",
    "12 percent (14 percent last year)",
    "12 km (17 km last week)",
    "12 people (3 km away)",
]

SAME = [
    ("12 dead", "at least twelve dead"),
    ("1.2bn crowns", "1,200 million crowns"),
    ("$1.2bn", "1.2 billion dollars"),
    ("48bn crowns", "48 billion crowns"),
    ("4 kilometres", "four kilometers"),
    ("one in six", "a sixth of"),
    ("11m passengers", "11 million passengers"),
    ("2.9 percent", "2.9%"),
    ("10-15 km", "between 10 and 15 kilometres"),
    ("twelve hundred", "about 1,200"),
    ("won 3-1", "a 3–1 win"),
]

DIFFERENT = [
    ("12 dead", "17 dead"),
    ("4 kilometres", "4 miles"),
    ("$5", "€5"),
    ("10-15 km", "10-16 km"),
    ("12 km", "12-15 km"),
    ("3 percent", "3 percentage points"),
    ("3-1 won", "3-2 won"),
]


def only(sentence: str) -> Quantity:
    found = find_quantities(sentence)
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(("sentence", "text", "number", "unit"), UNITS)
def test_reads_number_and_unit(sentence: str, text: str, number: float, unit: str | None) -> None:
    amount = only(sentence)
    assert (amount.text, amount.unit) == (text, unit)
    assert amount.number == pytest.approx(number, rel=1e-12)
    assert (amount.low, amount.high, amount.role, amount.equivalent_of) == (None, None, None, None)


@pytest.mark.parametrize(("sentence", "comparator"), COMPARATORS)
def test_reads_the_comparator(sentence: str, comparator: str) -> None:
    assert only(sentence).comparator == comparator


@pytest.mark.parametrize(("sentence", "text", "low", "high", "unit"), RANGES)
def test_a_range_or_score_is_one_amount(sentence: str, text: str, low: float, high: float, unit: str | None) -> None:
    amount = only(sentence)
    assert (amount.text, amount.low, amount.high, amount.unit, amount.number) == (text, low, high, unit, None)
    assert amount.comparator == ("exactly" if unit == "score" else "between")
    assert len(amount.numerals) == 2


@pytest.mark.parametrize(("sentence", "before", "after", "unit"), PAIRS)
def test_from_and_to_are_a_pair(sentence: str, before: float, after: float, unit: str | None) -> None:
    found = find_quantities(sentence)
    by_role = {one.role: one for one in found if one.role}
    assert (by_role["from"].number, by_role["to"].number) == (before, after)
    assert {by_role["from"].unit, by_role["to"].unit} == {unit}
    assert found[by_role["from"].partner or 0] is by_role["to"]
    assert found[by_role["to"].partner or 0] is by_role["from"]


@pytest.mark.parametrize("sentence", NOT_PAIRS)
def test_other_words_make_no_pair(sentence: str) -> None:
    found = find_quantities(sentence)
    assert len(found) == 2
    assert [one.role for one in found] == [None, None]


@pytest.mark.parametrize(("sentence", "equivalent", "original"), EQUIVALENTS)
def test_a_restatement_points_to_the_first(sentence: str, equivalent: str, original: str) -> None:
    first, second = find_quantities(sentence)
    assert (first.text, second.text) == (original, equivalent)
    assert (first.equivalent_of, second.equivalent_of) == (None, 0)


@pytest.mark.parametrize("sentence", NOT_EQUIVALENTS)
def test_other_amounts_are_no_restatements(sentence: str) -> None:
    found = find_quantities(sentence)
    assert len(found) == 2
    assert [one.equivalent_of for one in found] == [None, None]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_the_same_amount_however_printed(one: str, other: str) -> None:
    assert amount(only(one)) == amount(only(other))


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_different_amounts(one: str, other: str) -> None:
    assert amount(only(one)) != amount(only(other))


def amount(one: Quantity) -> tuple[str | None, ...]:
    """Unit, number and range, to nine digits."""
    numbers = (one.number, one.low, one.high)
    return one.unit, *(None if number is None else f"{number:.9g}" for number in numbers)


def test_years_and_ages_are_no_amounts() -> None:
    found = find_quantities("In 2019 Anton Weil, 45, bought 12 of the 64 mills, aged three weeks in 1998")
    assert [one.text for one in found] == ["12", "64"]


def test_a_scale_is_shared_only_where_it_makes_a_range() -> None:
    low, high = only("500 to 900 thousand"), find_quantities("500 to 1.2 million")
    assert (low.low, low.high) == (500_000, 900_000)
    assert [(one.low, one.high) for one in high] == [(500, 1_200_000)]


PIECES = st.sampled_from(
    "12 17 1.2bn $ € £ A$ Rs % percent km miles (14 feet) grams from to between and or about over up at least - – 3-1"
    " two million dozens crowns , . 5 pounds m p C ° magnitude 2019 half a third of more + ~ Namibian dollars".split(
        " "
    )
)


@given(st.one_of(st.text(), st.lists(PIECES, max_size=14).map(" ".join), st.lists(PIECES, max_size=14).map("".join)))
def test_any_text_gives_amounts_at_their_place(text: str) -> None:
    found = find_quantities(text)
    for index, one in enumerate(found):
        assert text[one.start : one.end] == one.text
        assert one.text
        assert (one.number is None) == (one.low is not None and one.high is not None)
        assert all(one.start <= numeral.start and numeral.end <= one.end for numeral in one.numerals)
        assert one.equivalent_of is None or one.equivalent_of < index
        assert one.partner is None or found[one.partner].partner == index
    assert all(first.end <= second.start for first, second in pairwise(found))
    assert find_quantities(text) == found
