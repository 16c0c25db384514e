"""Pages about the units in which a programme's adoption is followed: the denominator."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from flask import request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from tracker.drafts.forms import form_page, open_form
from tracker.organisations import queries as organisations
from tracker.organisations.domain import OrganisationKind, ServiceKind
from tracker.organisations.models import Organisation
from tracker.pages import Option, done, page
from tracker.pages.responses import notice
from tracker.permissions import Permission, can, requires
from tracker.safe.dates import today

from . import queries, services
from .blueprint import AT, bp, place_of
from .forms import IncludeForm, LeaveOutForm

UNITS = f"{AT}/units"
ITSELF = "itself"
KINDS = (
    OrganisationKind.ICB,
    OrganisationKind.TRUST,
    OrganisationKind.SITE,
    OrganisationKind.PLACE,
    OrganisationKind.PROVIDER,
)
"""What can come into scope all at once."""
MOST = 1000
LONGEST_SEARCH = 200

scopes = requires(Permission.ADOPTION_SCOPE, Organisation, key="organisation_id")


@bp.get(UNITS)
@requires(Permission.ADOPTION_SCOPE)
def units(key: str) -> ResponseReturnValue:
    """Every unit in scope, and the way to bring in more."""
    place, text = place_of(key), request.args.get("q", "")[:LONGEST_SEARCH]
    return page(
        "adoption/units.html",
        place=place,
        units=queries.units_of(key, today()),
        own=_own(),
        text=text,
        found=organisations.search(text) if text else [],
        below=True,
    )


@bp.route(f"{UNITS}/<id:organisation_id>/include", methods=["GET", "POST"])
@scopes
def include(organisation: Organisation, key: str) -> ResponseReturnValue:
    """Bring an organisation, or all of one kind under it, into scope."""
    place, home = place_of(key), url_for(".units", key=key)
    form = open_form(
        IncludeForm,
        f"adoption/{key}/include/{organisation.id}",
        initial=lambda: {"on": today(), "which": ITSELF},
    )
    form.which.options = [
        Option(ITSELF, f"{organisation.name} itself"),
        *_bundles(organisation, today()),
    ]
    if form.accepted():
        on, chosen = form.on.filled, form.which.filled
        counted = []

        def write() -> str:
            fresh = services.include(
                key,
                _chosen(organisation, chosen, on),
                on=on,
                by=current_user,
                setting=form.setting.data,
            )
            counted.append(fresh)
            return home

        url = form.create(write)
        number = counted[0] if counted else 0
        said = "1 unit is" if number == 1 else f"{number} units are"
        return done(url, announce=f"{said} new in scope")
    return form_page(
        "adoption/include.html",
        form,
        place=place,
        unit=organisation,
        home=home,
        settings=queries.settings(key, today()),
    )


@bp.route(f"{UNITS}/<id:organisation_id>/leave-out", methods=["GET", "POST"])
@scopes
def leave_out(organisation: Organisation, key: str) -> ResponseReturnValue:
    """Leave a unit out from a day on."""
    place, home = place_of(key), url_for(".units", key=key)
    row = queries.unit(key, organisation.id, today())
    if row is None:
        notice(f"{organisation.name} is not in scope", kind="information")
        return done(home)
    form = open_form(
        LeaveOutForm, f"adoption/{key}/leave-out/{organisation.id}", initial=lambda: {"on": today()}
    )
    if form.accepted():

        def write() -> str:
            services.leave_out(row, on=form.on.filled, by=current_user)
            return home

        return done(form.create(write), announce=f"{organisation.name} is left out")
    return form_page("adoption/leave_out.html", form, place=place, unit=organisation, home=home)


def _own() -> list[Organisation]:
    """Organisations by whose scope this person may decide: their own, or every PSC."""
    held = [m.organisation_id for m in current_user.active_memberships() if m.organisation_id]
    own = [
        one
        for one in organisations.by_ids(held)
        if can(current_user, Permission.ADOPTION_SCOPE, one)
    ]
    return own or list(organisations.psc_choices())


def _bundles(organisation: Organisation, on: date) -> Iterator[Option]:
    """What is under an organisation, of one kind or with one service, where there is any."""
    counts = organisations.counts_under(organisation.id, on)
    for kind in KINDS:
        if counts.get(kind):
            words = kind.singular if counts[kind] == 1 else kind.plural
            yield Option(kind.value, f"{words} under it: {counts[kind]}")
    for service in ServiceKind:
        number = len(queries.with_service(organisation.id, service, on))
        if number:
            yield Option(service.value, f"{service.singular} services under it: {number}")


def _chosen(organisation: Organisation, chosen: str, on: date) -> list[Organisation]:
    if chosen == ITSELF:
        return [organisation]
    if chosen in set(ServiceKind):
        return list(queries.with_service(organisation.id, ServiceKind(chosen), on))
    kind = OrganisationKind(chosen)
    return list(organisations.organisations_under(organisation.id, on, kind=kind, limit=MOST))
