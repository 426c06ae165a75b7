"""Pages and live blogs."""

import json
from datetime import UTC, datetime

import pytest

from streams.sources.content import Content, Unreadable
from streams.sources.kinds.live_blog import LiveBlog
from streams.sources.kinds.live_blog import read as read_blog
from streams.sources.kinds.page import Page, read

PARAGRAPHS = [
    "The council approved the plan on Monday after a long debate that went on until late in the evening.",
    "Mayor Ana Reyes said that the work would begin in the spring and would take about two years to finish.",
    "Residents of the old town had asked for a vote, which the council had refused in January this year.",
]
PAGE = """<!doctype html><html><head><title>Plan approved | The Desk</title><meta charset="utf-8">{said}</head><body>
<nav><a href="/">Home</a> <a href="/sport">Sport</a></nav><article><h1>Plan approved</h1>{text}</article>
<aside><h2>Related</h2><ul><li><a href="/x">Ten things to know about the plan</a></li></ul></aside>
<footer>Contact us. All rights reserved.</footer></body></html>"""
BLOG = {
    "@context": "https://schema.org",
    "@graph": [
        {
            "@type": ["LiveBlogPosting", "NewsArticle"],
            "liveBlogUpdate": [
                {"@type": "BlogPosting", "@id": "#2", "headline": "Fire out", "articleBody": "<p>It is out.</p>",
                 "datePublished": "2026-03-02T10:00:00Z"},
                {"@type": "BlogPosting", "url": "https://desk.example/live#1", "headline": "Fire",
                 "articleBody": "It burns.", "datePublished": "2026-03-02T09:00:00Z"},
                {"@type": "BlogPosting", "@id": "#0"},
            ],
        }
    ],
}  # fmt: skip


def page(said: object = None, paragraphs: list[str] = PARAGRAPHS) -> Content:
    script = f"<script type='application/ld+json'>{json.dumps(said)}</script>" if said else ""
    html = PAGE.format(said=script, text="".join(f"<p>{one}</p>" for one in paragraphs))
    return Content(html.encode(), "text/html; charset=utf-8", "https://desk.example/plan")


def settings(**more: object) -> Page:
    return Page.model_validate({"name": "plan", "kind": "page", "url": "https://desk.example/plan", **more})


def test_the_text_without_what_is_around_it() -> None:
    [item] = read(page(), settings()).items
    assert item.headline == "Plan approved"
    assert all(one in item.body for one in PARAGRAPHS)
    assert not any(one in item.body for one in ("Sport", "Ten things", "Contact us"))


def test_json_ld_tells_headline_times_and_correction() -> None:
    said = {
        "@type": "NewsArticle",
        "headline": "Council approves plan",
        "datePublished": "2026-03-02T09:00:00+01:00",
        "dateModified": "2026-03-02T11:00:00",
        "correction": {"@type": "CorrectionComment", "text": "An earlier version named the wrong mayor."},
    }
    [item] = read(page(said), settings(timezone="America/New_York")).items
    assert item.headline == "Council approves plan"
    assert item.published_at == datetime(2026, 3, 2, 8, tzinfo=UTC)
    assert item.updated_at == datetime(2026, 3, 2, 16, tzinfo=UTC)
    assert item.correction == "An earlier version named the wrong mayor."


def test_the_article_body_of_json_ld_stands_in_for_a_text_that_is_not_found() -> None:
    body = "\n\n".join(PARAGRAPHS)
    [item] = read(page({"@type": "NewsArticle", "articleBody": body}, ["Loading …"]), settings()).items
    assert item.body == body


def test_a_selector_says_where_the_text_is() -> None:
    assert read(page(), settings(selector="aside li")).items[0].body == "Ten things to know about the plan"


def test_a_selector_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="should be a CSS selector"):
        settings(selector="p[")


@pytest.mark.parametrize("body", [b"", b"   "])
def test_what_is_no_page_is_refused(body: bytes) -> None:
    with pytest.raises(Unreadable, match=r"^not a page"):
        read(Content(body, "", "https://desk.example/plan"), settings())


def blog_settings() -> LiveBlog:
    return LiveBlog.model_validate({"name": "fire", "kind": "live-blog", "url": "https://desk.example/live"})


def test_each_post_of_a_live_blog_is_an_article_in_its_story() -> None:
    seen = read_blog(page(BLOG), blog_settings())
    assert seen.listed == ["#2", "https://desk.example/live#1"]
    first, second = seen.items
    assert (first.headline, first.body, first.story_id) == ("Fire out", "It is out.", "https://desk.example/live")
    assert second.url == "https://desk.example/live#1"
    assert second.published_at == datetime(2026, 3, 2, 9, tzinfo=UTC)


def test_a_page_without_a_live_blog_is_refused() -> None:
    with pytest.raises(Unreadable, match=r"^not a live blog: the page has no LiveBlogPosting"):
        read_blog(page(), blog_settings())


def test_scripts_that_are_no_json_are_passed_over() -> None:
    html = page(BLOG).body.replace(b"<head>", b"<head><script type='application/ld+json'>{oops</script>")
    assert len(read_blog(Content(html, "", "https://desk.example/live"), blog_settings()).items) == 2
