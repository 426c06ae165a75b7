"""When sentences come to be read differently, the kept texts are read again in silence before the next diff."""

from streams.facts.rows import ArticleRow, StoryRow, article_key, decode, encode, fact_row_key, index_key, story_row_key
from tests.unit.facts.desk import STORY, Desk, text

SIDE = "The valley is popular with hikers."
BODY = text("The factory employs 300 people.", "The harbour handles 40 ships.", SIDE)


def read_by_an_older_extractor(desk: Desk) -> None:
    """The rows as an extractor would have left them that numbered one less and found no fact."""
    prefixes = (fact_row_key(STORY, ""), index_key(STORY, "")[: len(fact_row_key(STORY, ""))])
    desk.rows.write({key: None for key in list(desk.rows.all) if key.startswith(prefixes)})
    story = decode(StoryRow, desk.rows.all[story_row_key(STORY)])
    older = story.model_copy(update={"extractor": story.extractor - 1})
    desk.rows.write({story_row_key(STORY): encode(older)})
    for article in ("a", "b"):
        key = article_key(STORY, article)
        if row := desk.rows.get(key):
            known = decode(ArticleRow, row)
            bare = [sentence.model_copy(update={"ids": []}) for sentence in known.sentences]
            desk.rows.write({key: encode(known.model_copy(update={"sentences": bare}))})


def test_a_repeated_text_alerts_nothing_after_a_new_extractor() -> None:
    desk = Desk()
    desk.tell(BODY)
    read_by_an_older_extractor(desk)
    assert desk.tell(BODY).alerts == []
    assert "figure" in [fact.kind for fact in desk.rows.facts()]


def test_only_what_changed_is_told_after_a_new_extractor() -> None:
    desk = Desk()
    desk.tell(BODY)
    read_by_an_older_extractor(desk)
    alert = desk.tell(BODY.replace("300", "350")).alert
    assert (alert.change, alert.kind) == ("update", "figure")


def test_the_texts_of_all_articles_of_the_story_are_read_again() -> None:
    desk = Desk()
    desk.tell(BODY)
    desk.tell(text("The mayor opened a new library.", SIDE), article="b")
    read_by_an_older_extractor(desk)
    outcome = desk.tell(text("The factory employs 300 people.", "The mayor opened a new library.", SIDE), article="b")
    assert outcome.alerts == []
