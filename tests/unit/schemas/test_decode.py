"""decode_update tells apart what is wrong with a message, and nothing but BadMessage comes out of it."""

import json
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.dead_letters import MAX_DETAIL, DeadLetterReason
from schemas.decode import BadMessage, decode_update
from schemas.updates import ArticleUpdate

GOOD = {
    "article_id": "a",
    "version": 1,
    "source": "example.org",
    "headline": "Dam gives way",
    "body": "Forty-one people were missing — “still”, the governor said.",
    "published_at": "2025-04-08T06:10:00Z",
    "updated_at": "2025-04-08T06:10:00Z",
}
RAW = json.dumps(GOOD, ensure_ascii=False).encode()


def test_a_good_message_is_read() -> None:
    assert decode_update(RAW) == ArticleUpdate.model_validate(GOOD)


BAD: dict[str, tuple[bytes | None, DeadLetterReason, str]] = {
    "tombstone": (None, "empty", "the message has no value (a tombstone)"),
    "empty": (b"", "empty", "the message is empty"),
    "blank": (b" \r\n", "empty", "the message is empty"),
    "text": (b"hello", "not valid JSON", "is not valid JSON: expected value at line 1 column 1"),
    "cut": (RAW[:-9], "not valid JSON", "is not valid JSON: EOF while parsing a string at line 1 column "),
    "two": (RAW + RAW, "not valid JSON", "is not valid JSON: trailing characters at line 1 column "),
    "lone surrogate": (RAW.replace(b"Dam", b"\\udc00"), "not valid JSON", "is not valid JSON: "),
    "latin-1": (
        json.dumps(GOOD, ensure_ascii=False).replace("—", "-").encode("cp1252"),
        "not valid UTF-8",
        "byte 0x93",
    ),
    "utf-16": (RAW.decode().encode("utf-16"), "not valid UTF-8", "byte 0xff at offset 0 is not UTF-8"),
    "deep list": (b"[" * 10_000 + b"]" * 10_000, "not valid JSON", "is not valid JSON: recursion limit exceeded"),
    "deep, not closed": (b"[" * 10_000, "not valid JSON", "is not valid JSON: recursion limit exceeded"),
    "deep field": (
        RAW[:-1] + b',"subjects":' + b'[{"a":' * 10_000 + b"1" + b"}]" * 10_000 + b"}",
        "not valid JSON",
        "is not valid JSON: recursion limit exceeded",
    ),
    "list": (b"[" + RAW + b"]", "invalid", "should be an object (got a list)"),
    "number": (b"17", "invalid", "should be an object (got 17)"),
    "null": (b"null", "invalid", "should be an object (got null)"),
    "wrong type": (RAW.replace(b'"version": 1', b'"version": "1"'), "invalid", "version: should be a valid integer"),
    "unknown field": (RAW[:-1] + b',"title":"x"}', "invalid", "title: is not a known field"),
    "no such zone": (RAW[:-1] + b',"timezone":"Mars/Tharsis"}', "invalid", "timezone: should be the IANA name"),
    "long body": (
        json.dumps(GOOD | {"body": "x" * 1_000_001}).encode(),
        "body too long",
        "body: has 1,000,001 bytes in UTF-8, at most 1,000,000 are allowed",
    ),
    "long body and more": (
        json.dumps(GOOD | {"body": "x" * 1_000_001, "version": 0}).encode(),
        "body too long",
        "version: should be greater than or equal to 1 (got 0); body: has 1,000,001 bytes",
    ),
}


@pytest.mark.parametrize(("raw", "reason", "detail"), BAD.values(), ids=BAD)
def test_a_bad_message_is_told_with_its_reason(raw: bytes | None, reason: DeadLetterReason, detail: str) -> None:
    with pytest.raises(BadMessage) as refused:
        decode_update(raw)
    assert refused.value.reason == reason
    assert refused.value.detail.startswith(detail)
    assert str(refused.value) == f"{reason}: {refused.value.detail}"


def test_every_reason_that_decoding_can_give_is_tried_here() -> None:
    given_later = {"story changed", "failed"}
    assert {reason for _, reason, _ in BAD.values()} == set(get_args(DeadLetterReason)) - given_later


json_values = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(st.binary(max_size=200) | json_values.map(lambda value: json.dumps(value).encode()))
def test_whatever_arrives_is_bad_in_one_short_line(raw: bytes) -> None:
    with pytest.raises(BadMessage) as refused:
        decode_update(raw)
    assert len(refused.value.detail) <= MAX_DETAIL
    assert refused.value.detail.isprintable()


@given(field=st.sampled_from(sorted(ArticleUpdate.model_fields)), value=json_values)
def test_whatever_stands_in_a_field_is_read_or_told_by_its_name(field: str, value: object) -> None:
    try:
        update = decode_update(json.dumps(GOOD | {field: value}).encode())
    except BadMessage as refused:
        assert refused.reason != "invalid" or refused.detail.startswith(field)
        assert refused.detail.isprintable()
    else:
        assert decode_update(update.model_dump_json().encode()) == update
