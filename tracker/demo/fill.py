"""Filling a demonstration database through the same services that people's pages use."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from importlib.resources import files

from flask import Flask

from tracker.auth import passwords
from tracker.auth import services as auth
from tracker.auth.models import User
from tracker.comments import services as comments
from tracker.db import migrations, unit_of_work
from tracker.drivers import bringing, outline
from tracker.drivers import services as drivers
from tracker.measures import services as measures
from tracker.measures.models import Measure
from tracker.measures.services import Row
from tracker.organisations import changelist, changeover, lists, loading
from tracker.organisations import queries as organisations
from tracker.organisations import services as organisation_services
from tracker.organisations.models import Organisation, OrganisationKind
from tracker.pdsa import services as pdsa
from tracker.pdsa.models import PdsaCycle
from tracker.pdsa.services import CyclePlan, PredictionPlan, TaskPlan
from tracker.permissions import Role
from tracker.plugin_api import Measure as MeasureDefinition
from tracker.plugin_host import current_host
from tracker.programmes import services as programmes
from tracker.projects import services as projects
from tracker.projects.models import Project, Sharing, Status
from tracker.safe.dates import today as today_in_london
from tracker.tasks import services as task_services

from . import adoption, bench, case_studies, charter, cord, ramp, stakeholders, tasks
from .people import ADMINISTRATOR, COACH, EVERYONE, LEAD, MEMBER, PASSWORD, PSC_MANAGER, SYSTEM
from .projects import MADE_UP, DemoCycle, DemoMeasure, DemoProject, month_before
from .projects import projects as demo_projects

PROGRAMMES = ("opioids", "matneo")
PLACES = (
    ("DEMO-ROWAN", "Demo Integrated Care Board Rowan", OrganisationKind.ICB, "Y62", "PSC-GM"),
    ("DEMO-ALDER", "Demo Alder Place", OrganisationKind.PLACE, "DEMO-ROWAN", None),
    ("DEMO-OAK", "Demo Oak Hospital", OrganisationKind.TRUST, "DEMO-ROWAN", None),
    ("DEMO-HAZEL", "Demo Integrated Care Board Hazel", OrganisationKind.ICB, "Y56", "PSC-UCLP"),
    ("DEMO-BIRCH", "Demo Birch Primary Care Network", OrganisationKind.PCN, "DEMO-HAZEL", None),
)
"""Code, name, kind, what it is part of, which PSC supports it."""


def make(app: Flask, today: date | None = None) -> None:
    """Migrate the app's empty database and fill it with the demonstration."""
    day = today or today_in_london()
    migrations.upgrade(app)
    with app.app_context():
        listing = lists.read_lists()
        changes = [
            changelist.read_changes(month)
            for month, (effective, _) in changelist.SHIPPED_CHANGES.items()
            if effective <= day
        ]
        password_hash = passwords.hash_password(PASSWORD)
        with unit_of_work():
            loading.load(listing)
            for listed in changes:
                changeover.change(listed)
        with unit_of_work():
            _places()
            people = _people(password_hash, day)
        with unit_of_work():
            reviews, *_ = [_project(each, people, day) for each in demo_projects(day)]
            of_the_cord = _project(cord.project(day), people, day)
            tasks.fill(of_the_cord, lead=people[LEAD.email], day=day)
            bench.fill(of_the_cord, lead=people[LEAD.email], coach=people[COACH.email], day=day)
            charter.fill(of_the_cord, people, day)
            stakeholders.fill(of_the_cord, lead=people[LEAD.email], day=day)
        with unit_of_work():
            case_studies.fill(
                reviews, of_the_cord, lead=people[LEAD.email], coach=people[COACH.email], day=day
            )
        with unit_of_work():
            adoption.fill(
                [_organisation("DEMO-ROWAN"), _organisation("DEMO-HAZEL")],
                team=people[ADMINISTRATOR.email],
                coach=people[PSC_MANAGER.email],
                day=day,
            )


def _places() -> None:
    for code, name, kind, part_of, psc in PLACES:
        supporter = _organisation(psc) if psc else None
        organisation_services.add(
            name,
            code=code,
            kind=kind,
            by=None,
            part_of=_organisation(part_of),
            supported_by=[supporter] if supporter else [],
            is_demo=True,
        )


def _people(password_hash: str, day: date) -> dict[str, User]:
    people = {}
    for person in EVERYONE:
        user = auth.create_user(
            person.email,
            person.name,
            by=None,
            job=person.job,
            password_hash=password_hash,
            is_demo=True,
        )
        people[person.email] = user
        if person.role is Role.SYSTEM_ADMINISTRATOR:
            auth.give_membership(user, person.role, on=day, by=None)
        elif person.at is not None:
            at = _organisation(person.at)
            auth.give_membership(user, person.role, organisation_id=at.id, on=day, by=None)
    for code in ("DEMO-ROWAN", "DEMO-HAZEL"):
        for programme in PROGRAMMES:
            programmes.switch_on(
                _organisation(code),
                programme,
                by=people[SYSTEM.email],
                on=month_before(day, 120),
                reason="Demonstration",
            )
    return people


def _project(each: DemoProject, people: dict[str, User], day: date) -> Project:
    lead, coach = people[each.lead.email], people[COACH.email]
    zero = day - timedelta(days=each.zero)
    project = projects.start(
        title=each.title,
        organisation=_organisation(each.at),
        by=lead,
        on=zero,
        programme=each.programme,
        psc=_organisation(each.psc),
        problem=each.problem,
        sites=each.sites,
        sharing=Sharing.NETWORK,
        is_demo=True,
    )
    projects.set_aim(project.aim, each.aim, by=lead)
    projects.add_member(
        project, by=lead, on=zero, name=coach.name, team_role="Coach", user=coach, role=Role.COACH
    )
    if each.at == MEMBER.at:
        member = people[MEMBER.email]
        projects.add_member(
            project,
            by=lead,
            on=zero,
            name=member.name,
            team_role="Team member",
            user=member,
            role=Role.TEAM_MEMBER,
        )
    for name, part in each.members:
        projects.add_member(project, by=lead, on=zero, name=name, team_role=part)
    held = [_measure(project, each.programme, m, lead, day) for m in each.measures]
    measures.judge_aim_by(held[0], by=lead)
    made: list[PdsaCycle] = []
    for planned in each.cycles:
        made.append(_cycle(project, planned, held, made, zero, day, lead, each.data_plan))
    if each.drivers:
        bringing.bring_in(
            project, outline.read(each.drivers), replacing=False, why="First draft", by=lead
        )
        drivers.set_aim_measures(project, [held[0].id], by=lead)
    if each.title == cord.TITLE:
        ramp.fill(project, held[0], made, by=lead)
    for said in each.comments:
        comments.add(made[each.comments_on - 1], said, by=coach)
    if each.ended_on is not None:
        projects.close(project, Status.FINISHED, on=each.ended_on, note=each.ending, by=lead)
    return project


def _measure(project: Project, programme: str, each: DemoMeasure, by: User, day: date) -> Measure:
    definition = current_host().get(MeasureDefinition, f"{programme}/{each.key}@1")
    if definition is None:
        raise LookupError(f"the plugin {programme} has no measure {each.key}")
    measure = measures.add_from_definition(project, definition, by=by)
    if each.real:
        name, rows = _series(each.real, each.key)
        measure.caption = (
            f"Real figures of {name}, November 2014 to November 2019, from public NHSBSA "
            "prescribing data (OpenPrescribing). Contains public sector information licensed "
            "under the Open Government Licence v3.0."
        )
        measure.collected_until = max(row.period for row in rows)
    else:
        measure.caption = MADE_UP
        first = each.first or month_before(day, each.ends + len(each.figures) - 1)
        rows = [
            _made_up(month_before(first, -position), figure)
            for position, figure in enumerate(each.figures)
        ]
    if each.target is not None:
        measure.target = each.target
    measures.add_points(measure, rows, by=by, source="demonstration")
    if each.first is not None:
        measure.collected_until = max(row.period for row in rows)
    if each.baseline is not None:
        measures.set_baseline(
            measure,
            name=each.baseline.name,
            first_on=each.baseline.first,
            last_on=each.baseline.last,
            holds_lines=each.baseline.holds_lines,
            by=by,
        )
    if each.phase_months_ago is not None:
        measures.set_phase(
            measure,
            starts_on=month_before(day, each.phase_months_ago),
            name="After the template",
            reason=each.phase_reason,
            by=by,
        )
    return measure


def _made_up(period: date, figure: int | tuple[int, int]) -> Row:
    if isinstance(figure, tuple):
        return Row(period, numerator=Decimal(figure[0]), denominator=Decimal(figure[1]))
    return Row(period, value=Decimal(figure))


def _series(area: str, measure: str) -> tuple[str, list[Row]]:
    rows = [r for r in _file() if r["org_code"] == area and r["measure_id"] == measure]
    return rows[0]["org_name"].title().replace("Nhs", "NHS").replace("Ccg", "CCG"), [
        Row(
            date.fromisoformat(r["month"]),
            numerator=Decimal(r["numerator"]),
            denominator=Decimal(r["denominator"]),
        )
        for r in rows
    ]


def _file() -> Iterator[dict[str, str]]:
    path = files("tracker.demo") / "data" / "opioid_prescribing_three_ccgs.csv"
    yield from csv.DictReader(path.read_text(encoding="utf-8").splitlines())


def _cycle(
    project: Project,
    each: DemoCycle,
    held: Sequence[Measure],
    made: Sequence[PdsaCycle],
    zero: date,
    day: date,
    by: User,
    data_plan: str,
) -> PdsaCycle:
    starts = zero + timedelta(days=each.start)
    ends = starts + timedelta(days=each.days)
    predictions = []
    if each.words:
        predictions.append(PredictionPlan(text=each.words))
    if each.value is not None:
        predictions.append(
            PredictionPlan(measure_id=held[0].id, value=each.value, period=ends.replace(day=1))
        )
    cycle = pdsa.plan(
        project,
        CyclePlan(
            title=each.title,
            change_idea=each.idea,
            objective=each.objective,
            theory=each.theory,
            scale=each.scale,
            size=each.size,
            data_plan=data_plan,
            starts_on=starts,
            ends_on=ends,
            predictions=predictions,
            tasks=[TaskPlan(what="Tell the team", who="Lead", due_on=starts)],
        ),
        by=by,
        parent=made[each.after - 1] if each.after else None,
        on=min(starts, day),
    )
    if starts <= day:
        task_services.tick(cycle.tasks[0], on=starts, by=by)
    if each.done is not None:
        pdsa.log_do(
            cycle,
            done_as_planned=each.done,
            observations=each.saw,
            problems=each.problems,
            by=by,
        )
    if each.learned:
        results = {p.id: (each.saw, each.words_met) for p in cycle.predictions if not p.measure_id}
        pdsa.study(cycle, learned=each.learned, results=results, by=by)
    if each.decision is not None:
        pdsa.decide(
            cycle,
            each.decision,
            next_change=each.next_change,
            on=min(ends + timedelta(days=7), day),
            by=by,
        )
    return cycle


def _organisation(code: str) -> Organisation:
    found = organisations.by_code(code)
    if found is None:
        raise LookupError(f"there is no organisation {code}")
    return found
