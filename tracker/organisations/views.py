"""Pages about organisations: finding one, what it is, and who is under it."""

from __future__ import annotations

import re

from flask import request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from tracker.pages import page
from tracker.permissions import Permission, granted, requires
from tracker.safe.dates import today
from tracker.safe.numbers import parse_id

from . import queries, to_confirm
from .blueprint import bp
from .domain import OrganisationKind, as_at_words, when
from .forms import LONGEST_SEARCH
from .models import Organisation

PAGE = 50
FIELD = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,60}")


@bp.get("/organisations/search")
@requires(Permission.ORGANISATION_READ)
def search() -> ResponseReturnValue:
    """Find an organisation by name or code; for a picker (`field` is its name) as radios."""
    asked = request.args
    field = asked.get("field", "")
    kinds = [OrganisationKind(k) for k in asked.getlist("kind") if k in set(OrganisationKind)]
    if FIELD.fullmatch(field):
        text = asked.get(f"{field}-q", "")[:LONGEST_SEARCH]
        found = queries.choices(text, chosen=parse_id(asked.get(field, "")), kinds=kinds or None)
        partial = "organisations/_choices.html"
    else:
        text = asked.get("q", "")[:LONGEST_SEARCH]
        found = queries.search(text, kinds=kinds or None)
        partial = "organisations/_results.html"
    return page(
        "organisations/search.html",
        partial=partial,
        text=text,
        found=found,
        name=field,
        id=field,
        chosen=asked.get(field, ""),
        kinds=tuple(OrganisationKind),
        kind=kinds[0] if kinds else None,
        most=queries.SHOWN,
    )


@bp.get("/organisations/<id:organisation_id>")
@requires(Permission.ORGANISATION_READ, Organisation)
def show(organisation: Organisation) -> ResponseReturnValue:
    """What an organisation is, what it is part of, and its history. A closed one as it last was."""
    now = today()
    on = organisation.span.nearest(now)
    above, lead = queries.above_with_lead(organisation.id, on)
    return page(
        "organisations/show.html",
        organisation=organisation,
        is_closed=organisation.valid_to is not None and organisation.valid_to < now,
        above=above,
        lead=lead,
        counts=queries.counts_under(organisation.id, on),
        under=queries.organisations_under(organisation.id, on, limit=PAGE),
        history=queries.history(organisation.id),
        names=queries.former_names(organisation.id),
        successors=queries.taken_over_by(organisation),
        questions=to_confirm.questions_of(organisation),
        services=[
            (service.singular, when(span)) for service, span in queries.services_of(organisation.id)
        ],
        as_at=as_at_words(organisation.as_at),
        most=PAGE,
        may=granted(current_user, organisation),
    )


@bp.get("/organisations/<id:organisation_id>/under")
@requires(Permission.ORGANISATION_READ, Organisation)
def under(organisation: Organisation) -> ResponseReturnValue:
    """All that is under an organisation, of one kind or every kind, a page at a time."""
    on = organisation.span.nearest(today())
    asked = request.args
    kind = OrganisationKind(asked["kind"]) if asked.get("kind") in set(OrganisationKind) else None
    counts = queries.counts_under(organisation.id, on)
    number = sum(counts.values()) if kind is None else counts.get(kind, 0)
    last = max(1, -(-number // PAGE))
    shown = min(parse_id(asked.get("page", "1")) or 1, last)

    def link(to: int) -> str:
        return url_for(
            ".under",
            organisation_id=organisation.id,
            kind=kind.value if kind else None,
            page=to if to > 1 else None,
        )

    return page(
        "organisations/under.html",
        organisation=organisation,
        kind=kind,
        counts=counts,
        number=number,
        under=queries.organisations_under(
            organisation.id, on, kind=kind, limit=PAGE, offset=(shown - 1) * PAGE
        ),
        shown=shown,
        last=last,
        link=link,
    )
