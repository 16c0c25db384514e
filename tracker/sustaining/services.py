"""Adding a round, and taking one away that should not be there. Inside a unit of work."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from tracker import audit
from tracker.db import db, utcnow
from tracker.projects.services import touch

from . import domain
from .domain import LEVELS, Sheet
from .models import Answer, Round

if TYPE_CHECKING:
    from tracker.auth.models import User
    from tracker.projects.models import Project


def add_round(
    project: Project,
    sheet: Sheet,
    answers: Iterable[domain.Answer],
    *,
    on: date,
    by: User,
    note: str = "",
) -> Round:
    """Keep what the team said on that day. Earlier rounds stay as they are."""
    known = {level.key for level in LEVELS[sheet]}
    given = [a for a in answers if a.level or a.note]
    if unknown := {a.level for a in given if a.level} - known:
        raise ValueError(f"no answer of {sheet}: {sorted(unknown)}")
    made = Round(project_id=project.id, sheet=sheet, on=on, note=note, by_id=by.id)
    db.session.add(made)
    db.session.flush()
    made.answers = [
        Answer(project_id=project.id, key=a.key, level=a.level, note=a.note) for a in given
    ]
    db.session.flush()
    audit.record(
        "sustaining.answered",
        of=made,
        by=by,
        detail={
            "sheet": sheet.label,
            "on": on.isoformat(),
            "answers": {a.key: a.level for a in given if a.level},
        },
    )
    return _touched(made)


def delete(round_: Round, *, by: User) -> None:
    """Take a round away; it can come back for 30 days."""
    round_.deleted_at, round_.deleted_by_id = utcnow(), by.id
    audit.record(
        "sustaining.deleted",
        of=round_,
        by=by,
        detail={"sheet": round_.sheet.label, "on": round_.on.isoformat()},
    )
    _touched(round_)


def restore(round_: Round, *, by: User) -> Round:
    """Put a round back."""
    round_.deleted_at = round_.deleted_by_id = None
    audit.record("sustaining.restored", of=round_, by=by, detail={"sheet": round_.sheet.label})
    return _touched(round_)


def _touched(round_: Round) -> Round:
    db.session.flush()
    touch(round_.project_id)
    return round_
