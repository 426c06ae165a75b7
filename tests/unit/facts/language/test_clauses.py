"""Clauses: who does what to whom, in which tense, how real it is, and who says so."""

from functools import cache

import pytest

from streams.facts.language.clauses import Clause, clauses_of
from streams.facts.language.parse import Tree, parse

HOW_REAL = [  # sentence, verb, polarity, modality
    ("The mayor opened the bridge.", "open", "affirmed", "real"),
    ("The mayor has opened the bridge.", "open", "affirmed", "real"),
    ("The mayor is opening the bridge.", "open", "affirmed", "real"),
    ("The mayor did not open the bridge.", "open", "denied", "real"),
    ("The mayor didn't open the bridge.", "open", "denied", "real"),
    ("The mayor never opened the bridge.", "open", "denied", "real"),
    ("Nobody opened the bridge.", "open", "denied", "real"),
    ("No ship entered the harbour.", "enter", "denied", "real"),
    ("The ferry carried no passengers.", "carry", "denied", "real"),
    ("The mayor failed to open the bridge.", "open", "denied", "planned"),
    ("The mayor will open the bridge.", "open", "affirmed", "planned"),
    ("The mayor won't open the bridge.", "open", "denied", "planned"),
    ("The mayor plans to open the bridge.", "open", "affirmed", "planned"),
    ("The mayor is expected to open the bridge.", "open", "affirmed", "planned"),
    ("The mayor is due to open the bridge.", "open", "affirmed", "planned"),
    ("The mayor may open the bridge.", "open", "affirmed", "possible"),
    ("The mayor could open the bridge.", "open", "affirmed", "possible"),
    ("The mayor might not open the bridge.", "open", "denied", "possible"),
    ("The flood appears to have damaged the bridge.", "damage", "affirmed", "possible"),
    ("Drivers must avoid the bridge.", "avoid", "affirmed", "requested"),
    ("Drivers should avoid the bridge.", "avoid", "affirmed", "requested"),
    ("Police asked drivers to avoid the bridge.", "avoid", "affirmed", "requested"),
    ("The court ordered the firm to repair the bridge.", "repair", "affirmed", "requested"),
    ("The firm began to repair the bridge.", "repair", "affirmed", "real"),
    ("The crew managed to land the plane.", "land", "affirmed", "real"),
]
TENSES = [  # sentence, verb, tense, progressive, perfect
    ("The mayor opened the bridge.", "open", "past", False, False),
    ("The mayor opens the bridge.", "open", "present", False, False),
    ("The mayor is opening the bridge.", "open", "present", True, False),
    ("The mayor was opening the bridge.", "open", "past", True, False),
    ("The mayor has opened the bridge.", "open", "present", False, True),
    ("The mayor had opened the bridge.", "open", "past", False, True),
    ("The bridge is open.", "be", "present", False, False),
    ("The mayor wants to open the bridge.", "open", "none", False, False),
]
VOID = [  # sentence, verb, whether it states no fact
    ("If the dam breaks, the town will flood.", "break", True),
    ("Unless the owners pay, the crew will leave.", "pay", True),
    ("The minister asked whether the dam had failed.", "fail", True),
    ("Did the dam break?", "break", True),
    ("The dam would have broken without the wall.", "break", True),
    ("The wall could have saved the town.", "save", True),
    ("The dam broke.", "break", False),
    ("The minister said the dam had failed.", "fail", False),
    ("The dam broke because the wall was weak.", "break", False),
    ("After the dam broke, the town flooded.", "flood", False),
]
HEDGES = [
    ("The flood reportedly damaged the bridge.", "damage", ("reportedly",)),
    ("The bridge was allegedly damaged by a barge.", "damage", ("allegedly",)),
    ("The flood has probably damaged the bridge.", "damage", ("probably",)),
    ("The flood badly damaged the bridge.", "damage", ()),
]
SOURCES = [  # sentence, verb, the heads of those who say so, the nearest first
    ("The governor said the dam broke.", "break", ["governor"]),
    ("The dam broke, the governor said.", "break", ["governor"]),
    ("The dam broke, according to the governor.", "break", ["governor"]),
    ("According to the governor, the dam broke.", "break", ["governor"]),
    ("The paper reported that the governor said the dam broke.", "break", ["governor", "paper"]),
    ("The governor told reporters that the dam broke.", "break", ["governor"]),
    ("The dam broke.", "break", []),
    ("The governor saw the dam.", "see", []),
]
ROLES = [  # sentence, verb with its particle, subject, object, agent, passive
    ("The mayor opened the bridge.", "open", "mayor", "bridge", None, False),
    ("The bridge was opened by the mayor.", "open", "bridge", None, "mayor", True),
    ("The club called off the match.", "call off", "club", "match", None, False),
    ("The match was called off.", "call off", "match", None, None, True),
    ("The vote took place in Oslo.", "take place", "vote", None, None, False),
    ("The ferry, which carried cars, sank.", "carry", "ferry", "cars", None, False),
    ("The crew left the ship and reached the shore.", "reach", "crew", "shore", None, False),
    ("The union urged the owners to pay.", "pay", "owners", None, None, False),
    ("The union promised to pay.", "pay", "union", None, None, False),
    ("Cars stolen from the garage were found.", "steal", "Cars", None, None, True),
]
TABLES = (HOW_REAL, TENSES, VOID, HEDGES, SOURCES, ROLES)


@cache
def trees() -> dict[str, Tree]:
    """All sentences, parsed together."""
    sentences = sorted({str(row[0]) for table in TABLES for row in table} | {*PAST_CUES, *PRESENT})
    return dict(zip(sentences, parse(sentences), strict=True))


def clause(sentence: str, lemma: str) -> tuple[Tree, Clause]:
    tree = trees()[sentence]
    [found] = [c for c in clauses_of(tree) if c.lemma == lemma]
    return tree, found


def texts(tree: Tree, *tokens: int | None) -> list[str | None]:
    return [None if i is None else tree.tokens[i].text for i in tokens]


@pytest.mark.parametrize(("sentence", "verb", "polarity", "modality"), HOW_REAL)
def test_how_real_a_clause_is(sentence: str, verb: str, polarity: str, modality: str) -> None:
    _, found = clause(sentence, verb)
    assert (found.polarity, found.modality) == (polarity, modality)


@pytest.mark.parametrize(("sentence", "verb", "tense", "progressive", "perfect"), TENSES)
def test_tense_and_aspect(sentence: str, verb: str, tense: str, progressive: bool, perfect: bool) -> None:
    _, found = clause(sentence, verb)
    assert (found.tense, found.progressive, found.perfect) == (tense, progressive, perfect)


@pytest.mark.parametrize(("sentence", "verb", "void"), VOID)
def test_conditions_questions_and_what_did_not_happen_state_nothing(sentence: str, verb: str, void: bool) -> None:
    assert clause(sentence, verb)[1].void is void


@pytest.mark.parametrize(("sentence", "verb", "hedges"), HEDGES)
def test_hedges(sentence: str, verb: str, hedges: tuple[str, ...]) -> None:
    assert clause(sentence, verb)[1].hedges == hedges


@pytest.mark.parametrize(("sentence", "verb", "sources"), SOURCES)
def test_who_says_so(sentence: str, verb: str, sources: list[str]) -> None:
    tree, found = clause(sentence, verb)
    assert texts(tree, *found.sources) == sources


@pytest.mark.parametrize(("sentence", "verb", "subject", "object_", "agent", "passive"), ROLES)
def test_who_does_it_to_whom(
    sentence: str, verb: str, subject: str, object_: str | None, agent: str | None, passive: bool
) -> None:
    tree, found = clause(sentence, verb)
    assert texts(tree, found.subject, found.object, found.agent) == [subject, object_, agent]
    assert found.passive is passive


PAST_CUES = [
    "The mayor had opened the bridge.",
    "The mayor opened the bridge two years ago.",
    "The mayor originally opened it.",
]
PRESENT = ["The mayor opened it.", "The mayor has opened it."]


@pytest.mark.parametrize("sentence", PAST_CUES)
def test_a_time_before_is_seen(sentence: str) -> None:
    assert clause(sentence, "open")[1].past_cue


@pytest.mark.parametrize("sentence", PRESENT)
def test_a_plain_past_is_no_time_before(sentence: str) -> None:
    assert not clause(sentence, "open")[1].past_cue


def test_clauses_come_in_the_order_of_their_predicates() -> None:
    tree = trees()["The paper reported that the governor said the dam broke."]
    found = clauses_of(tree)
    assert [c.lemma for c in found] == ["report", "say", "break"]
    assert [c.head for c in found] == sorted(c.head for c in found)


def test_a_sentence_is_parsed_the_same_alone_as_among_others() -> None:
    sentences = [row[0] for row in SOURCES]
    assert [parse([sentence])[0] for sentence in sentences[:4]] == [trees()[sentence] for sentence in sentences[:4]]
