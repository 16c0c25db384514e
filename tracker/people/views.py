"""Pages about the people of an organisation."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, abort, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from tracker.auth.models import Membership, User
from tracker.db import db, unit_of_work
from tracker.drafts.forms import form_page, open_form
from tracker.organisations.models import Organisation
from tracker.pages import done, page
from tracker.permissions import Permission, requires
from tracker.safe.dates import today

from . import handing_over, queries, services
from .domain import CannotInvite, OutOfReach
from .forms import AddForm, GiveForm, role_options

bp = Blueprint("people", __name__, template_folder="templates")

AT = "/organisations/<id:organisation_id>/people"
manages = requires(Permission.PEOPLE_MANAGE, Organisation, key="organisation_id")


@bp.get(AT)
@manages
def index(organisation: Organisation) -> ResponseReturnValue:
    """Who has which role here."""
    return page(
        "people/index.html",
        organisation=organisation,
        people=queries.people_of(organisation, by=current_user, on=today()),
        most=queries.MOST,
    )


@bp.route(f"{AT}/new", methods=["GET", "POST"])
@manages
def add(organisation: Organisation) -> ResponseReturnValue:
    """Give somebody a role here, and invite them if they have no account."""
    form = open_form(AddForm, f"organisation/{organisation.id}/people")
    form.role.options = role_options(queries.givable(organisation, by=current_user))
    if form.accepted():
        sent: list[services.Invited] = []

        def write() -> str:
            invited = services.add(
                form.email.data,
                form.name.data,
                organisation=organisation,
                role=form.role.filled,
                on=today(),
                by=current_user,
            )
            if invited is not None:
                sent.append(invited)
            return _home(organisation)

        try:
            url = form.create(write)
        except OutOfReach:
            abort(403)
        except CannotInvite as error:
            form.refuse("email", str(error))
        else:
            if sent:
                return handing_over.invited(sent[0], back=url)
            return done(url, announce="They have the role now")
    return form_page("people/add.html", form, organisation=organisation)


@bp.get(f"{AT}/<id:user_id>")
@manages
def show(organisation: Organisation, user_id: int) -> ResponseReturnValue:
    """One person: their roles here and their account."""
    return _person_page(organisation, _line(organisation, user_id), GiveForm(formdata=None))


@bp.post(f"{AT}/<id:user_id>/roles")
@manages
def give_role(organisation: Organisation, user_id: int) -> ResponseReturnValue:
    """Give them one more role here."""
    line, form = _line(organisation, user_id), GiveForm()
    form.role.options = role_options(queries.givable(organisation, by=current_user))
    if form.validate_on_submit():
        try:
            with unit_of_work():
                user = db.session.get_one(User, user_id)
                services.give_role(
                    user, form.role.filled, organisation=organisation, on=today(), by=current_user
                )
        except OutOfReach:
            abort(403)
        except CannotInvite as error:
            form.refuse("role", str(error))
        else:
            return done(_at(organisation, user_id), announce="They have the role now")
    return _person_page(organisation, line, form, status=422)


@bp.post(f"{AT}/roles/<id:membership_id>/end")
@manages
def end_role(organisation: Organisation, membership_id: int) -> ResponseReturnValue:
    """End a role here; one's own only after a warning."""
    held = db.session.get(Membership, membership_id)
    if held is None or held.organisation_id != organisation.id:
        abort(404)
    user_id = held.user_id
    if user_id == current_user.id and request.form.get("sure") != "yes":
        return page("people/end_own.html", organisation=organisation, membership=held)
    _try(lambda: services.end_role(held, on=today(), by=current_user))
    own = user_id == current_user.id
    url = url_for("auth.account") if own else _at(organisation, user_id)
    return done(url, announce="Your role has ended" if own else "The role has ended")


@bp.post(f"{AT}/<id:user_id>/disable")
@manages
def disable(organisation: Organisation, user_id: int) -> ResponseReturnValue:
    """Let the account in no more."""
    user = _line(organisation, user_id).user
    _try(lambda: services.disable(user, on=today(), by=current_user))
    return done(
        _at(organisation, user_id),
        announce="The account is disabled, and its sign-ins have ended",
        undo=url_for(".enable", organisation_id=organisation.id, user_id=user_id),
    )


@bp.post(f"{AT}/<id:user_id>/enable")
@manages
def enable(organisation: Organisation, user_id: int) -> ResponseReturnValue:
    """Let the account in again."""
    user = _line(organisation, user_id).user
    _try(lambda: services.enable(user, on=today(), by=current_user))
    return done(_at(organisation, user_id), announce="The account is enabled again")


@bp.post(f"{AT}/<id:user_id>/invite-again")
@manages
def resend(organisation: Organisation, user_id: int) -> ResponseReturnValue:
    """Send a new link to somebody who has not used the last one."""
    user = _line(organisation, user_id).user
    sent = _try(lambda: services.resend(user, place=organisation.name, on=today(), by=current_user))
    return handing_over.invited(sent, back=_at(organisation, user_id))


@bp.post(f"{AT}/<id:user_id>/withdraw")
@manages
def withdraw(organisation: Organisation, user_id: int) -> ResponseReturnValue:
    """Take an invitation back."""
    user = _line(organisation, user_id).user
    _try(lambda: services.withdraw(user, on=today(), by=current_user))
    return done(_home(organisation), announce="The invitation is withdrawn")


def _try(act: Any) -> Any:
    try:
        with unit_of_work():
            return act()
    except OutOfReach:
        abort(403)
    except CannotInvite:
        abort(409)


def _line(organisation: Organisation, user_id: int) -> queries.Line:
    line = queries.person_of(organisation, user_id, by=current_user, on=today())
    if line is None:
        abort(404)
    return line


def _person_page(
    organisation: Organisation, line: queries.Line, form: GiveForm, *, status: int = 200
) -> Response:
    own = line.user.id == current_user.id
    roles = queries.givable(organisation, by=current_user)
    form.role.options = role_options(roles)
    return page(
        "people/show.html",
        status=status,
        organisation=organisation,
        person=line.user,
        roles=line.roles,
        form=form,
        is_own=own,
        may_give=bool(roles) and not own and line.user.is_active,
        may_disable=queries.may_disable(line.user, by=current_user, on=today()),
        is_invited=line.user.password_hash is None and line.user.is_active,
        link_open=queries.has_open_invitation(line.user),
    )


def _home(organisation: Organisation) -> str:
    return url_for("people.index", organisation_id=organisation.id)


def _at(organisation: Organisation, user_id: int) -> str:
    return url_for("people.show", organisation_id=organisation.id, user_id=user_id)
