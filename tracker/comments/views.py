"""Writing a comment, and taking one's own back."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, request
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy import Select, select

from tracker.db import SoftDeleted, db, unit_of_work
from tracker.drafts.forms import Created, form_page, open_form
from tracker.pages import LongText, done, safe_next
from tracker.permissions import Permission, requires
from tracker.projects.models import Project

from . import services
from .models import Comment, subjects

bp = Blueprint("comments", __name__, template_folder="templates")


class CommentForm(Created):
    """One comment."""

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
    form = open_form(CommentForm, f"comment/{kind}/{subject_id}")
    if form.accepted():

        def write() -> str:
            services.add(subject, form.body.data, by=current_user)
            return f"{back}#comments"

        return done(form.create(write), announce="Comment added")
    return form_page("comments/add.html", form, project=project, back=back, tab="")


@bp.post("/projects/<id:project_id>/comments/<id:comment_id>/take-back")
@requires(Permission.COMMENT_ADD, Comment)
def take_back(comment: Comment) -> ResponseReturnValue:
    """Take back one's own comment."""
    if comment.by_id != current_user.id:
        abort(403)
    with unit_of_work():
        services.take_back(comment, by=current_user)
    back = safe_next(request.form.get("next"), otherwise=f"/projects/{comment.project_id}")
    return done(back, announce="Comment taken back")
