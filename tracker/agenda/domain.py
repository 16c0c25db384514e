"""A calendar as text, and the week a message is for: the thinking, without a database.

The text follows RFC 5545: lines end with CR LF and are folded after 75 octets (3.1), text is
escaped (3.3.11), and what lasts a day has dates and no times (3.6.1).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

OCTETS = 75


@dataclass(frozen=True, slots=True)
class Event:
    """Something on one day. `uid` names it for as long as it is there, in whichever fetch."""

    uid: str
    on: date
    summary: str
    description: str = ""
    url: str = ""


def calendar(events: Iterable[Event], *, name: str, stamp: datetime) -> str:
    """The events as an iCalendar object. `stamp` is when it was made, an aware time."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//QI Tracker//Calendar//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{escaped(name)}",
        "REFRESH-INTERVAL;VALUE=DURATION:PT6H",
    ]
    for event in events:
        lines += _event(event, stamp)
    lines.append("END:VCALENDAR")
    return "".join(f"{folded(line)}\r\n" for line in lines)


def _event(event: Event, stamp: datetime) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{escaped(event.uid)}"
    yield f"DTSTAMP:{stamp.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    yield f"DTSTART;VALUE=DATE:{event.on:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{event.on + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{escaped(event.summary)}"
    if event.description:
        yield f"DESCRIPTION:{escaped(event.description)}"
    if event.url:
        # A URI is not escaped: what would end its line is no part of one.
        yield f"URL:{''.join(event.url.split())}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def escaped(text: str) -> str:
    """Text as a property holds it; other control characters are not allowed in one.

    >>> escaped("Walk; look, and say\\nso")
    'Walk\\\\; look\\\\, and say\\\\nso'
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join(mark for mark in lines if mark in "\n\t" or mark.isprintable())
    for mark in "\\;,":
        kept = kept.replace(mark, "\\" + mark)
    return kept.replace("\n", "\\n")


def folded(line: str) -> str:
    """A line of at most 75 octets, and what is longer on lines that begin with a space.

    No character is cut in two.
    """
    parts, held, room = [""], 0, OCTETS
    for mark in line:
        size = len(mark.encode())
        if held + size > room:
            parts.append("")
            held, room = 0, OCTETS - 1
        parts[-1] += mark
        held += size
    return "\r\n ".join(parts)


def week_of(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def counted(number: int, one: str, many: str) -> str:
    """`1 overdue task`, `3 overdue tasks`."""
    return f"{number} {one if number == 1 else many}"
