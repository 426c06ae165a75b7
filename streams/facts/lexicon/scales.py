"""Scales by whose words an alert, a threat or a storm is graded; a word's number is its place, the lowest first."""

# Weather services, volcano observatories and travel advice grade by colours, more or less alike.
COLOURS: dict[str, int] = {"green": 1, "yellow": 2, "amber": 3, "orange": 3, "red": 4, "purple": 5, "black": 5}
# Threat and risk levels.
GRADES: dict[str, int] = {
    word: place
    for place, words in enumerate(
        ("low negligible", "guarded moderate medium", "elevated substantial considerable", "high severe", "critical"), 1
    )
    for word in words.split()
} | {"extreme": 5}
# What is graded by a number: "a Category 4 hurricane", "level 3".
NUMBERED = frozenset({"category", "level", "tier"})
ORDINARY: dict[str, int] = {word: n for n, word in enumerate("one two three four five six seven".split(), 1)}
