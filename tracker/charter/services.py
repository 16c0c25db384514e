"""What people do to a charter, an assessment and a co-production record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import TYPE_CHECKING

from tracker import audit
from tracker.db import db, utcnow
from tracker.projects import queries as projects
from tracker.projects.models import Project
from tracker.projects.services import touch

from . import queries
from .domain import About, Verdict, as_json
from .models import Decision, EqualityGroup, Involvement
from .queries import Standing

if TYPE_CHECKING:
    from tracker.auth.models import User


class NotAsSeen(RuntimeError):
    """It was changed while somebody read it: what they would decide on is not what they saw."""


class NotTheirs(RuntimeError):
    """This person does not decide on the charter of this project."""


@dataclass(frozen=True, slots=True)
class CharterText:
    """The words of a charter. The aim and the team have pages of their own."""

    problem: str
    background: str
    scope_in: str
    scope_out: str
    reports_to: str


def write(project: Project, text: CharterText, *, by: User) -> Project:
    """Change the words of the charter; the version of the project guards them."""
    for name, value in asdict(text).items():
        setattr(project, name, value)
    told = audit.changes(project)
    if told:
        audit.record("charter.written", of=project, by=by, detail=told)
        db.session.flush()
        touch(project.id)
    return project


def decide(project: Project, verdict: Verdict, *, reason: str, seen: str, by: User) -> Decision:
    """Approve the charter as it stands, or send it back with a reason.

    `seen` is the fingerprint of what was read. Raises NotTheirs, or NotAsSeen.
    """
    members = projects.everybody(project)
    by_as = queries.decides_as(project, members, by)
    if not by_as:
        raise NotTheirs
    standing = queries.standing(project, members)
    action = "charter.approved" if verdict is Verdict.APPROVED else "charter.sent_back"
    return _decided(
        project,
        About.CHARTER,
        standing,
        verdict,
        action,
        reason=reason,
        seen=seen,
        by_as=by_as,
        by=by,
    )


def sign_off(
    project: Project, *, review_on: date | None, note: str, seen: str, by: User
) -> Decision:
    """Say that the equality impact assessment stands as it is, and when to look at it again.

    Raises NotAsSeen.
    """
    standing = queries.equality_standing(project, queries.groups(project.id))
    return _decided(
        project,
        About.EQUALITY,
        standing,
        Verdict.APPROVED,
        "equality.signed_off",
        reason=note,
        seen=seen,
        by=by,
        review_on=review_on,
    )


def _decided(
    project: Project,
    about: About,
    standing: Standing,
    verdict: Verdict,
    action: str,
    *,
    reason: str,
    seen: str,
    by: User,
    by_as: str = "",
    review_on: date | None = None,
) -> Decision:
    if seen != standing.fingerprint:
        raise NotAsSeen
    row = Decision(
        project_id=project.id,
        about=about,
        verdict=verdict,
        reason=reason,
        review_on=review_on,
        body=as_json(standing.copy),
        fingerprint=standing.fingerprint,
        by_id=by.id,
        by_as=by_as,
    )
    db.session.add(row)
    detail = {"as": by_as, "reason": reason, "fingerprint": standing.fingerprint}
    if review_on is not None:
        detail["review_on"] = review_on.isoformat()
    audit.record(action, of=row, by=by, detail={k: audit.plain(v) for k, v in detail.items() if v})
    db.session.flush()
    touch(project.id)
    return row


# --- equality and co-production -------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Assessment:
    """What is said of one group."""

    name: str
    evidence: str = ""
    impact: str = ""
    mitigation: str = ""
    stratum: str = ""
    measures: Sequence[int] = ()


def consider(project: Project, said: Assessment, *, by: User) -> EqualityGroup:
    """Add a group to the equality impact assessment."""
    row = EqualityGroup(project_id=project.id, **_columns(said))
    db.session.add(row)
    audit.record("equality.added", of=row, by=by, detail={"group": said.name})
    return _kept(row)


def reconsider(row: EqualityGroup, said: Assessment, *, by: User) -> EqualityGroup:
    """Change what is said of a group."""
    return _changed(row, _columns(said), "equality.changed", by)


@dataclass(frozen=True, slots=True)
class Contribution:
    """Who had a part, in which cycles, and what it changed."""

    who: str
    part: str = ""
    changed: str = ""
    cycles: Sequence[int] = ()


def involve(project: Project, said: Contribution, *, by: User) -> Involvement:
    """Note that somebody had a part in the work."""
    row = Involvement(project_id=project.id, **_columns(said))
    db.session.add(row)
    audit.record("involvement.added", of=row, by=by, detail={"who": said.who})
    return _kept(row)


def correct(row: Involvement, said: Contribution, *, by: User) -> Involvement:
    """Change an entry of the co-production record."""
    return _changed(row, _columns(said), "involvement.changed", by)


def remove(row: queries.Row, *, by: User) -> queries.Row:
    """Take a row out; it can come back for 30 days."""
    row.deleted_at, row.deleted_by_id = utcnow(), by.id
    audit.record(f"{_noun(row)}.removed", of=row, by=by)
    return _kept(row)


def restore(row: queries.Row, *, by: User) -> queries.Row:
    """Put a row back as it was."""
    row.deleted_at = row.deleted_by_id = None
    audit.record(f"{_noun(row)}.restored", of=row, by=by)
    return _kept(row)


def _noun(row: EqualityGroup | Involvement) -> str:
    return "equality" if isinstance(row, EqualityGroup) else "involvement"


def _columns(said: Assessment | Contribution) -> dict[str, object]:
    return {n: v if isinstance(v, str) else list(v) for n, v in asdict(said).items()}


def _changed(row: queries.Row, columns: dict[str, object], action: str, by: User) -> queries.Row:
    for name, value in columns.items():
        if getattr(row, name) != value:
            setattr(row, name, value)
    told = audit.changes(row)
    if told:
        audit.record(action, of=row, by=by, detail=told)
        return _kept(row)
    return row


def _kept(row: queries.Row) -> queries.Row:
    db.session.flush()
    touch(row.project_id)
    return row
