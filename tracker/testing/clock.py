"""A clock that stands still. The product asks for the time in two places only."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

import pytest

CLOCKS = ("tracker.db.moments.datetime", "tracker.safe.dates.datetime")
LONDON = ZoneInfo("Europe/London")


class _AnyDatetime(type):
    def __instancecheck__(cls, value: object) -> bool:
        return isinstance(value, datetime)


def stop(patch: pytest.MonkeyPatch, when: datetime | date) -> None:
    """Make `utcnow()` and `today()` answer as of `when`, until the patch is undone.

    A day means noon in London; a datetime needs a time zone.
    """
    if not isinstance(when, datetime):
        when = datetime.combine(when, time(12), LONDON)
    if when.tzinfo is None:
        raise ValueError("a clock stopped without a time zone says nothing")
    moment = when.astimezone(UTC)

    class Stopped(datetime, metaclass=_AnyDatetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> Any:
            return moment.astimezone(tz)

    for clock in CLOCKS:
        patch.setattr(clock, Stopped)
