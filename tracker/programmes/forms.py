"""Forms about switching a programme on and off."""

from __future__ import annotations

from tracker.drafts.forms import Created
from tracker.pages import Text, Ticks


class SwitchOnForm(Created):
    """Who gets a programme, and why now. The view fills the options."""

    who: Ticks[int] = Ticks("Who gets it?", coerce=int, required="Choose at least one organisation")
    reason = Text("Why now?", hint="Optional, kept in the history")


class CarryOverForm(Created):
    """Nothing to fill in: all that the page lists is carried over."""


class SwitchOffForm(Created):
    """Why a programme is switched off."""

    reason = Text("Why now?", hint="Optional, kept in the history")
