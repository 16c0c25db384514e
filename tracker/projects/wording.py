"""How pages speak of projects: sharing, aims and the tabs of a project."""

from __future__ import annotations

from flask import Flask
from flask_login import current_user

from .domain import amount, faults
from .models import Aim, Sharing

SHARED_WITH = {
    Sharing.TEAM: "Seen by the team",
    Sharing.ORGANISATION: "Shared with our organisation and PSC",
    Sharing.NETWORK: "Shared with our network",
    Sharing.NATIONAL: "Shared with everyone",
}

TABS = (
    ("Overview", "overview.project"),
    ("Charter", "charter.show"),
    ("Aim and drivers", "drivers.index"),
    ("Measures", "measures.index"),
    ("PDSA", "pdsa.index"),
    ("Tasks", "tasks.index"),
    ("Adoption", "progress.show"),
    ("Case study", "case_studies.index"),
    ("People", "projects.people"),
    ("History", "history.index"),
)
PAPERS = (
    ("Risks", "risks.index"),
    ("Documents", "attachments.index"),
    ("Enablers and sustainability", "sustaining.show"),
    ("Storyboard", "storyboard.show"),
)
"""What stands beside the charter, each linked from the head of the others."""
SETTINGS = ("Settings", "projects.settings")


def aim_in_short(aim: Aim) -> str:
    """The aim in a cell of a list: `75% to 95%`, or what is missing."""
    parts = aim.parts
    if parts is None:
        return "Not written"
    if parts.baseline is not None and parts.target is not None:
        return f"{amount(parts.baseline, parts.unit)} to {amount(parts.target, parts.unit)}"
    lacking = faults(parts)
    return str(lacking[0]).capitalize() if lacking else ""


def init_wording(app: Flask) -> None:
    """Hand these to every template."""
    from tracker.programmes.queries import programme_title

    from .queries import by_organisation

    app.jinja_env.globals.update(
        aim_in_short=aim_in_short,
        amount=amount,
        programme_title=programme_title,
        projects_by_organisation=lambda key: by_organisation(current_user, key),
        shared_with=lambda sharing: SHARED_WITH[sharing],
        project_tabs=TABS,
        project_papers=PAPERS,
        settings_tab=SETTINGS,
    )
