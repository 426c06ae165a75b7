"""Verbs that undo each other: of the same thing, the one after the other is a change of what is so.

After WordNet's antonyms and VerbNet's classes of beginning, possession, judgement and change of state.
"""

_PAIRS = """
close shut block seal seal_off cordon_off barricade
open reopen clear unblock unseal

lose cut cut_off sever interrupt disrupt suspend halt stop pause ground knock_out
restore resume regain recover reconnect restart return

order impose declare introduce issue extend enforce set reimpose tighten
lift withdraw cancel revoke rescind scrap drop end discontinue call_off repeal overturn quash waive relax ease remove
annul reverse

arrest detain hold jail imprison capture seize kidnap abduct hijack trap strand
release free liberate rescue acquit exonerate escape let_go

appoint hire name elect reappoint reinstate
sack fire dismiss remove oust axe suspend drop resign quit step_down stand_down

accept agree approve back pass ratify grant allow permit authorise authorize endorse uphold
reject refuse deny block veto ban bar forbid prohibit turn_down dismiss overturn quash throw_out strike_down

rise increase raise grow climb gain jump strengthen widen expand
fall drop cut decrease lower decline reduce slip shrink weaken narrow

start begin open launch commence
end finish stop close halt complete conclude cease

deploy send station dispatch move_in
withdraw pull_out recall pull_back

evacuate leave flee vacate depart
return come_back re-enter

cancel postpone suspend scrap abandon shelve call_off
reinstate resume revive restore go_ahead proceed

disappear vanish miss lose
find locate recover discover turn_up trace

extinguish contain control put_out douse
break_out spread flare flare_up reignite

join enter sign_up
leave quit withdraw pull_out drop_out exit

deny reject dispute
admit confirm acknowledge concede

die
survive
"""


def _pairs() -> tuple[tuple[frozenset[str], frozenset[str]], ...]:
    lines = [block.split("\n", 1) for block in _PAIRS.strip().split("\n\n")]
    return tuple((_verbs(one), _verbs(other)) for one, other in lines)


def _verbs(words: str) -> frozenset[str]:
    return frozenset(word.replace("_", " ") for word in words.split())


PAIRS = _pairs()


def contrary(verb: str, other: str) -> bool:
    """Whether two verbs undo each other."""
    return any((verb in a and other in b) or (verb in b and other in a) for a, b in PAIRS)
