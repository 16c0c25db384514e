"""The decorator every view carries, and the check that it does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING, Any, TypeVar

from flask import Flask, abort, current_app, g, has_request_context
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload
from werkzeug.exceptions import Forbidden

from tracker.db import Base, after_begin, db

from .access import can, is_closed, visible
from .verbs import Permission

if TYPE_CHECKING:
    from tracker.auth.models import User

View = TypeVar("View", bound=Callable[..., ResponseReturnValue])

CORE = "tracker."


@dataclass(frozen=True, slots=True)
class _Question:
    """What a route asks before its view runs, and a unit of work before it writes."""

    permission: Permission
    model: type[Base] | None = None
    identity: int = 0
    project_id: int | None = None
    deleted: bool = False

    def answer(self) -> Base | None:
        """The row, when they may. Aborts with 404 where they see none, 403 where they may not."""
        if self.model is None:
            if not can(current_user, self.permission):
                abort(403)
            return None
        rows: Select[Any] = visible(self.model, current_user, deleted=self.deleted)
        identity = self.model.id  # type: ignore[attr-defined]  # every model has one
        row: Base | None = db.session.scalar(rows.where(identity == self.identity))
        owner = self.project_id
        if row is None or (owner is not None and getattr(row, "project_id", None) != owner):
            abort(404)
        if not can(current_user, self.permission, row):
            raise HasEnded if is_closed(row) else Forbidden
        return row


def _ask_again() -> None:
    """Answer the route's question once more, of the rows as they stand under the lock.

    A role that ended since the request began is 403, a row that was deleted 404, and nothing has
    been written. Costs a statement: the row is read again in any case.
    """
    question: _Question | None = g.get("question") if has_request_context() else None
    if question is None or current_user.is_anonymous:
        return
    user: User = current_user._get_current_object()
    kind = type(user)
    db.session.scalars(
        select(kind).where(kind.id == user.key).options(joinedload(kind.memberships))
    ).unique().one()
    if not user.is_active:
        abort(403)
    question.answer()


after_begin.append(_ask_again)


class HasEnded(Forbidden):
    """The project has ended: nobody changes it while it is closed."""


class UndeclaredRoute(RuntimeError):
    """A route that says neither who may use it nor that everybody may."""


def public(view: View) -> View:
    """A page for people who have not signed in."""
    view._permission = None  # type: ignore[attr-defined]
    return view


def requires(
    permission: Permission,
    model: type[Base] | None = None,
    *,
    key: str | None = None,
    deleted: bool = False,
) -> Callable[[Callable[..., ResponseReturnValue]], Callable[..., ResponseReturnValue]]:
    """Let only those in who may do `permission`.

    With a `model` the row named by the URL (`key`, by default the last `..._id` of the route) is
    loaded through `visible` and handed to the view as its first argument: one that the person
    cannot see answers 404, one on which their role is too low 403. A `project_id` elsewhere in the
    URL must be the row's own. With `deleted` it is a row that was deleted and can be restored.
    """

    def decorate(view: Callable[..., ResponseReturnValue]) -> Callable[..., ResponseReturnValue]:
        @wraps(view)
        def guarded(**parts: Any) -> ResponseReturnValue:
            if not current_user.is_authenticated:
                login_manager = current_app.login_manager  # type: ignore[attr-defined]
                refusal: ResponseReturnValue = login_manager.unauthorized()
                return refusal
            if model is None:
                g.question = _Question(permission)
                g.question.answer()
                return view(**parts)
            name = key or next(part for part in reversed(parts) if part.endswith("_id"))
            identity = parts.pop(name)
            owner = parts.pop("project_id", None)
            g.question = _Question(permission, model, identity, owner, deleted)
            return view(g.question.answer(), **parts)

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
