"""The decorator every view carries, and the check that it does."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from flask import Flask, abort, current_app
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy import Select

from tracker.db import Base, db

from .access import can, visible
from .verbs import Permission

View = TypeVar("View", bound=Callable[..., ResponseReturnValue])

CORE = "tracker."


class UndeclaredRoute(RuntimeError):
    """A route that says neither who may use it nor that everybody may."""


def public(view: View) -> View:
    """A page for people who have not signed in."""
    view._permission = None  # type: ignore[attr-defined]
    return view


def requires(
    permission: Permission, model: type[Base] | None = None, *, key: str | None = None
) -> Callable[[Callable[..., ResponseReturnValue]], Callable[..., ResponseReturnValue]]:
    """Let only those in who may do `permission`.

    With a `model` the row named by the URL (`key`, by default the last `..._id` of the route) is
    loaded through `visible` and handed to the view as its first argument: one that the person
    cannot see answers 404, one on which their role is too low 403. A `project_id` elsewhere in the
    URL must be the row's own.
    """

    def decorate(view: Callable[..., ResponseReturnValue]) -> Callable[..., ResponseReturnValue]:
        @wraps(view)
        def guarded(**parts: Any) -> ResponseReturnValue:
            if not current_user.is_authenticated:
                login_manager = current_app.login_manager  # type: ignore[attr-defined]
                refusal: ResponseReturnValue = login_manager.unauthorized()
                return refusal
            if model is None:
                if not can(current_user, permission):
                    abort(403)
                return view(**parts)
            name = key or next(part for part in reversed(parts) if part.endswith("_id"))
            rows: Select[Any] = visible(model, current_user)
            identity = model.id  # type: ignore[attr-defined]  # every model has one
            row = db.session.scalar(rows.where(identity == parts.pop(name)))
            owner = parts.pop("project_id", None)
            if row is None or (owner is not None and getattr(row, "project_id", None) != owner):
                abort(404)
            if not can(current_user, permission, row):
                abort(403)
            return view(row, **parts)

        guarded._permission = permission  # type: ignore[attr-defined]
        return guarded

    return decorate


def check_routes(app: Flask) -> None:
    """Refuse to start with a core route that is neither public nor behind a permission.

    Raises UndeclaredRoute, naming it.
    """
    for rule in app.url_map.iter_rules():
        view = app.view_functions[rule.endpoint]
        if rule.endpoint != "static" and not hasattr(view, "_permission"):
            raise UndeclaredRoute(f"{rule.rule} ({rule.endpoint}) needs @requires(...) or @public")
