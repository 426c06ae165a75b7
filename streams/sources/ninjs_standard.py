"""What IPTC ninjs allows, in 1.0 to 3.1: https://iptc.org/standards/ninjs/. A document need not say which it follows.

Versions differ in names (``headline`` or ``headlines``, ``body_text`` or ``bodies``) and in capitals
(``versioncreated`` or ``versionCreated``). Here names are folded to small letters; what one version allows is
allowed.
"""

import re
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationInfo, model_validator

from schemas.updates import Status

EXTENSION = re.compile(r"(description|body|headline)_[A-Za-z0-9_]")  # of ninjs 1, where names say the role
GEOMETRY = re.compile(r"geometry_[A-Za-z0-9_]")
TRUNCATED = re.compile(
    r"-?\d{4,}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01])(T\d\d:\d\d:\d\d([.]\d+)?(Z|[+-]\d\d:\d\d)?)?)?)?"
)

Percent = Annotated[int, Field(ge=0, le=100)]
Urgency = Annotated[int, Field(ge=1, le=9)]
NewsType = Literal["text", "audio", "video", "picture", "graphic", "composite", "component", "event", "planning"]


def _truncated(said: str) -> str:
    if not TRUNCATED.fullmatch(said):
        raise ValueError("should be a year, a month, a day or a time of ISO 8601")
    return said


TruncatedTime = Annotated[str, AfterValidator(_truncated)]


class Part(BaseModel):
    """Fields that ninjs does not know are refused, unless the context of the validation says ``own_fields``."""

    model_config = ConfigDict(extra="allow", strict=True)

    @model_validator(mode="before")
    @classmethod
    def _folded(cls, said: Any) -> Any:
        return {name.lower(): value for name, value in said.items()} if isinstance(said, dict) else said

    @model_validator(mode="after")
    def _known(self, info: ValidationInfo) -> Self:
        unknown = [name for name, value in (self.model_extra or {}).items() if not self._is_extension(name, value)]
        if unknown and not (info.context or {}).get("own_fields"):
            raise ValueError(f"has a field that ninjs does not know, {', '.join(unknown[:3])[:100]}")
        return self

    def _is_extension(self, name: str, value: Any) -> bool:
        return False


def _listed(said: Any) -> Any:
    """ninjs 1 has an object, by names, where later versions have a list of objects with names."""
    if not isinstance(said, dict):
        return said
    return [{"name": name, **value} if isinstance(value, dict) else value for name, value in said.items()]


class Text(Part):
    """One of several headlines, bodies or descriptions."""

    value: str
    role: str | None = None
    contenttype: str | None = None
    charcount: int | float | None = None
    wordcount: int | float | None = None


class Concept(Part):
    """A person, an organisation, a subject and so on: with a code in a scheme, or with a URI or a literal."""

    name: str | None = None
    rel: str | None = None
    role: str | None = None
    scheme: str | None = None
    code: str | None = None
    id: str | None = None
    uri: str | None = None
    literal: str | None = None
    title: str | None = None
    href: str | None = None
    creator: str | None = None
    relevance: Percent | None = None
    confidence: Percent | None = None
    symbols: list[dict[str, str]] = []
    contactinfo: list[dict[str, Any]] = []


class GeoJson(Part):
    """Of RFC 7946 no more than that it says what it is."""

    type: str

    def _is_extension(self, name: str, value: Any) -> bool:
        return True


class Place(Concept):
    geojson: GeoJson | None = None

    def _is_extension(self, name: str, value: Any) -> bool:
        return GEOMETRY.match(name) is not None and isinstance(value, dict)


class Rendition(Part):
    name: str | None = None
    href: str | None = None
    mimetype: str | None = None
    contenttype: str | None = None
    title: str | None = None
    format: str | None = None
    width: int | float | None = None
    height: int | float | None = None
    sizeinbytes: int | float | None = None
    duration: int | float | None = None
    aspectratio: str | None = None
    videocodec: str | None = None
    framerate: int | float | None = None
    poi: dict[str, int] | None = None
    transportprotocol: str | None = None
    scantype: Literal["progressive", "interlaced"] | None = None
    bitrate: str | None = None


class Rights(Part):
    langid: str | None = None
    linkedrights: str | None = None
    encodedrights: str | None = None

    @model_validator(mode="after")
    def _either(self) -> Self:
        if (self.linkedrights is None) == (self.encodedrights is None):
            raise ValueError("should have either linkedrights or encodedrights")
        return self


class Dates(Part):
    startdate: str | None = None
    enddate: str | None = None
    expectedstartdate: TruncatedTime | None = None
    expectedenddate: TruncatedTime | None = None
    expectedduration: str | None = None
    recurrence: dict[str, Any] | None = None

    @model_validator(mode="after")
    def _either(self) -> Self:
        if self.startdate and self.expectedstartdate:
            raise ValueError("should have either startdate or expectedstartdate")
        if self.enddate and self.expectedenddate:
            raise ValueError("should have either enddate or expectedenddate")
        return self


class EventDetails(Part):
    eventstatus: str | None = None
    plannedcoveragestatus: str | None = None
    dates: Dates | None = None
    organiser: Concept | None = None


class Range(Part):
    rangefrom: int | None = None
    rangeto: int | None = None


class Audience(Part):
    audience: str | None = None
    significance: int | None = None


class Coverage(Part):
    """Of an event: what is planned."""

    uri: str | None = None
    title: str | None = None
    pubstatus: Status | None = None
    type: NewsType | None = None
    plannedcoveragestatus: str | None = None
    event: str | None = None
    commissioned: dict[str, Any] | None = None
    dates: Dates | None = None
    services: list[str] = []
    audiences: list[Audience] = []
    exclaudience: list[str] = []
    ednote: str | None = None
    urgency: Urgency | None = None
    language: str | None = None
    itemcount: Range | None = None
    wordcount: int | None = None
    renditions: list[Rendition] = []


class Grade(Part):
    """How important an item is, or for how long: a code, and the scheme that it is of."""

    code: str
    scheme: str | None = None


class Advice(Part):
    """Of the development versions."""

    role: str | None = None
    environments: list[Grade] = []
    importance: Grade | None = None
    lifetime: Grade | None = None


class Standard(Part):
    name: str | None = None
    version: str | None = None
    schema_: str | None = Field(None, alias="schema")


class Ninjs(Part):
    """``correction`` and ``url`` are no fields of ninjs: the text of a correction, and where the article is."""

    uri: Annotated[str, Field(min_length=1, max_length=2048)]
    standard: Standard | None = None
    standard_1: Standard | None = Field(None, alias="$standard")
    type: NewsType | None = None
    mimetype: str | None = None
    contenttype: str | None = None
    representationtype: Literal["complete", "incomplete", "full", "partial"] | None = None
    profile: str | None = None
    version: str | None = None
    pubstatus: Status = "usable"
    urgency: Urgency | None = None
    language: str | None = None
    firstcreated: str | None = None
    versioncreated: str | None = None
    contentcreated: str | None = None
    embargoed: str | None = None
    embargoeduntil: str | None = None
    expires: str | None = None
    copyrightholder: str | None = None
    copyrightnotice: str | None = None
    usageterms: str | None = None
    rightsinfo: Rights | None = None
    ednote: str | None = None
    headline: str | None = None
    title: str | None = None
    slugline: str | None = None
    byline: str | None = None
    by: str | None = None
    located: str | None = None
    charcount: int | float | None = None
    wordcount: int | float | None = None
    body_text: str | None = None
    body_xhtml: str | None = None
    body_html: str | None = None
    headlines: list[Text] = []
    bodies: list[Text] = []
    descriptions: list[Text] = []
    person: list[Concept] = []
    people: list[Concept] = []
    organisation: list[Concept] = []
    organisations: list[Concept] = []
    place: list[Place] = []
    places: list[Place] = []
    subject: list[Concept] = []
    subjects: list[Concept] = []
    event: list[Concept] = []
    events: list[Concept] = []
    object: list[Concept] = []
    objects: list[Concept] = []
    infosource: list[Concept] = []
    infosources: list[Concept] = []
    genre: list[Concept] = []
    genres: list[Concept] = []
    trustindicator: list[Concept] = []
    trustindicators: list[Concept] = []
    digitalsourcetype: Concept | None = None
    renditions: Annotated[list[Rendition], BeforeValidator(_listed)] = []
    associations: Annotated[list["Association"], BeforeValidator(_listed)] = []
    altids: Annotated[list[Any], BeforeValidator(_listed)] = []
    eventdetails: EventDetails | None = None
    plannedcoverage: list[Coverage] = []
    advices: list[Advice] = []
    correction: str | None = None
    url: str | None = None

    def _is_extension(self, name: str, value: Any) -> bool:
        return EXTENSION.match(name) is not None and isinstance(value, str)


class Association(Ninjs):
    """An item within another: a picture, a related article."""

    name: str
    rel: str | None = None
