"""HTML as text, and bytes as HTML."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streams.sources.markup import decoded, text_of


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("plain", "plain"),
        ("a &amp; b", "a & b"),
        ("<p>One.</p><p>Two <i>words</i>.</p>", "One.\n\nTwo words."),
        ("One.<br>Two.<br/><br/>Three.", "One.\n\nTwo.\n\nThree."),
        ("<ul><li>a</li><li>b</li></ul>", "a\n\nb"),
        ("<p>Text<script>x()</script><style>p{}</style></p>", "Text"),
        ("<div>Text<!-- note --> goes on</div>", "Text goes on"),
        ("  many \n spaces\u200b ", "many spaces"),
        ("3 < 4 and 5 > 4", "3 < 4 and 5 > 4"),
        ("<p>cut off", "cut off"),
        ("", ""),
        ("<!-- only a comment -->", ""),
        ("control\x01\x00 characters", "control characters"),
    ],
)
def test_text_of(html: str, text: str) -> None:
    assert text_of(html) == text


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        ("Müller".encode(), "text/html; charset=utf-8"),
        ("Müller".encode("cp1252"), "text/html; charset=windows-1252"),
        ("\ufeffMüller".encode("utf-16-le"), ""),
        ('<meta charset="iso-8859-1">Müller'.encode("latin-1"), "text/html"),
        ("Müller".encode(), ""),
        ("Müller".encode("cp1252"), ""),
    ],
)
def test_the_charset_is_told_by_header_mark_or_meta_and_else_guessed(body: bytes, content_type: str) -> None:
    assert decoded(body, content_type).endswith("Müller")


@given(st.text())
def test_no_text_is_a_crash(html: str) -> None:
    assert "\n\n\n" not in text_of(html)
