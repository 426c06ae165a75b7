"""Fact changes to alerts, each on its kind's topic; what is no fact change goes to the dead letters."""

from datetime import UTC, datetime

from schemas.topics import ALERT_TOPICS, DEAD_LETTERS, FACT_CHANGES
from schemas.updates import ArticleUpdate
from streams.agents.raise_alerts import read_alerts
from streams.tracking import RECEIVED_AT
from streams.wire import decode_alert, decode_dead_letter
from tests.agents import fake_tracker
from tests.agents.messages import message, update_json

NOW = datetime(2026, 3, 1, 10, tzinfo=UTC)


def change_values() -> list[bytes]:
    """A fact change with an alert, and the summary of its update."""
    update = ArticleUpdate.model_validate_json(update_json("a", story_id="s"))
    tracked = fake_tracker.track(update, fake_tracker.Memory({}), fake_tracker.Reading({"x": "1"}), None, NOW)  # type: ignore[arg-type]
    return [change.model_dump_json().encode() for change in tracked.changes]


def test_an_alert_goes_to_its_kinds_topic_and_a_summary_nowhere() -> None:
    messages = [message(n, value, "s", topic=FACT_CHANGES.name) for n, value in enumerate(change_values())]
    alerts = read_alerts(messages)
    [output] = alerts.outputs
    assert (output.topic, output.key) == (ALERT_TOPICS["statement"].name, b"s")
    assert decode_alert(output.value, output.headers) == alerts.raised[0][0]


def test_sentences_of_a_canceled_article_can_be_left_out() -> None:
    value = change_values()[0]
    canceled = value.replace(b'"reason":"new fact"', b'"reason":"article canceled"')
    assert canceled != value
    for reason, sentences, kept in ((value, False, True), (canceled, True, True), (canceled, False, False)):
        [(alert, _)] = read_alerts([message(0, reason, "s")], canceled_sentences=sentences).raised
        assert alert.after is not None
        said = [alert.after.evidence.sentence, *(one.evidence.sentence for one in alert.after.asserted.values())]
        assert [bool(sentence) for sentence in said] == [kept] * len(said)
        assert alert.summary


def test_a_change_without_an_alert_is_silent() -> None:
    value = change_values()[0]
    silent = value.replace(b'"alert":{', b'"ignored":{')
    assert silent != value
    assert read_alerts([message(0, silent, "s")]).outputs == []


def test_latency_counts_from_when_the_update_came() -> None:
    value = change_values()[0]
    told = read_alerts(
        [message(0, value, "s", headers=[(RECEIVED_AT, b"1000500")]), message(1, value, "s", timestamp=7.0)]
    )
    assert [received for _, received in told.raised] == [1000.5, 7.0]


def test_what_is_no_fact_change_is_buried_and_the_next_is_read() -> None:
    broken = message(3, b"{}", "s", topic=FACT_CHANGES.name)
    alerts = read_alerts([broken, message(4, None, "s"), message(5, change_values()[0], "s")])
    assert [output.topic for output in alerts.outputs[:2]] == [DEAD_LETTERS.name] * 2
    letter = decode_dead_letter(alerts.outputs[0].key, alerts.outputs[0].value, alerts.outputs[0].headers)
    assert (letter.reason, letter.topic, letter.offset) == ("invalid", FACT_CHANGES.name, 3)
    assert len(alerts.raised) == 1
