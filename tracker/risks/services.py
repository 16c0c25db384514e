"""What a team does with its risk log. Every function runs inside a unit of work."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from tracker import audit
from tracker.db import db, utcnow
from tracker.projects.services import touch

from .domain import RiskStatus
from .models import Risk

if TYPE_CHECKING:
    from tracker.auth.models import User
    from tracker.projects.models import Project


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a person says of a risk."""

    what: str
    owner: str = ""
    response: str = ""
    likelihood: int | None = None
    impact: int | None = None
    review_on: date | None = None


def add(project: Project, said: Judgement, *, by: User) -> Risk:
    """Put a risk on the log."""
    risk = Risk(project_id=project.id)
    _say(risk, said)
    db.session.add(risk)
    audit.record("risk.added", of=risk, by=by, detail={"what": said.what})
    return _touched(risk)


def change(risk: Risk, said: Judgement, *, status: RiskStatus, by: User) -> Risk:
    """Judge a risk anew. Looking at it and finding it as it was is told too."""
    _say(risk, said)
    if not risk.is_closed:
        risk.status = status
    told = audit.changes(risk)
    risk.looked_at = utcnow()
    audit.record("risk.changed" if told else "risk.looked_at", of=risk, by=by, detail=told)
    return _touched(risk)


def close(risk: Risk, how: str, *, on: date, by: User) -> Risk:
    """Take a risk off what is watched, saying how that came."""
    risk.status, risk.closed_on, risk.closing_note = RiskStatus.CLOSED, on, how
    audit.record("risk.closed", of=risk, by=by, detail={"what": risk.what, "how": how})
    return _touched(risk)


def reopen(risk: Risk, *, by: User) -> Risk:
    """Watch a risk again; how it was closed stays in the history."""
    if risk.is_closed:
        risk.status, risk.closed_on, risk.closing_note = RiskStatus.OPEN, None, ""
        audit.record("risk.reopened", of=risk, by=by, detail={"what": risk.what})
    return _touched(risk)


def delete(risk: Risk, *, by: User) -> None:
    """Take a risk that should not be there off the log; it can come back for 30 days."""
    risk.deleted_at, risk.deleted_by_id = utcnow(), by.id
    audit.record("risk.deleted", of=risk, by=by, detail={"what": risk.what})
    _touched(risk)


def restore(risk: Risk, *, by: User) -> Risk:
    """Put a risk back on the log."""
    risk.deleted_at = risk.deleted_by_id = None
    audit.record("risk.restored", of=risk, by=by, detail={"what": risk.what})
    return _touched(risk)


def _say(risk: Risk, said: Judgement) -> None:
    risk.what, risk.owner, risk.response = said.what, said.owner, said.response
    risk.likelihood, risk.impact = said.likelihood, said.impact
    risk.review_on = said.review_on


def _touched(risk: Risk) -> Risk:
    db.session.flush()
    touch(risk.project_id)
    return risk
