"""What is counted: classes of harm and movement, words for people, and nouns that are counts of themselves."""

# From a lemma in the clause to the class of what befell those counted.
BEFALLS: dict[str, str] = {
    word: cls
    for cls, line in {
        "dead": "kill die dead death toll fatality perish casualty drown decease deceased body murder slay execute",
        "injured": "injure hurt wound wounded injured injury maim burn",
        "missing": "miss missing unaccounted untraced",
        "ill": "ill sick fall_ill infect infection sicken illness poison",
        "hospitalised": "hospitalise hospitalize hospital",
        "arrested": "arrest detain detained custody arrested seize round_up jail imprison",
        "displaced": "evacuate evacuated displace displaced shelter flee homeless evacuee evacuation rehouse",
        "rescued": "rescue rescued save survivor survive winch pull airlift",
        "freed": "free release freed released liberate",
        "trapped": "trap trapped strand stranded",
        "in danger": "critical intensive",
        "destroyed": "destroy destroyed burn_down raze gut wreck",
    }.items()
    for word in line.split()
}
# In these, by what they are said to be: "in critical condition", "in intensive care".
CARE = frozenset({"condition", "care"})
# Told to leave, they are displaced.
LEAVING = frozenset({"leave", "go", "flee", "move", "evacuate"})
PERSONS = frozenset(
    """man woman boy girl child person youth teenager toddler baby infant pensioner male female student player driver
    patient victim resident suspect officer soldier worker employee singer actor actress striker defender midfielder
    goalkeeper captain judge minister president chairman chairwoman manager director""".split()
)
PEOPLE = frozenset(
    """people person man woman resident inhabitant victim other civilian passenger villager local worker employee
    individual human soul life""".split()
)
ANYBODY = PERSONS | PEOPLE
INFANTS = frozenset({"infant", "baby", "newborn"})
TOLLS: dict[str, str] = {"toll": "dead", "death": "dead", "fatality": "dead", "injury": "injured", "casualty": "dead"}
# Nouns that only measure out: another of them with the same number is another amount.
MEASURES = frozenset(
    """tin case box crate barrel bottle carton pack packet bag sack pallet container load truckload gallon litre
    liter pint ounce dose unit item batch copy household family home house building seat ticket passenger
    employee worker""".split()
)
# Nouns before "of" that only carry the number: "the number of people", "a total of 12".
CARRIERS = frozenset(
    "number total tally count figure some sum amount majority rate level share proportion percentage".split()
)
CHANGES = frozenset(
    """rise fall increase decrease climb drop grow jump widen raise cut lower reduce shrink double slip surge sink swell
    slump rocket edge expand extend narrow lift boost revise update correct put""".split()
)
# Of these, several that are counted as one.
HOMES: dict[str, str] = {"household": "home", "house": "home", "property": "home", "worker": "employee"}
# Nouns that are the unit of their own number: "the magnitude was put at 6.6".
SCALES = frozenset({"magnitude"})
# A pattern, for what is so at all times: "90,000 people a year".
HOW_OFTEN = r"(?:(?:a|an|per|each|every)\s+(?:year|month|week|day|hour)|annually|yearly|daily)\b"
# Verbs by which the size of something is told ("employs" is news as often as not), and what it has at all times.
SIZING = frozenset("house comprise contain boast earn span stretch cover seat own number lie sit measure".split())
PARTS = frozenset(
    """inhabitant resident citizen member branch store outlet school seat room bed employee worker student floor storey
    story page district province village island""".split()
)
