"""Nouns that name pages of guidance, which say what holds now."""

GUIDANCE = frozenset(
    """advice advisory guidance guideline guide requirement rule regulation restriction instruction policy procedure
    handbook factsheet faq checklist eligibility""".split()
)
