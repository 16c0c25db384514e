"""Dated rows of organisations, read by those under them: what the nearest says holds."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import aliased

from tracker.organisations.models import OrganisationClosure

from .models import DefinitionOverride, ProgrammeSwitch


def rows_above(
    table: type[ProgrammeSwitch | DefinitionOverride],
    columns: Iterable[Any],
    organisation_ids: Collection[int],
    on: date,
) -> Select[Any]:
    """Dated rows, up to a day, of these organisations and all that they are under that day.

    With `descendant_id`, for whom each is a row above, and `depth`, how deep its owner lies.
    """
    up, top = _closures()
    depth = (
        select(func.count(top.ancestor_id.distinct()))
        .where(
            top.descendant_id == table.organisation_id,
            top.valid_from <= on,
            top.valid_to >= on,
        )
        .scalar_subquery()
    )
    return (
        select(up.descendant_id, *columns, depth.label("depth"))
        .join(up, up.ancestor_id == table.organisation_id)
        .where(
            up.descendant_id.in_(list(organisation_ids)),
            up.valid_from <= on,
            up.valid_to >= on,
            table.from_date <= on,
        )
    )


@cache
def _closures() -> tuple[type[OrganisationClosure], type[OrganisationClosure]]:
    """Two names for the closure in one statement, made once: making one costs more than asking."""
    return aliased(OrganisationClosure), aliased(OrganisationClosure)
