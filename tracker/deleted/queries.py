"""Reads of what has been deleted and can still be restored."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from sqlalchemy import select

from tracker.attachments.models import Attachment
from tracker.auth.models import User
from tracker.case_studies.models import CaseStudy
from tracker.charter.models import EqualityGroup, Involvement
from tracker.comments.models import Comment
from tracker.db import RESTORABLE_FOR, SoftDeleted, db, is_restorable
from tracker.drivers.models import ChangeIdea, Driver
from tracker.measures.models import Annotation, Measure, SignalExplanation
from tracker.pages import day
from tracker.pdsa.models import CycleNote, PdsaCycle
from tracker.permissions import Permission, can, visible
from tracker.projects.models import Project
from tracker.risks.models import Risk
from tracker.stakeholders.models import Stakeholder, StakeholderLink
from tracker.sustaining.models import Round
from tracker.tasks.models import Task

MOST = 100
LONGEST = 80


@dataclass(frozen=True, slots=True)
class Thing:
    """Something that was deleted: what it was, who deleted it and when."""

    kind: str
    title: str
    id: int
    by: str
    at: datetime
    permission: Permission
    """What restoring it takes."""

    @property
    def until(self) -> datetime:
        """It can be restored until then."""
        return self.at + RESTORABLE_FOR


def things(project: Project, user: User) -> list[Thing]:
    """What was deleted in a project, the latest first: a statement a kind. One's own comments."""
    found = [
        *(
            Thing("cycle", f"Cycle {c.number}: {c.title}", c.id, by, at, Permission.PDSA_LOG)
            for c, by, at in _deleted(PdsaCycle, project)
        ),
        *(
            Thing("task", t.what, t.id, by, at, Permission.PDSA_LOG)
            for t, by, at in _deleted(Task, project)
        ),
        *(
            Thing("measure", m.title, m.id, by, at, Permission.MEASURE_EDIT)
            for m, by, at in _deleted(Measure, project)
        ),
        *(
            Thing("driver", d.text, d.id, by, at, Permission.PROJECT_EDIT)
            for d, by, at in _deleted(Driver, project)
        ),
        *(
            Thing("idea", i.text, i.id, by, at, Permission.PDSA_LOG)
            for i, by, at in _deleted(ChangeIdea, project)
        ),
        *(
            Thing("risk", r.what, r.id, by, at, Permission.PDSA_LOG)
            for r, by, at in _deleted(Risk, project)
        ),
        *(
            Thing("document", a.title, a.id, by, at, Permission.PDSA_LOG)
            for a, by, at in _deleted(Attachment, project)
        ),
        *(
            Thing("stakeholder", s.name, s.id, by, at, Permission.PDSA_LOG)
            for s, by, at in _deleted(Stakeholder, project)
        ),
        *(
            Thing("flow", link.flows, link.id, by, at, Permission.PDSA_LOG)
            for link, by, at in _deleted(StakeholderLink, project)
        ),
        *(
            Thing("answers", f"{r.sheet.label}, {day(r.on)}", r.id, by, at, Permission.PDSA_LOG)
            for r, by, at in _deleted(Round, project)
        ),
        *(
            Thing("event", e.text, e.id, by, at, Permission.POINTS_ADD)
            for e, by, at in _deleted(Annotation, project)
        ),
        *(
            Thing("group", g.name, g.id, by, at, Permission.PROJECT_EDIT)
            for g, by, at in _deleted(EqualityGroup, project)
        ),
        *(
            Thing("involvement", i.who, i.id, by, at, Permission.PDSA_LOG)
            for i, by, at in _deleted(Involvement, project)
        ),
        *(
            Thing("case study", s.title, s.id, by, at, Permission.CASE_STUDY_WRITE)
            for s, by, at in _deleted(CaseStudy, project)
        ),
        *(
            Thing("explanation", e.text[:LONGEST], e.id, by, at, Permission.POINTS_ADD)
            for e, by, at in _deleted(SignalExplanation, project)
        ),
        *(
            Thing("note", n.what[:LONGEST], n.id, by, at, Permission.PDSA_LOG)
            for n, by, at in _deleted(CycleNote, project)
        ),
        *(
            Thing("comment", c.body[:LONGEST], c.id, by, at, Permission.COMMENT_ADD)
            for c, by, at in _deleted(Comment, project, Comment.by_id == user.id)
        ),
    ]
    return sorted(found, key=lambda thing: thing.at, reverse=True)


def projects(user: User) -> Sequence[tuple[Project, str]]:
    """Deleted projects that this person may restore, the latest first, with who deleted each."""
    rows = db.session.execute(
        visible(Project, user, deleted=True)
        .outerjoin(User, User.id == Project.deleted_by_id)
        .add_columns(User.name)
        .order_by(Project.deleted_at.desc())
    )
    # Counted after they are asked for: those of others, shared with the nation, push none off.
    own = ((p, name or "") for p, name in rows if can(user, Permission.PROJECT_DELETE, p))
    return list(islice(own, MOST))


def _deleted(
    model: type[SoftDeleted], project: Project, *conditions: Any
) -> list[tuple[Any, str, datetime]]:
    rows = (
        select(model, User.name, model.deleted_at)
        .outerjoin(User, User.id == model.deleted_by_id)
        .where(model.project_id == project.id, is_restorable(model), *conditions)  # type: ignore[attr-defined]
        .order_by(model.deleted_at.desc())
        .limit(MOST)
    )
    return [(row, name or "", at) for row, name, at in db.session.execute(rows) if at]
