"""Time zones as printed after a time of day: "EDT", "local time", "Moscow time", "in Washington", "UTC+2"."""

import re
from dataclasses import dataclass
from datetime import UTC, timedelta, timezone, tzinfo
from functools import cache
from zoneinfo import ZoneInfo

# Minutes east of UTC. An abbreviation that several zones share is in _AMBIGUOUS.
_OFFSETS = {
    "GMT": 0, "UTC": 0, "WET": 0, "Z": 0, "BST": 60, "WEST": 60, "CET": 60, "WAT": 60, "CEST": 120, "EET": 120,
    "CAT": 120, "SAST": 120, "EEST": 180, "MSK": 180, "EAT": 180, "AST": -240, "ADT": -180, "NST": -210, "NDT": -150,
    "EST": -300, "EDT": -240, "CST": -360, "CDT": -300, "MST": -420, "MDT": -360, "PST": -480, "PDT": -420,
    "AKST": -540, "AKDT": -480, "HST": -600, "BRT": -180, "ART": -180, "PKT": 300, "IST": 330, "NPT": 345, "ICT": 420,
    "WIB": 420, "SGT": 480, "HKT": 480, "PHT": 480, "AWST": 480, "JST": 540, "KST": 540, "ACST": 570, "AEST": 600,
    "ACDT": 630, "AEDT": 660, "NZST": 720, "NZDT": 780, "TRT": 180, "GST": 240, "IRST": 210,
}  # fmt: skip
_AMBIGUOUS = {
    "IST": {"Europe/Dublin": 60, "Asia/Jerusalem": 120, "Asia/Tel_Aviv": 120},
    "BST": {"Asia/Dhaka": 360},
    "CST": {"Asia/Shanghai": 480, "Asia/Taipei": 480, "America/Havana": -300},
    "AST": {"Asia/Riyadh": 180, "Asia/Baghdad": 180, "Asia/Kuwait": 180, "Asia/Qatar": 180},
}
_REGIONS = {
    "ET": "America/New_York", "Eastern": "America/New_York", "CT": "America/Chicago", "Central": "America/Chicago",
    "MT": "America/Denver", "Mountain": "America/Denver", "PT": "America/Los_Angeles", "Pacific": "America/Los_Angeles",
}  # fmt: skip
_CITIES = {
    "New York": "America/New_York", "Washington": "America/New_York", "Boston": "America/New_York",
    "Miami": "America/New_York", "Atlanta": "America/New_York", "Toronto": "America/Toronto",
    "Ottawa": "America/Toronto", "Montreal": "America/Toronto", "Chicago": "America/Chicago",
    "Houston": "America/Chicago", "Dallas": "America/Chicago", "Denver": "America/Denver",
    "Phoenix": "America/Phoenix", "Los Angeles": "America/Los_Angeles", "San Francisco": "America/Los_Angeles",
    "Seattle": "America/Los_Angeles", "California": "America/Los_Angeles", "Vancouver": "America/Vancouver",
    "Mexico City": "America/Mexico_City", "Havana": "America/Havana", "Bogota": "America/Bogota",
    "Lima": "America/Lima", "Caracas": "America/Caracas", "Santiago": "America/Santiago",
    "Buenos Aires": "America/Argentina/Buenos_Aires", "Brasilia": "America/Sao_Paulo",
    "Sao Paulo": "America/Sao_Paulo", "Rio de Janeiro": "America/Sao_Paulo", "London": "Europe/London",
    "Edinburgh": "Europe/London", "British": "Europe/London", "UK": "Europe/London", "Dublin": "Europe/Dublin",
    "Irish": "Europe/Dublin", "Lisbon": "Europe/Lisbon", "Madrid": "Europe/Madrid", "Barcelona": "Europe/Madrid",
    "Paris": "Europe/Paris", "French": "Europe/Paris", "Brussels": "Europe/Brussels", "Amsterdam": "Europe/Amsterdam",
    "The Hague": "Europe/Amsterdam", "Luxembourg": "Europe/Luxembourg", "Berlin": "Europe/Berlin",
    "Frankfurt": "Europe/Berlin", "Munich": "Europe/Berlin", "German": "Europe/Berlin",
    "Central European": "Europe/Berlin", "Zurich": "Europe/Zurich", "Geneva": "Europe/Zurich",
    "Swiss": "Europe/Zurich", "Vienna": "Europe/Vienna", "Rome": "Europe/Rome", "Milan": "Europe/Rome",
    "Vatican": "Europe/Vatican", "Athens": "Europe/Athens", "Stockholm": "Europe/Stockholm", "Oslo": "Europe/Oslo",
    "Copenhagen": "Europe/Copenhagen", "Helsinki": "Europe/Helsinki", "Reykjavik": "Atlantic/Reykjavik",
    "Warsaw": "Europe/Warsaw", "Prague": "Europe/Prague", "Budapest": "Europe/Budapest",
    "Bucharest": "Europe/Bucharest", "Sofia": "Europe/Sofia", "Belgrade": "Europe/Belgrade",
    "Vilnius": "Europe/Vilnius", "Riga": "Europe/Riga", "Tallinn": "Europe/Tallinn", "Kyiv": "Europe/Kiev",
    "Kiev": "Europe/Kiev", "Minsk": "Europe/Minsk", "Moscow": "Europe/Moscow", "Istanbul": "Europe/Istanbul",
    "Ankara": "Europe/Istanbul", "Turkish": "Europe/Istanbul", "Jerusalem": "Asia/Jerusalem",
    "Tel Aviv": "Asia/Jerusalem", "Israel": "Asia/Jerusalem", "Gaza": "Asia/Gaza", "Beirut": "Asia/Beirut",
    "Damascus": "Asia/Damascus", "Amman": "Asia/Amman", "Baghdad": "Asia/Baghdad", "Tehran": "Asia/Tehran",
    "Riyadh": "Asia/Riyadh", "Doha": "Asia/Qatar", "Dubai": "Asia/Dubai", "Abu Dhabi": "Asia/Dubai",
    "Kabul": "Asia/Kabul", "Islamabad": "Asia/Karachi", "Karachi": "Asia/Karachi", "New Delhi": "Asia/Kolkata",
    "Delhi": "Asia/Kolkata", "Mumbai": "Asia/Kolkata", "Indian": "Asia/Kolkata", "Kathmandu": "Asia/Kathmandu",
    "Dhaka": "Asia/Dhaka", "Bangkok": "Asia/Bangkok", "Hanoi": "Asia/Ho_Chi_Minh", "Jakarta": "Asia/Jakarta",
    "Kuala Lumpur": "Asia/Kuala_Lumpur", "Singapore": "Asia/Singapore", "Manila": "Asia/Manila",
    "Hong Kong": "Asia/Hong_Kong", "Beijing": "Asia/Shanghai", "Shanghai": "Asia/Shanghai", "Taipei": "Asia/Taipei",
    "Seoul": "Asia/Seoul", "Tokyo": "Asia/Tokyo", "Japan": "Asia/Tokyo", "Perth": "Australia/Perth",
    "Sydney": "Australia/Sydney", "Melbourne": "Australia/Melbourne", "Canberra": "Australia/Sydney",
    "Wellington": "Pacific/Auckland", "Auckland": "Pacific/Auckland", "Honolulu": "Pacific/Honolulu",
    "Cairo": "Africa/Cairo", "Tripoli": "Africa/Tripoli", "Tunis": "Africa/Tunis", "Algiers": "Africa/Algiers",
    "Rabat": "Africa/Casablanca", "Lagos": "Africa/Lagos", "Abuja": "Africa/Lagos", "Accra": "Africa/Accra",
    "Khartoum": "Africa/Khartoum", "Addis Ababa": "Africa/Addis_Ababa", "Nairobi": "Africa/Nairobi",
    "Johannesburg": "Africa/Johannesburg", "Pretoria": "Africa/Johannesburg", "Cape Town": "Africa/Johannesburg",
}  # fmt: skip
_PLACES = "|".join(place.replace(" ", r"\s") for place in sorted(_CITIES, key=len, reverse=True))
_CODES = "|".join(sorted(_OFFSETS, key=len, reverse=True))
_ZONE = re.compile(
    rf"""(?:\s?[(]?)(?:
        (?P<offset>(?:GMT|UTC)\s?(?P<sign>[+−-])\s?(?P<hours>[01]?[0-9])(?::?(?P<minutes>[0-5][0-9]))?)(?![0-9:])
      | (?P<code>{_CODES})\b
      | (?P<region>ET|CT|MT|PT|(?:US\s|U\.S\.\s)?(?:Eastern|Central|Mountain|Pacific))\b(?!\s(?:Europe|America))
        (?:\s(?:[Ss]tandard\s|[Dd]aylight\s)?[Tt]ime\b)?
      | (?P<local>(?:the\s)?local\stime\b|local\b(?!\s[a-z])|(?:hours|hrs)(?:\slocal(?:\stime)?)?\b)
      | (?P<place>{_PLACES})\s(?:[Ss]tandard\s|[Ss]ummer\s)?[Tt]ime\b
      | in\s(?P<city>{_PLACES})\b
    )\)?""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class ZoneMention:
    """``tz`` is None for "local time": the outlet's zone, if that is known."""

    end: int
    text: str
    tz: tzinfo | None


def zone_after(text: str, position: int, outlet: ZoneInfo | None) -> ZoneMention | None:
    """The zone printed right after a time of day; None if there is none."""
    match = _ZONE.match(text, position)
    if match is None:
        return None
    end = match.end()
    opened, closed = "(" in match[0], match[0].endswith(")")
    if closed and not opened:
        end -= 1
    return ZoneMention(end, (match["city"] or match[0]).strip(" ()"), _tz(match, outlet))


def _tz(match: re.Match[str], outlet: ZoneInfo | None) -> tzinfo | None:
    if match["offset"]:
        minutes = int(match["hours"]) * 60 + int(match["minutes"] or 0)
        return timezone(timedelta(minutes=minutes if match["sign"] == "+" else -minutes))
    if match["code"]:
        return _of_code(match["code"], outlet)
    if match["region"]:
        return _zone_info(_REGIONS[match["region"].split()[-1]])
    name = match["place"] or match["city"]
    return _zone_info(_CITIES[" ".join(name.split())]) if name else None


def _of_code(code: str, outlet: ZoneInfo | None) -> tzinfo:
    here = _AMBIGUOUS.get(code, {}).get(outlet.key) if outlet else None
    minutes = _OFFSETS[code] if here is None else here
    return timezone(timedelta(minutes=minutes)) if minutes else UTC


@cache
def _zone_info(key: str) -> ZoneInfo:
    return ZoneInfo(key)
