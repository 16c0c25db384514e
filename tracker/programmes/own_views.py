"""Pages on which an organisation sets values and names of a programme for itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import abort, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from tracker.drafts.forms import form_page, open_form
from tracker.organisations.models import Organisation
from tracker.pages import done, notice, page
from tracker.permissions import Permission, requires
from tracker.plugin_api import Definition
from tracker.safe.dates import today

from . import overriding
from .blueprint import bp
from .contents import Contents, contents_of
from .forms import EndOwnValueForm, OwnValueForm
from .slots import slot_of

OWN = "/organisations/<id:organisation_id>/programmes/<key>/own"
ONE = f"{OWN}/<kind>/<name>/<field>"


@bp.get(OWN)
@requires(Permission.PROGRAMME_SWITCH, Organisation)
def own(organisation: Organisation, key: str) -> ResponseReturnValue:
    """What an organisation may set of a programme, what holds there, and what it set before."""
    contents = _contents(key)
    found = overriding.settable(organisation, contents.definitions, key, today())
    # What differs here comes first: a programme may have a hundred limits.
    found.sort(key=lambda one: one.own is None)
    return page(
        "programmes/own.html",
        organisation=organisation,
        contents=contents,
        values=[one for one in found if one.slot.parameter],
        names=[one for one in found if not one.slot.parameter],
        history=overriding.history(organisation.id, key),
        known={one.ident.partition("@")[0]: one for one in contents.definitions},
        slot_of=slot_of,
    )


@bp.route(ONE, methods=["GET", "POST"])
@requires(Permission.PROGRAMME_SWITCH, Organisation)
def set_own(
    organisation: Organisation, key: str, kind: str, name: str, field: str
) -> ResponseReturnValue:
    """Set one value or name, from a day."""
    contents = _contents(key)
    definition = _definition(contents, kind, name)
    slot = slot_of(definition, field)
    if slot is None:
        abort(404)
    home = url_for(".own", organisation_id=organisation.id, key=key)
    held = overriding.reading_of(organisation.id, key, today()).own
    own = held.get((kind, name, field))

    def initial() -> Mapping[str, Any]:
        return {"value": own.value if own else slot.national, "from_date": today()}

    form = open_form(
        OwnValueForm, f"own/{organisation.id}/{definition.ident}/{field}", initial=initial
    )
    form.value.label.text = slot.label
    if form.accepted():
        if fault := slot.fault(form.value.data):
            form.refuse("value", fault)
        else:

            def write() -> str:
                overriding.set_value(
                    organisation,
                    definition,
                    field,
                    form.value.data,
                    on=form.from_date.filled,
                    reason=form.reason.data,
                    by=current_user,
                )
                return home

            return done(form.create(write), announce=f"{slot.label} is set")
    return form_page(
        "programmes/own_set.html",
        form,
        organisation=organisation,
        contents=contents,
        definition=definition,
        slot=slot,
        own=own,
    )


@bp.route(f"{ONE}/end", methods=["GET", "POST"])
@requires(Permission.PROGRAMME_SWITCH, Organisation)
def end_own(
    organisation: Organisation, key: str, kind: str, name: str, field: str
) -> ResponseReturnValue:
    """End an own value from a day: what is above it holds again."""
    contents = _contents(key)
    definition = _definition(contents, kind, name)
    slot = slot_of(definition, field)
    if slot is None:
        abort(404)
    home = url_for(".own", organisation_id=organisation.id, key=key)
    found = overriding.settable(organisation, [definition], key, today())
    standing = next(one for one in found if one.slot.field == field)
    if not standing.is_its_own:
        notice(f"{organisation.name} has set nothing of its own here", kind="information")
        return done(home)
    form = open_form(
        EndOwnValueForm,
        f"own/{organisation.id}/{definition.ident}/{field}/end",
        initial=lambda: {"from_date": today()},
    )
    if form.accepted():

        def write() -> str:
            overriding.end_value(
                organisation,
                definition,
                field,
                on=form.from_date.filled,
                reason=form.reason.data,
                by=current_user,
            )
            return home

        return done(form.create(write), announce=f"{slot.label} is as it is nationally again")
    return form_page(
        "programmes/own_end.html",
        form,
        organisation=organisation,
        contents=contents,
        definition=definition,
        slot=slot,
        own=standing.own,
    )


def _contents(key: str) -> Contents:
    contents = contents_of(key)
    if contents is None:
        abort(404)
    return contents


def _definition(contents: Contents, kind: str, name: str) -> Definition:
    found = (one for one in contents.definitions if (one.kind_name, one.key) == (kind, name))
    return next(found, None) or abort(404)
