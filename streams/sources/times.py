"""Times as sources write them: ISO 8601 or RFC 2822, with a zone or in the outlet's own."""

from datetime import UTC, datetime, tzinfo
from email.utils import parsedate_to_datetime
from zoneinfo import ZoneInfo

from dateutil import parser


def moment(text: object, timezone: str | None = None) -> datetime | None:
    """None where it is no time, or one outside the years 1971 to 2100: what does not hold is better not said."""
    if not isinstance(text, str) or not text.strip():
        return None
    try:
        found = _parsed(text.strip())
        found = found if found.tzinfo else found.replace(tzinfo=_zone(timezone))
        return believed(found.astimezone(UTC))
    except (ValueError, OverflowError):
        return None


def believed(found: datetime) -> datetime | None:
    """None outside the years 1971 to 2100."""
    return found if 1970 < found.year <= 2100 else None


def _parsed(text: str) -> datetime:
    try:
        return parser.isoparse(text)
    except ValueError:
        return parsedate_to_datetime(text)


def _zone(name: str | None) -> tzinfo:
    return ZoneInfo(name) if name else UTC
