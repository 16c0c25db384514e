"""`tracker purge`: removing for good what was deleted long ago, and what has run out."""

from __future__ import annotations

import click

from .apps import app_from_env

NAMES = {
    "project": "projects",
    "pdsa": "cycles",
    "task": "tasks",
    "note": "notes on cycles",
    "measure": "measures",
    "driver": "drivers",
    "idea": "change ideas",
    "risk": "risks",
    "attachment": "documents and links",
    "stakeholder": "stakeholders",
    "stakeholder_link": "flows of system maps",
    "sustaining": "rounds of answers",
    "annotation": "events",
    "signal": "explanations of signals",
    "equality": "groups of equality assessments",
    "involvement": "records of involvement",
    "comment": "comments",
    "training": "training records",
    "case_study": "case studies",
}


@click.command()
def purge() -> None:
    """Remove for good what was deleted more than 30 days ago, with all that belongs to it.

    Also old drafts, used keys and links, ended sign-ins and counted failures. Run it every night.
    """
    from tracker.auth import services as auth
    from tracker.db import unit_of_work, utcnow
    from tracker.deleted import services
    from tracker.drafts import services as drafts

    with app_from_env().app_context(), unit_of_work():
        now = utcnow()
        counts = services.purge(now)
        drafts.prune(now)
        auth.prune(now)
    removed = ", ".join(f"{counts[kind]} {name}" for kind, name in NAMES.items())
    click.echo(f"Removed for good: {removed}. What had run out is gone too.")
