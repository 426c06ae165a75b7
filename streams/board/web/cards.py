"""What templates show: alerts, facts and changes as pieces of text. Whatever escapes is the templates' business."""

from collections.abc import Sequence
from dataclasses import dataclass

from schemas.alerts import Alert
from schemas.facts import Fact
from streams.board.diff import Words, changed_words
from streams.board.slugs import slug_of
from streams.board.view.alerts import ShownAlert
from streams.wording import duration, fact_words, printable, value_in_sentence, value_words

CERTAINTY = {"observed": "", "likely": "likely", "possible": "possible"}


@dataclass(frozen=True)
class Card:
    """An alert to be shown. ``before`` and ``after`` are words or None; of the sentence what proves it is marked."""

    shown: ShownAlert
    subject: str
    before: str | None
    after: str | None
    sentence: Sequence[Words]
    related: Sequence[str]
    marks: Sequence[str]

    @property
    def alert(self) -> Alert:
        return self.shown.alert

    @property
    def story_slug(self) -> str:
        return slug_of(self.alert.story_id)

    @property
    def article_slug(self) -> str:
        return slug_of(self.alert.article_id)


def card(shown: ShownAlert) -> Card:
    alert = shown.alert
    fact = alert.after or alert.before
    return Card(
        shown,
        subject(fact.subject) if fact else printable(alert.summary),
        value_words(alert.before) if alert.before else None,
        value_words(alert.after) if alert.after else None,
        proof(alert.after, alert.before) if fact else [],
        [fact_words(one) for one in alert.related],
        _marks(shown),
    )


def subject(words: str) -> str:
    """As a line begins: with a capital, unless the first word has one of its own somewhere."""
    shown = printable(words)
    return shown[:1].upper() + shown[1:] if shown.partition(" ")[0].islower() else shown


def proof(after: Fact | None, before: Fact | None) -> list[Words]:
    """The proving sentence: its value marked, else the words that the earlier sentence did not have."""
    fact = after or before
    assert fact is not None
    sentence = printable(fact.evidence.sentence)
    value = value_in_sentence(fact)
    if value is not None:
        pieces: list[Words] = []
        at = 0
        for found in value.finditer(sentence):
            pieces += [Words(sentence[at : found.start()]), Words(found[0], True)]
            at = found.end()
        return [piece for piece in [*pieces, Words(sentence[at:])] if piece.text]
    if after and before:
        return changed_words(printable(before.evidence.sentence), sentence)[1]
    return [Words(sentence)]


def _marks(shown: ShownAlert) -> list[str]:
    """What is out of the ordinary, in a word or two each."""
    alert = shown.alert
    marks = {
        "silent edit": alert.silent_edit,
        "flip-flop": alert.flip_flop,
        "no longer said": alert.after is None,
        "test": alert.status == "test",
        "replay": alert.status == "replay",
        CERTAINTY[alert.certainty]: alert.certainty != "observed",
    }
    return [mark for mark, is_set in marks.items() if is_set]


def latency(shown: ShownAlert) -> str | None:
    """From the update on Kafka to the alert on Kafka."""
    return duration(shown.latency) if shown.latency is not None else None


def sources(fact: Fact) -> list[str]:
    """The outlets that say so."""
    found = {printable(said.evidence.source) for said in fact.asserted.values()} or {printable(fact.evidence.source)}
    return sorted(found)
