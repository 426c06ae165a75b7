"""What an alert says besides the fact: priority, certainty, silent edit, what is told along, its proof and its id."""

import pytest

from schemas.alerts import Alert, alert_id
from schemas.facts import Evidence
from schemas.updates import ArticleUpdate
from tests.unit.facts.desk import Desk, text

SIDE = "The valley is popular with hikers."
FARM = "The farm lies on the edge of Larvik."
OPENING = text("Strong winds blew all night.", SIDE, FARM)


def told_later(sentence: str, *, first: bool, headline: str = "") -> Alert:
    """The alert of a sentence that a known story adds: as its first paragraph, or as its last."""
    desk = Desk()
    desk.tell(OPENING, headline)
    body = text(sentence, OPENING) if first else text(OPENING, sentence)
    return desk.tell(body, headline).alert


@pytest.mark.parametrize(
    ("sentence", "in_lead", "further_down"),
    [
        ("The strike of the dockers has ended.", "flash", "urgent"),
        ("The flood killed 12 people.", "flash", "urgent"),
        ("The flood injured 12 people.", "flash", "urgent"),
        ("In all, 12 people are missing.", "flash", "urgent"),
        ("The court in Tarn sentenced the banker.", "flash", "urgent"),
        ("The factory employs 300 people.", "urgent", "routine"),
        ('"We will never sell this land to anybody", said Maria Holm.', "urgent", "routine"),
        ("The union has rejected an offer of the owners, it said on Monday.", "urgent", "routine"),
    ],
)
def test_priority(sentence: str, in_lead: str, further_down: str) -> None:
    assert told_later(sentence, first=True).priority == in_lead
    assert told_later(sentence, first=False).priority == further_down


def test_a_headline_counts_as_the_lead() -> None:
    assert Desk().tell(OPENING, "Dockers' strike has ended").alert.priority == "flash"


def test_a_mere_possibility_is_no_flash() -> None:
    alert = told_later("The flood may have killed 12 people.", first=True)
    assert (alert.priority, alert.certainty) == ("urgent", "possible")


@pytest.mark.parametrize(("first", "priority"), [(True, "flash"), (False, "urgent")])
def test_an_expected_statement_that_is_released(first: bool, priority: str) -> None:
    desk = Desk()
    for sentence in ("The ministry will publish a report.", "The ministry has published a report."):
        body = text(sentence, OPENING) if first else text(OPENING, sentence)
        outcome = desk.tell(body, "Winds in the valley")
    assert (outcome.alert.kind, outcome.alert.change, outcome.alert.priority) == ("statement", "update", priority)


@pytest.mark.parametrize(("first", "priority"), [(True, "flash"), (False, "urgent")])
def test_a_withdrawal_by_the_own_source(first: bool, priority: str) -> None:
    desk = Desk()
    desk.tell(OPENING)
    for sentence in ("The factory poisoned the river.", "The factory did not poison the river."):
        outcome = desk.tell(text(sentence, OPENING) if first else text(OPENING, sentence))
    assert (outcome.alert.change, outcome.alert.priority) == ("retraction", priority)


@pytest.mark.parametrize(
    ("sentence", "certainty"),
    [
        ("The flood injured 12 people.", "observed"),
        ("The flood injured 12 people, police said.", "observed"),
        ("The flood injured 12 people, Governor Ada Lindt said.", "observed"),
        ("The firm will cut 300 jobs.", "likely"),
        ("The flood probably injured 12 people.", "likely"),
        ("The flood reportedly injured 12 people.", "possible"),
        ("The flood injured 12 people, sources said.", "possible"),
        ("The flood injured 12 people, a source said.", "possible"),
        ("The flood injured 12 people, sources close to the rescue said.", "possible"),
        ("The flood injured 12 people, people familiar with the matter said.", "possible"),
        ("The flood may have injured 12 people.", "possible"),
        ("The firm could cut 300 jobs.", "possible"),
    ],
)
def test_certainty(sentence: str, certainty: str) -> None:
    assert told_later(sentence, first=False).certainty == certainty


@pytest.mark.parametrize(
    ("before", "after", "silent"),
    [
        ("The factory employs 300 people.", "The factory employs 350 people.", True),
        ("The mayor rejected the plan for the harbour.", "The mayor supported the plan for the harbour.", True),
        ("The factory employs 300 people.", "The factory now employs 350 people.", False),
        ("The factory employs 300 people.", "The factory raised the number of people from 300 to 350.", False),
        (
            "The factory employs 300 people.",
            "The factory employs 350 people, the owner said in a revised count.",
            False,
        ),
        ("The flood killed 12 people.", "The flood killed 17 people.", False),
        ("The strike is under way.", "The strike has ended.", False),
    ],
)
def test_silent_edit(before: str, after: str, silent: bool) -> None:
    desk = Desk()
    desk.tell(text(before, SIDE))
    alerts = desk.tell(text(after, SIDE)).alerts
    assert alerts
    assert {alert.silent_edit for alert in alerts} == {silent}


def test_a_change_that_a_note_names_is_no_silent_edit() -> None:
    desk = Desk()
    desk.tell(text("The factory employs 300 people.", SIDE))
    outcome = desk.tell(text("The factory employs 350 people.", SIDE), correction="It is 350 people, not 300.")
    assert [alert.silent_edit for alert in outcome.alerts if alert.kind == "figure"] == [False]


def test_what_another_article_changes_is_no_silent_edit() -> None:
    desk = Desk()
    desk.tell(text("The factory employs 300 people.", SIDE))
    assert not desk.tell(text("The factory employs 350 people.", SIDE), article="b").alert.silent_edit


def test_a_first_telling_is_no_silent_edit() -> None:
    assert not told_later("The factory employs 300 people.", first=False).silent_edit


def test_one_clause_is_one_alert_and_the_first_kind_in_order_gives_it_its_kind() -> None:
    desk = Desk()
    desk.tell(OPENING)
    outcome = desk.tell(text(OPENING, "The talks at the bank in Tarn have ended."))
    alert = outcome.alert
    assert alert.kind == "event-status"
    assert "action" in [fact.kind for fact in alert.related]
    along = [change for change in outcome.facts if change.reason.startswith("told with")]
    assert {change.reason for change in along} == {f"told with {alert.id}"}
    assert all(change.alert is None for change in along)


def test_what_was_done_and_nobody_had_announced_is_told_as_an_action() -> None:
    desk = Desk()
    desk.tell(OPENING)
    alert = desk.tell(text(OPENING, "The head of the bank in Tarn has resigned.")).alert
    assert (alert.kind, alert.change, alert.priority) == ("action", "initial", "urgent")
    assert [fact.kind for fact in alert.related] == ["event-status"]


def test_what_was_announced_and_is_done_is_told_as_an_event() -> None:
    desk = Desk()
    desk.tell(text("Petra Holm will visit Tarn on Friday.", SIDE))
    alert = desk.tell(text("Petra Holm visited Tarn on Friday.", SIDE)).alert
    assert (alert.kind, alert.change) == ("event-status", "update")


def test_a_duration_is_told_apart_from_the_end() -> None:
    desk = Desk()
    desk.tell(text("The strike of the dockers is under way.", SIDE))
    alerts = desk.tell(text("The strike of the dockers ended after two hours.", SIDE)).alerts
    assert [alert.kind for alert in alerts] == ["event-status", "event-time"]


@pytest.mark.parametrize(
    "before",
    [
        "",
        "A 🔥 in the hills. ",
        "Cafe\u0301 Ara\u0308 was shut. ",
        "\u200bNobody slept. ",
        "“Go!” — they ran. ",
        "\t\u00a0 ",
    ],
)
def test_evidence_is_the_sentence_to_the_letter(before: str) -> None:
    desk = Desk()
    desk.tell(text("🌊 Strong winds blew all night.", SIDE))
    body = text("🌊 Strong winds blew all night.", SIDE, f"{before}The factory employs 300 people.")
    outcome = desk.tell(body, "🌊 Winds")
    [figure] = [alert for alert in outcome.alerts if alert.kind == "figure"]
    assert figure.after is not None
    evidence = figure.after.evidence
    assert body[evidence.start : evidence.end] == evidence.sentence == "The factory employs 300 people."
    assert (evidence.field, evidence.article_id, evidence.version) == ("body", "a", 2)
    assert (evidence.source, evidence.url) == (outcome.update.source, outcome.update.url)


def test_evidence_from_a_headline_is_to_the_letter() -> None:
    headline = " \u00a0🔥 Dockers\u2019 strike has ended\u00a0 "
    outcome = Desk().tell(OPENING, headline)
    assert outcome.alert.after is not None
    evidence = outcome.alert.after.evidence
    assert evidence.field == "headline"
    assert headline[evidence.start : evidence.end] == evidence.sentence == headline.strip()


def _proofs(alert: Alert) -> list[Evidence]:
    facts = [fact for fact in (alert.before, alert.after, *alert.related) if fact]
    return [fact.evidence for fact in facts] + [a.evidence for fact in facts for a in fact.asserted.values()]


def test_every_proof_of_a_whole_story_is_to_the_letter_in_the_version_that_it_names() -> None:
    desk = Desk()
    versions: dict[tuple[str, int], ArticleUpdate] = {}
    proofs: list[Evidence] = []
    for article, number in [("a", 12), ("b", 12), ("a", 17), ("b", 19), ("a", 19)]:
        body = text(f"The flood killed {number} people 😢, “and more”.", SIDE, "The harbour handles 40 ships.")
        outcome = desk.tell(body, f"Flood kills {number}", article=article)
        versions[article, outcome.update.version] = outcome.update
        proofs += [proof for alert in outcome.alerts for proof in _proofs(alert)]
    assert len(proofs) > 6
    for proof in proofs:
        update = versions[proof.article_id, proof.version]
        assert (update.headline if proof.field == "headline" else update.body)[
            proof.start : proof.end
        ] == proof.sentence


def test_an_alerts_id_is_that_of_the_contract() -> None:
    desk = Desk()
    quote = '"We will never sell this land to anybody", said Maria Holm.'
    bodies = [text("The flood killed 12 people.", quote, SIDE), text("The flood killed 17 people.", SIDE), text(SIDE)]
    alerts = [alert for body in bodies for alert in desk.tell(body).alerts]
    assert {alert.change for alert in alerts} == {"initial", "update", "retraction"}
    for alert in alerts:
        fact = alert.after or alert.before
        assert fact is not None
        value = alert.after.value if alert.after else None
        named = (alert.story_id, alert.article_id, alert.version, alert.kind, alert.change, fact.key, value)
        assert alert.id == alert_id(*named)


def test_records_of_one_update_have_ids_of_their_own_and_the_same_in_another_run() -> None:
    def run() -> list[list[object]]:
        desk = Desk()
        bodies = [text(f"The flood killed {n} people.", "The harbour handles 40 ships.", SIDE) for n in (12, 17)]
        return [[change.model_dump_json() for change in desk.tell(body).tracked.changes] for body in bodies]

    first = run()
    assert first == run()
    desk = Desk()
    changes = desk.tell(text("The flood killed 12 people.", "The harbour handles 40 ships.", SIDE)).tracked.changes
    assert len({change.id for change in changes}) == len(changes) > 3


def test_a_canceled_article_withdraws_its_headline_as_a_flash() -> None:
    desk = Desk()
    desk.tell(OPENING, "Dockers' strike has ended")
    assert desk.tell("", status="canceled").alert.priority == "flash"
