"""Verbs, auxiliaries and adverbs that say how real a clause is."""

SPEECH = frozenset(
    """say tell announce add state report note confirm claim insist argue explain warn write post tweet declare
    reveal disclose acknowledge admit allege assert believe suggest maintain remark comment reply respond
    reiterate repeat stress emphasise emphasize predict estimate think testify recall concede indicate show find
    mention describe quote cite promise vow pledge complain joke quip observe continue conclude read""".split()
)
STRICT_SPEECH = SPEECH - frozenset("find show believe think read recall continue conclude report describe".split())

PLAN = frozenset(
    """expect plan schedule set due intend aim prepare hope likely slate bind agree arrange design destine
    anticipate project forecast promise vow pledge ready poise go commit""".split()
)
REQUEST = frozenset(
    """ask urge call demand order tell request require appeal beg instruct advise recommend want invite press
    encourage direct warn""".split()
)
POSSIBLE = frozenset(
    "consider weigh mull study threaten appear seem believe think fear suspect allege rumour rumor say report".split()
)

# Verbs that only with their noun or adverb are what they are.
PHRASES = frozenset(
    {"take place", "go ahead", "take effect", "take part", "take off", "step down", "stand down", "walk out"}
    | {"put back", "push back", "set back", "bring forward", "move forward", "move back"}
)
PLANNED_AUX = frozenset({"will", "wo", "'ll", "shall", "would", "'d", "ll"})
POSSIBLE_AUX = frozenset({"may", "might", "could", "can", "ca"})
REQUESTED_AUX = frozenset({"should", "must", "ought"})

HEDGES = frozenset(
    """reportedly allegedly apparently possibly perhaps probably purportedly supposedly seemingly maybe presumably
    unconfirmed likely""".split()
)
NEGATIONS = frozenset({"not", "n't", "never", "no", "neither", "nor", "nobody", "none", "nothing", "hardly", "without"})
CONDITIONS = frozenset({"if", "unless", "whether", "provided", "lest"})
UNNAMED = frozenset("source sources report reports rumour rumours rumor rumors people person insider insiders".split())
PAST_CUES = frozenset("earlier previously originally initially formerly beforehand before once ago first".split())
