"""Tasks of the neonatal team, one of them overdue. All of it is made up."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from tracker.tasks import services as tasks
from tracker.tasks.services import Asked

if TYPE_CHECKING:
    from tracker.auth.models import User
    from tracker.projects.models import Project

TO_DO = (
    ("Walk theatre 2 with the trolley", "", "Maternity theatre", -3),
    ("Draft the business case for a second trolley", "", "", 6),
    ("Book the simulation room for the twins drill", "Midwife educator", "Simulation suite", 11),
    ("Ask two parents to read the leaflet again", "", "Antenatal clinic", 20),
)
"""What, who (empty: the lead), where, and in how many days it is due."""
DONE = (("Hang the prompt card in theatre 1", "Maternity theatre", -12),)


def fill(project: Project, *, lead: User, day: date) -> None:
    """Put them with the project."""
    for what, who, where, away in TO_DO:
        due = day + timedelta(days=away)
        asked = Asked(what=what, who=who or lead.name, where=where, due_on=due)
        tasks.add(project, asked, by=lead)
    for what, where, away in DONE:
        due = day + timedelta(days=away)
        asked = Asked(what=what, who=lead.name, where=where, due_on=due)
        tasks.tick(tasks.add(project, asked, by=lead), on=due, by=lead)
