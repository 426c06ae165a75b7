"""Who somebody is: names with and without titles, surnames, roles, metonyms, pronouns."""

from dataclasses import dataclass

from streams.facts.context import StoryContext
from streams.facts.language.clauses import phrase
from streams.facts.language.parse import Token, Tree
from streams.facts.lexicon.actors import METONYMS, ORG_NOUNS, ORG_WORDS, TITLES

_PERSON_PRONOUNS = frozenset({"he", "she", "him", "her", "his"})
_GROUP_PRONOUNS = frozenset({"it", "they", "them", "its", "their", "we", "us"})
MAX_NAME = 80  # characters of a name that tell it apart
_NAME_PARTS = frozenset({"compound", "nmod", "flat", "poss"})


@dataclass(frozen=True, slots=True)
class Actor:
    """``canonical`` is for keys, ``text`` for readers; a person goes by the surname, an organisation by its name."""

    canonical: str
    text: str
    named: bool


class Actors:
    """Resolves actors within one article; learns names and roles as it goes.

    ``who`` is the person and the group spoken of last, as ``person|group``: what a pronoun in the next sentence means.
    """

    def __init__(self, context: StoryContext, who: str | None = None) -> None:
        self.context = context
        self.person, self.group = "", ""
        self.recall(who)

    @property
    def who(self) -> str:
        return f"{self.person}|{self.group}"

    def recall(self, who: str | None) -> None:
        """Go on from what an earlier sentence left."""
        if who:
            self.person, _, self.group = who.partition("|")

    def of(self, tree: Tree, head: int) -> Actor:
        """The actor that a noun phrase names, by its head token."""
        token = tree.tokens[head]
        if token.pos == "PRON":
            return self._pronoun(tree, token)
        if token.pos == "PROPN":
            return self._name(tree, token)
        appositive = next((t for t in tree.kids(head, "appos") if t.pos == "PROPN"), None)
        if appositive:
            return self._name(tree, appositive)
        return self._role(tree, token)

    def learn(self, tree: Tree) -> None:
        """Learn the names and roles that a sentence introduces, and whom it speaks of last."""
        for token in tree.tokens:
            if token.pos == "PROPN" and token.dep not in _NAME_PARTS:
                actor = self._name(tree, token)
                for role in _roles(tree, token):
                    self.context.learn_role(role, actor.canonical)
                if token.dep in ("nsubj", "nsubjpass", "appos"):
                    self._spoken_of(actor)

    def _spoken_of(self, actor: Actor) -> None:
        if self.is_group(actor.canonical):
            self.group = actor.canonical
        else:
            self.person = actor.canonical

    def is_group(self, canonical: str) -> bool:
        """Whether a name is an organisation's or a country's: by its words, or as no person's full name ends in it."""
        if canonical in METONYMS.values() or _is_org(canonical.split()):
            return True
        return not any(" " in name and known == canonical for name, known in self.context.names.items())

    def _pronoun(self, tree: Tree, token: Token) -> Actor:
        wants_person = token.lemma in _PERSON_PRONOUNS
        if not wants_person and token.lemma not in _GROUP_PRONOUNS:
            return Actor(token.lemma, token.text, False)
        for earlier in reversed(tree.tokens[: token.i]):
            if earlier.pos == "PROPN" and earlier.dep in ("nsubj", "nsubjpass"):
                actor = self._name(tree, earlier)
                if self.is_group(actor.canonical) != wants_person:
                    return actor
        meant = self.person if wants_person else self.group
        return Actor(meant, _titled(meant), True) if meant else Actor(token.lemma, token.text, False)

    def _name(self, tree: Tree, token: Token) -> Actor:
        parts = name_tokens(tree, token)
        bare = [t for t in parts if t.text.lower().rstrip(".") not in TITLES] or parts
        text = tree.span_text(bare)
        return Actor(self.canonical(text), text, True)

    def canonical(self, name: str) -> str:
        """The form under which the story knows a name; learnt at its first use."""
        key = " ".join(name.lower().replace("'s", "").split()).removeprefix("the ")[:MAX_NAME]
        if key in METONYMS:
            return METONYMS[key]
        known = self.context.names.get(key)
        if known is None:
            known = self._related(key) or _short(key)
            self.context.learn_name(key, known)
        return known

    def _related(self, key: str) -> str | None:
        parts = key.split()
        for name, canonical in self.context.names.items():
            other = name.split()
            if parts[-1] == other[-1] and (len(parts) == 1 or len(other) == 1):
                return canonical  # a surname alone
            if parts[0] == other[0] and (len(parts) == 1 or len(other) == 1) and _is_org(parts + other):
                return canonical  # a company by the first word of its name
        return None

    def _role(self, tree: Tree, token: Token) -> Actor:
        text = tree.span_text(phrase(tree, token.i))
        possessor = tree.kid(token.i, "poss")
        role = self.context.roles.get(token.lemma)
        if role and not tree.kid(token.i, "nummod") and token.tag == "NN":
            return Actor(role, text, True)
        if token.lemma in ORG_NOUNS and self.group and not possessor and _definite(tree, token):
            return Actor(self.group, text, True)
        adjective = next(
            (t for t in tree.kids(token.i, "amod", "compound", "poss") if t.text.lower() in METONYMS), None
        )
        prefix = METONYMS[adjective.text.lower()] + " " if adjective else ""
        return Actor(prefix + token.lemma, text, False)


def name_tokens(tree: Tree, token: Token) -> list[Token]:
    """The run of capitalised tokens that ends in a name's head ("Union of Bakers" is not joined)."""
    start = token.i
    while start > 0 and _in_name(tree.tokens[start - 1], tree.tokens[start]):
        start -= 1
    return list(tree.tokens[start : token.i + 1])


def _in_name(token: Token, following: Token) -> bool:
    near = following.start - token.end <= 1
    return near and token.pos == "PROPN" and token.dep in ("compound", "nmod", "amod", "flat")


def _roles(tree: Tree, token: Token) -> list[str]:
    """The role nouns said of a name: its apposition ("…, the governor of …"), its title, what it is apposed to."""
    titles = [t.text.lower() for t in name_tokens(tree, token) if t.text.lower() in TITLES and len(t.text) > 3]
    nouns = [t.lemma for t in tree.kids(token.i, "appos") if t.pos == "NOUN"]
    head = tree.tokens[token.head]
    if token.dep == "appos" and head.pos == "NOUN":
        nouns.append(head.lemma)
    return titles + nouns


def _is_org(parts: list[str]) -> bool:
    return any(part in ORG_WORDS for part in parts)


def _short(key: str) -> str:
    parts = key.split()
    return key if _is_org(parts) or len(parts) == 1 else parts[-1]


def _titled(name: str) -> str:
    return " ".join(part.capitalize() for part in name.split())


def _definite(tree: Tree, token: Token) -> bool:
    return any(t.lemma in ("the", "its", "this", "that") for t in tree.kids(token.i, "det", "poss"))
