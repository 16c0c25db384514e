"""The form that begins a project from another's plan."""

from __future__ import annotations

from tracker.drafts.forms import Created
from tracker.pages import Choice, Option, Text, Ticks

from .domain import Part


class CopyForm(Created):
    """What the new project is called, where it belongs, and what it takes along."""

    title = Text("What will your project be called?", required="Enter a title", max_length=120)
    organisation_id = Choice[int](
        "Where does it belong?", coerce=int, required="Choose where it belongs"
    )
    parts = Ticks[Part]("What do you take along?", coerce=Part)

    def offer(self, places: list[Option], parts: list[Part]) -> None:
        """Say what there is to choose from."""
        self.organisation_id.options = places
        self.parts.options = [Option(part, part.label, part.hint) for part in parts]
