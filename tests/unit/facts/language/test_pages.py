import pytest

from streams.facts.language.pages import is_furniture, is_guidance
from tests.unit.facts.desk import parse_once


@pytest.mark.parametrize(
    ("headline", "guidance"),
    [
        ("Norway travel advice", True),
        ("Entry requirements - Mexico", True),
        ("Travel advice for Jamaica", True),
        ("Chad travel advice: Health", True),
        ("Government updates travel advice", False),
        ("New visa rules take effect", False),
        ("Storm hits Norway", False),
        ("Camp Fire", False),
    ],
)
def test_a_headline_that_only_names_guidance_is_a_page_of_it(headline: str, guidance: bool) -> None:
    [tree] = parse_once([headline])
    assert is_guidance(tree) is guidance


@pytest.mark.parametrize(
    "line",
    [
        "Cookie settings | Terms and conditions",
        "Sign up for our newsletter",
        "Read more: the latest from our reporters",
        "ADVERTISEMENT",
    ],
)
def test_lines_of_the_site(line: str) -> None:
    assert is_furniture(line)


@pytest.mark.parametrize(
    "line",
    [
        "You must accept the terms and conditions before you travel.",
        "To apply you will have to sign up:",
        "vaccination certificates for children",
    ],
)
def test_lines_of_the_text(line: str) -> None:
    assert not is_furniture(line)
