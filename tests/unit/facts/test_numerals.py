"""Numbers in sentences of many domains: what is one, its value, and what only looks like one."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streams.facts.numbers.numerals import Numeral, find_numerals
from streams.facts.numbers.ordinals import ordinal

WORDS_AND_DIGITS = [
    ("At least twelve people died", [("twelve", 12)]),
    ("Forty-one people were missing", [("Forty-one", 41)]),
    ("a hundred and five homes", [("a hundred and five", 105)]),
    ("one hundred and five dead", [("one hundred and five", 105)]),
    ("one hundred five dead", [("one hundred five", 105)]),
    ("roughly twelve hundred had been moved", [("twelve hundred", 1200)]),
    ("two thousand three hundred and twelve votes", [("two thousand three hundred and twelve", 2312)]),
    ("three million two hundred thousand doses", [("three million two hundred thousand", 3_200_000)]),
    ("two hundred thousand people", [("two hundred thousand", 200_000)]),
    ("two and a half times as many", [("two and a half", 2.5)]),
    ("one and a half million chickens", [("one and a half million", 1_500_000)]),
    ("a million and a half pounds", [("a million and a half", 1_500_000)]),
    ("two million and a half", [("two million and a half", 2_500_000)]),
    ("half a million homes", [("half a million", 500_000)]),
    ("half a dozen lawmakers", [("half a dozen", 6)]),
    ("a quarter of a million people", [("a quarter of a million", 250_000)]),
    ("a dozen villages", [("a dozen", 12)]),
    ("two dozen aircraft", [("two dozen", 24)]),
    ("3 dozen eggs", [("3 dozen", 36)]),
    ("seventy-six Democrats and seventy-four Republicans", [("seventy-six", 76), ("seventy-four", 74)]),
    ("four point two metres", [("four point two", 4.2)]),
    ("about 1,200 were moved", [("1,200", 1200)]),
    ("1,234,567 people", [("1,234,567", 1_234_567)]),
    ("1,20,000 farmers in Bihar", [("1,20,000", 120_000)]),
    ("rose to 4.2 metres", [("4.2", 4.2)]),
    ("1,200.50 euros", [("1,200.50", 1200.5)]),
    ("no less than 30 000 lari", [("30 000", 30_000)]),
    ("1\u2009200 people, 1\u202f300 homes", [("1\u2009200", 1200), ("1\u202f300", 1300)]),
    ("1\u00a0400 cars", [("1\u00a0400", 1400)]),
    ("12'500 Swiss voters and 3’400 others", [("12'500", 12_500), ("3’400", 3400)]),
    ("12,5 % of output", [("12,5", 12.5)]),
    ("1.2bn people", [("1.2bn", 1_200_000_000)]),
    ("it carried 11m passengers", [("11m", 11_000_000)]),
    ("48 billion crowns", [("48 billion", 48_000_000_000)]),
    ("36 thousand tins", [("36 thousand", 36_000)]),
    ("500 crore rupees", [("500 crore", 5_000_000_000)]),
    ("4.35 million people", [("4.35 million", 4_350_000)]),
    ("3.5 trillion yen", [("3.5 trillion", 3_500_000_000_000)]),
    ("10k followers", [("10k", 10_000)]),
    ("$3 m in damages", [("3 m", 3_000_000)]),
    ("a rise of 2½ points, ¾ of it in May", [("2½", 2.5), ("¾", 0.75)]),
    ("2 1/2 cups and 1/4 of the rest", [("2 1/2", 2.5), ("1/4", 0.25)]),
    ("It fell to -5 overnight and −12 in the hills", [("-5", -5), ("−12", -12)]),
    ("about .5 of a point", [(".5", 0.5)]),
    ("Of the 23, five were badly wounded and one died", [("23", 23), ("five", 5), ("one", 1)]),
    ("36 people, 17 of them children", [("36", 36), ("17", 17)]),
    ("a 150-seat Assembly", [("150", 150)]),
    ("by 76 votes to 74", [("76", 76), ("74", 74)]),
    ("175 for 175", [("175", 175), ("175", 175)]),
    ("ten ten-year-olds", [("ten", 10), ("ten", 10)]),
    ("Two Killed as Lorry Hits Bus", [("Two", 2)]),
    ("Police Say Two Killed in Station Blast", [("Two", 2)]),
    ('"Nineteen people are dead," he said', [("Nineteen", 19)]),
    ("nil deaths, zero cases", [("nil", 0), ("zero", 0)]),
    ("500+ people", [("500", 500)]),
    ("US$3m, A$5, Rs500, USD400", [("3m", 3_000_000), ("5", 5), ("500", 500), ("400", 400)]),
    ("R1.2bn in loans", [("1.2bn", 1_200_000_000)]),
    ("winds of 120km/h and 75mph", [("120", 120), ("75", 75)]),
    ("12p a share", [("12", 12)]),
    ("550.000 residents", [("550.000", 550_000)]),
]  # fmt: skip

INEXACT = [
    ("Dozens still missing below broken dam", [("Dozens", 12)]),
    ("hundreds of people", [("hundreds", 100)]),
    ("tens of thousands marched", [("tens of thousands", 10_000)]),
    ("hundreds of thousands of people", [("hundreds of thousands", 100_000)]),
    ("tens of millions of euros", [("tens of millions", 10_000_000)]),
    ("scores of families", [("scores", 20)]),
    ("several hundred soldiers", [("several hundred", 100)]),
    ("a few dozen protesters", [("a few dozen", 12)]),
    ("a couple of hours", [("a couple of", 2)]),
    ("many thousand acres", [("many thousand", 1000)]),
]

PARTS = [
    ("about one in six tins sold", [("one in six", 1 / 6)]),
    ("About a sixth of the tins", [("a sixth", 1 / 6)]),
    ("two-thirds of those voting", [("two-thirds", 2 / 3)]),
    ("two thirds of members", [("two thirds", 2 / 3)]),
    ("a third of the seats", [("a third", 1 / 3)]),
    ("profit fell by a third", [("a third", 1 / 3)]),
    ("sales rose by a quarter to a record", [("a quarter", 0.25)]),
    ("one-fifth of output", [("one-fifth", 0.2)]),
    ("one third fewer cases", [("one third", 1 / 3)]),
    ("three quarters of the crew", [("three quarters", 0.75)]),
    ("nine-tenths of the ice", [("nine-tenths", 0.9)]),
    ("half of the villages", [("half", 0.5)]),
    ("half the houses burned", [("half", 0.5)]),
    ("output fell by half", [("half", 0.5)]),
    ("two in five voters", [("two in five", 0.4)]),
    ("9 out of 10 doctors", [("9 out of 10", 0.9)]),
    ("one in every hundred births", [("one in every hundred", 0.01)]),
    ("1 in 4 adults", [("1 in 4", 0.25)]),
    ("1 in 10 million", [("1 in 10 million", 1e-7)]),
    ("a rating of 34 out of 100", [("34 out of 100", 0.34)]),
]

NOT_NUMBERS = [
    "at 10:00 local time (0900 GMT)",
    "at about 4:20 a.m.",
    "went at around 4.20am",
    "at 9 p.m. Moscow time",
    "close at noon on June 24",
    "on 24 June and on Feb. 10",
    "from June 24 to 25, 2025",
    "on 24 and 25 June",
    "on 25-26 August",
    "from batches LK4417 and LK4418",
    "an Airbus A320 and a Boeing 737",
    "Covid-19 and the G7",
    "the F-16s",
    "the M25 and the A1",
    "Flight 370 vanished",
    "Highway 50 towards Lake Tahoe",
    "Zones 12, 45 and 60",
    "(PLU Zone: 33)",
    "a level 3 alert and a category 4 storm",
    "Article 5 of the treaty",
    "No. 10 Downing Street",
    "No 10 said",
    "phase two of the deal",
    "Formula One and Formula 1",
    "in the second round",
    "a third infant has fallen ill",
    "the twenty-third most populous city",
    "on his 21st birthday, the 2nd",
    "call 0800 123 4567 or +44 20 7946 0123",
    "call 112, or dial 911",
    "you can call the police on 117",
    "phone 530-283-3673",
    "a 24/7 service",
    "the 9/11 attacks",
    "version 2.3.1 of the software",
    "see https://example.org/2024/15/a?id=12 or write to a12@example.org",
    "the 1990s and the 1980's",
    "temperatures in the 70s",
    "in the 2024-25 season and in 2023/24",
    "1. Wash the wound",
    "(2) Call for help",
    "no longer, no more than that",
    "one of the men",
    "at one point",
    "in one sitting",
    "one day he will",
    "one another",
    "on the one hand",
    "this one and that one",
    "the next one",
    "number one in the charts",
    "for one last time",
    "one by one they left",
    "a no-fly zone and a no-confidence motion",
    "she said no.",
    "from 0800 to 0930, 2200 until 0500",
    "Forest Order 05-11-00-21-15 of 9-10-21",
    "the S&P 500 and the FTSE 100",
    "at 10 Downing Street and 221 Baker Street",
    "in courtroom 4B",
    "select option 1 or take exit 16",
    "U.S.C. § 551 and §§ 3559",
    "[PLU 42-C] and 36-B",
    "Diamond Springs, CA 95619",
    "it may be in March or in May",
    "the second half of the year",
    "a no-deal outcome",
    "2SLGBTQI+ persons",
    "12345678901234567890 is too long",
]

IN_CONTEXT = [  # sentence, numbers that count; years, ages and zero words are elsewhere
    ("The 17 dead were named in June 2025 by 2 officials", ["17", "2"]),
    ("one lawmaker absent", ["one"]),
    ("only one person voted", ["one"]),
    ("one dead and two hurt", ["one", "two"]),
    ("at least one soldier", ["one"]),
    ("one to three hours", ["one", "three"]),
    ("one or two people", ["one", "two"]),
    ("for one day only", ["one"]),
    ("one fewer than the 23 announced", ["23"]),
    ("No one of the 12 was hurt", ["12"]),
    ("In March 12 people died", ["12"]),
    ("In May 5 percent of voters said so", ["5"]),
    ("May 5 percent really be enough?", ["5"]),
    ("On March 12 people died", []),
    ("the week 12 people died", ["12"]),
    ("on the bus 42 passengers slept", ["42"]),
    ("20,000 people ran the 100m final", ["20,000", "100"]),
    ("Water rose to 4.2m at the bridge", ["4.2"]),
    ("within 500m of the border", ["500"]),
    ("a wall 3m high", ["3"]),
    ("Bolt ran the 100m", ["100"]),
    ("minus five in the hills", ["minus five"]),
    ("the toll rose to 1.2m", ["1.2m"]),
    ("He leads the Group of Seven, and twenty-five ministers met in the city of Port Ellis", ["twenty-five"]),
    ("the teams of the Six Nations played three matches there on a cold and windy day", ["three"]),
    ("killing two in 3 villages", ["two", "3"]),
    ("it won two in three days", ["two", "three"]),
    ("sentenced to 12 years under section 3 of the act", ["12"]),
    ("Barclays cut 3,000 jobs at 14 sites", ["3,000", "14"]),
    ("a 70-acre fire burning since 3 p.m. with 187 firefighters", ["70", "187"]),
]  # fmt: skip

ZERO = [
    ("No illnesses have been linked to it", "No"),
    ("there were no injuries", "no"),
    ("None of the crew was hurt", "None"),
    ("nobody was in the house", "nobody"),
    ("no one was hurt", "no one"),
    ("zero cases in nine states", "zero"),
]

YEARS = [
    ("in 2019", True),
    ("since 1880", True),
    ("by 1850 metres", False),
    ("the 2026 budget", True),
    ("since 1994", True),
    ("dating from 1968, the wall", True),
    ("the 2024 elections", True),
    ("Budapest Pride 2025", True),
    ("its 2030 targets", True),
    ("more than 2000 people", False),
    ("killed 2000 people", False),
    ("$1999 in fees", False),
    ("some 1950 km away", False),
    ("2,019 people", False),
    ("2019% growth", False),
    ("1850 people", False),
]

AGES = [
    ("Anton Weil, 45, a baker", "45"),
    ("The suspect, 23, was arrested", "23"),
    ("a man aged 45", "45"),
    ("a 45-year-old man", "45"),
    ("she is 45 years old", "45"),
    ("at the age of 17", "17"),
    ("a boy aged three weeks", "three"),
    ("the three-week-old boy", "three"),
    ("some 17-year-olds", "17"),
    ("anyone over 59 years of age", "59"),
]

NOT_AGES = ["45 people, 12 children", "in Gaza, 17 people", "12 years", "a 45-year sentence"]

SCORES = [
    ("They won 3-1 on Sunday", ["3", "1"]),
    ("beat Everton 1–0", ["1", "0"]),
    ("a 2-2 draw", ["2", "2"]),
    ("lost 1-3 at home", ["1", "3"]),
    ("a 76-74 vote", ["76", "74"]),
    ("10-15 people", []),
    ("10-15 percent", []),
    ("5-10bn", []),
]

ORDINALS = {
    "third": 3,
    "2nd": 2,
    "twenty-first": 21,
    "21st": 21,
    "1,000th": 1000,
    "hundredth": 100,
    "thirteenth": 13,
    "fortieth": 40,
    "twenty-tenth": None,
    "half-first": None,
    "12": None,
    "thirds": None,
    "": None,
    "-": None,
}


def found(text: str) -> list[tuple[str, int | float]]:
    return [(one.text, one.value) for one in find_numerals(text)]


@pytest.mark.parametrize(("sentence", "expected"), WORDS_AND_DIGITS)
def test_reads_words_and_digits(sentence: str, expected: list[tuple[str, int | float]]) -> None:
    assert found(sentence) == expected
    assert not any(one.approximate or one.fraction for one in find_numerals(sentence) if "/" not in one.text)


@pytest.mark.parametrize(("sentence", "expected"), INEXACT)
def test_inexact_plurals_have_their_unit_as_value(sentence: str, expected: list[tuple[str, int | float]]) -> None:
    assert found(sentence) == expected
    assert all(one.approximate for one in find_numerals(sentence))


@pytest.mark.parametrize(("sentence", "expected"), PARTS)
def test_reads_parts_of_a_whole(sentence: str, expected: list[tuple[str, float]]) -> None:
    numerals = find_numerals(sentence)
    assert [one.text for one in numerals] == [text for text, _ in expected]
    assert [one.value for one in numerals] == pytest.approx([value for _, value in expected], rel=1e-12)
    assert all(one.fraction for one in numerals)


@pytest.mark.parametrize("sentence", NOT_NUMBERS)
def test_what_only_looks_like_a_number(sentence: str) -> None:
    assert [one.text for one in find_numerals(sentence)] == []


@pytest.mark.parametrize(("sentence", "expected"), IN_CONTEXT)
def test_the_words_around_decide(sentence: str, expected: list[str]) -> None:
    counting = [one for one in find_numerals(sentence) if not (one.zero_word or one.year_like or one.age)]
    assert [one.text for one in counting] == expected


@pytest.mark.parametrize(("sentence", "word"), ZERO)
def test_zero_in_words_is_flagged(sentence: str, word: str) -> None:
    zeros = [one for one in find_numerals(sentence) if one.zero_word]
    assert [(one.text, one.value) for one in zeros] == [(word, 0)]


@pytest.mark.parametrize(("sentence", "year"), YEARS)
def test_a_bare_year_is_flagged(sentence: str, year: bool) -> None:
    assert [one.year_like for one in find_numerals(sentence)] == [year]


@pytest.mark.parametrize(("sentence", "age"), AGES)
def test_ages_are_flagged(sentence: str, age: str) -> None:
    assert [one.text for one in find_numerals(sentence) if one.age] == [age]


def test_both_ages_of_a_pair_are_flagged() -> None:
    for sentence in ("16- and 17-year-olds", "men between 18 and 60 years of age", "aged 12 to 15"):
        assert [one.age for one in find_numerals(sentence)] == [True, True]


@pytest.mark.parametrize("sentence", NOT_AGES)
def test_counts_are_no_ages(sentence: str) -> None:
    numerals = find_numerals(sentence)
    assert numerals
    assert not any(one.age for one in numerals)


@pytest.mark.parametrize(("sentence", "sides"), SCORES)
def test_scores_are_flagged_and_ranges_are_not(sentence: str, sides: list[str]) -> None:
    assert [one.text for one in find_numerals(sentence) if one.score] == sides


@pytest.mark.parametrize(("word", "number"), ORDINALS.items())
def test_ordinals(word: str, number: int | None) -> None:
    assert ordinal(word) == number


PIECES = st.sampled_from(
    "one two twelve hundred thousand million and a half third quarter dozens no none 12 1,200 4.2 1.2bn 3-1 2019 $ % ."
    " , - – ( ) in of to ½ May 5 10:00 a.m. LK4417 point couple few several to\u00a0 ' ’ \n § + − level No.".split(" ")
)


@given(st.one_of(st.text(), st.lists(PIECES, max_size=14).map(" ".join), st.lists(PIECES, max_size=14).map("".join)))
def test_any_text_gives_numbers_at_their_place(text: str) -> None:
    numerals = find_numerals(text)
    assert all(text[one.start : one.end] == one.text and one.text for one in numerals)
    assert all(first.end <= second.start for first, second in pairwise(numerals))
    assert find_numerals(text) == numerals


@given(st.integers(min_value=0, max_value=10**15 - 1))
def test_grouped_digits_keep_their_value(number: int) -> None:
    assert find_numerals(f"about {number:,} people") == [Numeral(6, 6 + len(f"{number:,}"), number, f"{number:,}")]


TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()


def spelled(number: int) -> str:
    """An independent speller, to 999,999."""
    if number >= 1000:
        rest = number % 1000
        tail = f" and {spelled(rest)}" if 0 < rest < 100 else f" {spelled(rest)}" if rest else ""
        return f"{spelled(number // 1000)} thousand{tail}"
    if number >= 100:
        return f"{spelled(number // 100)} hundred" + (f" and {spelled(number % 100)}" if number % 100 else "")
    if number < 20:
        return SMALL[number]
    return TENS[number // 10 - 2] + (f"-{SMALL[number % 10]}" if number % 10 else "")


@given(st.integers(min_value=2, max_value=999_999))
def test_spelled_numbers_are_read_back(number: int) -> None:
    assert [one.value for one in find_numerals(f"some {spelled(number)} people")] == [number]
