"""Nouns that name pages of guidance, which say what holds now."""

GUIDANCE = frozenset(
    """advice advisory guidance guideline guide requirement rule regulation restriction instruction policy procedure
    handbook factsheet faq checklist eligibility""".split()
)

# What a site puts round any text; in a line that is no sentence.
FURNITURE = (
    "cookie", "newsletter", "terms and conditions", "terms of use", "privacy policy", "advertisement", "share this",
    "follow us", "sign up", "read more", "listen live", "download our", "download the app", "subscribe",
    "related links", "back to top", "print this page", "all rights reserved",
)  # fmt: skip
# What the writers of a live page say of the page.
LIVE_PAGE = (
    "this live page", "this live blog", "our live coverage", "this page has closed", "thank you for following",
    "thanks for following", "thank you for joining", "thanks for joining", "thank you for reading",
    "thanks for reading", "stay with us", "follow our live", "our coverage",
)  # fmt: skip
