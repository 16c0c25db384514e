"""Bringing a list of changes into the database: all of it on its day, or nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from tracker import audit
from tracker.db import db, search

from .changelist import ChangeList, Known, Plan, plan
from .domain import FOREVER, SEARCH_KIND, Span, day_before, searchable
from .models import ALWAYS, Organisation, OrganisationName, OrganisationQuestion
from .rebuilding import rebuild_closure
from .services import links_by_code, write_changes

if TYPE_CHECKING:
    from tracker.auth.models import User


def change(listed: ChangeList, *, by: User | None = None) -> Plan:
    """Do what the list says; nothing where it was done before. Raises `BadList` with the row."""
    ids = links_by_code()
    made = plan(listed, known(), ids)
    if made.is_nothing_new:
        return made
    _open(made, listed.month)
    _rename(made, listed.month)
    organisations = write_changes(made.changes, ids)
    db.session.add_all(
        OrganisationQuestion(organisation_id=_id_of(each.code), about=each.about, text=each.text)
        for each in made.questions
    )
    for code, into in made.successors.items():
        audit.record(
            "organisation.split" if len(into) > 1 else "organisation.merged",
            of=organisations[code],
            by=by,
            organisation_id=organisations[code].id,
            detail={"on": made.on.isoformat(), "into": list(into)},
        )
    audit.record(
        "organisations.changed",
        by=by,
        detail={
            "list": listed.month,
            "opened": [each.code for each in made.openings],
            "ended": sorted(made.successors),
            "moved": made.moved,
            "renamed": sorted(made.renames),
            "unplaced": made.changes.unplaced,
        },
    )
    db.session.flush()
    rebuild_closure()
    return made


def known() -> dict[str, Known]:
    """Every organisation as a list of changes finds it, by code."""
    rows = db.session.execute(
        select(
            Organisation.code,
            Organisation.name,
            Organisation.kind,
            Organisation.valid_from,
            Organisation.valid_to,
        )
    )
    return {
        row.code: Known(row.name, row.kind, Span(row.valid_from or ALWAYS, row.valid_to or FOREVER))
        for row in rows
    }


def _open(made: Plan, month: str) -> None:
    opened = [
        Organisation(
            code=each.code, name=each.name, kind=each.kind, valid_from=made.on, as_at=month
        )
        for each in made.openings
    ]
    db.session.add_all(opened)
    db.session.flush()
    search.index_many(SEARCH_KIND, {each.id: searchable(each.code, each.name) for each in opened})


def _rename(made: Plan, month: str) -> None:
    renamed = db.session.scalars(select(Organisation).where(Organisation.code.in_(made.renames)))
    words = {}
    for each in renamed.all():
        before, each.name, each.as_at = each.name, made.renames[each.code], month
        db.session.add(
            OrganisationName(organisation_id=each.id, name=before, valid_to=day_before(made.on))
        )
        # People look for it by the name they know.
        words[each.id] = searchable(each.code, f"{each.name} {before}")
    search.index_many(SEARCH_KIND, words)


def _id_of(code: str) -> int:
    return db.session.scalars(select(Organisation.id).where(Organisation.code == code)).one()
