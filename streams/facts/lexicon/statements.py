"""Documents and announcements by form, and the verbs with which they come out."""

FORMS: dict[str, str] = {
    word: form
    for form, line in {
        "statement": "statement communique communiqu\u00e9 declaration announcement notice bulletin message letter",
        "readout": "readout transcript summary",
        "report": "report finding findings study review assessment audit survey result results figures data",
        "order": "order decree injunction directive instruction warrant",
        "verdict": "verdict ruling judgment judgement decision sentence opinion",
        "warning": "warning alert advisory guidance advice",
        "document": "document draft plan proposal text list dossier video photograph footage recording",
    }.items()
    for word in line.split()
}
RELEASE = frozenset(
    "release publish issue deliver circulate unveil distribute post send table file broadcast".split()
) | {
    "put out",
    "hand down",
    "set out",
    "hand out",
    "send out",
    "bring out",
}
