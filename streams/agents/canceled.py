"""An alert that tells of a canceled article, without the article's sentences."""

from schemas.alerts import Alert
from schemas.facts import Assertion, Evidence, Fact


def without_sentences(alert: Alert) -> Alert:
    """What changed stays, and where it stood; the sentences are empty."""
    return alert.model_copy(
        update={
            "before": _bare(alert.before),
            "after": _bare(alert.after),
            "related": tuple(fact for fact in map(_bare, alert.related) if fact is not None),
        }
    )


def _bare(fact: Fact | None) -> Fact | None:
    if fact is None:
        return None
    asserted = {article: _without(one) for article, one in fact.asserted.items()}
    return fact.model_copy(update={"evidence": _empty(fact.evidence), "asserted": asserted})


def _without(assertion: Assertion) -> Assertion:
    return assertion.model_copy(update={"evidence": _empty(assertion.evidence)})


def _empty(evidence: Evidence) -> Evidence:
    return evidence.model_copy(update={"sentence": ""})
