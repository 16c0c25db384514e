"""Pages of PDSA cycles: the list, and the worksheet part by part."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from tracker.db import db, unit_of_work
from tracker.drafts.forms import form_page, open_form
from tracker.drivers import queries as drivers
from tracker.measures import explaining
from tracker.measures import queries as measures
from tracker.pages import done, page
from tracker.permissions import Permission, requires, visible
from tracker.projects.access import is_outside
from tracker.projects.models import Project
from tracker.safe.dates import today
from tracker.safe.numbers import parse_id

from . import fidelity, queries, services
from .blueprint import bp
from .domain import Decision
from .forms import (
    ActForm,
    ChangePlanForm,
    DoForm,
    NewPlanForm,
    StudyForm,
    held_plan,
    plan_of,
    study_of,
)
from .models import PdsaCycle
from .services import CyclePlan
from .showing import facts_of
from .study import studied


def address(cycle: PdsaCycle) -> str:
    """Where a cycle is read."""
    return url_for("pdsa.show", project_id=cycle.project_id, cycle_id=cycle.id)


@bp.get("/projects/<id:project_id>/cycles")
@requires(Permission.PROJECT_READ, Project)
def index(project: Project) -> ResponseReturnValue:
    """All cycles of a project, newest first."""
    day = today()
    return page(
        "pdsa/index.html",
        project=project,
        cycles=queries.cycles(project),
        stage_of=lambda cycle: cycle.stage(day),
    )


@bp.route("/projects/<id:project_id>/cycles/new", methods=["GET", "POST"])
@requires(Permission.PDSA_LOG, Project)
def plan(project: Project) -> ResponseReturnValue:
    """Plan a new cycle; after `?after=` a cycle it is the next of its ramp, filled in from it.

    `?idea=` is the change idea that it will test.
    """
    parent = _parent(project)
    held = measures.of_projects([project.id])
    ideas = drivers.ideas(project.id)
    asked = parse_id(request.args.get("idea", ""))

    def initial() -> Mapping[str, Any]:
        planned = (
            services.next_plan(parent, today=today())
            if parent
            else CyclePlan(
                title="",
                starts_on=today(),
                change_idea=next((each.text for each in ideas if each.id == asked), ""),
            )
        )
        return plan_of(planned, None, held)

    form = open_form(
        NewPlanForm,
        f"pdsa/new/{project.id}/{parent.id if parent else 0}/{asked or 0}",
        initial=initial,
    )
    form.offer(held)
    if form.accepted():
        # Before the unit of work, inside which each measure would be read again.
        planned = form.planned(held)

        def write() -> str:
            return address(services.plan(project, planned, by=current_user, parent=parent))

        return done(form.create(write), announce="Cycle planned")
    return form_page(
        "pdsa/plan.html", form, project=project, parent=parent, cycle=None, ideas=ideas
    )


@bp.get("/projects/<id:project_id>/cycles/<id:cycle_id>")
@requires(Permission.PROJECT_READ, PdsaCycle)
def show(cycle: PdsaCycle) -> ResponseReturnValue:
    """The whole worksheet of one cycle."""
    project = cycle.project
    held = measures.of_projects([project.id])
    following = queries.following(cycle)
    near = [each for each in (cycle.parent, cycle, *following) if each and not each.deleted_at]
    return page(
        "pdsa/show.html",
        project=project,
        cycle=cycle,
        stage=cycle.stage(today()),
        studied=studied(cycle, held, outside=is_outside(project, current_user)),
        findings=fidelity.findings(facts_of(near, held)[cycle.id]),
        following=following,
        notes=queries.notes(cycle),
        explains=explaining.of_cycle(cycle.id),
    )


@bp.route("/projects/<id:project_id>/cycles/<id:cycle_id>/plan", methods=["GET", "POST"])
@requires(Permission.PDSA_LOG, PdsaCycle)
def change_plan(cycle: PdsaCycle) -> ResponseReturnValue:
    """Change the plan of a cycle."""
    project = cycle.project
    held = measures.of_projects([project.id])
    form = open_form(
        ChangePlanForm,
        f"pdsa/{cycle.id}/plan",
        initial=lambda: plan_of(held_plan(cycle), cycle.version, held),
        record=cycle,
    )
    form.offer(held)
    if form.accepted():
        # Before the unit of work, inside which each measure would be read again.
        url, planned = address(cycle), form.planned(held)
        if form.save(lambda: services.change_plan(cycle, planned, by=current_user)):
            return done(url, announce="Plan saved")
    ideas = drivers.ideas(project.id)
    return form_page("pdsa/plan.html", form, project=project, cycle=cycle, parent=None, ideas=ideas)


@bp.route("/projects/<id:project_id>/cycles/<id:cycle_id>/do", methods=["GET", "POST"])
@requires(Permission.PDSA_LOG, PdsaCycle)
def do(cycle: PdsaCycle) -> ResponseReturnValue:
    """Write down what happened."""
    url = address(cycle)
    form = open_form(
        DoForm,
        f"pdsa/{cycle.id}/do",
        initial=lambda: {
            "done_as_planned": cycle.done_as_planned,
            "observations": cycle.observations,
            "problems": cycle.problems,
            "version": cycle.version,
        },
        record=cycle,
    )
    if form.accepted() and form.save(
        lambda: services.log_do(
            cycle,
            done_as_planned=form.done_as_planned.data,
            observations=form.observations.data,
            problems=form.problems.data,
            by=current_user,
        )
    ):
        return done(url, announce="Saved what happened")
    return form_page("pdsa/do.html", form, project=cycle.project, cycle=cycle)


@bp.route("/projects/<id:project_id>/cycles/<id:cycle_id>/study", methods=["GET", "POST"])
@requires(Permission.PDSA_LOG, PdsaCycle)
def study(cycle: PdsaCycle) -> ResponseReturnValue:
    """Set what was predicted beside what was observed, and write what was learned."""
    project = cycle.project
    onward = url_for(".act", project_id=project.id, cycle_id=cycle.id)
    found = studied(
        cycle,
        measures.of_projects([project.id]),
        outside=is_outside(project, current_user),
    )
    form = open_form(
        StudyForm, f"pdsa/{cycle.id}/study", initial=lambda: study_of(cycle), record=cycle
    )
    if form.accepted() and form.save(
        lambda: services.study(
            cycle, learned=form.learned.data, results=form.judged, by=current_user
        )
    ):
        return done(onward, announce="Saved what you learned. Now decide")
    return form_page(
        "pdsa/study.html",
        form,
        project=project,
        cycle=cycle,
        studied=found,
        numbered=[s for s in found if s.measure],
    )


@bp.route("/projects/<id:project_id>/cycles/<id:cycle_id>/act", methods=["GET", "POST"])
@requires(Permission.PDSA_LOG, PdsaCycle)
def act(cycle: PdsaCycle) -> ResponseReturnValue:
    """Adopt, adapt or abandon; adapt opens the next cycle, filled in from this one."""
    form = open_form(
        ActForm,
        f"pdsa/{cycle.id}/act",
        initial=lambda: {
            "decision": cycle.decision,
            "next_change": cycle.next_change,
            "decided_on": cycle.decided_on or today(),
            "version": cycle.version,
        },
        record=cycle,
    )
    if form.accepted() and form.save(
        lambda: services.decide(
            cycle,
            form.decision.data,
            next_change=form.next_change.data,
            on=form.decided_on.filled,
            by=current_user,
        )
    ):
        if cycle.decision is Decision.ADAPT:
            url = url_for(".plan", project_id=cycle.project_id, after=cycle.id)
            return done(url, announce="Decided: adapt. Here is the next cycle to plan")
        return done(address(cycle), announce=f"Decided: {form.decision.filled}")
    return form_page("pdsa/act.html", form, project=cycle.project, cycle=cycle)


@bp.post("/projects/<id:project_id>/cycles/<id:cycle_id>/delete")
@requires(Permission.PDSA_LOG, PdsaCycle)
def delete(cycle: PdsaCycle) -> ResponseReturnValue:
    """Delete a cycle; the banner that says so can undo it."""
    project_id, number = cycle.project_id, cycle.number
    undo = url_for(".restore", project_id=project_id, cycle_id=cycle.id)
    with unit_of_work():
        services.delete(cycle, by=current_user)
    return done(
        url_for(".index", project_id=project_id), announce=f"Cycle {number} deleted", undo=undo
    )


@bp.post("/projects/<id:project_id>/cycles/<id:cycle_id>/restore")
@requires(Permission.PDSA_LOG, Project, key="project_id")
def restore(project: Project, cycle_id: int) -> ResponseReturnValue:
    """Bring a deleted cycle back."""
    with unit_of_work():
        cycle = queries.deleted(project.id, cycle_id)
        services.restore(cycle, by=current_user)
        url = address(cycle)
    return done(url, announce="Cycle restored")


def _parent(project: Project) -> PdsaCycle | None:
    """The cycle named in the address, when this person may see it and it is of this project."""
    after = parse_id(request.args.get("after", ""))
    if after is None:
        return None
    return db.session.scalars(
        visible(PdsaCycle, current_user).where(
            PdsaCycle.id == after, PdsaCycle.project_id == project.id
        )
    ).one_or_none()
