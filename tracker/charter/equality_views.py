"""The equality impact assessment: the groups one by one, and signing it off."""

from __future__ import annotations

from flask import request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from tracker.db import unit_of_work
from tracker.drafts.forms import form_page, open_form
from tracker.measures import queries as measures
from tracker.pages import done, page
from tracker.permissions import Permission, requires
from tracker.projects.models import Project
from tracker.safe.dates import today

from . import domain, queries, services
from .blueprint import PROJECT, bp
from .domain import INCLUSION, PROTECTED
from .forms import AddGroupForm, EditGroupForm, SignOffForm, group_of
from .models import EqualityGroup

EQUALITY = f"{PROJECT}/equality"
CHANGED = "The assessment was changed while you read it. Read it once more, then sign it off"


def home(project_id: int) -> str:
    """Address of a project's equality impact assessment."""
    return url_for("charter.equality", project_id=project_id)


@bp.get(EQUALITY)
@requires(Permission.PROJECT_READ, Project)
def equality(project: Project) -> ResponseReturnValue:
    """Every group that is considered, those that are not, and what is not charted."""
    groups = queries.groups(project.id)
    held = {m.id: m for m in measures.of_projects([project.id])}
    standing = queries.equality_standing(project, groups)
    names = [one.name for one in groups]
    latest = standing.latest
    return page(
        "charter/equality.html",
        project=project,
        groups=groups,
        held=held,
        standing=standing,
        review_due=domain.is_review_due(latest.review_on if latest else None, today()),
        not_charted=domain.not_charted(groups, held),
        offered=(
            ("Protected characteristics", domain.not_considered(names, PROTECTED)),
            ("Inclusion health and local groups", domain.not_considered(names, INCLUSION)),
        ),
    )


@bp.route(f"{EQUALITY}/new", methods=["GET", "POST"])
@requires(Permission.PROJECT_EDIT, Project)
def add_group(project: Project) -> ResponseReturnValue:
    """Consider one more group."""
    name = request.args.get("group", "")[:120]
    form = open_form(AddGroupForm, f"equality/{project.id}/new", initial=lambda: {"name": name})
    form.offer(measures.of_projects([project.id]))
    if form.accepted():

        def write() -> str:
            services.consider(project, form.said, by=current_user)
            return home(project.id)

        return done(form.create(write), announce=f"{form.name.data} is considered")
    return _form(form, project)


@bp.route(f"{EQUALITY}/<id:group_id>", methods=["GET", "POST"])
@requires(Permission.PROJECT_EDIT, EqualityGroup)
def edit_group(group: EqualityGroup) -> ResponseReturnValue:
    """Change what is said of a group."""
    project = group.project
    form = open_form(
        EditGroupForm, f"equality/{group.id}", initial=lambda: group_of(group), record=group
    )
    form.offer(measures.of_projects([project.id]))
    if form.accepted() and form.save(
        lambda: services.reconsider(group, form.said, by=current_user)
    ):
        return done(home(project.id), announce=f"{form.name.data} saved")
    return _form(form, project, group)


def _form(
    form: AddGroupForm | EditGroupForm, project: Project, group: EqualityGroup | None = None
) -> ResponseReturnValue:
    names = [*PROTECTED, *INCLUSION]
    return form_page("charter/group.html", form, project=project, group=group, names=names)


@bp.post(f"{EQUALITY}/<id:group_id>/remove")
@requires(Permission.PROJECT_EDIT, EqualityGroup)
def remove_group(group: EqualityGroup) -> ResponseReturnValue:
    """Take a group out of the assessment."""
    with unit_of_work():
        services.remove(group, by=current_user)
    return done(
        home(group.project_id),
        announce=f"{group.name} taken out",
        undo=url_for(".restore_group", project_id=group.project_id, group_id=group.id),
    )


@bp.post(f"{EQUALITY}/<id:group_id>/restore")
@requires(Permission.PROJECT_EDIT, Project, key="project_id")
def restore_group(project: Project, group_id: int) -> ResponseReturnValue:
    """Put a group back as it was."""
    with unit_of_work():
        group = queries.removed(EqualityGroup, project.id, group_id)
        services.restore(group, by=current_user)
    return done(home(project.id), announce="Group put back")


@bp.route(f"{EQUALITY}/sign-off", methods=["GET", "POST"])
@requires(Permission.PROJECT_EDIT, Project)
def sign_off(project: Project) -> ResponseReturnValue:
    """Sign the assessment off as it stands, with the day on which it is looked at again."""
    standing = queries.equality_standing(project, queries.groups(project.id))
    form = open_form(SignOffForm, f"equality/{project.id}/sign-off")
    if form.accepted():

        def write() -> str:
            services.sign_off(
                project,
                review_on=form.review_on.filled,
                note=form.note.data,
                seen=form.seen.data,
                by=current_user,
            )
            return home(project.id)

        try:
            return done(form.create(write), announce="Equality impact assessment signed off")
        except services.NotAsSeen:
            form.refuse(None, CHANGED)
            standing = queries.equality_standing(project, queries.groups(project.id))
    form.seen.process(None, standing.fingerprint)
    return form_page("charter/sign_off.html", form, project=project, standing=standing)


@bp.get("/projects/not-charted")
@requires(Permission.SIGNED_IN)
def uncharted() -> ResponseReturnValue:
    """Projects whose assessment asks for a split of the charts that no measure shows."""
    return page("charter/uncharted.html", found=queries.uncharted(current_user))
