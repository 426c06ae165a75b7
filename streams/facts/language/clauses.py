"""Trees to clauses: predicate, who does it to whom, how real it is, and who says so."""

from collections.abc import Iterator
from dataclasses import dataclass

from schemas.facts import Modality, Polarity
from streams.facts.language.parse import Token, Tree
from streams.facts.lexicon import modality as words

_NOT_IN_PHRASE = frozenset({"relcl", "acl", "advcl", "appos", "cc", "conj", "punct", "ccomp", "parataxis"})
_SUBJECTS = ("nsubj", "nsubjpass", "expl", "csubj")
_OBJECTS = ("dobj", "attr", "oprd", "dative")
_RELATIVE = frozenset({"who", "which", "that", "whom", "whose"})


@dataclass(frozen=True, slots=True)
class Clause:
    """``head`` is the predicate's token; ``subject`` and ``object`` are tokens that head noun phrases, or None.

    ``lemma`` has the particle ("call off"); ``tense`` is that of the finite verb; ``progressive`` and ``perfect`` its
    aspect. ``sources`` are the tokens of those who say so, the nearest first.
    """

    head: int
    lemma: str
    subject: int | None
    object: int | None
    agent: int | None
    passive: bool
    tense: str  # past, present, none
    progressive: bool
    perfect: bool
    polarity: Polarity
    modality: Modality
    hedges: tuple[str, ...]
    sources: tuple[int, ...]
    relation: str
    void: bool  # conditional or question: no fact
    past_cue: bool  # "had said earlier": told of a time before

    @property
    def simple_present(self) -> bool:
        return self.tense == "present" and not (self.perfect or self.progressive)


def clauses_of(tree: Tree) -> list[Clause]:
    """The clauses of a sentence, in the order of their predicates."""
    question = tree.text.rstrip("\"') ").endswith("?")
    return [_clause(tree, token, question) for token in tree.tokens if _is_predicate(tree, token)]


def _is_predicate(tree: Tree, token: Token) -> bool:
    if token.pos == "VERB" or any(t.tag == "TO" for t in tree.kids(token.i, "aux")):
        return token.dep not in ("amod", "compound", "aux", "auxpass")
    return token.pos == "AUX" and token.dep not in ("aux", "auxpass")


def _clause(tree: Tree, token: Token, question: bool) -> Clause:
    i = token.i
    auxiliaries = [*tree.kids(i, "aux", "auxpass"), *([token] if token.pos == "AUX" else [])]
    passive = any(True for _ in tree.kids(i, "auxpass", "nsubjpass")) or (token.dep == "acl" and token.tag == "VBN")
    subject = _subject(tree, token)
    governed = [i, *(t.i for t in _clause_chain(tree, token))]  # "reportedly found that seals were cracked"
    hedges = tuple(dict.fromkeys(t.lemma for j in governed for t in _adverbs(tree, j) if t.lemma in words.HEDGES))
    polarity: Polarity = "denied" if _negated(tree, i, subject) else "affirmed"
    finite = _finite(token, auxiliaries)
    return Clause(
        head=i,
        lemma=_lemma(tree, token),
        subject=subject,
        object=_object(tree, token),
        agent=_agent(tree, i),
        passive=passive,
        tense="past" if finite == "VBD" else "present" if finite else "none",
        progressive=token.tag == "VBG" and any(a.lemma == "be" for a in auxiliaries),
        perfect=any(a.lemma == "have" for a in auxiliaries) and token.pos != "AUX",
        polarity=polarity,
        modality=_modality(tree, token, auxiliaries),
        hedges=hedges,
        sources=tuple(_sources(tree, token)),
        relation=token.dep,
        void=question or _counterfactual(auxiliaries) or any(_conditional(tree, t) for t in _conditions(tree, token)),
        past_cue=_past_cue(tree, i, auxiliaries),
    )


def _lemma(tree: Tree, token: Token) -> str:
    """The verb with its particle, or with the noun or adverb that makes it another verb ("take place", "go ahead")."""
    particle = tree.kid(token.i, "prt")
    if particle:
        return f"{token.lemma} {particle.lemma}"
    phrases = (f"{token.lemma} {t.lemma}" for t in tree.kids(token.i, "dobj", "advmod"))
    return next((phrase for phrase in phrases if phrase in words.PHRASES), token.lemma)


def _finite(token: Token, auxiliaries: list[Token]) -> str | None:
    tags = [t.tag for t in [*auxiliaries, token] if t.tag in ("VBD", "VBZ", "VBP", "MD")]
    return tags[0] if tags else None


def _adverbs(tree: Tree, i: int) -> Iterator[Token]:
    yield from tree.kids(i, "advmod", "neg", "npadvmod")
    for aux in tree.kids(i, "aux", "auxpass", "acomp"):
        yield from tree.kids(aux.i, "advmod", "neg")


def _negated(tree: Tree, i: int, subject: int | None) -> bool:
    if any(t.lemma in words.NEGATIONS or t.dep == "neg" or no_longer(tree, t) for t in _adverbs(tree, i)):
        return True
    for j in (subject, *(t.i for t in tree.kids(i, "dobj", "attr"))):
        if j is not None and (tree.tokens[j].lemma in words.NEGATIONS or _has_no(tree, j)):
            return True
    head = tree.tokens[tree.tokens[i].head]
    return tree.tokens[i].dep == "xcomp" and head.lemma in {"fail", "refuse", "decline"} and head.i != i


def no_longer(tree: Tree, adverb: Token) -> bool:
    """ "No longer"."""
    return adverb.lemma in ("longer", "long") and any(t.lemma == "no" for t in tree.kids(adverb.i))


def _has_no(tree: Tree, j: int) -> bool:
    return any(t.lemma in {"no", "neither"} for t in tree.kids(j, "det", "neg", "advmod"))


def _of_auxiliary(tree: Tree, token: Token) -> Token | None:
    """The subject where the parser has hung it on the "is" of "is closed"."""
    return next((s for aux in tree.kids(token.i, "auxpass", "aux") if (s := tree.kid(aux.i, *_SUBJECTS))), None)


def _subject(tree: Tree, token: Token) -> int | None:
    """The subject's head: its own, that of a relative pronoun's noun, or the one that the governing clause gives."""
    own = tree.kid(token.i, *_SUBJECTS) or _of_auxiliary(tree, token)
    head = tree.tokens[token.head]
    if own and own.dep == "expl":
        own = tree.kid(token.i, "attr", "nsubj", "dobj")
    if own and own.lemma in _RELATIVE and token.dep == "relcl":
        return head.i
    if own:
        return own.i
    if token.dep == "acl":
        return head.i
    if token.dep in ("conj", "xcomp", "advcl", "pcomp") and head.i != token.i:
        if token.dep == "xcomp" and (controlled := tree.kid(head.i, "dobj")):
            return controlled.i
        governor = head if head.pos in ("VERB", "AUX") else tree.tokens[head.head]
        if (governor.i != token.i and governor.pos in ("VERB", "AUX") and governor.i != head.i) or head.pos in (
            "VERB",
            "AUX",
        ):
            return _subject(tree, governor)
    return None


def _object(tree: Tree, token: Token) -> int | None:
    own = tree.kid(token.i, *_OBJECTS)
    if own and f"{token.lemma} {own.lemma}" in words.PHRASES:
        return None
    if own and not any(t.dep == "expl" for t in tree.kids(token.i)):
        return own.i
    return None


def _agent(tree: Tree, i: int) -> int | None:
    by = tree.kid(i, "agent")
    inner = tree.kid(by.i, "pobj") if by else None
    return inner.i if inner else None


def _modality(tree: Tree, token: Token, auxiliaries: list[Token]) -> Modality:
    lemmas = {a.text.lower() for a in auxiliaries}
    if lemmas & words.POSSIBLE_AUX:
        return "possible"
    if lemmas & words.REQUESTED_AUX:
        return "requested"
    if lemmas & words.PLANNED_AUX:
        return "planned"
    head = tree.tokens[token.head]
    infinitive = any(a.tag == "TO" for a in auxiliaries)
    if token.dep in ("xcomp", "ccomp", "acl", "advcl") and head.i != token.i:
        if infinitive and any(a.lemma == "have" for a in auxiliaries):
            return "possible" if head.lemma in words.POSSIBLE else "real"  # "are known to have died"
        if infinitive:
            return _of_governor(tree, head)
        if token.dep == "xcomp" and head.lemma in words.PLAN:
            return "planned"
    if token.dep == "conj" and not _finite(token, auxiliaries) and head.pos in ("VERB", "AUX") and head.i != token.i:
        return _modality(tree, head, [*tree.kids(head.i, "aux", "auxpass")])
    if token.dep == "ROOT" and infinitive:
        return "planned"  # a headline's "to": "Party to back budget"
    return "real"


def _of_governor(tree: Tree, head: Token) -> Modality:
    if head.lemma == "be" or head.lemma in words.PLAN:
        return "planned"
    if head.lemma in words.REQUEST or head.pos == "NOUN":
        return "requested"
    if head.lemma in words.POSSIBLE:
        return "possible"
    if head.lemma in {"begin", "start", "continue", "manage", "help", "stop", "use", "have"}:
        return "requested" if head.lemma == "have" else "real"
    return "planned"


def _clause_chain(tree: Tree, token: Token) -> Iterator[Token]:
    """The predicates above, as far as this clause is part of what they say."""
    current = token
    while current.head != current.i and current.dep in ("ccomp", "xcomp", "conj", "parataxis"):
        current = tree.tokens[current.head]
        yield current


def _conditions(tree: Tree, token: Token) -> list[Token]:
    """The predicates on which a clause hangs: those above it, and its own "if"."""
    return [token, *_clause_chain(tree, token), *tree.kids(token.i, "advcl")]


def _conditional(tree: Tree, token: Token) -> bool:
    return any(t.lemma in words.CONDITIONS for t in tree.kids(token.i, "mark"))


def _counterfactual(auxiliaries: list[Token]) -> bool:
    lemmas = [a.text.lower() for a in auxiliaries]
    return any(w in lemmas for w in ("would", "could", "might")) and "have" in lemmas


def _past_cue(tree: Tree, i: int, auxiliaries: list[Token]) -> bool:
    pluperfect = any(a.lemma == "have" and a.text.lower() in ("had", "'d") for a in auxiliaries)
    return (pluperfect and not _reported(tree, tree.tokens[i])) or any(
        {t.lemma, t.text.lower()} & words.PAST_CUES for t in tree.kids(i, "advmod")
    )


def _reported(tree: Tree, token: Token) -> bool:
    """Whether somebody says so, and the tense is the saying's: "she said it had been withdrawn" for "it has been"."""
    above = [token, *_clause_chain(tree, token)]
    said = next((t for t in above if t.dep == "ccomp"), None)
    return said is not None and tree.tokens[said.head].lemma in words.SPEECH


def _sources(tree: Tree, token: Token) -> Iterator[int]:
    for governor in [token, *_clause_chain(tree, token)]:
        for prep in tree.kids(governor.i, "prep"):
            if prep.lemma == "accord":
                yield from (t.i for to in tree.kids(prep.i, "prep") for t in tree.kids(to.i, "pobj"))
        for side in tree.kids(governor.i, "parataxis", "ccomp", "advcl"):
            if side.lemma in words.STRICT_SPEECH and side.start > token.start and _has_no_complement(tree, side):
                yield from (t.i for t in tree.kids(side.i, "nsubj"))
        if governor.i != token.i and governor.lemma in words.SPEECH:
            speaker = _subject(tree, governor)
            if speaker is not None:
                yield speaker


def _has_no_complement(tree: Tree, token: Token) -> bool:
    return tree.kid(token.i, "ccomp", "dobj", "xcomp") is None


def phrase(tree: Tree, head: int) -> list[Token]:
    """A noun phrase without its relative clauses, appositions and conjuncts."""
    return tree.subtree(head, _NOT_IN_PHRASE)


def conjuncts(tree: Tree, head: int) -> list[int]:
    """The head and what is joined to it by "and", in order."""
    found = [head]
    for token in tree.kids(head, "conj"):
        found += conjuncts(tree, token.i)
    return found


def objects_after(tree: Tree, head: int, *preps: str) -> Iterator[Token]:
    """The nouns right after prepositions that hang on a token, without those joined to them."""
    return (o for p in tree.kids(head, "prep") if p.lemma in preps for o in tree.kids(p.i, "pobj"))


def pobjs(tree: Tree, head: int, *preps: str) -> list[int]:
    """What follows the prepositions given under a token, conjuncts included."""
    return [
        j
        for prep in tree.kids(head, "prep", "dative", "agent")
        if prep.lemma in preps
        for obj in tree.kids(prep.i, "pobj")
        for j in conjuncts(tree, obj.i)
    ]
