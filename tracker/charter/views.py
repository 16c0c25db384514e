"""The charter of a project: read it, write it, approve it or send it back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import abort, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from tracker.drafts.forms import form_page, open_form
from tracker.pages import done, page
from tracker.pdsa import queries as pdsa
from tracker.permissions import Permission, requires
from tracker.projects import queries as projects
from tracker.projects.cascade import cascade
from tracker.projects.models import Project, ProjectMember
from tracker.projects.roles import role_check, wanted_roles
from tracker.safe.dates import today

from . import domain, queries, services
from .blueprint import PROJECT, bp
from .domain import Verdict
from .forms import CharterForm, DecideForm, charter_of

CHANGED = "The charter was changed while you read it. Read it once more, then decide"


def home(project: Project) -> str:
    """Address of a project's charter."""
    return url_for("charter.show", project_id=project.id)


@bp.get(f"{PROJECT}/charter")
@requires(Permission.PROJECT_READ, Project)
def show(project: Project) -> ResponseReturnValue:
    """All of the charter on one page, with who approved it and what changed since."""
    members = projects.everybody(project)
    return page(
        "charter/show.html",
        **all_of(project, members),
        decides_as=queries.decides_as(project, members, current_user),
        sites=projects.sites(project),
    )


def all_of(project: Project, members: Sequence[ProjectMember]) -> dict[str, Any]:
    """What the page and the paper show of a charter."""
    queries.load(project)
    groups = queries.groups(project.id)
    entries = queries.involvements(project.id)
    return {
        "project": project,
        "standing": queries.standing(project, members),
        "team": queries.on_team(members),
        "roles": role_check(members, wanted_roles(project), today()),
        "cascade": cascade(project, today()),
        "groups": groups,
        "equality": queries.equality_standing(project, groups),
        "not_charted": queries.not_charted(project, groups),
        "involvements": entries,
        "shares": domain.shares(entries, [c.id for c in pdsa.cycles(project)]),
    }


@bp.route(f"{PROJECT}/charter/edit", methods=["GET", "POST"])
@requires(Permission.PROJECT_EDIT, Project)
def edit(project: Project) -> ResponseReturnValue:
    """Write the charter, or change it."""
    form = open_form(
        CharterForm,
        f"charter/{project.id}",
        initial=lambda: charter_of(project),
        record=project,
    )
    if form.accepted() and form.save(lambda: services.write(project, form.text, by=current_user)):
        return done(home(project), announce="Charter saved")
    return form_page("charter/edit.html", form, project=project)


@bp.route(f"{PROJECT}/charter/decide", methods=["GET", "POST"])
@requires(Permission.PROJECT_READ, Project)
def decide(project: Project) -> ResponseReturnValue:
    """Approve the charter as it stands, or send it back: for its sponsor or an administrator."""
    members = projects.everybody(project)
    decides_as = queries.decides_as(project, members, current_user)
    if not decides_as:
        abort(403)
    standing = queries.standing(queries.load(project), members)
    form = open_form(DecideForm, f"charter/{project.id}/decide")
    if form.accepted():
        verdict = form.verdict.filled
        if verdict is Verdict.REFUSED and not form.reason.data:
            form.refuse("reason", "Say why it goes back")
        else:

            def write() -> str:
                services.decide(
                    project,
                    verdict,
                    reason=form.reason.data,
                    seen=form.seen.data,
                    by=current_user,
                )
                return home(project)

            said = "Charter approved" if verdict is Verdict.APPROVED else "Charter sent back"
            try:
                return done(form.create(write), announce=said)
            except services.NotAsSeen:
                form.refuse(None, CHANGED)
                standing = queries.standing(queries.load(project), projects.everybody(project))
            except services.NotTheirs:
                abort(403)
    form.seen.process(None, standing.fingerprint)
    return form_page(
        "charter/decide.html", form, project=project, standing=standing, decides_as=decides_as
    )


@bp.get(f"{PROJECT}/charter/decisions/<id:decision_id>")
@requires(Permission.PROJECT_READ, Project, key="project_id")
def decided(project: Project, decision_id: int) -> ResponseReturnValue:
    """The charter word for word as it was decided on."""
    return page(
        "charter/decided.html",
        project=project,
        decision=queries.decision(project.id, decision_id),
    )
