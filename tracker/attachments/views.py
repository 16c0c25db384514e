"""Pages of documents and links. A file is only ever handed out to be saved."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from tracker.blobs.papers import TYPES, NotAPaper, Paper, checked
from tracker.db import unit_of_work
from tracker.downloads import attachment as to_save
from tracker.downloads import noted
from tracker.drafts.forms import form_page, open_form
from tracker.pages import done, page
from tracker.permissions import Permission, requires
from tracker.projects.access import is_outside
from tracker.projects.models import Project

from . import queries, services
from .domain import MOST_IN_A_PROJECT, host_of, size_in_words
from .forms import ChangeForm, ChangeLinkForm, FileFields, FileForm, LinkForm, ReplaceForm
from .models import Attachment

bp = Blueprint("attachments", __name__, template_folder="templates")

BASE = "/projects/<id:project_id>/documents"
ONE = f"{BASE}/<id:attachment_id>"


def home(project_id: int) -> str:
    """Where they are listed."""
    return url_for("attachments.index", project_id=project_id)


@bp.get(BASE)
@requires(Permission.PROJECT_READ, Project)
def index(project: Project) -> ResponseReturnValue:
    """What the team keeps with the project, and where else to look."""
    return page(
        "attachments/index.html",
        project=project,
        attachments=queries.attachments(project),
        used=queries.bytes_used(project.id),
        most=MOST_IN_A_PROJECT,
        outside=is_outside(project, current_user),
        host_of=host_of,
        size_in_words=size_in_words,
    )


@bp.get(f"{ONE}/files/<id:number>")
@requires(Permission.DATA_EXPORT, Attachment, key="attachment_id")
def file(attachment: Attachment, number: int) -> ResponseReturnValue:
    """One version of a document, to be saved.

    Nobody can see what figures stand in a file, so those who read from outside do not get it.
    """
    found = queries.file(attachment, number) or abort(404)
    if is_outside(attachment.project, current_user):
        abort(403)
    answer = to_save(found.blob.data, TYPES[found.ending], attachment.title, found.ending)
    told = {"what": "document", "title": attachment.title, "version": number}
    return noted(answer, told, attachment.project_id)


@bp.route(f"{BASE}/new", methods=["GET", "POST"])
@requires(Permission.PDSA_LOG, Project)
def add(project: Project) -> ResponseReturnValue:
    """Put a document with the project."""
    form = open_form(FileForm, f"document/new/{project.id}")
    if form.accepted() and (paper := _paper_of(form)):

        def write() -> str:
            services.add_file(
                project,
                paper,
                title=form.title.data,
                kind=form.kind.filled,
                by=current_user,
            )
            return home(project.id)

        try:
            return done(form.create(write), announce="Document added")
        except services.Full as error:
            form.refuse("file", str(error))
    return form_page("attachments/file.html", form, project=project, attachment=None)


@bp.route(f"{ONE}/replace", methods=["GET", "POST"])
@requires(Permission.PDSA_LOG, Attachment)
def replace(attachment: Attachment) -> ResponseReturnValue:
    """Put a newer version in front; the old ones stay."""
    if attachment.is_link:
        abort(404)
    project = attachment.project
    form = open_form(
        ReplaceForm,
        f"document/{attachment.id}/replace",
        initial=lambda: {"version": attachment.version},
        record=attachment,
    )
    if form.accepted() and (paper := _paper_of(form)):
        try:
            if form.save(lambda: services.replace(attachment, paper, by=current_user)):
                return done(home(attachment.project_id), announce="Newer version added")
        except services.Full as error:
            form.refuse("file", str(error))
    return form_page("attachments/file.html", form, project=project, attachment=attachment)


@bp.route(f"{BASE}/links/new", methods=["GET", "POST"])
@requires(Permission.PDSA_LOG, Project)
def add_link(project: Project) -> ResponseReturnValue:
    """Put a link with the project."""
    form = open_form(LinkForm, f"link/new/{project.id}")
    if form.accepted():

        def write() -> str:
            services.add_link(
                project,
                form.url.data,
                title=form.title.data,
                kind=form.kind.filled,
                by=current_user,
            )
            return home(project.id)

        return done(form.create(write), announce="Link added")
    return form_page("attachments/edit.html", form, project=project, attachment=None)


@bp.route(f"{ONE}/edit", methods=["GET", "POST"])
@requires(Permission.PDSA_LOG, Attachment)
def edit(attachment: Attachment) -> ResponseReturnValue:
    """Call it otherwise; of a link also where it leads."""

    def initial() -> dict[str, Any]:
        named = {
            "title": attachment.title,
            "kind": attachment.kind,
            "version": attachment.version,
        }
        return named | ({"url": attachment.url} if attachment.is_link else {})

    form: ChangeForm | ChangeLinkForm = open_form(
        ChangeLinkForm if attachment.is_link else ChangeForm,
        f"document/{attachment.id}",
        initial=initial,
        record=attachment,
    )
    if form.accepted() and form.save(
        lambda: services.change(
            attachment,
            title=form.title.data,
            kind=form.kind.filled,
            url=form.url.data if isinstance(form, ChangeLinkForm) else None,
            by=current_user,
        )
    ):
        return done(home(attachment.project_id), announce="Saved")
    return form_page(
        "attachments/edit.html", form, project=attachment.project, attachment=attachment
    )


@bp.post(f"{ONE}/delete")
@requires(Permission.PDSA_LOG, Attachment)
def delete(attachment: Attachment) -> ResponseReturnValue:
    """Take it away, with a way back."""
    url = home(attachment.project_id)
    undo = url_for(".restore", project_id=attachment.project_id, attachment_id=attachment.id)
    title = attachment.title
    with unit_of_work():
        services.delete(attachment, by=current_user)
    return done(url, announce=f"“{title}” deleted", undo=undo)


@bp.post(f"{ONE}/restore")
@requires(Permission.PDSA_LOG, Project, key="project_id")
def restore(project: Project, attachment_id: int) -> ResponseReturnValue:
    """Put it back with all its versions."""
    url = home(project.id)
    with unit_of_work():
        title = services.restore(queries.deleted(project.id, attachment_id), by=current_user).title
    return done(url, announce=f"“{title}” is back")


def _paper_of(form: FileFields) -> Paper | None:
    """The document that was sent, looked into before the unit of work; else the form is refused."""
    sent = form.file.filled
    try:
        return checked(sent.read(), sent.filename or "")
    except NotAPaper as error:
        form.refuse("file", str(error))  # type: ignore[attr-defined]
        return None
