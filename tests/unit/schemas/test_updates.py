"""ArticleUpdate is strict: whatever is wrong is refused with an error that names its field."""

import json
from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from schemas.base import MAX_VERSION
from schemas.errors import explain
from schemas.updates import MAX_BODY_BYTES, ArticleUpdate, Subject

MINIMAL = {
    "article_id": "https://example.org/kaldern-dam",
    "version": 1,
    "source": "example.org",
    "headline": "Dam gives way above Lower Sorrel",
    "body": "A dam gave way before dawn on Tuesday.",
    "published_at": "2025-04-08T06:10:00Z",
    "updated_at": "2025-04-08T06:10:00Z",
}


def read(**fields: object) -> ArticleUpdate:
    return ArticleUpdate.model_validate_json(json.dumps(MINIMAL | fields))


def test_the_least_that_an_update_needs() -> None:
    update = read()
    assert (update.status, update.mode, update.language) == ("usable", "actual", "en")
    assert (update.story_id, update.url, update.timezone, update.embargo_until) == (None, None, None, None)
    assert (update.subjects, update.correction) == (None, None)


@pytest.mark.parametrize("field", sorted(MINIMAL))
def test_each_of_them_is_needed(field: str) -> None:
    raw = json.dumps({name: value for name, value in MINIMAL.items() if name != field})
    with pytest.raises(ValidationError) as refused:
        ArticleUpdate.model_validate_json(raw)
    assert explain(refused.value) == f"{field}: is missing"


TIME_EXPECTED = "should be a time with its zone, such as 2025-03-18T14:00:00Z"
ZONE_EXPECTED = "should be the IANA name of a time zone, such as Europe/London"
LANGUAGE_EXPECTED = "should be a BCP 47 language tag, such as en or en-GB"

WRONG: list[tuple[str, object, str]] = [
    ("titel", "x", "titel: is not a known field"),
    ("article_id", "", "article_id: should have at least 1 character (got '')"),
    ("article_id", None, "article_id: should be a valid string (got null)"),
    ("article_id", 7, "article_id: should be a valid string (got 7)"),
    ("article_id", "x" * 2049, f"article_id: should have at most 2048 characters (got '{'x' * 40}…')"),
    ("version", 0, "version: should be greater than or equal to 1 (got 0)"),
    ("version", -3, "version: should be greater than or equal to 1 (got -3)"),
    ("version", 2**63, f"version: should be less than or equal to {MAX_VERSION} (got {2**63})"),
    ("version", "1", "version: should be a valid integer (got '1')"),
    ("version", 1.5, "version: should be a valid integer (got 1.5)"),
    ("version", True, "version: should be a valid integer (got true)"),
    ("version", None, "version: should be a valid integer (got null)"),
    ("story_id", "", "story_id: should have at least 1 character (got '')"),
    ("story_id", 12, "story_id: should be a valid string (got 12)"),
    ("source", "", "source: should have at least 1 character (got '')"),
    ("url", ["https://example.org"], "url: should be a valid string (got a list)"),
    ("headline", None, "headline: should be a valid string (got null)"),
    ("body", {"text": "x"}, "body: should be a valid string (got an object)"),
    ("language", "english please", f"language: {LANGUAGE_EXPECTED} (got 'english please')"),
    ("language", "en\n", f"language: {LANGUAGE_EXPECTED} (got 'en\\n')"),
    ("language", None, "language: should be a valid string (got null)"),
    ("updated_at", "2025-04-08T06:10:00", f"updated_at: {TIME_EXPECTED} (got '2025-04-08T06:10:00')"),
    ("updated_at", "2025-04-08", f"updated_at: {TIME_EXPECTED} (got '2025-04-08')"),
    ("updated_at", "yesterday", f"updated_at: {TIME_EXPECTED} (got 'yesterday')"),
    ("updated_at", "1744092600", f"updated_at: {TIME_EXPECTED} (got '1744092600')"),
    ("updated_at", 1744092600, f"updated_at: {TIME_EXPECTED} (got 1744092600)"),
    ("updated_at", None, f"updated_at: {TIME_EXPECTED} (got null)"),
    ("published_at", "2025-02-30T06:10:00Z", "published_at: should be a time that exists (got '2025-02-30T06:10:00Z')"),
    (
        "published_at",
        "0001-01-01T00:00:00+14:00",
        "published_at: should lie within the years 1 to 9999 in UTC (got '0001-01-01T00:00:00+14:00')",
    ),
    ("embargo_until", "2025-04-08T06:10", f"embargo_until: {TIME_EXPECTED} (got '2025-04-08T06:10')"),
    ("status", "cancelled", "status: should be 'usable', 'withheld' or 'canceled' (got 'cancelled')"),
    ("mode", "live", "mode: should be 'actual', 'test', 'replay' or 'baseline' (got 'live')"),
    ("timezone", "Europe/Atlantis", f"timezone: {ZONE_EXPECTED} (got 'Europe/Atlantis')"),
    ("timezone", "europe/london", f"timezone: {ZONE_EXPECTED} (got 'europe/london')"),
    ("timezone", "../../etc/passwd", f"timezone: {ZONE_EXPECTED} (got '../../etc/passwd')"),
    ("timezone", "localtime", f"timezone: {ZONE_EXPECTED} (got 'localtime')"),
    ("timezone", "", f"timezone: {ZONE_EXPECTED} (got '')"),
    ("timezone", 0, "timezone: should be a valid string (got 0)"),
    ("subjects", "floods", "subjects: should be a valid array (got 'floods')"),
    ("subjects", [{"scheme": "s", "id": 3, "label": "l"}], "subjects[0].id: should be a valid string (got 3)"),
    ("subjects", [{"scheme": "s", "id": "i"}], "subjects[0].label: is missing"),
    (
        "subjects",
        [{"scheme": "s", "id": "i", "label": "l", "weight": 1}],
        "subjects[0].weight: is not a known field",
    ),
    ("correction", False, "correction: should be a valid string (got false)"),
]


@pytest.mark.parametrize(("field", "value", "line"), WRONG, ids=[f"{field}-{value!r:.30}" for field, value, _ in WRONG])
def test_what_is_wrong_names_its_field(field: str, value: object, line: str) -> None:
    with pytest.raises(ValidationError) as refused:
        read(**{field: value})
    assert explain(refused.value) == line


@pytest.mark.parametrize("raw", ["[]", '"text"', "17", "null", "true"])
def test_anything_but_an_object_is_refused(raw: str) -> None:
    with pytest.raises(ValidationError) as refused:
        ArticleUpdate.model_validate_json(raw)
    assert explain(refused.value).startswith("should be an object (got ")


@pytest.mark.parametrize("character", ["a", "é", "—", "😀"])
def test_a_body_may_have_a_million_bytes_and_not_one_more(character: str) -> None:
    width = len(character.encode())
    fits = character * (MAX_BODY_BYTES // width) + "." * (MAX_BODY_BYTES % width)
    assert len(read(body=fits).body.encode()) == 1_000_000
    with pytest.raises(ValidationError) as refused:
        read(body=fits + "!")
    assert explain(refused.value) == "body: has 1,000,001 bytes in UTF-8, at most 1,000,000 are allowed"


def test_a_lone_surrogate_is_refused_in_json_and_in_python() -> None:
    with pytest.raises(ValidationError):
        ArticleUpdate.model_validate_json(json.dumps(MINIMAL).replace("Dam", "\\ud800"))
    with pytest.raises(ValidationError) as refused:
        ArticleUpdate.model_validate(MINIMAL | {"headline": "\ud800"})
    assert explain(refused.value).startswith("headline: ")


@pytest.mark.parametrize(
    "nested",
    ["[" * 10_000 + "]" * 10_000, '{"a":' * 10_000 + "1" + "}" * 10_000, "[" * 150 + "]" * 150],
    ids=["lists", "objects", "not too deep for the parser"],
)
@pytest.mark.parametrize("field", ["subjects", "body", "unknown"])
def test_deep_nesting_is_refused_like_any_other_error(field: str, nested: str) -> None:
    with pytest.raises(ValidationError) as refused:
        ArticleUpdate.model_validate_json(json.dumps(MINIMAL)[:-1] + f', "{field}": {nested}}}')
    assert len(explain(refused.value)) < 200


def test_times_are_kept_in_utc() -> None:
    update = read(updated_at="2025-04-08T08:10:00+02:00", published_at="2025-04-08 06:10+0000")
    assert update.updated_at == datetime(2025, 4, 8, 6, 10, tzinfo=UTC)
    assert (update.updated_at.utcoffset(), update.published_at.utcoffset()) == (timedelta(0), timedelta(0))


def test_every_zone_that_the_standard_library_knows_by_its_iana_name_is_known() -> None:
    by_machine_only = {"localtime", "posixrules", "Factory"}
    unknown = []
    for name in sorted(available_timezones() - by_machine_only):
        try:
            read(timezone=name)
        except ValidationError:
            unknown.append(name)
    assert unknown == []


def test_the_story_key_is_the_story_or_else_the_article() -> None:
    assert read(story_id="kaldern-dam").story_key == "kaldern-dam"
    assert read().story_key == "https://example.org/kaldern-dam"


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
names = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60)
times = st.datetimes(
    min_value=datetime(2, 1, 1),  # noqa: DTZ001 (hypothesis takes naive bounds and adds the zone)
    max_value=datetime(9998, 12, 31),  # noqa: DTZ001
    timezones=st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes))),
)


@given(
    st.builds(
        ArticleUpdate,
        article_id=names,
        version=st.integers(1, MAX_VERSION),
        story_id=st.none() | names,
        source=names,
        url=st.none() | texts,
        headline=texts,
        body=texts,
        language=st.sampled_from(["en", "en-GB", "zh-Hans-CN", "de-CH-1996"]),
        published_at=times,
        updated_at=times,
        status=st.sampled_from(["usable", "withheld", "canceled"]),
        timezone=st.none() | st.sampled_from(["UTC", "Europe/Moscow", "America/Argentina/Buenos_Aires"]),
        mode=st.sampled_from(["actual", "test", "replay", "baseline"]),
        embargo_until=st.none() | times,
        subjects=st.none() | st.tuples(st.builds(Subject, scheme=texts, id=texts, label=texts)),
        correction=st.none() | texts,
    )
)
def test_what_is_written_is_read_back_the_same(update: ArticleUpdate) -> None:
    assert ArticleUpdate.model_validate_json(update.model_dump_json()) == update
    assert ArticleUpdate.model_validate(update.model_dump()) == update
