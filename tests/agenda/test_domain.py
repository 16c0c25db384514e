"""A calendar as text: what RFC 5545 asks of lines, text and days."""

from __future__ import annotations

from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from tracker.agenda.domain import Event, calendar, escaped, folded, week_of

STAMP = datetime(2026, 3, 10, 9, 30, tzinfo=UTC)


def test_a_day_has_dates_and_no_times_and_ends_on_the_next() -> None:
    event = Event(
        "task-1@qi.example", date(2026, 2, 28), "Book, then walk; so", "A\nB", "https://x/1"
    )
    assert calendar([event], name="QI Tracker", stamp=STAMP).split("\r\n") == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//QI Tracker//Calendar//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        "X-WR-CALNAME:QI Tracker",
        "REFRESH-INTERVAL;VALUE=DURATION:PT6H",
        "BEGIN:VEVENT",
        "UID:task-1@qi.example",
        "DTSTAMP:20260310T093000Z",
        "DTSTART;VALUE=DATE:20260228",
        "DTEND;VALUE=DATE:20260301",
        "SUMMARY:Book\\, then walk\\; so",
        "DESCRIPTION:A\\nB",
        "URL:https://x/1",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]


@given(st.text(max_size=300))
def test_no_text_breaks_out_of_its_line_and_every_line_is_short_and_whole(text: str) -> None:
    line = f"SUMMARY:{escaped(text)}"
    assert "\n" not in line
    assert "\r" not in line
    parts = folded(line).split("\r\n")
    assert all(len(part.encode()) <= 75 for part in parts)
    assert all(part.startswith(" ") for part in parts[1:])
    assert parts[0] + "".join(part[1:] for part in parts[1:]) == line


def test_a_week_begins_on_monday() -> None:
    assert {week_of(date(2026, 3, day)) for day in range(9, 16)} == {date(2026, 3, 9)}
