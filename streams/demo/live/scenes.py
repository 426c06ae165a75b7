"""What the demo's site shows, step by step. The page and the feed tell the demo's story, as its two outlets did.

The live blog has a post that is edited and one that is deleted; what is pushed is a weather service's warning.
"""

from dataclasses import dataclass

from schemas.updates import ArticleUpdate
from streams.demo.story import story_updates

PAGE_ARTICLE, FEED_ARTICLE = (
    "https://example.org/world/trump-putin-call",
    "https://example.net/europe/ukraine-energy-truce",
)


@dataclass(frozen=True)
class Post:
    """A post of the live blog: shown from the step ``since`` on, until ``until``; ``later`` replaces its text."""

    name: str
    since: int
    headline: str
    text: str
    later: tuple[int, str] | None = None
    until: int = 1000

    def shown(self, step: int) -> str | None:
        if not self.since <= step < self.until:
            return None
        return self.later[1] if self.later and step >= self.later[0] else self.text


POSTS = (
    Post(
        "fire-breaks-out",
        0,
        "Fire breaks out at Kelmore harbour",
        "A fire is burning in a warehouse at Kelmore harbour. Firefighters were called at 13:20. "
        "Two people have been taken to hospital.",
    ),
    Post(
        "roads-closed",
        2,
        "Harbour road closed",
        "Police have closed Harbour Road in both directions. Residents are asked to keep their windows shut.",
        (4, "Police have reopened Harbour Road in both directions. Residents are asked to keep their windows shut."),
    ),
    Post(
        "injured",
        3,
        "Number of injured rises",
        "Five people have been taken to hospital, the ambulance service says.",
        (6, "Seven people have been taken to hospital, the ambulance service says."),
    ),
    Post(
        "suspect",
        4,
        "Man arrested",
        "Police have arrested a 34-year-old man on suspicion of arson.",
        until=7,
    ),
    Post(
        "fire-out",
        6,
        "Fire is out",
        'The fire has been put out, fire chief Anna Lund said. "We were lucky with the wind," she said.',
    ),
)

WARNING = "Flood warning for the lower Arden"
IN_FORCE = "A flood warning is in force for the lower Arden. The river is expected to peak at {} metres on Friday."
LIFTED = "The flood warning for the lower Arden has been lifted. The river peaked at 3.6 metres."
PUSHED = (  # step, headline, text
    (1, WARNING, IN_FORCE.format("3.1")),
    (5, WARNING, IN_FORCE.format("3.8")),
    (8, f"{WARNING} lifted", LIFTED),
)

STEPS = 9


def page_version(step: int) -> ArticleUpdate:
    """Of the page's article, as it stands at this step."""
    versions = _versions(PAGE_ARTICLE)
    return versions[min(step, len(versions) - 1)]


FEED_FROM, FEED_CHANGES_EVERY = 4, 2  # steps: the other outlet's article comes when the call is over


def feed_version(step: int) -> ArticleUpdate | None:
    """Of the feed's article; None where it is not there yet."""
    if step < FEED_FROM:
        return None
    versions = _versions(FEED_ARTICLE)
    return versions[min((step - FEED_FROM) // FEED_CHANGES_EVERY, len(versions) - 1)]


def _versions(article_id: str) -> list[ArticleUpdate]:
    """In order, each once: the story has one that comes twice and one that comes late."""
    found = {update.version: update for update in story_updates() if update.article_id == article_id}
    return [found[version] for version in sorted(found)]
