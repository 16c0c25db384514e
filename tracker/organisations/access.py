"""Who may see organisations: everyone signed in; roles on one come from those above it too."""

from __future__ import annotations

from sqlalchemy import true

from tracker.db import db
from tracker.permissions import Scope, register
from tracker.safe.dates import today

from .models import Organisation
from .queries import above


def scope(organisation: Organisation) -> Scope:
    """An administrator of an organisation, or of one above it, or its PSC's manager.

    One that ended keeps those it had on its last day: they know it best.
    """
    holders = set(db.session.scalars(above(organisation.id)))
    if organisation.valid_to is not None and organisation.valid_to < today():
        holders.update(db.session.scalars(above(organisation.id, organisation.valid_to)))
    return Scope(organisation_ids=frozenset(holders))


def register_rules() -> None:
    """Tell the permissions room about organisations. The published lists are public knowledge."""
    register(Organisation, lambda user: true(), scope=scope)
