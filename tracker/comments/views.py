"""Writing a comment, and taking one's own back."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy import Select, select

from tracker.db import SoftDeleted, db, unit_of_work, utcnow
from tracker.drafts.forms import Created, form_page, open_form
from tracker.pages import Dropdown, LongText, Option, done, page, safe_next
from tracker.permissions import Permission, requires, visible
from tracker.projects.models import Project
from tracker.safe.numbers import parse_id

from . import queries, services
from .models import Comment, fields_of, subjects

bp = Blueprint("comments", __name__, template_folder="templates")


class CommentForm(Created):
    """One comment."""

    field = Dropdown[str]("About", options=(), blank="All of it")
    body = LongText("Your comment", required="Write a comment", rows=3, max_length=4000)


@bp.route("/projects/<id:project_id>/comments/<kind>/<id:subject_id>", methods=["GET", "POST"])
@requires(Permission.COMMENT_ADD, Project, key="project_id")
def add(project: Project, kind: str, subject_id: int) -> ResponseReturnValue:
    """Write beside a row of this project."""
    model = subjects.get(kind)
    if model is None:
        abort(404)
    rows: Select[Any] = select(model).where(
        model.id == subject_id,  # type: ignore[attr-defined]
        (model.id if model is Project else model.project_id) == project.id,  # type: ignore[attr-defined]
    )
    if issubclass(model, SoftDeleted):
        rows = rows.where(model.deleted_at.is_(None))
    subject = db.session.scalar(rows)
    if subject is None:
        abort(404)
    back = safe_next(request.args.get("next"), otherwise=f"/projects/{project.id}")
    offered = fields_of[kind](subject)
    about = request.args.get("field", "")
    form = open_form(CommentForm, f"comment/{kind}/{subject_id}", initial=lambda: {"field": about})
    form.field.options = [Option(name, words) for name, words in offered]
    if form.accepted():

        def write() -> str:
            services.add(subject, form.body.data, by=current_user, field=form.field.data or "")
            return f"{back}#comments"

        return done(form.create(write), announce="Comment added")
    return form_page("comments/add.html", form, project=project, back=back, tab="")


@bp.get("/projects/<id:project_id>/comments")
@requires(Permission.PROJECT_READ, Project)
def index(project: Project) -> ResponseReturnValue:
    """What was written beside the project as a whole."""
    return page("comments/index.html", project=project)


@bp.post("/projects/<id:project_id>/comments/<id:comment_id>/resolve")
@requires(Permission.COMMENT_ADD, Comment)
def resolve(comment: Comment) -> ResponseReturnValue:
    """Say that a comment has been dealt with."""
    with unit_of_work():
        services.resolve(comment, by=current_user)
    return done(_back(comment), announce="Comment resolved")


@bp.post("/projects/<id:project_id>/comments/<id:comment_id>/reopen")
@requires(Permission.COMMENT_ADD, Comment)
def reopen(comment: Comment) -> ResponseReturnValue:
    """Say that a comment is not dealt with after all."""
    with unit_of_work():
        services.reopen(comment, by=current_user)
    return done(_back(comment), announce="Comment opened again")


@bp.post("/comments/read")
@requires(Permission.SIGNED_IN)
def mark_read() -> ResponseReturnValue:
    """Say that one has read what others wrote, up to the comment that was listed first."""
    until = utcnow()
    if (seen := parse_id(request.form.get("latest", ""))) is not None:
        until = db.session.scalar(
            visible(Comment, current_user).with_only_columns(Comment.at).where(Comment.id == seen)
        ) or abort(404)
    with unit_of_work():
        services.mark_read(current_user, until=until)
    return done("/", announce="Marked as read")


@bp.post("/projects/<id:project_id>/comments/<id:comment_id>/take-back")
@requires(Permission.COMMENT_ADD, Comment)
def take_back(comment: Comment) -> ResponseReturnValue:
    """Take back one's own comment."""
    if comment.by_id != current_user.id:
        abort(403)
    with unit_of_work():
        services.take_back(comment, by=current_user)
    return done(
        _back(comment),
        announce="Comment taken back",
        undo=url_for(".restore", project_id=comment.project_id, deleted_id=comment.id),
    )


@bp.post("/projects/<id:project_id>/comments/<id:deleted_id>/restore")
@requires(Permission.COMMENT_ADD, Project, key="project_id")
def restore(project: Project, deleted_id: int) -> ResponseReturnValue:
    """Put back one's own comment."""
    with unit_of_work():
        comment = queries.deleted(project.id, deleted_id)
        if comment.by_id != current_user.key:
            abort(403)
        services.restore(comment, by=current_user)
    return done(url_for("overview.project", project_id=project.id), announce="Comment put back")


def _back(comment: Comment) -> str:
    back = safe_next(request.form.get("next"), otherwise=f"/projects/{comment.project_id}")
    return f"{back}#comments"
