"""The events of a programme as a calendar file that any calendar reads (RFC 5545)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta

from tracker.plugin_api import ProgrammeEvent

KIND = "text/calendar; charset=utf-8"
LONGEST_LINE = 75
"""Octets; what is longer goes on in a line that begins with a space."""


def calendar(title: str, events: Iterable[ProgrammeEvent], *, host: str, at: datetime) -> str:
    """The file, made `at` a moment. An event without a day is left out."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//QI Tracker//Programmes//EN",
        "CALSCALE:GREGORIAN",
        f"X-WR-CALNAME:{escaped(title)}",
    ]
    for event in events:
        lines += _event(event, host=host, at=at)
    return "".join(f"{part}\r\n" for line in (*lines, "END:VCALENDAR") for part in folded(line))


def _event(event: ProgrammeEvent, *, host: str, at: datetime) -> list[str]:
    if event.starts and event.ends:
        when = [f"DTSTART:{_utc(event.starts)}", f"DTEND:{_utc(event.ends)}"]
    elif event.day:
        after = event.day + timedelta(days=1)
        when = [f"DTSTART;VALUE=DATE:{event.day:%Y%m%d}", f"DTEND;VALUE=DATE:{after:%Y%m%d}"]
    else:
        return []
    about = "\n".join(event.topics)
    return [
        "BEGIN:VEVENT",
        # The same event keeps its name when it moves, so calendars move it too.
        f"UID:{event.programme}.{event.key}@{host}",
        f"DTSTAMP:{_utc(at)}",
        *when,
        f"SUMMARY:{escaped(event.title)}",
        *([f"LOCATION:{escaped(event.place)}"] if event.place else []),
        *([f"DESCRIPTION:{escaped(about)}"] if about else []),
        "END:VEVENT",
    ]


def escaped(text: str) -> str:
    """A text as a value of the file."""
    for plain, written in (("\\", "\\\\"), (";", r"\;"), (",", r"\,"), ("\n", r"\n")):
        text = text.replace(plain, written)
    return text.replace("\r", "")


def folded(line: str) -> Iterator[str]:
    """A line in parts of at most 75 octets, none cut within a letter."""
    part = ""
    for letter in line:
        if len((part + letter).encode()) > LONGEST_LINE:
            yield part
            part = " "
        part += letter
    yield part


def _utc(when: datetime) -> str:
    return f"{when.astimezone(UTC):%Y%m%dT%H%M%SZ}"
