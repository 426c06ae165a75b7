"""Titles, role nouns, organisation words, and places that stand for those who govern there."""

TITLES = frozenset(
    """mr mrs ms miss mx dr prof professor sir dame lord lady president vice prime minister chancellor king queen
    prince princess pope senator sen representative rep congressman congresswoman governor gov mayor chief
    general gen colonel col lt lieutenant captain capt sergeant sgt major admiral judge justice secretary
    foreign finance defence defense interior premier ambassador director chairman chairwoman chair commissioner
    sheriff coach manager baker inspector detective superintendent attorney rev reverend bishop cardinal
    archbishop father sister""".split()
)
# What somebody may be, do or become: the last word of an office.
OFFICES = frozenset(
    """president minister premier chancellor governor mayor senator ambassador envoy secretary director chairman
    chairwoman chair chairperson chief executive officer head leader manager coach captain editor commissioner judge
    commander general spokesman spokeswoman spokesperson treasurer trustee partner principal dean rector bishop pope
    king queen boss deputy candidate nominee ceo cfo coo cto""".split()
)
ORG_WORDS = frozenset(
    """air airlines airways bank bureau guild house party union ministry court company corp inc ltd plc group
    agency department office council committee commission parliament assembly congress senate university college
    hospital school police army navy force forces service services authority association federation league club
    club's institute foundation board fund trust society times post journal news television radio network
    organization organisation nations""".split()
)
ORG_NOUNS = frozenset(
    """company airline carrier firm union guild party bank group agency bureau ministry department court council
    committee commission government parliament assembly authority regulator manufacturer maker operator retailer
    club team league hospital university school organisation organization body board chain brand supplier
    utility watchdog""".split()
)
# Capitals and seats of government, and what is said of a country, to the country.
METONYMS: dict[str, str] = {
    **dict.fromkeys(["kremlin", "moscow", "russia", "russian", "russian federation", "russians"], "russia"),
    **dict.fromkeys(
        [
            "white house",
            "washington",
            "united states",
            "u.s.",
            "us",
            "usa",
            "america",
            "american",
            "americans",
            "united states of america",
        ],
        "united states",
    ),
    **dict.fromkeys(["kyiv", "kiev", "ukraine", "ukrainian", "ukrainians"], "ukraine"),
    **dict.fromkeys(["beijing", "china", "chinese"], "china"),
    **dict.fromkeys(
        ["london", "downing street", "united kingdom", "u.k.", "uk", "britain", "british"], "united kingdom"
    ),
    **dict.fromkeys(["paris", "elysee", "\u00e9lys\u00e9e", "france", "french"], "france"),
    **dict.fromkeys(["berlin", "germany", "german", "germans"], "germany"),
    **dict.fromkeys(["brussels", "european union", "e.u.", "eu"], "european union"),
    **dict.fromkeys(["tehran", "iran", "iranian"], "iran"),
    **dict.fromkeys(["jerusalem", "israel", "israeli", "israelis"], "israel"),
    **dict.fromkeys(["tokyo", "japan", "japanese"], "japan"),
    **dict.fromkeys(["delhi", "new delhi", "india", "indian"], "india"),
    **dict.fromkeys(["islamabad", "pakistan", "pakistani"], "pakistan"),
    **dict.fromkeys(["ankara", "turkey", "t\u00fcrkiye", "turkish"], "turkey"),
    **dict.fromkeys(["seoul", "south korea", "south korean"], "south korea"),
    **dict.fromkeys(["pyongyang", "north korea", "north korean"], "north korea"),
    **dict.fromkeys(["united nations", "u.n.", "un"], "united nations"),
}
