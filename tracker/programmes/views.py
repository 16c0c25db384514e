"""Pages that run programmes: where each is on, and the plugins they come from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import abort, current_app, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from tracker.drafts.forms import form_page, open_form
from tracker.organisations import queries as organisations
from tracker.organisations.domain import OrganisationKind
from tracker.organisations.models import Organisation
from tracker.pages import Option, done, page
from tracker.pages.responses import notice
from tracker.permissions import Permission, requires
from tracker.plugin_api import API_VERSION
from tracker.plugin_host import LoadStage, current_host, migrating
from tracker.safe.dates import today

from . import carrying, queries, services, standing_of_plugins
from .blueprint import bp
from .contents import contents_of
from .domain import SwitchState
from .forms import CarryOverForm, SwitchOffForm, SwitchOnForm

MOST_OFFERED = 100
"""Of each kind, in the list of those who get a programme. No PSC has so many ICBs or trusts."""


@bp.get("/admin/plugins")
@requires(Permission.PLUGINS_READ)
def plugins() -> ResponseReturnValue:
    """What is loaded, what is set aside with its stage and reason, and what fails or is slow."""
    host = current_host()
    left = migrating.tables_in_database()
    found = standing_of_plugins.standings(host, today(), left)
    copies = queries.copies_by_plugin()
    here = host.active.keys() | {one.name for one in host.set_aside}
    return page(
        "programmes/plugins.html",
        host=host,
        api=".".join(map(str, API_VERSION)),
        stages=tuple(LoadStage),
        is_safe_mode=current_app.extensions["tracker_settings"].plugins == (),
        finding=standing_of_plugins.finding(host, found),
        standings=found,
        copies=copies,
        left={name: standing_of_plugins.left_words(tables) for name, tables in left.items()},
        gone=sorted((copies.keys() | left.keys()) - here),
    )


@bp.get("/organisations/<id:organisation_id>/programmes")
@requires(Permission.PROGRAMME_SWITCH, Organisation)
def organisation(organisation: Organisation) -> ResponseReturnValue:
    """How every programme stands for an organisation, and what it said before."""
    return page(
        "programmes/organisation.html",
        organisation=organisation,
        standings=queries.standings(organisation.id, today()),
        history=queries.switch_history(organisation.id),
    )


@bp.route("/organisations/<id:organisation_id>/programmes/<key>/on", methods=["GET", "POST"])
@requires(Permission.PROGRAMME_SWITCH, Organisation)
def switch_on(organisation: Organisation, key: str) -> ResponseReturnValue:
    """Switch a programme on for an organisation and those under it."""
    standing = _standing(organisation, key)
    home = url_for(".organisation", organisation_id=organisation.id)
    if standing.is_on and _says_itself(standing, organisation):
        notice(f"{standing.title} is on already", kind="information")
        return done(home)
    if not standing.is_loaded or standing.is_closed:
        notice(f"{standing.title} cannot be switched on: {_why_not(standing)}", kind="information")
        return done(home)
    among = _under(organisation)
    own = queries.own_states([one.id for one in among], key)

    def initial() -> Mapping[str, Any]:
        said_no = {i for i, state in own.items() if state is SwitchState.OFF}
        return {"who": [i for i in (organisation.id, *(o.id for o in among)) if i not in said_no]}

    form = open_form(SwitchOnForm, f"programme/{key}/{organisation.id}/on", initial=initial)
    form.who.options = [
        Option(str(organisation.id), f"{organisation.name} itself"),
        *(Option(str(one.id), one.name, one.sector or one.kind.singular) for one in among),
    ]
    if form.accepted():
        chosen = set(form.who.data)

        def write() -> str:
            services.switch_on_for(
                organisation,
                key,
                chosen=chosen,
                among=among,
                by=current_user,
                on=today(),
                reason=form.reason.data,
            )
            return home

        said = "1 organisation" if len(chosen) == 1 else f"{len(chosen)} organisations"
        return done(form.create(write), announce=f"{standing.title} switched on for {said}")
    return form_page(
        "programmes/switch_on.html",
        form,
        organisation=organisation,
        standing=standing,
        contents=contents_of(key),
        history=queries.switch_history(organisation.id),
    )


@bp.route("/organisations/<id:organisation_id>/programmes/<key>/off", methods=["GET", "POST"])
@requires(Permission.PROGRAMME_SWITCH, Organisation)
def switch_off(organisation: Organisation, key: str) -> ResponseReturnValue:
    """Switch a programme off for an organisation and those under it that say nothing."""
    standing = _standing(organisation, key)
    home = url_for(".organisation", organisation_id=organisation.id)
    if not standing.is_on:
        notice(f"{standing.title} is off already", kind="information")
        return done(home)
    form = open_form(SwitchOffForm, f"programme/{key}/{organisation.id}/off")
    if form.accepted():

        def write() -> str:
            services.switch_off(
                organisation, key, by=current_user, on=today(), reason=form.reason.data
            )
            return home

        return done(form.create(write), announce=f"{standing.title} switched off")
    return form_page(
        "programmes/switch_off.html",
        form,
        organisation=organisation,
        standing=standing,
        history=queries.switch_history(organisation.id),
    )


@bp.route("/organisations/<id:organisation_id>/carry-over", methods=["GET", "POST"])
@requires(Permission.ORGANISATION_SETTLE, Organisation)
def carry_over(organisation: Organisation) -> ResponseReturnValue:
    """Carry access and programmes of an ended organisation over to its one successor."""
    day = today()
    into = carrying.one_successor(organisation, day)
    if into is None:
        abort(404)
    form = open_form(CarryOverForm, f"carry-over/{organisation.id}")
    if form.accepted():

        def write() -> str:
            carrying.carry_over(organisation, into=into, on=day, by=current_user)
            return url_for("organisations.to_be_confirmed")

        return done(form.create(write), announce=f"Carried over to {into.name}")
    return form_page(
        "programmes/carry_over.html",
        form,
        organisation=organisation,
        into=into,
        found=carrying.to_carry(organisation, into, day),
    )


def _standing(organisation: Organisation, key: str) -> queries.Standing:
    found = queries.standing(organisation.id, key, today())
    if found is None:
        abort(404)
    return found


def _says_itself(standing: queries.Standing, organisation: Organisation) -> bool:
    return standing.said is not None and standing.said.organisation_id == organisation.id


def _why_not(standing: queries.Standing) -> str:
    return "it is closed" if standing.is_closed else "its plugin is not loaded"


def _under(organisation: Organisation) -> list[Organisation]:
    """ICBs and trusts under an organisation: those that are asked one by one."""
    return [
        one
        for kind in (OrganisationKind.ICB, OrganisationKind.TRUST)
        for one in organisations.organisations_under(
            organisation.id, today(), kind=kind, limit=MOST_OFFERED
        )
    ]
