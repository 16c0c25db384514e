"""Pages about projects: the list, starting one, its aim, its people and its settings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from tracker.auth import queries as auth
from tracker.db import db, unit_of_work
from tracker.drafts.forms import form_page, open_form
from tracker.organisations import queries as organisations
from tracker.organisations.models import Organisation
from tracker.pages import Option, page
from tracker.pages.responses import done
from tracker.people import handing_over
from tracker.people import services as inviting
from tracker.people.domain import CannotInvite
from tracker.permissions import Permission, requires
from tracker.programmes import queries as programmes
from tracker.safe.dates import today
from tracker.safe.text import clean

from . import queries, services
from .cascade import cascade
from .domain import AimParts, faults, sentence
from .forms import (
    AimForm,
    ChangeForm,
    CloseForm,
    Details,
    MemberForm,
    ReopenForm,
    ShareForm,
    StartForm,
    aim_of,
    closing_of,
    details_of,
)
from .models import Project, ProjectMember, Sharing, Status
from .roles import role_check, wanted_roles

bp = Blueprint("projects", __name__, template_folder="templates")


ARCHIVED = "archived"
"""In the place of a status, in the address of the list."""


def home(project: Project) -> str:
    """Address of a project's page."""
    return url_for("overview.project", project_id=project.id)


@bp.get("/projects")
@requires(Permission.SIGNED_IN)
def index() -> ResponseReturnValue:
    """Every project this person may see; the filters live in the address."""
    asked, filters = request.args, filters_asked()
    number = asked.get("page", "")[:10]
    found = queries.project_page(
        current_user, filters, int(number) if number.isascii() and number.isdigit() else 1
    )
    return page(
        "projects/index.html",
        partial="projects/_results.html",
        found=found,
        filters=filters,
        statuses=tuple(Status),
        programmes=programmes.titles(),
        link=lambda n: url_for(".index", **{**asked.to_dict(), "page": n}),
        narrowed=narrowed(asked),
    )


def filters_asked() -> queries.Filters:
    """What the address narrows the list to."""
    asked = request.args
    return queries.Filters(
        text=asked.get("q", "")[:200],
        programme=clean(asked.get("programme", "")[:80]),
        status=Status(asked["status"]) if asked.get("status") in set(Status) else None,
        mine=asked.get("mine") == "yes",
        archived=asked.get("status") == ARCHIVED,
    )


def narrowed(asked: Mapping[str, str]) -> dict[str, str]:
    """The filters of an address that say anything, for another."""
    return {name: asked[name] for name in ("q", "programme", "status", "mine") if asked.get(name)}


@bp.get("/projects/new")
@requires(Permission.PROJECT_START)
def choose_organisation() -> ResponseReturnValue:
    """Where the project belongs: nobody is asked who has only one place to choose from."""
    own = organisations.by_ids(
        [m.organisation_id for m in current_user.active_memberships() if m.organisation_id]
    )
    text = request.args.get("q", "")[:200]
    if len(own) == 1 and "q" not in request.args and not organisations.has_under(own[0].id):
        return done(url_for(".start", organisation_id=own[0].id))
    found = organisations.search(text, limit=20) if text else []
    return page("projects/choose_organisation.html", own=own, found=found, text=text)


@bp.route("/organisations/<id:organisation_id>/projects/new", methods=["GET", "POST"])
@requires(Permission.PROJECT_START, Organisation)
def start(organisation: Organisation) -> ResponseReturnValue:
    """Start a project at an organisation."""
    lead = organisations.lead_psc(organisation.id, today())
    form = open_form(
        StartForm,
        f"project/new/{organisation.id}",
        initial=lambda: {"psc_id": lead.id if lead else None, "sharing": Sharing.ORGANISATION},
    )
    _offer(form, organisation.id)
    if form.accepted():

        def write() -> str:
            project = services.start(
                title=form.title.data,
                organisation=db.session.get_one(Organisation, organisation.id),
                by=current_user,
                on=today(),
                programme=form.programme.data,
                psc=_psc(form.psc_id.data),
                problem=form.problem.data,
                sites=_lines(form.sites.data),
                sharing=form.sharing.filled,
                is_demo=organisation.is_demo,
            )
            return home(project)

        return done(form.create(write), announce="Project started")
    return form_page("projects/start.html", form, organisation=organisation)


@bp.route("/projects/<id:project_id>/settings", methods=["GET", "POST"])
@requires(Permission.PROJECT_EDIT, Project)
def settings(project: Project) -> ResponseReturnValue:
    """Change what the project is called and where it belongs."""

    def initial() -> Mapping[str, Any]:
        return details_of(project, [s.name for s in queries.sites(project)])

    form = open_form(ChangeForm, f"project/{project.id}", initial=initial, record=project)
    _offer(form, project.organisation_id, keep=project)
    if form.accepted() and form.save(
        lambda: services.change(
            project,
            by=current_user,
            title=form.title.data,
            problem=form.problem.data,
            programme=form.programme.data,
            psc=_psc(form.psc_id.data),
            sites=_lines(form.sites.data),
        )
    ):
        return done(home(project), announce="Project changed")
    return form_page("projects/settings.html", form, project=project)


@bp.route("/projects/<id:project_id>/sharing", methods=["GET", "POST"])
@requires(Permission.PROJECT_SHARE, Project)
def share(project: Project) -> ResponseReturnValue:
    """Say who can read the project."""
    form = open_form(
        ShareForm,
        f"project/{project.id}/sharing",
        initial=lambda: {"sharing": project.sharing, "version": project.version},
        record=project,
    )
    if form.accepted() and form.save(
        lambda: services.share(project, form.sharing.filled, by=current_user)
    ):
        return done(home(project), announce="Sharing changed")
    return form_page("projects/share.html", form, project=project)


@bp.route("/projects/<id:project_id>/close", methods=["GET", "POST"])
@requires(Permission.PROJECT_CLOSE, Project)
def close(project: Project) -> ResponseReturnValue:
    """Finish or stop the project."""
    form = open_form(
        CloseForm,
        f"project/{project.id}/close",
        initial=lambda: closing_of(project, today()),
        record=project,
    )
    if form.accepted() and form.save(
        lambda: services.close(
            project,
            form.status.filled,
            on=form.closed_on.filled,
            note=form.note.data,
            by=current_user,
        )
    ):
        return done(
            home(project),
            announce="Project closed",
            undo=url_for(".reopen", project_id=project.id, undo="closing"),
        )
    return form_page("projects/close.html", form, project=project)


@bp.route("/projects/<id:project_id>/reopen", methods=["GET", "POST"])
@requires(Permission.PROJECT_CLOSE, Project)
def reopen(project: Project) -> ResponseReturnValue:
    """Take a finished or stopped project up again, and say why; undoing a closing says it."""
    if request.method == "POST" and request.args.get("undo") == "closing":
        with unit_of_work():
            services.reopen(project, "The closing was undone", by=current_user)
        return done(home(project), announce="Project open again")
    if not project.is_closed:
        return done(home(project), announce="The project is open")
    form = open_form(
        ReopenForm,
        f"project/{project.id}/reopen",
        initial=lambda: {"version": project.version},
        record=project,
    )
    if form.accepted() and form.save(
        lambda: services.reopen(project, form.reason.data, by=current_user)
    ):
        return done(home(project), announce="Project open again")
    return form_page("projects/reopen.html", form, project=project)


@bp.post("/projects/<id:project_id>/archive")
@requires(Permission.PROJECT_CLOSE, Project)
def archive(project: Project) -> ResponseReturnValue:
    """Leave a closed project out of lists."""
    with unit_of_work():
        services.archive(project, on=today(), by=current_user)
    return done(
        home(project),
        announce="In the archive: search still finds it",
        undo=url_for(".take_out_of_archive", project_id=project.id),
    )


@bp.post("/projects/<id:project_id>/archive/take-out")
@requires(Permission.PROJECT_CLOSE, Project)
def take_out_of_archive(project: Project) -> ResponseReturnValue:
    """Show a closed project in lists again."""
    with unit_of_work():
        services.take_out_of_archive(project, by=current_user)
    return done(home(project), announce="Shown in lists again")


@bp.get("/projects/<id:project_id>/aim")
@requires(Permission.PROJECT_READ, Project)
def aim(project: Project) -> ResponseReturnValue:
    """The aim statement, its parts, its faults and what was said about it."""
    parts = project.aim.parts
    return page(
        "projects/aim.html",
        project=project,
        parts=parts,
        sentence=sentence(parts) if parts else "",
        faults=faults(parts or AimParts()),
        cascade=cascade(project, today()),
    )


@bp.route("/projects/<id:project_id>/aim/edit", methods=["GET", "POST"])
@requires(Permission.PROJECT_EDIT, Project)
def edit_aim(project: Project) -> ResponseReturnValue:
    """Write the aim, or change it."""
    form = open_form(
        AimForm, f"aim/{project.aim.id}", initial=lambda: aim_of(project.aim), record=project.aim
    )
    if form.accepted() and form.save(
        lambda: services.set_aim(project.aim, form.parts, by=current_user)
    ):
        lacking = faults(form.parts)
        said = "Aim saved" if not lacking else f"Aim saved. It has {' and '.join(lacking)}"
        return done(home(project), announce=said)
    return form_page("projects/edit_aim.html", form, project=project)


@bp.get("/projects/<id:project_id>/people")
@requires(Permission.PROJECT_READ, Project)
def people(project: Project) -> ResponseReturnValue:
    """Who is on the team, and which roles are vacant."""
    members, day = queries.everybody(project), today()
    return page(
        "projects/people.html",
        project=project,
        team=[m for m in members if m.left_on is None or m.left_on > day],
        roles=role_check(members, wanted_roles(project), day),
        access=auth.project_roles(project.id, today()),
    )


@bp.route("/projects/<id:project_id>/people/new", methods=["GET", "POST"])
@requires(Permission.TEAM_EDIT, Project)
def add_member(project: Project) -> ResponseReturnValue:
    """Add a person to the team."""
    form = open_form(
        MemberForm,
        f"project/{project.id}/people",
        initial=lambda: {"team_role": request.args.get("role", "")},
    )
    form.offer([role.title for role in wanted_roles(project)])
    is_new = False
    if form.accepted():
        user = auth.by_email(form.email.data) if form.email.data else None
        is_new = bool(form.email.data) and (user is None or inviting.was_withdrawn(user))
        sent: list[inviting.Invited] = []
        if is_new and not form.invite.data:
            form.refuse("email", "There is no account with this e-mail. Tick below to invite them")
        elif (is_new or user is not None) and form.access.data is None:
            form.refuse("access", "Choose what they may do here")
        elif user is not None and any(m.user_id == user.id for m in queries.team(project, today())):
            form.refuse("email", f"{user.name} is on the team already")
        else:

            def write() -> str:
                who = user
                if is_new:
                    sent.append(
                        inviting.invite(
                            form.email.data, form.name.data, by=current_user, place=project.title
                        )
                    )
                    who = sent[0].user
                services.add_member(
                    project,
                    by=current_user,
                    on=today(),
                    name=form.name.data,
                    team_role=form.team_role.filled,
                    user=who,
                    role=form.access.data,
                )
                return url_for(".people", project_id=project.id)

            try:
                url = form.create(write)
            except CannotInvite as error:
                form.refuse("email", str(error))
            else:
                if sent:
                    return handing_over.invited(sent[0], back=url)
                return done(url, announce=f"{form.name.data} is on the team")
    return form_page("projects/add_member.html", form, project=project, offers_invitation=is_new)


@bp.post("/projects/<id:project_id>/people/<id:member_id>/remove")
@requires(Permission.TEAM_EDIT, ProjectMember)
def remove_member(member: ProjectMember) -> ResponseReturnValue:
    """End a person's place on the team."""
    with unit_of_work():
        services.remove_member(member, by=current_user, on=today())
    return done(url_for(".people", project_id=member.project_id), announce="Taken off the team")


def _offer(form: Details, organisation_id: int, *, keep: Project | None = None) -> None:
    """Fill the lists of programmes and PSCs; what a project has stays among them."""
    offered = programmes.offered_programmes(organisation_id, on=today())
    named = {p.key: p.title for p in offered}
    pscs = {str(o.id): o.name for o in organisations.psc_choices()}
    if keep is not None and keep.programme:
        named.setdefault(keep.programme, programmes.titles().get(keep.programme, keep.programme))
    if keep is not None and keep.psc is not None:
        pscs.setdefault(str(keep.psc.id), keep.psc.name)
    form.programme.options = [Option(key, title) for key, title in named.items()]
    form.psc_id.options = [Option(key, name) for key, name in pscs.items()]


def _psc(organisation_id: int | None) -> Organisation | None:
    return db.session.get(Organisation, organisation_id) if organisation_id else None


def _lines(text: str) -> list[str]:
    return [line.strip()[:200] for line in text.splitlines() if line.strip()]
