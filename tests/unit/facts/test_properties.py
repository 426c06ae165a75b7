"""What holds for any story: moved paragraphs, republished versions and repeated runs tell nothing new."""

from uuid import UUID

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from streams.facts.rows import home_key, story_prefix
from tests.unit.facts.desk import STORY, Desk, text

FACTS = (
    "The factory in Tarn employs {} people.",
    "A flood in the valley killed {} people.",
    "The harbour handles {} ships.",
    "Snow closed {} schools in the north.",
    "Ana Ruiz scored {} goals for Porto.",
    "The court fined the bank {} million dollars.",
)
PLAIN = (
    "The mayor opened a new library.",
    "Police arrested the driver of the lorry.",
    '"We will never sell this land to anybody", said Maria Holm.',
    "The union supports the plan for the harbour.",
    "The strike of the dockers has ended.",
    "Heavy rain is forecast for the region.",
)
paragraphs = st.builds(str.format, st.sampled_from(FACTS), st.integers(4, 12)) | st.sampled_from(PLAIN)
bodies = st.lists(paragraphs, min_size=1, max_size=5, unique_by=lambda line: line[:12])
stories = st.lists(bodies, min_size=2, max_size=3)
few = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def run(story: list[list[str]]) -> list[UUID]:
    desk = Desk()
    return [alert.id for body in story for alert in desk.tell(text(*body), body[0]).alerts]


@few
@given(bodies, st.randoms(use_true_random=False))
def test_moved_paragraphs_tell_nothing(body: list[str], dice: object) -> None:
    desk = Desk()
    desk.tell(text(*body), "Tarn")
    moved = list(body)
    dice.shuffle(moved)  # type: ignore[attr-defined]
    assert desk.tell(text(*moved), "Tarn").facts == []


@few
@given(stories)
def test_a_version_published_again_tells_nothing(story: list[list[str]]) -> None:
    desk = Desk()
    outcomes = [desk.tell(text(*body)) for body in story]
    known = dict(desk.rows.all)
    for outcome in outcomes:
        again = desk.apply(outcome.update)
        assert (again.facts, again.tracked.rows) == ([], {})
    assert desk.rows.all == known
    assert desk.tell(text(*story[-1])).facts == []


@few
@given(stories)
def test_the_same_story_again_has_the_same_alerts(story: list[list[str]]) -> None:
    ids = run(story)
    assert len(set(ids)) == len(ids)
    assert run(story) == ids


@few
@given(stories)
def test_all_rows_are_the_storys_own(story: list[list[str]]) -> None:
    desk = Desk()
    for number, body in enumerate(story):
        tracked = desk.tell(text(*body), article=f"article {number % 2}").tracked
        home = home_key(f"article {number % 2}")
        assert tracked.rows
        assert all(key.startswith(story_prefix(STORY)) or key == home for key in tracked.rows)
