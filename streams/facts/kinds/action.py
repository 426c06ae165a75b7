"""Actions: any other development, by what was done, by whom, to what. The open class: likeness may mute it.

A sentence as a whole is kept as an action too (its *frame*): where the sentence comes again with one of its words
exchanged for another (a name, a date, a rank), that is a change. On a page of guidance, where every line holds now and
any of them may be the news, the frames are all the actions, and are told as new.
"""

import re
from collections.abc import Iterator

from schemas.base import Kind
from schemas.values import ActionValue
from streams.facts.claim import Claim
from streams.facts.frames import KEPT, days_named, exchanged, frame, likeness
from streams.facts.kinds.base import make_key
from streams.facts.language.clauses import Clause, no_longer, objects_after
from streams.facts.language.events import noun_form
from streams.facts.language.pages import is_furniture
from streams.facts.language.parse import Token
from streams.facts.language.terms import clip, is_number, named_words, overlap, telling_words, told_words
from streams.facts.lexicon.contraries import contrary
from streams.facts.lexicon.counts import HOW_OFTEN
from streams.facts.lexicon.modality import PLAN, SPEECH
from streams.facts.lexicon.stances import STANCES, STATIVE
from streams.facts.rows import FactRow
from streams.facts.scene import Scene

_TOLD = frozenset({"ROOT", "ccomp", "conj", "parataxis"})
_LIGHT = frozenset({"do", "make", "get", "go", "come", "let", "help", "try", "use", "say", "accord", "follow"})
_OTHERS = frozenset({"another", "second", "third", "fourth", "fifth", "sixth", "further", "additional"})
_DOES = frozenset({"do", "make", "get"})
_GOES = frozenset({"go", "come"})
_AWAY = frozenset({"home", "back", "away"})
# What is so for a while: that it is so is as much news as how it came to be.
_STATES = frozenset(
    """closed shut blocked back offline stranded trapped stuck cut safe free contained missing dead out down open ill
    unconscious homeless unharmed unhurt""".split()
)
_TO = frozenset({"to", "into", "before", "under", "through", "back"})
_FOUND = frozenset({"find", "show", "declare", "read", "describe", "conclude"})
_MAKES = _FOUND | {"make"}
_EVERY = re.compile(rf"\b{HOW_OFTEN}", re.I)
_HABITS = frozenset(
    "seldom often usually always generally typically rarely sometimes normally regularly commonly".split()
)
_PASSING = frozenset("currently temporarily ongoing until suspended closed advise risk restriction warning".split())
_AGAIN = frozenset({"again", "anew", "once"})
_ACCUSE = frozenset({"accuse", "allege", "blame", "claim"})
_CLAIMS = _ACCUSE | {"order", "instruct", "forbid", "ban"}  # whose going is told
LISTED = 3  # names of a line without a verb that lists places: "the towns of Tarn, Dorn and Larvik"
FIRST_YEAR = 1900  # what is earlier, or is no year, is taken for a number
PRONOUNS = frozenset("he she it they we i you this that these those who which him her them us me one".split())
MIN_TERMS = 2  # content words of a clause; with fewer it says too little to be told apart, but for what was found


class Actions:
    name: Kind = "action"

    def claims(self, scene: Scene) -> Iterator[Claim]:
        for clause in scene.clauses if not scene.guidance else ():
            if _is_action(scene, clause):
                claim = _claim(scene, clause)
                if len(claim.terms) >= (1 if clause.lemma in _FOUND else MIN_TERMS):
                    yield claim
        main = _main(scene)
        if scene.sentence.field == "body" and (main or scene.guidance):
            yield _frame(scene, main)

    def index_terms(self, claim: Claim) -> frozenset[str]:
        sort = "frame" if claim.slots["frame"] else "w"
        return frozenset(f"action {sort} {word}" for word in sorted(claim.terms, key=lambda w: (-len(w), w))[:8])

    def match(self, claim: Claim, known: FactRow) -> float:
        if bool(claim.slots["frame"]) != bool(known.slots["frame"]):
            return 0.0
        if claim.slots["frame"]:
            shared, longer = len(claim.terms & set(known.terms)), max(len(claim.terms), len(known.terms))
            if shared < KEPT * longer:
                return 0.0
            return 0.45 * (likeness(claim.slots["frame"].split(" "), known.slots["frame"].split(" ")) >= KEPT)
        if claim.polarity != known.fact.polarity and claim.slots["verb"] != known.slots["verb"]:
            return 0.0
        if claim.slots["another"] != known.slots.get("another", "") and claim.slots["another"]:
            return 0.0
        if contrary(claim.slots["verb"], known.slots["verb"]):
            return _undone(claim, known)
        agreement = overlap(claim.terms, known.terms)
        if claim.slots["verb"] == known.slots["verb"] and _of_others(claim, known):
            return 0.0
        if claim.polarity != known.fact.polarity and agreement < 0.75:
            return 0.0
        if claim.slots["verb"] == known.slots["verb"]:
            return min(1.0, 0.25 + agreement) if agreement >= 0.4 else 0.0
        return agreement if agreement >= 0.6 else 0.0

    def same(self, claim: Claim, known: FactRow) -> bool:
        if claim.slots["guidance"] == known.slots.get("guidance") == "item":
            return True  # a title with its date: "Dengue: advice for travellers - 4 May"
        if claim.slots["frame"]:
            ours, theirs = claim.slots["frame"].split(" "), known.slots["frame"].split(" ")
            dated = bool(claim.slots["guidance"]) and days_named(ours) != days_named(theirs)
            return not (dated or exchanged(ours, theirs))
        told_before = claim.slots["verb"] in known.slots.get("verbs", "").split("|")  # "imposed on Monday and lifted"
        if told_before and not claim.slots["again"]:
            return True
        return not contrary(claim.slots["verb"], known.slots["verb"])

    def replaces(self, claim: Claim, known: FactRow) -> bool:
        return contrary(claim.slots["verb"], known.slots["verb"])

    def refines(self, claim: Claim, known: FactRow) -> bool:
        return False

    def removable(self, known: FactRow, only_deleted: bool) -> bool:
        if known.slots["frame"]:
            return only_deleted and known.slots["standing"] == "yes"
        return known.slots["verb"] in _CLAIMS or known.slots.get("alleged") == "yes"


def _is_action(scene: Scene, clause: Clause) -> bool:
    if clause.void or scene.quoted(clause.head) or not (clause.relation in _TOLD or _is_due(scene, clause)):
        return False
    token = scene.tree.tokens[clause.head]
    if token.pos != "VERB":
        return _is_now(scene, clause)
    if (clause.subject is None and not _imperative(scene, clause)) or _is_awaiting(scene, token):
        return False
    if is_furniture(scene.sentence.text):
        return False
    if clause.subject is not None and clause.modality == "real" and scene.tree.tokens[clause.subject].lemma == "you":
        return False  # "You're watching Channel Five"
    if clause.passive and (clause.lemma in _FOUND or clause.lemma in STANCES):
        return clause.agent is None  # "has been found", "is being sought": nobody's position or word
    if (clause.lemma in _FOUND and clause.object is not None) or _small(scene, clause) or _holds_until(scene, clause):
        return True  # "divers found the wreck"
    if clause.lemma in _LIGHT and _carried(scene, clause):
        return True
    return not (clause.lemma in STATIVE or clause.lemma in SPEECH or clause.lemma in _LIGHT or clause.lemma in STANCES)


def _is_due(scene: Scene, clause: Clause) -> bool:
    """ "He is due to give evidence on Thursday", "schools are expected to close"."""
    governor = scene.tree.tokens[scene.tree.tokens[clause.head].head]
    awaited = governor.pos == "ADJ" and governor.lemma in ("due", "set", "ready", "poised")
    return clause.relation == "xcomp" and (awaited or _is_awaiting(scene, governor))


def _is_awaiting(scene: Scene, governor: Token) -> bool:
    """Whether a verb only says that what is below it is to come: "is expected to"."""
    tree = scene.tree
    passive = governor.lemma in PLAN and tree.kid(governor.i, "auxpass", "nsubjpass") is not None
    return passive and tree.kid(governor.i, "xcomp") is not None


def _small(scene: Scene, clause: Clause) -> bool:
    """Whether a verb makes something what its complement says: "found him guilty", "has made masks compulsory"."""
    kid = scene.tree.kid(clause.head, "ccomp", "oprd", "acomp")
    return clause.lemma in _MAKES and kid is not None and kid.pos in ("ADJ", "NOUN", "PROPN")


def _holds_until(scene: Scene, clause: Clause) -> bool:
    """ "will remain closed until 29 May"."""
    until = any(t.lemma == "until" for t in scene.tree.kids(clause.head, "prep", "mark"))
    return clause.lemma in ("remain", "stay") and (until or clause.modality == "planned")


def _another(scene: Scene, clause: Clause) -> str:
    """ "A third school", "another man": the word by which a noun of the clause says that it is not the known one."""
    heads = [i for i in (clause.subject, clause.object) if i is not None]
    said = (t.lemma.lower() for i in heads for t in scene.tree.kids(i, "amod", "det", "nummod"))
    return next((word for word in said if word in _OTHERS), "")


def _is_alleged(scene: Scene, clause: Clause) -> bool:
    """ "Has alleged that he overruled the committee"."""
    tree = scene.tree
    token = tree.tokens[clause.head]
    return clause.relation == "ccomp" and tree.tokens[token.head].lemma in _ACCUSE


def _carried(scene: Scene, clause: Clause) -> bool:
    """Whether a light verb has a noun that tells what is done ("made landfall") or where it leads ("goes to court")."""
    tree = scene.tree
    if clause.lemma in _DOES:
        return clause.object is not None and tree.tokens[clause.object].pos in ("NOUN", "ADJ", "PROPN")
    ends = objects_after(tree, clause.head, *_TO)
    turns = (t for t in tree.kids(clause.head, "advmod", "acomp") if t.dep == "acomp" or t.lemma in _AWAY)
    return clause.lemma in _GOES and (any(o.pos in ("NOUN", "PROPN") for o in ends) or any(True for _ in turns))


def _is_now(scene: Scene, clause: Clause) -> bool:
    """ "All three are now in custody", "the port is closed": what somebody or something has come to be."""
    tree = scene.tree
    said = tree.kid(clause.head, "acomp", "attr", "prep") is not None and clause.subject is not None
    now = any(t.lemma == "now" or no_longer(tree, t) for t in tree.kids(clause.head, "advmod", "neg"))
    passing = any(t.text.lower() in _STATES for t in tree.kids(clause.head, "acomp", "advmod", "prt"))
    is_so = clause.lemma == "be" and clause.subject is not None and tree.tokens[clause.head].dep in ("ROOT", "ccomp")
    return is_so and ((said and now) or (passing and _is_so(clause)))


def _of_others(claim: Claim, known: FactRow) -> bool:
    """Whether the same is said of two things: the shelter is closed, and the road."""
    ours, theirs = claim.slots["patient"], known.slots.get("patient", "")
    named = ours.isalpha() and theirs.isalpha() and not {ours, theirs} & PRONOUNS
    return named and ours != theirs and ours not in known.terms and theirs not in claim.terms


def _undone(claim: Claim, known: FactRow) -> float:
    """How well a verb fits what it would undo: they are said of the same thing."""
    if not claim.slots["patient"] or claim.slots["patient"] != known.slots.get("patient"):
        return 0.0
    ours, theirs = claim.terms - {claim.slots["verb"]}, frozenset(known.terms) - {known.slots["verb"]}
    return overlap(ours, theirs)


def _imperative(scene: Scene, clause: Clause) -> bool:
    token = scene.tree.tokens[clause.head]
    to_reader = any(t.lemma in ("our", "we", "us") for t in scene.tree.tokens)  # "Call our newsdesk"
    return token.tag == "VB" and token.dep in ("ROOT", "conj") and scene.sentence.field == "body" and not to_reader


def _habitual(scene: Scene, clause: Clause) -> bool:
    often = any(t.lemma in _HABITS for t in scene.tree.kids(clause.head, "advmod"))
    return often or (clause.simple_present and not scene.guidance and _EVERY.search(scene.tree.text) is not None)


def _of_all_times(scene: Scene, clause: Clause) -> bool:
    """ "Storms are given names", "warm winters make slides more likely": said of a kind of thing, not of one."""
    if scene.guidance or scene.sentence.field != "body" or clause.subject is None or not _is_so(clause):
        return False
    subject = scene.tree.tokens[clause.subject]
    which = scene.tree.kid(subject.i, "det", "poss", "nummod", "prep", "relcl", "acl", "conj", "appos")
    return subject.tag == "NNS" and which is None and not any(t.pos == "PROPN" for t in scene.tree.subtree(subject.i))


def _is_so(clause: Clause) -> bool:
    return clause.simple_present and clause.modality == "real"


def _main(scene: Scene) -> Clause | None:
    return next((c for c in scene.clauses if c.relation == "ROOT" and not c.void), None)


def _claim(scene: Scene, clause: Clause) -> Claim:
    tree = scene.tree
    doer = clause.agent if clause.passive else clause.subject
    agent = scene.actors.of(tree, doer).canonical if doer is not None else ""
    patient = clause.subject if clause.passive else clause.object
    done_to = noun_form(tree.tokens[patient]) if patient is not None else ""
    affected = done_to or (noun_form(tree.tokens[clause.subject]) if clause.subject is not None else "")
    occurred = clause.modality == "real" and clause.subject is not None
    done = clause.modality == "real" and (clause.tense == "past" or clause.perfect)
    named = clause.subject if clause.subject is not None else clause.head
    terms = _terms(scene, clause)
    return Claim(
        kind="action",
        key=make_key("action", clause.lemma, agent, done_to, "+".join(telling_words(terms))),
        subject=clip(scene.actors.of(tree, named).text),
        value=ActionValue(text=scene.short(_words(scene, clause)), occurred=occurred),
        sentence=scene.index,
        within=scene.predicate(clause),
        clause=scene.predicate(clause),
        polarity=clause.polarity,
        modality="requested" if clause.subject is None else clause.modality,
        hedges=clause.hedges,
        attribution=scene.attribution(clause),
        terms=terms,
        clocks=scene.clocks(clause),
        slots={
            "verb": clause.lemma,
            "verbs": clause.lemma,
            "again": "yes" if any(t.lemma in _AGAIN for t in tree.kids(clause.head, "advmod")) else "",
            "agent": agent,
            "patient": affected,
            "frame": "",
            "guidance": "",
            "done": "yes" if done else "",
            "another": _another(scene, clause),
            "alleged": "yes" if _is_alleged(scene, clause) else "",
        },
        background=scene.looks_back(clause) or _habitual(scene, clause) or _of_all_times(scene, clause),
    )


def _terms(scene: Scene, clause: Clause) -> frozenset[str]:
    """Of what is to come also what is said above it, but for the word that says so."""
    above = scene.tree.tokens[scene.tree.tokens[clause.head].head]
    main = scene.clause_of(above.i) if _is_due(scene, clause) else None
    return scene.terms(clause) | (scene.terms(main) - {above.lemma} if main else frozenset())


def _for_now(scene: Scene) -> bool:
    return any(t.lemma in _PASSING for t in scene.tree.tokens)


def _frame(scene: Scene, main: Clause | None) -> Claim:
    """The whole sentence as one: its content words and dates."""
    words = frame(scene)
    terms = frozenset(word.rpartition("/")[0] or word for word in words)
    return Claim(
        kind="action",
        key=make_key("action", "frame", "+".join(telling_words(terms))),
        subject=clip(scene.actors.of(scene.tree, _first(scene, main)).text),
        value=ActionValue(
            text=scene.short(_words(scene, main) if main else scene.tree.text),
            occurred=main is not None and main.modality == "real",
        ),
        sentence=scene.index,
        within=-1 if scene.guidance else scene.predicate(main),
        clause=scene.index * 1000 + 998,
        modality=main.modality if main else "real",
        hedges=main.hedges if main else (),
        attribution=scene.attribution(main) if main else (),
        terms=terms,
        words=told_words(scene.tree),
        slots={
            "verb": main.lemma if main else "",
            "agent": "",
            "frame": " ".join(words),
            "standing": "yes" if _stands(scene, main) else "",
            "guidance": _form(scene, main) if scene.guidance else "",
            "words": " ".join(sorted(told_words(scene.tree))) if scene.guidance else "",
            "names": " ".join(sorted(named_words(scene.tree))) if scene.guidance and scene.clauses else "",
        },
        background=not scene.guidance or is_furniture(scene.sentence.text),
    )


def _first(scene: Scene, main: Clause | None) -> int:
    """What a sentence is about: its subject, or else its first word of weight."""
    if main is not None:
        return main.subject if main.subject is not None else main.head
    return next((t.i for t in scene.tree.tokens if t.dep == "ROOT"), 0)


def _stands(scene: Scene, main: Clause | None) -> bool:
    """Whether a sentence holds for now only, or asks something of its readers: its removal says that it is over."""
    if main is None:
        return False
    return main.modality in ("requested", "possible") or _imperative(scene, main) or _for_now(scene)


def _form(scene: Scene, main: Clause | None) -> str:
    """What a line of guidance does: name an item or list names, tell what is so in general or was, or say something."""
    if not scene.clauses:
        return "list" if "," in scene.tree.text and len(named_words(scene.tree)) >= LISTED else "item"
    if main is None:
        return "clause"
    if main.past_cue or any(_earlier_year(t.text, scene.reference.year) for t in scene.tree.tokens):
        return "past"
    return "general" if _general(scene, main) else "clause"


def _earlier_year(word: str, year: int) -> bool:
    return len(word) == 4 and word.isdecimal() and FIRST_YEAR < int(word) < year


def _general(scene: Scene, main: Clause) -> bool:
    """A truth for all times ("measles spreads easily"): no date, number or demand, and nothing that is under way."""
    return _is_so(main) and not (_for_now(scene) or any(map(is_number, scene.tree.tokens)))


def _words(scene: Scene, clause: Clause) -> str:
    subject = {t.i for t in scene.tree.subtree(clause.subject)} if clause.subject is not None else set()
    aside = {
        t.i for k in scene.tree.kids(clause.head, "conj", "advcl", "parataxis", "cc") for t in scene.tree.subtree(k.i)
    }
    kept = [t for t in scene.tree.subtree(clause.head) if t.i not in subject | aside and t.dep != "punct"]
    return " ".join(t.text for t in kept)


KIND = Actions()
