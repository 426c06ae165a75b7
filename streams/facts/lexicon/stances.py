"""Verbs and phrases by the stance that they tell, after VerbNet's classes of judgement, permission and request."""

STANCES: dict[str, str] = {
    verb: stance
    for stance, verbs in {
        "supports": """support back favour favor endorse welcome praise champion defend approve applaud hail embrace
                       uphold""",
        "agrees": """agree accept consent concede admit acknowledge commit pledge promise vow undertake concur
                     acquiesce bow""",
        "rejects": """reject refuse oppose decline dismiss condemn criticise criticize denounce decry resist rebuff
                      spurn rule_out turn_down hit_out object protest snub slam""",
        "denies": "deny dispute contest rebut refute disavow",
        "demands": """demand urge insist call_on call_for press plead appeal beseech seek want ask request require lobby
                      recommend""",
        "considers": """consider weigh mull contemplate propose suggest plan intend threaten offer hope aim examine
                        study""",
    }.items()
    for verb in (word.replace("_", " ") for word in verbs.split())
}
# Stances that say the opposite of each other: one after the other is a change of mind, not another matter.
OPPOSED = ({"supports", "agrees", "considers", "demands"}, {"rejects", "denies"})
# Reports that somebody calls untrue are denied by whoever says so.
REPORTS = frozenset(
    """claim report allegation rumour rumor accusation suggestion story statement assertion charge speculation
    insinuation account""".split()
)
UNTRUE = frozenset(
    """untrue false wrong baseless unfounded incorrect inaccurate fabricated groundless unsubstantiated misleading
    nonsense lie rubbish invention fake""".split()
)
# What somebody is who holds a position: "is against", "are opposed to", "is willing to".
LEANINGS = {
    **dict.fromkeys(["against", "opposed", "unwilling", "reluctant", "sceptical", "skeptical", "critical"], "rejects"),
    **dict.fromkeys(["favor", "favour", "supportive", "behind"], "supports"),
    **dict.fromkeys(["willing", "ready", "prepared", "open"], "agrees"),
}
# "gave its approval to", "withdrew its support for".
BACKING = frozenset("approval support backing consent blessing endorsement assent weight".split())
GIVING = frozenset("give lend pledge offer throw voice express".split())
TAKING = frozenset("withdraw refuse deny pull withhold".split())
# "dropped its objections": who gives up being against something agrees to it.
AGAINST = frozenset("objection opposition resistance reservation veto".split())
GIVING_UP = frozenset("drop withdraw lift abandon waive end".split()) | {"give up"}
# What a judgement of something says: "said the sentence was unfair", "called the step disproportionate".
JUDGEMENTS = {
    **dict.fromkeys(
        """wrong unfair unjust unjustified unacceptable unlawful illegal disproportionate disgraceful shameful
        outrageous reckless irresponsible premature inadequate insufficient absurd cruel excessive lenient harsh
        illegitimate unconstitutional unreasonable unrealistic misguided regrettable provocative hypocritical cynical
        appalling scandalous inhumane undemocratic intolerable""".split(),
        "rejects",
    ),
    **dict.fromkeys(
        """right fair just lawful justified reasonable necessary encouraging welcome innocent sensible balanced
        proportionate overdue courageous historic legitimate""".split(),
        "supports",
    ),
}
NAMING = frozenset("call describe brand label denounce condemn dub consider deem regard".split())
BALLOTS = {"no": "rejects", "yes": "supports", "against": "rejects", "nay": "rejects", "aye": "supports"}
VOTES = {"for": "supports", "against": "rejects", "in favour of": "supports"}
STATIVE = frozenset(
    """be have seem appear remain contain include consist belong depend exist lie stand own know like love hate
    fear believe think mean matter resemble involve comprise constitute deserve lack need cost weigh measure
    represent concern""".split()
)
