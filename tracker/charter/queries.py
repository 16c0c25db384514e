"""Reads of charters: as they stand, what was decided, equality and co-production."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import joinedload, undefer_group

from tracker.auth.models import User
from tracker.db import db, is_restorable
from tracker.measures import queries as measures
from tracker.measures.models import Measure
from tracker.permissions import Permission, can, visible
from tracker.programmes.queries import programme_title
from tracker.projects.domain import sentence
from tracker.projects.models import Project, ProjectMember
from tracker.safe.dates import today

from . import domain
from .domain import About, Copy, Difference, Part, State
from .models import Decision, EqualityGroup, Involvement

if TYPE_CHECKING:
    from collections.abc import Iterable

SPONSOR = "Executive sponsor"
"""Part on the team of whoever approves the charter."""
ADMINISTRATOR = "Organisation administrator"

Row = TypeVar("Row", EqualityGroup, Involvement)


@dataclass(frozen=True, slots=True)
class Standing:
    """Something that is decided on: as it stands, all that was decided, what changed since."""

    copy: Copy
    decisions: Sequence[Decision]
    """The latest first."""

    @property
    def latest(self) -> Decision | None:
        return self.decisions[0] if self.decisions else None

    @property
    def changed(self) -> list[Difference]:
        """What is not as it was when it was last decided on."""
        return domain.differences(self.latest.copy, self.copy) if self.latest else []

    @property
    def state(self) -> State:
        return domain.state(self.latest.verdict if self.latest else None, self.changed)

    @property
    def fingerprint(self) -> str:
        return domain.fingerprint(self.copy)

    @property
    def is_open(self) -> bool:
        """Somebody has still to decide, or to decide again."""
        return self.state not in (State.APPROVED, State.REFUSED)


def load(project: Project) -> Project:
    """The project with the texts of its charter, which lists leave out: one statement."""
    found: Project = db.session.scalars(
        select(Project)
        .where(Project.id == project.id)
        .options(undefer_group("charter"))
        .execution_options(populate_existing=True)
    ).one()
    return found


def standing(project: Project, members: Sequence[ProjectMember]) -> Standing:
    """The charter with what was decided on it. `members` are all who ever were on the team."""
    return Standing(_charter(project, members), decisions(project.id, About.CHARTER))


def _charter(project: Project, members: Sequence[ProjectMember]) -> Copy:
    parts = project.aim.parts
    said = (
        ("title", "Title", project.title),
        ("programme", "Programme", programme_title(project.programme) if project.programme else ""),
        ("problem", "Problem", project.problem),
        ("background", "Background", project.background),
        ("aim", "Aim", sentence(parts) if parts else ""),
        ("scope_in", "In scope", project.scope_in),
        ("scope_out", "Out of scope", project.scope_out),
        ("team", "Team", "\n".join(f"{m.team_role}: {m.name}" for m in on_team(members))),
        ("reports_to", "Governance", project.reports_to),
    )
    return tuple(Part(*one) for one in said)


def equality_standing(project: Project, groups: Sequence[EqualityGroup]) -> Standing:
    """The equality impact assessment with who signed it off."""
    copy = tuple(
        Part(
            one.uid.hex,
            one.name,
            domain.listed(
                {
                    "Evidence": one.evidence,
                    "Likely impact": one.impact,
                    "Mitigation": one.mitigation,
                    "Charts split by": one.stratum,
                }
            ),
        )
        for one in groups
    )
    return Standing(copy, decisions(project.id, About.EQUALITY))


def decisions(project_id: int, about: About) -> Sequence[Decision]:
    """All that was decided, the latest first, with who decided it."""
    return db.session.scalars(
        select(Decision)
        .where(Decision.project_id == project_id, Decision.about == about)
        .options(joinedload(Decision.by).load_only(User.name))
        .order_by(Decision.id.desc())
    ).all()


def decision(project_id: int, decision_id: int) -> Decision:
    """One decision on the charter of a project. Aborts with 404 when there is none."""
    found: Decision = db.one_or_404(
        select(Decision)
        .where(
            Decision.id == decision_id,
            Decision.project_id == project_id,
            Decision.about == About.CHARTER,
        )
        .options(joinedload(Decision.by).load_only(User.name))
    )
    return found


def decides_as(project: Project, members: Iterable[ProjectMember], user: User) -> str:
    """As what somebody may approve the charter of a project; empty where they may not."""
    if project.is_closed:
        return ""
    if any(m.user_id == user.key and m.team_role == SPONSOR for m in on_team(members)):
        return SPONSOR
    return ADMINISTRATOR if can(user, Permission.CHARTER_APPROVE, project) else ""


def on_team(members: Iterable[ProjectMember]) -> list[ProjectMember]:
    """Who is on the team today, of all who ever were."""
    day = today()
    return [m for m in members if m.left_on is None or m.left_on > day]


# --- equality and co-production -------------------------------------------------------------------


def groups(project_id: int) -> Sequence[EqualityGroup]:
    """The groups that the assessment of a project considers, in the order they were added."""
    return _of(EqualityGroup, project_id)


def involvements(project_id: int) -> Sequence[Involvement]:
    """Who co-produced a project, in the order they were noted."""
    return _of(Involvement, project_id)


def _of(model: type[Row], project_id: int) -> Sequence[Row]:
    return db.session.scalars(
        select(model)
        .where(model.project_id == project_id, model.deleted_at.is_(None))
        .order_by(model.id)
    ).all()


def removed(model: type[Row], project_id: int, row_id: int) -> Row:
    """A row that was taken out and can come back. Aborts with 404 when there is none."""
    found: Row = db.one_or_404(
        select(model).where(
            model.id == row_id, model.project_id == project_id, is_restorable(model)
        )
    )
    return found


def not_charted(project: Project, groups: Sequence[EqualityGroup]) -> list[str]:
    """The splits that the assessment asks for and no measure shows; asks only where any is."""
    if not any(one.stratum for one in groups):
        return []
    return domain.not_charted(groups, {m.id for m in measures.of_projects([project.id])})


@dataclass(frozen=True, slots=True)
class Uncharted:
    """A project whose assessment asks for splits that no measure shows."""

    project: Project
    strata: Sequence[str]


MOST = 200


def uncharted(user: User) -> list[Uncharted]:
    """Projects that somebody may read with a split that is wished and not charted.

    Three statements, however many there are.
    """
    found = db.session.scalars(
        visible(Project, user)
        .where(
            select(EqualityGroup.id)
            .where(
                EqualityGroup.project_id == Project.id,
                EqualityGroup.deleted_at.is_(None),
                EqualityGroup.stratum != "",
            )
            .correlate(Project)
            .exists()
        )
        .order_by(Project.changed_at.desc(), Project.id.desc())
        .limit(MOST)
    ).all()
    ids = [project.id for project in found]
    there: dict[int, set[int]] = {}
    for project_id, measure_id in db.session.execute(
        select(Measure.project_id, Measure.id).where(
            Measure.project_id.in_(ids), Measure.deleted_at.is_(None)
        )
    ):
        there.setdefault(project_id, set()).add(measure_id)
    wished: dict[int, list[EqualityGroup]] = {}
    for one in db.session.scalars(
        select(EqualityGroup)
        .where(EqualityGroup.project_id.in_(ids), EqualityGroup.deleted_at.is_(None))
        .order_by(EqualityGroup.id)
    ):
        wished.setdefault(one.project_id, []).append(one)
    listed = [
        Uncharted(p, domain.not_charted(wished.get(p.id, ()), there.get(p.id, set())))
        for p in found
    ]
    return [one for one in listed if one.strata]
