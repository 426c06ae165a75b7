"""Event nouns and verbs by class, and the verbs that move an event's status."""

from streams.facts.lexicon.actors import ORG_NOUNS
from streams.facts.lexicon.counts import ANYBODY


def _classes(table: str) -> dict[str, str]:
    """Lines of ``class: word, word …`` to a mapping from each word to its class."""
    lines = (line.split(":", 1) for line in table.strip().splitlines())
    return {word.strip(): cls.strip() for cls, words in lines for word in [cls, *words.split(",")]}


NOUNS = _classes(
    """
    call: phone call, telephone call, conversation, phone conversation, telephone conversation, videoconference
    talks: talk, negotiation, negotiations, dialogue, discussion, discussions, consultation, consultations, parley
    meeting: summit, session, gathering, conference, convention, congress, audience, encounter
    news conference: press conference, briefing, press briefing, media briefing
    vote: voting, ballot, balloting, poll, polling, runoff, run-off, referendum
    election: elections, by-election, byelection, primary
    strike: walkout, walk-out, stoppage, industrial action
    trial: retrial, court case, proceedings, prosecution, court-martial
    hearing: inquest, arraignment, deposition, tribunal
    appeal: appeals
    investigation: inquiry, enquiry, probe, review, audit
    attack: raid, assault, bombing, shelling, airstrike, bombardment, ambush, stabbing, shooting, offensive, incursion
    war: fighting, conflict, battle, hostilities, clashes, clash
    ceasefire: truce, armistice, cease-fire
    siege: standoff, stand-off, blockade, occupation
    hostage crisis: hostage-taking, kidnapping, hijacking
    evacuation: evacuations
    search: manhunt, rescue, rescue operation, search operation, recovery operation, salvage
    eruption: eruptions
    earthquake: quake, aftershock, tremor
    fire: blaze, wildfire, bushfire, inferno
    storm: hurricane, typhoon, cyclone, tornado, blizzard
    flood: flooding, floods
    outbreak: epidemic, pandemic
    protest: demonstration, rally, march, sit-in, riot, riots, unrest, protests, demonstrations
    visit: trip, tour, journey
    launch: liftoff, lift-off, takeoff, mission, spaceflight
    match: game, final, semifinal, semi-final, race, tournament, championship, bout, replay, kickoff, kick-off, tip-off
    production: manufacturing, output
    service: services, flights, operations, trading, traffic
    recall: recalls
    exchange: swap, handover
    operation: procedure, surgery
    lockdown: curfew, state of emergency, quarantine
    outage: blackout, power cut, disruption
    sale: auction, takeover, merger, acquisition, buyout, listing, flotation, tender
    ceremony: funeral, parade, inauguration, service of remembrance, wedding, coronation, memorial, burial
    festival: concert, exhibition, show, performance
    construction: works, building work, repair, repairs, demolition
    campaign: drive
    closure: shutdown
    collapse: crash, collision, derailment, explosion, blast, landslide
    debate: hustings
    signing: signature
    decision: ruling, verdict, judgment, judgement, announcement
    deal: agreement, accord, treaty, pact
    resignation: departure
    test: trials, experiment, drill, exercise
    deadline: cutoff
    release: freeing
    order: orders, evacuation order, evacuation orders, stay-at-home order
    warning: warnings, storm warning, hurricane warning, flood warning, weather warning, heat warning
    advisory: advisories, boil-water advisory
    ban: bans, prohibition, moratorium
    restriction: restrictions, curb, curbs
    sanctions: sanction, embargo
    """
)

# Verbs that are an event of themselves: in the past it has happened, in the future it is scheduled.
VERBS: dict[str, str] = {
    verb: cls
    for cls, verbs in {
        "call": "phone telephone",
        "talks": "negotiate confer",
        "meeting": "meet convene",
        "vote": "ballot vote",
        "debate": "debate",
        "strike": "walk_out",
        "visit": "visit tour",
        "exchange": "exchange swap",
        "signing": "sign ratify countersign",
        "launch": "launch blast_off lift_off",
        "evacuation": "evacuate",
        "resignation": "resign quit step_down stand_down",
        "election": "elect",
        "release": "release free liberate",
        "handover": "hand_over surrender",
        "testimony": "testify",
        "recall": "recall",
        "sale": "sell acquire",
        "reopening": "reopen",
        "landing": "land dock",
        "arrival": "arrive",
        "approval": "approve ratify adopt",
    }.items()
    for verb in (word.replace("_", " ") for word in verbs.split())
}
# Acts that are as weighty as an event's end.
ACTS_OF_LAW = frozenset("arrest detain sentence convict acquit charge indict".split())
# Of these, the ones that take their time, and so can be said to have ended; the others are done.
LASTING = frozenset({"call", "talks", "meeting", "debate", "strike", "visit", "testimony"})
# Those that begin something: who has walked out is on strike.
BEGUN = frozenset({"walk out", "recall", "evacuate"})
# Verbs of talk: an event only by telephone, or where the story knows one of these classes.
TALK = frozenset({"speak", "talk", "converse", "chat"})
TALK_CLASSES = ("call", "talks", "meeting")
# Symmetric events: who takes part tells them apart.
MUTUAL = frozenset({"call", "talks", "meeting", "exchange", "match", "deal", "ceasefire", "war", "signing", "debate"})

STATUS_VERBS: dict[str, str] = {
    **dict.fromkeys(
        ["begin", "start", "open", "commence", "kick off", "get under way", "take effect", "erupt", "break out"],
        "begin",
    ),
    **dict.fromkeys(["continue", "go on", "persist", "drag on", "proceed", "remain", "rage", "last"], "ongoing"),
    **dict.fromkeys(
        [
            "end",
            "finish",
            "conclude",
            "close",
            "wrap up",
            "cease",
            "complete",
            "wind up",
            "break up",
            "expire",
            "collapse",
            "break down",
            "fall apart",
            "fall through",
            "peter out",
            "stand down",
            "lift",
            "withdraw",
            "rescind",
            "revoke",
            "discontinue",
        ],
        "ended",
    ),
    **dict.fromkeys(
        ["suspend", "halt", "adjourn", "pause", "interrupt", "break off", "stop", "freeze", "shelve"], "suspended"
    ),
    **dict.fromkeys(["resume", "restart", "reopen", "reconvene"], "resumed"),
    **dict.fromkeys(["cancel", "call off", "scrap", "abandon", "drop", "axe", "ditch", "annul"], "cancelled"),
    **dict.fromkeys(
        ["postpone", "delay", "put off", "put back", "push back", "set back", "defer", "reschedule"], "postponed"
    ),
    **dict.fromkeys(
        ["hold", "take place", "happen", "occur", "go ahead", "stage", "conduct", "host", "convene"], "held"
    ),
    **dict.fromkeys(["schedule", "plan", "arrange", "expect", "announce", "slate", "set"], "planned"),
}
# These move the status of anything that they are said of; the rest only of what is known to be an event.
STRONG = frozenset({"suspended", "resumed", "cancelled", "postponed"})
WEAK_WORDS = frozenset(
    {"stop", "drop", "abandon", "delay", "freeze", "reopen", "ditch", "interrupt", "break off", "scrap"}
)

# They move the status of whatever is said to be done, by a noun made of a verb: "restoration has begun".
ASPECTS = frozenset(
    "begin start commence continue resume end finish conclude complete suspend halt stop pause".split()
) | {"take place", "go ahead", "get under way"}
# Those who act: they begin and are awaited as events do, and are none.
DOERS = ANYBODY | ORG_NOUNS
# Who joins an event does so at a time of their own.
JOINING = frozenset({"join", "attend", "leave", "quit", "miss", "skip", "watch", "enter", "cover"})
# Whatever takes place is an event, whatever it is called.
HAPPEN = frozenset({"take place", "go ahead"})
# Verbs by which somebody says of an event which state it is in: "declared the outbreak over".
DECLARE = frozenset({"declare", "pronounce"})
# Singular nouns for several who may walk out together.
CREWS = frozenset("staff crew union workforce team cast band class congregation opposition delegation".split())
DOINGS = ("tion", "sion", "ment", "ing")  # the endings of such nouns
NO_DOINGS = frozenset(
    """building morning evening spring ceiling wing king ring string thing government parliament department apartment
    document element moment equipment environment cement segment nation station population section mansion
    television version pension instrument monument regiment ointment garment basement fragment pavement sentiment
    temperament""".split()
)


STATES: dict[str, str] = {
    **dict.fromkeys(
        [
            "under way",
            "underway",
            "ongoing",
            "in progress",
            "on",
            "in session",
            "going on",
            "in force",
            "in effect",
            "in place",
        ],
        "ongoing",
    ),
    **dict.fromkeys(["into force", "into effect"], "begin"),
    **dict.fromkeys(["to an end", "to a close"], "ended"),
    **dict.fromkeys(["to a halt", "to a standstill", "to a stop"], "suspended"),
    **dict.fromkeys(["over", "complete", "finished", "done", "at an end"], "ended"),
    **dict.fromkeys(["due", "scheduled", "planned", "set", "expected"], "scheduled"),
    **dict.fromkeys(["suspended", "on hold", "at a standstill", "halted"], "suspended"),
    **dict.fromkeys(["cancelled", "canceled", "off"], "cancelled"),
    **dict.fromkeys(["postponed", "delayed"], "postponed"),
}
# From each status, those that a later text may move it to without a word of going back.
FORWARD: dict[str, frozenset[str]] = {
    "scheduled": frozenset({"ongoing", "ended", "cancelled", "postponed", "suspended"}),
    "ongoing": frozenset({"ended", "suspended", "cancelled", "postponed"}),
    "suspended": frozenset({"resumed", "cancelled", "ended", "postponed"}),
    "resumed": frozenset({"ended", "suspended", "cancelled"}),
    "postponed": frozenset({"scheduled", "ongoing", "resumed", "ended", "cancelled"}),
    "cancelled": frozenset({"resumed", "postponed"}),
    "ended": frozenset({"resumed", "cancelled", "postponed"}),
}
