"""Forms about switching a programme on and off."""

from __future__ import annotations

from tracker.drafts.forms import Created
from tracker.pages import Day, Text, Ticks


class SwitchOnForm(Created):
    """Who gets a programme, and why now. The view fills the options."""

    who: Ticks[int] = Ticks("Who gets it?", coerce=int, required="Choose at least one organisation")
    reason = Text("Why now?", hint="Optional, kept in the history")


class CarryOverForm(Created):
    """Nothing to fill in: all that the page lists is carried over."""


class SwitchOffForm(Created):
    """Why a programme is switched off."""

    reason = Text("Why now?", hint="Optional, kept in the history")


class OwnValueForm(Created):
    """A value or a name of an organisation's own. The view says of what, and checks it."""

    value = Text("Here it is", required="Enter a value")
    from_date = Day("From which day?", required="Enter the day from which it holds")
    reason = Text(
        "Why?", hint="Shown to whoever reads the programme here", required="Say why, in a few words"
    )


class EndOwnValueForm(Created):
    """The day from which an own value holds no more."""

    from_date = Day("From which day?", required="Enter the day from which it holds no more")
    reason = Text("Why?", required="Say why, in a few words")
