"""Mentions of time in sentences of many domains, resolved against the update's time and the outlet's zone."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streams.facts.times.mentions import TimeMention, find_times

NOW = datetime(2025, 3, 18, 16, 0, tzinfo=UTC)  # a Tuesday
NEW_YORK = ZoneInfo("America/New_York")
BERLIN = ZoneInfo("Europe/Berlin")
KOLKATA = ZoneInfo("Asia/Kolkata")

CLOCKS = [  # sentence, outlet's zone, text of the mention, moment in UTC, zone as printed
    ("The call began at 10:00 EDT (14:00 GMT), he said", None, "10:00 EDT (14:00 GMT)", "2025-03-18T14:00", "EDT"),
    ("The dam failed at about 4:20 a.m.", None, "4:20 a.m.", "2025-03-18T04:20", None),
    ("It went at around 4.20am, the authority said", BERLIN, "4.20am", "2025-03-18T03:20", None),
    ("It closes at noon", None, "noon", "2025-03-18T12:00", None),
    ("It closes at midday", NEW_YORK, "midday", "2025-03-18T16:00", None),
    ("It ends at midnight", None, "midnight", "2025-03-19T00:00", None),
    ("at 9 p.m. Moscow time", None, "9 p.m. Moscow time", "2025-03-18T18:00", "Moscow time"),
    ("at 4:52 p.m. Moscow time, Putin left", NEW_YORK, "4:52 p.m. Moscow time", "2025-03-18T13:52", "Moscow time"),
    (
        "started at 10 a.m. in Washington, which is 5 p.m. in Moscow, said Scavino",
        None,
        "10 a.m. in Washington, which is 5 p.m. in Moscow",
        "2025-03-18T14:00",
        "Washington",
    ),
    ("at 10:00 local time (0900 GMT)", None, "10:00 local time (0900 GMT)", "2025-03-18T09:00", "local time"),
    ("at 10:00 local time (0900 GMT)", NEW_YORK, "10:00 local time (0900 GMT)", "2025-03-18T09:00", "local time"),
    ("at 10 a.m. local time", BERLIN, "10 a.m. local time", "2025-03-18T09:00", "local time"),
    ("vote again at 0900 GMT", BERLIN, "0900 GMT", "2025-03-18T09:00", "GMT"),
    ("He left it at 13:52 GMT", NEW_YORK, "13:52 GMT", "2025-03-18T13:52", "GMT"),
    ("from 14.30 GMT", None, "14.30 GMT", "2025-03-18T14:30", "GMT"),
    ("at 1400 hours", BERLIN, "1400 hours", "2025-03-18T13:00", "hours"),
    ("at 10 o'clock", None, "10 o'clock", "2025-03-18T10:00", None),
    ("at five o'clock this afternoon", None, "five o'clock this afternoon", "2025-03-18T17:00", None),
    ("at one o'clock on Monday afternoon", None, "one o'clock on Monday afternoon", "2025-03-17T13:00", None),
    ("at nine o'clock in the morning", None, "nine o'clock", "2025-03-18T09:00", None),
    ("at nine o’clock", None, "nine o’clock", "2025-03-18T09:00", None),
    ("trading opens at 9:30 a.m. ET", None, "9:30 a.m. ET", "2025-03-18T13:30", "ET"),
    ("at 6 a.m. Pacific time", None, "6 a.m. Pacific time", "2025-03-18T13:00", "Pacific time"),
    ("at 6 a.m. PST", None, "6 a.m. PST", "2025-03-18T14:00", "PST"),
    ("at 15:00 CET", None, "15:00 CET", "2025-03-18T14:00", "CET"),
    ("at 15:00 UTC+2", None, "15:00 UTC+2", "2025-03-18T13:00", "UTC+2"),
    ("at 15:00 GMT-3:30", None, "15:00 GMT-3:30", "2025-03-18T18:30", "GMT-3:30"),
    ("at 15:00 IST", KOLKATA, "15:00 IST", "2025-03-18T09:30", "IST"),
    ("at 15:00 IST", ZoneInfo("Europe/Dublin"), "15:00 IST", "2025-03-18T14:00", "IST"),
    ("at 15:00 IST", ZoneInfo("Asia/Jerusalem"), "15:00 IST", "2025-03-18T13:00", "IST"),
    ("at 8 a.m. CST", ZoneInfo("Asia/Shanghai"), "8 a.m. CST", "2025-03-19T00:00", "CST"),  # there it is Wednesday
    ("at 8 a.m. CST", None, "8 a.m. CST", "2025-03-18T14:00", "CST"),
    ("at 11 a.m. London time", NEW_YORK, "11 a.m. London time", "2025-03-18T11:00", "London time"),
    ("at 8 a.m. in New York", BERLIN, "8 a.m. in New York", "2025-03-18T12:00", "New York"),
    ("at 10:00 BST / 09:00 GMT", None, "10:00 BST / 09:00 GMT", "2025-03-18T09:00", "BST"),
    ("the launch at 17h30", BERLIN, "17h30", "2025-03-18T16:30", None),
    ("The Update as of 4:45 P.M.", None, "4:45 P.M.", "2025-03-18T16:45", None),
]

CLOCK_AND_DAY = [
    (
        "Voting began at 14:00 local time (1300 GMT) on Thursday",
        None,
        "14:00 local time (1300 GMT) on Thursday",
        "2025-03-20T13:00",
    ),
    (
        "began on Tuesday at 10 a.m. local time, or 4 a.m. in New York",
        None,
        "Tuesday at 10 a.m. local time, or 4 a.m. in New York",
        "2025-03-18T08:00",
    ),
    ("to vote again at 0900 GMT on Thursday", None, "0900 GMT on Thursday", "2025-03-20T09:00"),
    ("due to close at noon on June 24", None, "noon on June 24", "2025-06-24T12:00"),
    ("due to close at noon on June 24", BERLIN, "noon on June 24", "2025-06-24T10:00"),
    ("Friday , March 13 , 2020 at 8 p.m.", None, "Friday , March 13 , 2020 at 8 p.m.", "2020-03-13T20:00"),
    ("Friday, at 8 p.m.", NEW_YORK, "Friday, at 8 p.m.", "2025-03-22T00:00"),
    ("on Wednesday at 3 p.m.", None, "Wednesday at 3 p.m.", "2025-03-19T15:00"),
    ("14:00 on Thursday", None, "14:00 on Thursday", "2025-03-20T14:00"),
    ("closed at midday on Friday", None, "midday on Friday", "2025-03-21T12:00"),
    ("in effect through 8:00 PM tonight", None, "8:00 PM tonight", "2025-03-18T20:00"),
    ("August 14th at 7:00 p.m.", None, "August 14th at 7:00 p.m.", "2025-08-14T19:00"),
    ("Update as of September 3, 2021 at 4:45 p.m.", None, "September 3, 2021 at 4:45 p.m.", "2021-09-03T16:45"),
    ("(September 6, 2021, 15:00)", None, "September 6, 2021, 15:00", "2021-09-06T15:00"),
    ("Today at 1 pm the sheriff spoke", None, "Today at 1 pm", "2025-03-18T13:00"),
    ("on Monday, Sept. 13th at 11 AM", None, "Monday, Sept. 13th at 11 AM", "2021-09-13T11:00"),
    ("midnight on Tuesday", None, "midnight on Tuesday", "2025-03-19T00:00"),
    ("9 a.m. tomorrow", None, "9 a.m. tomorrow", "2025-03-19T09:00"),
    ("As of 07:30 local time 14 June", ZoneInfo("Asia/Amman"), "07:30 local time 14 June", "2025-06-14T04:30"),
    ("8 p.m. local time (0100 GMT) on Thursday", None, "8 p.m. local time (0100 GMT) on Thursday", "2025-03-21T01:00"),
    ("5 a.m. local time (2000 GMT) on Friday", None, "5 a.m. local time (2000 GMT) on Friday", "2025-03-20T20:00"),
]  # fmt: skip

DST = [  # the same wall time on both sides of a change of clocks
    ("9 a.m. on March 28", BERLIN, "2025-03-28T08:00"),
    ("9 a.m. on March 31", BERLIN, "2025-03-31T07:00"),
    ("9 a.m. on March 8, 2025", NEW_YORK, "2025-03-08T14:00"),
    ("9 a.m. on March 10, 2025", NEW_YORK, "2025-03-10T13:00"),
]

DAYS = [  # sentence, text, first day, precision
    ("exchanged on March 19", "March 19", "2025-03-19", "day"),
    ("sold since Feb. 10 in nine states", "Feb. 10", "2025-02-10", "day"),
    ("A five-hour walk begins July 5", "July 5", "2025-07-05", "day"),
    ("24 June 2025", "24 June 2025", "2025-06-24", "day"),
    ("the 6th of September 2018", "6th of September 2018", "2018-09-06", "day"),
    ("born on May 22, 1974", "May 22, 1974", "1974-05-22", "day"),
    ("dated 2025-06-24", "2025-06-24", "2025-06-24", "day"),
    ("that was to begin on Saturday, July 5, the guild said", "Saturday, July 5", "2025-07-05", "day"),
    ("on Thursday 18 September", "Thursday 18 September", "2025-09-18", "day"),
    ("tomorrow", "tomorrow", "2025-03-19", "day"),
    ("yesterday evening", "yesterday evening", "2025-03-17", "day"),
    ("last night", "last night", "2025-03-17", "day"),
    ("this morning", "this morning", "2025-03-18", "day"),
    ("tonight", "tonight", "2025-03-18", "day"),
    ("next Monday", "next Monday", "2025-03-24", "day"),
    ("next Friday", "next Friday", "2025-03-28", "day"),
    ("last Friday", "last Friday", "2025-03-14", "day"),
    ("last Tuesday", "last Tuesday", "2025-03-11", "day"),
    ("this Friday", "this Friday", "2025-03-21", "day"),
    ("Tuesday's vote", "Tuesday", "2025-03-18", "day"),
    ("last week", "last week", "2025-03-10", "week"),
    ("next week", "next week", "2025-03-24", "week"),
    ("Earlier in the week", "Earlier in the week", "2025-03-17", "week"),
    ("this weekend", "this weekend", "2025-03-22", "week"),
    ("last month", "last month", "2025-02-01", "month"),
    ("carried 11m passengers last year", "last year", "2024-01-01", "year"),
    ("inspected the plant in November", "November", "2024-11-01", "month"),
    ("warned in January by engineers", "January", "2025-01-01", "month"),
    ("vote to strike in July", "July", "2025-07-01", "month"),
    ("in May the law was passed", "May", "2025-05-01", "month"),
    ("until December 2025", "December 2025", "2025-12-01", "month"),
    ("by the end of March", "March", "2025-03-01", "month"),
    ("last November", "last November", "2024-11-01", "month"),
    ("in 2019", "2019", "2019-01-01", "year"),
    ("founded in 1951", "1951", "1951-01-01", "year"),
    ("built in 1868", "1868", "1868-01-01", "year"),
    ("the budget for 2026", "2026", "2026-01-01", "year"),
    ("in the third quarter of 2024", "third quarter of 2024", "2024-07-01", "quarter"),
    ("Q3 2024 results", "Q3 2024", "2024-07-01", "quarter"),
]

WEEKDAYS = [  # tense, weekday, day: said on Tuesday, March 18
    (None, "Tuesday", "2025-03-18"),
    ("past", "Tuesday", "2025-03-18"),
    ("future", "Tuesday", "2025-03-18"),
    (None, "Friday", "2025-03-21"),
    ("past", "Friday", "2025-03-14"),
    ("future", "Friday", "2025-03-21"),
    (None, "Saturday", "2025-03-15"),
    ("past", "Saturday", "2025-03-15"),
    ("future", "Saturday", "2025-03-22"),
    (None, "Monday", "2025-03-17"),
    ("past", "Monday", "2025-03-17"),
    ("future", "Monday", "2025-03-24"),
    ("future", "Wednesday", "2025-03-19"),
    ("past", "Wednesday", "2025-03-12"),
]

CUES = [  # sentence, day of its first weekday: said on Tuesday, March 18
    ("The airline and the guild will sign an agreement on Saturday, both said", "2025-03-22"),
    ("The court is due to rule on Monday", "2025-03-24"),
    ("She is expected to be buried on Saturday", "2025-03-22"),
    ("It said on Friday that talks had failed", "2025-03-14"),
    ("The plant has been shut since Friday", "2025-03-14"),
    ("Talks planned for Thursday were called off", "2025-03-20"),
    ("Talks failed on Saturday", "2025-03-15"),
    ("Officials told reporters on Friday they would meet", "2025-03-14"),
]

YEARLESS = [  # tense, date, day
    ("past", "June 24", "2024-06-24"),
    ("future", "June 24", "2025-06-24"),
    ("past", "March 1", "2025-03-01"),
    ("future", "March 1", "2026-03-01"),
    ("future", "March 18", "2025-03-18"),
    ("future", "March", "2025-03-01"),
    (None, "December 20", "2024-12-20"),
    ("future", "February 29", "2028-02-29"),
    ("past", "February 29", "2024-02-29"),
]

SEVERAL_DAYS = [
    ("June 24 to 25, 2025", ["2025-06-24", "2025-06-25"]),
    ("on 24 and 25 June", ["2025-06-24", "2025-06-25"]),
    ("on 25-26 August", ["2025-08-25", "2025-08-26"]),
    ("from April 11 to 14, 2024", ["2024-04-11", "2024-04-14"]),
    ("from 21 July until 3 August", ["2025-07-21", "2025-08-03"]),
    ("a vote on Thursday follows Tuesday's and Wednesday's", ["2025-03-20", "2025-03-18", "2025-03-19"]),
]

DURATIONS = [  # sentence, text, minutes, comparator
    ("spoke for more than two hours", "two hours", 120, "more than"),
    ("ended after about an hour", "an hour", 60, "about"),
    ("a 90-minute call", "90-minute", 90, "exactly"),
    ("lasted 90 minutes", "90 minutes", 90, "exactly"),
    ("two and a half hours", "two and a half hours", 150, "exactly"),
    ("a two-and-a-half-hour call", "two-and-a-half-hour", 150, "exactly"),
    ("for an hour and a half", "an hour and a half", 90, "exactly"),
    ("half an hour", "half an hour", 30, "exactly"),
    ("two hours and 15 minutes", "two hours and 15 minutes", 135, "exactly"),
    ("A five-day strike", "five-day", 5 * 1440, "exactly"),
    ("a 30-day ceasefire", "30-day", 30 * 1440, "exactly"),
    ("a ceasefire of thirty days", "thirty days", 30 * 1440, "exactly"),
    ("a walkout of five days", "five days", 5 * 1440, "exactly"),
    ("for three weeks", "three weeks", 3 * 10080, "exactly"),
    ("a 12-hour flight", "12-hour", 720, "exactly"),
    ("given three more days to vote", "three more days", 3 * 1440, "exactly"),
    ("10 working days", "10 working days", 10 * 1440, "exactly"),
    ("in office for 26 months on average", "26 months", 26 * 43830, "exactly"),
    ("sentenced to 12 years", "12 years", 12 * 525960, "exactly"),
    ("14 percent over two years", "two years", 2 * 525960, "exactly"),
    ("talks lasted over two hours", "two hours", 120, "more than"),
    ("at least 6 months beyond the date", "6 months", 6 * 43830, "at least"),
    ("stays of up to 90 days", "90 days", 90 * 1440, "at most"),
    ("stays of 15 days or longer", "15 days", 15 * 1440, "at least"),
    ("less than 72 hours", "72 hours", 72 * 60, "fewer than"),
    ("must register within three days", "three days", 3 * 1440, "at most"),
    ("a week-long truce", "week-long", 10080, "exactly"),
    ("nearly a year", "a year", 525960, "about"),
    ("a lease of 12 months", "12 months", 525960, "exactly"),
    ("held for 45 seconds", "45 seconds", 0.75, "exactly"),
    ("It is thirty-one years since", "thirty-one years", 31 * 525960, "exactly"),
]

AGES = [
    ("A boy aged three weeks", "three weeks", 3 * 10080),
    ("the three-week-old boy", "three-week-old", 3 * 10080),
    ("a boy of three weeks", "three weeks", 3 * 10080),
    ("a 45-year-old man", "45-year-old", 45 * 525960),
    ("the baby is three weeks old", "three weeks old", 3 * 10080),
    ("a man aged 45", "45", 45 * 525960),
    ("anyone over 59 years of age", "59 years of age", 59 * 525960),
]

RELATIVE = [  # sentence, text, minutes, moment
    ("two hours ago", "two hours ago", 120, "2025-03-18T14:00"),
    ("Updated 9 minutes ago", "9 minutes ago", 9, "2025-03-18T15:51"),
    ("suspended three weeks ago", "three weeks ago", 3 * 10080, "2025-02-24T00:00"),
    ("for the past three days", "three days", 3 * 1440, "2025-03-15T00:00"),
    ("in the last 24 hours", "24 hours", 1440, "2025-03-17T16:00"),
    ("over the next two days", "two days", 2 * 1440, "2025-03-20T00:00"),
    ("a year ago", "a year ago", 525960, "2024-01-01T00:00"),
    ("five months ago", "five months ago", 5 * 43830, "2024-10-01T00:00"),
    ("in three days' time", "three days' time", 3 * 1440, "2025-03-21T00:00"),
    ("two days from now", "two days from now", 2 * 1440, "2025-03-20T00:00"),
    ("eight minutes before the call", "eight minutes before", 8, None),
    ("two days after lawmakers rejected it", "two days after", 2 * 1440, None),
    ("a day earlier", "a day earlier", 1440, None),
    ("the following day", "the following day", None, None),
]

RECURRING = [("every two hours", "two hours"), ("every Tuesday", "every Tuesday"), ("closed on Tuesdays", "Tuesdays")]

NO_TIMES = [
    "May 5 percent really be enough?",
    "It may be that they march",
    "12 people may march for a second cause",
    "a second ballot and a third vote",
    "wins of 80 km an hour",
    "the town of May Pen",
    "the last weekend of the tour",
    "more than 2000 people",
    "fined between 150 and 1800 euros",
    "batches LK4417 and LK4418",
    "the score was 3-1 and 76-74",
    "They sat in a corner with 10 friends",
    "a ratio of 4.2 to 1",
    "June Carter and April Jones",
    "Section 10.30 of the act",
    "Section 4 of the act",
    "the autumnal springs and the winterised summits",
]

UNKNOWN_WHEN = [("this summer", "quarter"), ("this winter", "quarter")]


def moment(printed: str | None) -> datetime | None:
    return None if printed is None else datetime.fromisoformat(printed).replace(tzinfo=UTC)


def only(sentence: str, zone: ZoneInfo | None = None, tense: str | None = None) -> TimeMention:
    found = find_times(sentence, NOW, zone, tense)  # type: ignore[arg-type]
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(("sentence", "zone", "text", "at", "zone_text"), CLOCKS)
def test_a_time_of_day_is_of_the_day_of_the_update(
    sentence: str, zone: ZoneInfo | None, text: str, at: str, zone_text: str | None
) -> None:
    mention = only(sentence, zone)
    assert (mention.text, mention.at, mention.zone_text) == (text, moment(at), zone_text)
    assert (mention.kind, mention.precision) == ("moment", "minute")


@pytest.mark.parametrize(("sentence", "zone", "text", "at"), CLOCK_AND_DAY)
def test_a_time_of_day_and_its_day_are_one_mention(sentence: str, zone: ZoneInfo | None, text: str, at: str) -> None:
    now = NOW.replace(year=2021) if "Sept." in sentence else NOW
    (mention,) = find_times(sentence, now, zone)
    assert (mention.text, mention.at, mention.precision) == (text, moment(at), "minute")


@pytest.mark.parametrize(("sentence", "zone", "at"), DST)
def test_summer_time_is_heeded(sentence: str, zone: ZoneInfo, at: str) -> None:
    assert only(sentence, zone).at == moment(at)


@pytest.mark.parametrize(("sentence", "text", "day", "precision"), DAYS)
def test_a_day_or_period_begins_at_midnight_utc(sentence: str, text: str, day: str, precision: str) -> None:
    for zone in (None, BERLIN):
        mention = next(one for one in find_times(sentence, NOW, zone) if one.kind == "moment")
        assert (mention.text, mention.at, mention.precision) == (text, moment(day), precision)
        assert mention.day == date.fromisoformat(day)


@pytest.mark.parametrize(("tense", "weekday", "day"), WEEKDAYS)
def test_a_bare_weekday_is_the_nearest_the_last_or_the_next(tense: str | None, weekday: str, day: str) -> None:
    assert only(f"on {weekday} in the square", None, tense).at == moment(day)


@pytest.mark.parametrize(("sentence", "day"), CUES)
def test_words_before_a_weekday_tell_its_tense(sentence: str, day: str) -> None:
    assert find_times(sentence, NOW)[0].at == moment(day)


@pytest.mark.parametrize(("tense", "printed", "day"), YEARLESS)
def test_a_date_without_year(tense: str | None, printed: str, day: str) -> None:
    assert only(f"{'on' if ' ' in printed else 'in'} {printed}", None, tense).at == moment(day)


def test_the_day_is_that_of_the_outlets_zone() -> None:
    late = datetime(2025, 3, 18, 23, 30, tzinfo=UTC)  # already Wednesday in Kolkata
    assert find_times("said today", late, KOLKATA)[0].day == date(2025, 3, 19)
    assert find_times("said today", late, NEW_YORK)[0].day == date(2025, 3, 18)
    assert find_times("at 1 a.m.", late, KOLKATA)[0].at == moment("2025-03-18T19:30")


@pytest.mark.parametrize(("sentence", "days"), SEVERAL_DAYS)
def test_several_days_are_several_mentions(sentence: str, days: list[str]) -> None:
    assert [str(one.day) for one in find_times(sentence, NOW)] == days


@pytest.mark.parametrize(("sentence", "text", "minutes", "comparator"), DURATIONS)
def test_lengths_of_time(sentence: str, text: str, minutes: float, comparator: str) -> None:
    mention = only(sentence)
    assert (mention.kind, mention.text, mention.comparator) == ("duration", text, comparator)
    assert mention.minutes == pytest.approx(minutes, rel=1e-12)
    assert (mention.at, mention.precision) == (None, None)


@pytest.mark.parametrize(("sentence", "text", "minutes"), AGES)
def test_ages_are_no_durations(sentence: str, text: str, minutes: float) -> None:
    mention = only(sentence)
    assert (mention.kind, mention.text, mention.minutes) == ("age", text, minutes)


@pytest.mark.parametrize(("sentence", "text", "minutes", "at"), RELATIVE)
def test_times_relative_to_the_update_or_to_an_event(
    sentence: str, text: str, minutes: float | None, at: str | None
) -> None:
    mention = only(sentence)
    assert (mention.kind, mention.text, mention.minutes, mention.at) == ("relative", text, minutes, moment(at))


@pytest.mark.parametrize(("sentence", "text"), RECURRING)
def test_recurring_times_have_no_moment(sentence: str, text: str) -> None:
    mention = only(sentence)
    assert (mention.kind, mention.text, mention.at) == ("recurring", text, None)


@pytest.mark.parametrize("sentence", NO_TIMES)
def test_what_only_looks_like_a_time(sentence: str) -> None:
    assert find_times(sentence, NOW) == []


@pytest.mark.parametrize(("sentence", "precision"), UNKNOWN_WHEN)
def test_a_season_depends_on_the_hemisphere(sentence: str, precision: str) -> None:
    mention = only(sentence)
    assert (mention.at, mention.precision, mention.kind) == (None, precision, "moment")


def test_local_time_nobody_knows_where() -> None:
    alone = only("at 10 a.m. local time")
    assert (alone.at, alone.zone_text) == (None, "local time")
    with_day = only("at 10 a.m. local time on Thursday")
    assert (with_day.at, with_day.precision) == (moment("2025-03-20"), "day")


def test_two_times_and_the_day_of_one_of_them() -> None:
    times = find_times("open on Thursday from 9 to 11 a.m. and until 5 p.m.", NOW)
    assert [one.at for one in times if one.precision == "minute"] == [
        moment("2025-03-20T09:00"),
        moment("2025-03-20T11:00"),
        moment("2025-03-20T17:00"),
    ]


def test_a_clock_far_from_the_one_day_of_its_sentence_is_of_that_day() -> None:
    day, clock = find_times("Before Thursday's vote, which was to begin at 10 a.m., they met", NOW)
    assert (day.text, day.precision) == ("Thursday", "day")
    assert (clock.text, clock.at) == ("10 a.m.", moment("2025-03-20T10:00"))


def test_a_past_clock_later_than_the_update_is_of_yesterday() -> None:
    assert only("at 9 p.m.", None, "past").at == moment("2025-03-17T21:00")
    assert only("at 9 p.m.", None, "future").at == moment("2025-03-18T21:00")
    assert only("at 9 p.m.").at == moment("2025-03-18T21:00")


def test_the_part_of_the_day_is_kept() -> None:
    assert [one.part for one in find_times("on Tuesday evening, this morning, tonight and Friday", NOW)] == [
        "evening",
        "morning",
        "night",
        None,
    ]


@pytest.mark.parametrize(
    ("sentence", "text", "at"),
    [
        ("The guns fell silent at six this morning", "six this morning", "2025-03-18T06:00"),
        ("Doors open at six on Tuesday", "six on Tuesday", "2025-03-18T06:00"),
        ("It went shortly after 9 in the evening", "9", "2025-03-18T21:00"),
    ],
)
def test_an_hour_alone_is_exact_to_the_hour(sentence: str, text: str, at: str) -> None:
    [mention] = find_times(sentence, NOW)
    assert (mention.text, mention.precision) == (text, "hour")
    assert mention.at == datetime.fromisoformat(at).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    "sentence", ["It came at six people's request", "They won by three on Tuesday", "at 5 in the group"]
)
def test_a_number_that_counts_is_no_hour(sentence: str) -> None:
    assert [mention for mention in find_times(sentence, NOW) if mention.precision == "hour"] == []


def test_about_a_time_of_day() -> None:
    assert only("at about 4:20 a.m.").comparator == "about"
    assert only("at around 4.20am").comparator == "about"
    assert only("shortly before noon").comparator == "about"
    assert only("at 4:20 a.m.").comparator == "exactly"


def test_a_range_of_lengths() -> None:
    assert only("a 10- to 15-day wait").most_minutes == 15 * 1440
    mention = only("two to three hours")
    assert (mention.minutes, mention.most_minutes, mention.comparator) == (120, 180, "between")


def test_impossible_dates_are_no_times() -> None:
    assert [one.text for one in find_times("on February 30 and on 2025-02-30 at a place", NOW)] == []


def test_two_times_of_one_zone_are_two_mentions() -> None:
    assert [one.text for one in find_times("between 9am and 2pm local time", NOW, BERLIN)] == ["9am", "2pm local time"]
    assert len(find_times("at 9 a.m. ET, 2 p.m. ET", NOW)) == 2
    assert len(find_times("at 9 a.m. EDT (9 p.m. GMT)", NOW)) == 2  # not the same moment
    assert [one.at for one in find_times("from 2200 until 0500", NOW)] == [
        moment("2025-03-18T22:00"),
        moment("2025-03-18T05:00"),
    ]


PIECES = st.sampled_from(
    "10:00 4.20am noon midnight on at Tuesday , ( ) 0900 GMT EDT local time Moscow in Washington June 24"
    " 2025 to 25 and next last week year two hours ago days old aged a an half over the past 30-day every 9"
    " 999999999 centuries billion from now UTC+2 May Q3 2019 or p.m. February 29 second -".split(" ")
)


@given(
    st.one_of(st.text(), st.lists(PIECES, max_size=14).map(" ".join), st.lists(PIECES, max_size=14).map("".join)),
    st.datetimes(timezones=st.just(UTC)),
    st.sampled_from([None, BERLIN, KOLKATA]),
    st.sampled_from([None, "past", "future"]),
)
def test_any_text_gives_times_at_their_place(
    text: str, reference: datetime, zone: ZoneInfo | None, tense: str | None
) -> None:
    found = find_times(text, reference, zone, tense)  # type: ignore[arg-type]
    assert all(text[one.start : one.end] == one.text and one.text for one in found)
    assert all(first.end <= second.start for first, second in pairwise(found))
    assert all(one.at is None or one.at.utcoffset() == timedelta(0) for one in found)
    assert all(one.kind != "duration" or one.minutes is not None for one in found)
    assert find_times(text, reference, zone, tense) == found  # type: ignore[arg-type]
