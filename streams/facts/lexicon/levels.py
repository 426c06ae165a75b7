"""Words of a scale: how likely, how grave or how high something is, and what moves them along it."""

LEVELS = frozenset(
    """likely unlikely probable possible high low moderate medium heightened elevated raised severe critical extreme
    serious significant substantial considerable""".split()
)
DEGREES = frozenset("very extremely highly most exceptionally increasingly less least fairly".split())
