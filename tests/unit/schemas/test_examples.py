"""The example files: valid by their schemas, read and written back by their models, and true to one another."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest
from jsonschema import Draft202012Validator
from pydantic import BaseModel, ValidationError

from schemas.alerts import Alert, alert_id
from schemas.changes import CHANGE, FactChange, Outcome, UpdateSummary
from schemas.decode import BadMessage, decode_update
from schemas.facts import Evidence, Fact
from schemas.generate import json_schema
from schemas.updates import ArticleUpdate, Mode, Status
from schemas.values import VALUE_OF_KIND
from tests.unit.schemas.examples import FILES, alerts, changes, dead_letter, example, facts, model_of, updates

VALIDATORS = {model: Draft202012Validator(json_schema(model)) for model in {model_of(path) for path in FILES}}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_an_example_is_valid_and_survives_its_model(path: Path) -> None:
    data = example(path.name)
    model = model_of(path)
    assert [error.message for error in VALIDATORS[model].iter_errors(data)] == []
    read = model.model_validate_json(path.read_bytes())
    written = json.loads(read.model_dump_json(exclude_unset=model is ArticleUpdate))
    assert written == data
    assert model.model_validate_json(read.model_dump_json()) == read


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_without_any_one_required_field_it_is_valid_for_neither(path: Path) -> None:
    data, model = example(path.name), model_of(path)
    for name in json_schema(model)["required"]:
        less = {field: value for field, value in data.items() if field != name}
        assert not VALIDATORS[model].is_valid(less)
        with pytest.raises(ValidationError):
            model.model_validate_json(json.dumps(less))


def test_there_is_an_update_for_each_status_and_more() -> None:
    assert {update.status for update in updates().values()} == set(get_args(Status))
    assert {update.mode for update in updates().values()} <= set(get_args(Mode))
    assert set(example("article-update-full.json")) == set(ArticleUpdate.model_fields)
    minimal = example("article-update-minimal.json")
    assert set(minimal) == set(json_schema(ArticleUpdate)["required"])
    assert updates()["article-update-embargoed"].embargo_until is not None
    assert updates()["article-update-baseline"].mode == "baseline"


def test_there_is_a_fact_of_each_kind_and_a_change_of_each_outcome() -> None:
    assert {fact.kind for fact in facts().values()} == set(VALUE_OF_KIND)
    assert {change.outcome for change in changes().values()} == set(get_args(Outcome))


# The case table: change, kind, before's state, after's state, and how much older than the alert its evidence is.
CASES: dict[str, tuple[str, str, str | None, str | None, int]] = {
    "alert-not-known": ("initial", "figure", None, "active", 0),
    "alert-value-changed": ("update", "event-status", "active", "active", 0),
    "alert-withdrawn-by-its-source": ("retraction", "action", "active", "retracted", 0),
    "alert-denied-by-another": ("initial", "position", None, "active", 0),
    "alert-claim-removed": ("retraction", "action", "removed", None, 1),
    "alert-article-canceled": ("retraction", "position", "retracted", None, 1),
    "alert-correction-note": ("initial", "correction", None, "active", 0),
    "alert-fact-corrected": ("update", "figure", "active", "corrected", 0),
}


def test_there_is_an_alert_for_each_case() -> None:
    assert {name: _case(alert) for name, alert in alerts().items()} == CASES


def _case(alert: Alert) -> tuple[str, str, str | None, str | None, int]:
    states = [None if fact is None else fact.state for fact in (alert.before, alert.after)]
    return alert.change, alert.kind, states[0], states[1], alert.version - _told(alert).evidence.version


def _told(alert: Alert) -> Fact:
    fact = alert.after or alert.before
    assert fact is not None
    return fact


def _every_alert() -> dict[str, Alert]:
    in_changes = {name: change.alert for name, change in changes().items() if change.alert is not None}
    return alerts() | in_changes


@pytest.mark.parametrize(("name", "alert"), _every_alert().items())
def test_an_alert_has_the_id_that_follows_from_it(name: str, alert: Alert) -> None:
    fact, value = _told(alert), None if alert.after is None else alert.after.value
    made = alert_id(alert.story_id, alert.article_id, alert.version, alert.kind, alert.change, fact.key, value)
    assert alert.id == made, name
    assert (fact.kind, fact.key.split("|")[0]) == (alert.kind, alert.kind)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_evidence_stands_where_its_offsets_say(path: Path) -> None:
    articles = {(update.article_id, update.version): update for update in updates().values()}
    read = model_of(path).model_validate_json(path.read_bytes())
    for evidence in _evidence(read):
        update = articles[evidence.article_id, evidence.version]
        assert getattr(update, evidence.field)[evidence.start : evidence.end] == evidence.sentence
        assert (evidence.source, evidence.url) == (update.source, update.url)


def _evidence(node: Any) -> Iterator[Evidence]:
    if isinstance(node, Evidence):
        yield node
    elif isinstance(node, BaseModel):
        for name in type(node).model_fields:
            yield from _evidence(getattr(node, name))
    elif isinstance(node, dict | tuple):
        for part in node.values() if isinstance(node, dict) else node:
            yield from _evidence(part)


def test_evidence_is_found_wherever_it_may_stand() -> None:
    whole = changes()["fact-change-changed"]
    assert len(list(_evidence(whole))) == 8  # before and after, the same in the alert, each with its article's own


@pytest.mark.parametrize("alert", alerts().values(), ids=alerts())
def test_an_alert_is_headed_by_the_version_that_caused_it(alert: Alert) -> None:
    cause = {(update.article_id, update.version): update for update in updates().values()}
    update = cause[alert.article_id, alert.version]
    assert (alert.story_id, alert.source, alert.url) == (update.story_key, update.source, update.url)
    assert (alert.headline, alert.published_at) == (update.headline, update.published_at)
    assert (alert.updated_at, alert.embargo_until) == (update.updated_at, update.embargo_until)


def test_changes_are_told_apart_by_their_record() -> None:
    for name, model in {"fact-change-new": FactChange, "update-summary": UpdateSummary}.items():
        assert type(CHANGE.validate_python(example(f"{name}.json"))) is model


def test_the_dead_letter_failed_for_the_reason_that_it_tells() -> None:
    dead = dead_letter()
    with pytest.raises(BadMessage) as refused:
        decode_update(dead.value)
    assert (refused.value.reason, refused.value.detail) == (dead.reason, dead.detail)
