"""The one question, `can`, and the one way to reach rows, `visible`."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import ColumnElement, Select, select

from tracker.db import Base

from .verbs import FOR_EVERYONE, GRANTS, WHILE_CLOSED, Permission, Role

if TYPE_CHECKING:
    from tracker.auth.models import User

M = TypeVar("M", bound=Base)


@dataclass(frozen=True, slots=True)
class Scope:
    """Where the access roles on a thing come from: its project, and these organisations."""

    project_id: int | None = None
    organisation_ids: Collection[int] = field(default_factory=frozenset)
    is_closed: bool = False
    """It is of a project that has ended, and stays as it is."""


@dataclass(frozen=True, slots=True)
class _Rule:
    condition: Callable[[User], ColumnElement[bool]]
    scope: Callable[[Any], Scope]
    query: Callable[[Select[Any]], Select[Any]]
    deleted: Callable[[User], ColumnElement[bool]] | None


_rules: dict[type[Base], _Rule] = {}


def register(
    model: type[Base],
    condition: Callable[[User], ColumnElement[bool]],
    *,
    scope: Callable[[Any], Scope],
    query: Callable[[Select[Any]], Select[Any]] = lambda query: query,
    deleted: Callable[[User], ColumnElement[bool]] | None = None,
) -> None:
    """Say once, in the feature that owns `model`, who sees its rows and where roles come from.

    `query` adds what the condition needs (a join to the project) and what every page about one
    row shows, so that loading it through `visible` is one statement. `deleted` says who sees
    which of the rows that were deleted and can be restored; without it nobody does.
    """
    _rules[model] = _Rule(condition, scope, query, deleted)


def visible(model: type[M], user: User, *, deleted: bool = False) -> Select[M]:
    """The rows of `model` that this person may see. Every read of a person's goes through here.

    With `deleted` instead those that can be restored; Raises LookupError where nobody sees any.
    """
    rule = _rules[model]
    condition = rule.deleted if deleted else rule.condition
    if condition is None:
        raise LookupError(f"nobody sees deleted rows of {model.__name__}")
    query: Select[M] = rule.query(select(model)).where(condition(user))
    return query


def scope_of(thing: Base) -> Scope:
    """Where the access roles on a thing come from."""
    return _rules[type(thing)].scope(thing)


def can(user: User, permission: Permission, thing: Base | None = None) -> bool:
    """Whether `user` may do it to `thing`, which they can see; to anything, when None."""
    if not user.is_authenticated:
        return False
    if permission in FOR_EVERYONE:
        return True
    scope = None if thing is None else scope_of(thing)
    if scope is not None and scope.is_closed and permission not in WHILE_CLOSED:
        return False
    return any(permission in GRANTS[role] for role in _roles_in(user, scope))


def is_closed(thing: Base | None) -> bool:
    """Whether it is of a project that has ended."""
    return thing is not None and scope_of(thing).is_closed


def granted(user: User, thing: Base) -> frozenset[Permission]:
    """All that `user` may do to `thing`, from one look at where roles on it come from."""
    scope = scope_of(thing)
    every = FOR_EVERYONE.union(*(GRANTS[role] for role in _roles_in(user, scope)))
    return every & WHILE_CLOSED if scope.is_closed else every


def roles_on(user: User, thing: Base | None) -> set[Role]:
    """A person's access roles on a thing: of its project, its organisation and its PSC.

    A membership without either holds everywhere. With no thing: all roles held anywhere.
    """
    return _roles_in(user, None if thing is None else scope_of(thing))


def _roles_in(user: User, scope: Scope | None) -> set[Role]:
    memberships = user.active_memberships()
    if scope is None:
        return {m.role for m in memberships}
    return {
        m.role
        for m in memberships
        if (m.project_id is None and m.organisation_id is None)
        or (m.project_id is not None and m.project_id == scope.project_id)
        or (m.organisation_id is not None and m.organisation_id in scope.organisation_ids)
    }
