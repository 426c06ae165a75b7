"""Small stories for workers: several versions each, whose facts change from one to the next."""

from datetime import UTC, datetime, timedelta

from schemas.updates import ArticleUpdate

PLACES = ("Lagos", "Porto", "Quito", "Riga", "Sofia", "Tunis", "Utrecht", "Vigo", "Wuhan", "Yerevan")
BODIES = (
    "{dead} people were killed when a dam burst near {place} on Monday, police said.\n\n"
    "Rescue work is going on. The mayor, Anna Okoro, said that {missing} people were missing.",
    "{more} people were killed when a dam burst near {place} on Monday, police said.\n\n"
    "Rescue work is going on. The mayor, Anna Okoro, said that {missing} people were missing.",
    "{more} people were killed when a dam burst near {place} on Monday, police said.\n\n"
    'The search has ended. The mayor, Anna Okoro, said: "We have lost friends and neighbours."',
)
BEGIN = datetime(2026, 3, 2, 9, tzinfo=UTC)


def story(number: int) -> list[ArticleUpdate]:
    """Three versions of one article, a story of its own."""
    place, dead = PLACES[number % len(PLACES)], 11 + number
    return [
        ArticleUpdate(
            article_id=f"https://example.org/dam-{number}",
            story_id=f"dam-{number}",
            version=version,
            source="example.org",
            headline=f"Dam bursts near {place}",
            body=body.format(place=place, dead=dead, more=dead + 5, missing=dead * 2),
            published_at=BEGIN,
            updated_at=BEGIN + timedelta(minutes=10 * version),
            mode="replay",  # as a backtest makes them, whose rows are compared
        )
        for version, body in enumerate(BODIES, start=1)
    ]


def stories(count: int) -> list[ArticleUpdate]:
    """All first versions, then all second ones, then all third ones."""
    all_versions = [story(number) for number in range(count)]
    return [versions[at] for at in range(len(BODIES)) for versions in all_versions]
