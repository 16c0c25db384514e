"""Who may read a published case study, and where the roles on one come from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Select, and_, or_
from sqlalchemy.orm import joinedload

from tracker.permissions import Scope, register
from tracker.projects.access import ladder, register_part
from tracker.projects.models import Sharing

from .domain import Readers
from .models import CaseStudy, Picture, Published

if TYPE_CHECKING:
    from tracker.auth.models import User


def may_read(user: User) -> ColumnElement[bool]:
    """Published copies this person may read: the sharing ladder of projects, and the team's own.

    A copy that is public is one that everybody signed in may read; without signing in see
    `queries.is_public`.
    """
    steps = ladder(
        user,
        project_id=Published.project_id,
        organisation_id=Published.organisation_id,
        psc_id=Published.psc_id,
        programme=Published.programme,
    )
    return or_(
        Published.readers.in_([Readers.NATIONAL, Readers.PUBLIC]),
        steps[Sharing.TEAM],
        steps[Sharing.ORGANISATION],
        and_(Published.readers == Readers.NETWORK, steps[Sharing.NETWORK]),
    )


def scope(published: Published) -> Scope:
    """Roles on a copy come from its project, its organisation and its PSC."""
    own = {published.organisation_id, published.psc_id}
    return Scope(published.project_id, frozenset(i for i in own if i is not None))


def register_rules() -> None:
    """Tell the permissions room about case studies."""

    def with_places(query: Select[Any]) -> Select[Any]:
        return query.options(joinedload(Published.organisation), joinedload(Published.psc))

    register(Published, may_read, scope=scope, query=with_places)
    register_part(CaseStudy, CaseStudy.project)
    register_part(Picture, Picture.project)
