"""Rows for tests, made the way people make them: through services, each in a unit of work.

Whatever a test does not name is filled in: `cycle()` alone makes an organisation, a project led by
somebody, and a cycle in it. Names are made up and say so.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from itertools import count
from typing import Any

from tracker.auth import services as auth
from tracker.auth.models import User
from tracker.comments import services as comments
from tracker.comments.models import Comment
from tracker.db import Base, unit_of_work
from tracker.measures import services as measures
from tracker.measures.domain import following
from tracker.measures.models import Measure, PointKind
from tracker.measures.recording import Row, add_points
from tracker.measures.services import Counting, Keeping
from tracker.organisations import services as organisations
from tracker.organisations.domain import OrganisationKind
from tracker.organisations.models import Organisation
from tracker.pdsa import services as pdsa
from tracker.pdsa.models import PdsaCycle
from tracker.permissions import Role
from tracker.plugin_api import Cadence, Chart, Direction, MeasureKind
from tracker.projects import services as projects
from tracker.projects.models import Project, Sharing

LONG_AGO = date(2020, 1, 1)
STARTED = date(2025, 1, 6)

_numbers = count(1)


def person(
    name: str | None = None,
    *,
    role: Role | None = None,
    on: Organisation | Project | None = None,
    since: date = LONG_AGO,
    password_hash: str | None = None,
) -> User:
    """A person with an account, and with an access role if one is given: `on` is where."""
    number = next(_numbers)
    with unit_of_work():
        user = auth.create_user(
            f"person{number}@example.org",
            name or f"Example Person {number}",
            by=None,
            password_hash=password_hash,
        )
        if role is not None:
            auth.give_membership(
                user,
                role,
                on=since,
                by=None,
                organisation_id=on.id if isinstance(on, Organisation) else None,
                project_id=on.id if isinstance(on, Project) else None,
            )
    return user


def organisation(
    name: str | None = None,
    *,
    kind: OrganisationKind = OrganisationKind.TRUST,
    part_of: Organisation | None = None,
    psc: Organisation | None = None,
    **more: Any,
) -> Organisation:
    """A trust, or another kind, under the organisation and the PSC named."""
    number = next(_numbers)
    with unit_of_work():
        return organisations.add(
            name or f"Example Organisation {number}",
            code=f"ZZ{number}",
            kind=kind,
            by=None,
            part_of=part_of,
            supported_by=[psc] if psc is not None else [],
            **more,
        )


def psc(name: str | None = None) -> Organisation:
    """A Patient Safety Collaborative."""
    return organisation(name, kind=OrganisationKind.PSC)


def project(
    title: str | None = None,
    *,
    by: User | None = None,
    organisation: Organisation | None = None,
    on: date = STARTED,
    sharing: Sharing = Sharing.TEAM,
    **more: Any,
) -> Project:
    """A project that `by` leads."""
    owner = organisation or _organisation()
    lead = by or person()
    with unit_of_work():
        return projects.start(
            title=title or f"Example project {next(_numbers)}",
            organisation=owner,
            by=lead,
            on=on,
            sharing=sharing,
            **more,
        )


def member(project: Project, *, role: Role = Role.TEAM_MEMBER, user: User | None = None) -> User:
    """A person on the team of a project, with an access role on it."""
    who = user or person()
    with unit_of_work():
        projects.add_member(
            project, by=who, on=STARTED, user=who, name=who.name, team_role="Team member", role=role
        )
    return who


def cycle(
    project: Project | None = None,
    *,
    by: User | None = None,
    title: str = "Ask at every visit",
    starts_on: date = STARTED,
    parent: PdsaCycle | None = None,
    **planned: Any,
) -> PdsaCycle:
    """A planned cycle; `planned` are further fields of `CyclePlan`."""
    home = project or _project()
    who = by or person()
    with unit_of_work():
        return pdsa.plan(
            home,
            pdsa.CyclePlan(title=title, starts_on=starts_on, **planned),
            by=who,
            parent=parent,
        )


def measure(
    project: Project | None = None,
    *,
    by: User | None = None,
    title: str | None = None,
    chart: Chart = Chart.XMR,
    keeping: Keeping | None = None,
    **counting: Any,
) -> Measure:
    """A measure of the team's own: people a month, fewer is better, unless `counting` says."""
    home = project or _project()
    who = by or person()
    defined: dict[str, Any] = {
        "title": title or f"Example measure {next(_numbers)}",
        "kind": MeasureKind.OUTCOME,
        "unit": "people",
        "better": Direction.DOWN,
        "cadence": Cadence.MONTHLY,
        "numerator": "People it happened to in the period",
    }
    with unit_of_work():
        return measures.add_local(
            home,
            Counting(chart=chart, **{**defined, **counting}),
            by=who,
            keeping=keeping or Keeping(),
        )


def points(
    measure: Measure,
    values: Iterable[float | Decimal | tuple[int, int] | None],
    *,
    first: date = date(2024, 1, 1),
    by: User | None = None,
) -> Measure:
    """Figures of one period after another: a value, (numerator, denominator), or None.

    None is a period that was not reported.
    """
    who = by or person()
    rows, period = [], first
    for value in values:
        rows.append(_row(period, value))
        period = following(period, measure.cadence)
    with unit_of_work():
        add_points(measure, rows, by=who, source="test")
    return measure


def _row(period: date, value: float | Decimal | tuple[int, int] | None) -> Row:
    if value is None:
        return Row(period, kind=PointKind.NOT_REPORTED)
    if isinstance(value, tuple):
        numerator, denominator = map(Decimal, value)
        return Row(period, numerator=numerator, denominator=denominator)
    return Row(period, value=Decimal(str(value)))


def comment(subject: Base, body: str = "How did you choose these people?", *, by: User) -> Comment:
    """What somebody wrote beside a project, its aim, a measure or a cycle."""
    with unit_of_work():
        return comments.add(subject, body, by=by)


# An argument of the same name hides the factory.
_organisation, _project = organisation, project
