"""Templates to text. Everything is escaped; times are elements that a browser turns into ages."""

from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from streams.board.hub import Shape
from streams.board.slugs import slug_of
from streams.board.view.alerts import ShownAlert
from streams.board.web.cards import card, latency, sources, subject
from streams.wording import duration, fact_words, printable, value_words

HERE = Path(__file__).parent
STATIC = HERE / "static"
SHOWN_BYTES = 4_000  # of a dead letter


@cache
def templates() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "card": card,
        "clock": clock,
        "day": day,
        "latency": latency,
        "link": safe_link,
        "printable": printable,
        "raw": raw,
        "seconds": duration,
        "slug": slug_of,
        "sources": sources,
        "subject": subject,
        "fact_words": fact_words,
        "value_words": value_words,
    }
    return environment


def render(template: str, **values: Any) -> str:
    return templates().get_template(template).render(**values)


def encode_alert(shown: ShownAlert, shape: Shape) -> str:
    """For the stream: an alert's JSON, or the card that a page puts in."""
    return shown.alert.model_dump_json() if shape == "json" else render("card.html", shown=shown)


def clock(moment: datetime) -> Markup:
    """`14:58:00 UTC`, with the whole time for machines and on hovering."""
    utc = moment.astimezone(UTC)
    whole = f"{utc:%Y-%m-%d %H:%M:%S} UTC"
    return Markup('<time datetime="{}" title="{}">{}</time>').format(utc.isoformat(), whole, f"{utc:%H:%M:%S}")


def day(moment: datetime) -> Markup:
    """`18 Mar 2025, 14:58`."""
    utc = moment.astimezone(UTC)
    return Markup('<time datetime="{}">{}</time>').format(utc.isoformat(), f"{utc.day} {utc:%b %Y, %H:%M}")


def safe_link(address: str | None) -> str | None:
    """An address from outside that may be linked to: a page on the web, and nothing that a browser would run."""
    if address is None:
        return None
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    return address if parts.scheme in ("http", "https") and parts.netloc else None


def raw(message: bytes | None) -> str:
    """Bytes as a person can look at them: UTF-8 where they are, escapes where not, and no more than one can read."""
    if message is None:
        return "(none)"
    shown = message[:SHOWN_BYTES].decode("utf-8", "backslashreplace")
    return shown if len(message) <= SHOWN_BYTES else f"{shown}… ({len(message):,} bytes in all)"
