"""Who may see organisations: everyone signed in; roles on one come from those above it too."""

from __future__ import annotations

from sqlalchemy import true

from tracker.db import db
from tracker.permissions import Scope, register

from .models import Organisation
from .queries import above


def scope(organisation: Organisation) -> Scope:
    """An administrator of an organisation, or of one above it, or its PSC's manager."""
    return Scope(organisation_ids=frozenset(db.session.scalars(above(organisation.id))))


def register_rules() -> None:
    """Tell the permissions room about organisations. The published lists are public knowledge."""
    register(Organisation, lambda user: true(), scope=scope)
